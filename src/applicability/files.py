"""Atomic writing of files, and complete listing of folders."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from applicability.credentials import without_secrets

if TYPE_CHECKING:
    from pathlib import Path

# The limit on links followed, in case they form a cycle.
_LINKS = 40


@contextlib.contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """A stream whose content replaces the file when the block ends; if it fails, the file is unchanged.

    Pipes, devices and streams that this process has open (`/dev/stdout`) are written to directly; a link stays a link,
    and an existing file keeps its mode. Raises OSError.
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
    """Whether this is neither an ordinary file nor a folder: a pipe, a terminal, the null device.

    A stream that this process has open counts too, even if it is a file, since others may write to it as well.
    """
    return (path.exists() and not path.is_file() and not path.is_dir()) or descriptor_of(path) is not None


def descriptor_of(path: Path) -> int | None:
    """The number of the open stream that a name such as `/dev/stdout` or `/dev/fd/3` refers to, or None.

    Opening it by name would truncate a file behind it, and lose whatever else is written to the stream.
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


def is_standard_input(path: str | os.PathLike[str]) -> bool:
    """Whether standard input is that file: `<` of a shell gives it no name that could be compared."""
    try:
        read, found = os.fstat(0), os.stat(path)
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(read.st_mode) and os.path.samestat(read, found)


def is_text(name: str) -> bool:
    """Whether a name or an argument is valid UTF-8; Python represents other bytes as surrogates."""
    return not any("\ud800" <= char <= "\udfff" for char in name)


def shown_name(name: str) -> str:
    """The name of a file for display: invalid bytes are escaped, and what may be a secret is masked."""
    return without_secrets(name if is_text(name) else os.fsencode(name).decode("utf-8", "backslashreplace"), name=True)


def files_under(folder: str | os.PathLike[str]) -> Iterator[str]:
    """Every file in a folder and in those below it, links followed, each folder once.

    Raises OSError for an unreadable folder, rather than skipping its files.
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
