"""Files as every command writes and finds them: written whole or not at all, and none of a folder left out unseen."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# Links that are followed before a name is taken for a circle of them.
_LINKS = 40


@contextlib.contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """A stream whose bytes take the file's name when the block ends; if it fails, all is as it was.

    What is no ordinary file, such as a pipe or a device, is written to as it is, as are the streams that this process
    has open already (`/dev/stdout`); a link stays a link, and a file that was there keeps its mode. Raises OSError.
    """
    import tempfile  # costs start-up time, and most results go to standard output

    number = descriptor_of(path)
    if number is not None:
        with os.fdopen(os.dup(number), "wb") as stream:
            yield stream
        return
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder", str(path))
    if is_special(path):
        with path.open("wb") as stream:
            yield stream
        return
    target = path.resolve()
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        os.chmod(name, mode)
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def is_special(path: Path) -> bool:
    """Whether this is something that is no ordinary file and no folder: a pipe, a terminal, the null device.

    A stream that this process has open is one too, though a file may stand behind it: others may write to it as well.
    """
    return (path.exists() and not path.is_file() and not path.is_dir()) or descriptor_of(path) is not None


def descriptor_of(path: Path) -> int | None:
    """The number of the open stream that a name such as `/dev/stdout` or `/dev/fd/3` stands for, or None.

    Opened by its name, a file behind it would be emptied, and whatever else is written to the stream would be lost.
    """
    streams = {os.path.realpath("/proc/self/fd"), "/dev/fd"}
    name = os.path.abspath(path)
    for _ in range(_LINKS):
        parent, last = os.path.realpath(os.path.dirname(name)), os.path.basename(name)
        if parent in streams and last.isdecimal() and len(last) < 10:
            return int(last)
        name = os.path.join(parent, last)
        if not os.path.islink(name):
            return None
        name = os.path.normpath(os.path.join(parent, os.readlink(name)))
    return None


def is_text(name: str) -> bool:
    """Whether a name or an argument is UTF-8; Python has other bytes stand in it as surrogates."""
    return not any("\ud800" <= char <= "\udfff" for char in name)


def shown_name(name: str) -> str:
    """A name of a file as it can be told: bytes in it that are no text are spelt out."""
    return name if is_text(name) else os.fsencode(name).decode("utf-8", "backslashreplace")


def files_under(folder: str | os.PathLike[str]) -> Iterator[str]:
    """Every file in a folder and in those below it, links followed, each folder once.

    Raises OSError for a folder that cannot be read: what it holds would be left out unseen.
    """
    met: set[tuple[int, int]] = set()

    def failed(error: OSError) -> None:
        raise error

    for root, folders, names in os.walk(folder, onerror=failed, followlinks=True):
        found = os.stat(root)
        if (found.st_dev, found.st_ino) in met:
            folders.clear()
            continue
        met.add((found.st_dev, found.st_ino))
        folders.sort()
        yield from (os.path.join(root, name) for name in names)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
