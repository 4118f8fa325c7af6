"""Lock on an output; removes a killed run's leftovers.

It is a system lock (flock) on a file beside the pieces, so it ends with the process that holds it, however that ends.
The file names the process, for people, and for machines that share the folder but not the lock.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # without flock, only the file's content counts
    fcntl = None  # type: ignore[assignment]

from applicability.bulk.output.results import Target
from applicability.bulk.run.replaceable import halves, refuse_others
from applicability.bulk.sources.source import disturbed, misplaced, unwritable
from applicability.errors import ProfileError
from applicability.text import Text

# The content of a lock file: a host name and a process id.
_SAYS = re.compile(r"(\S+) ([0-9]{1,9})")
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)


@contextlib.contextmanager
def output_lock(target: Target) -> Iterator[None]:
    """Holds a target's lock during the block. Raises ProfileError if another run holds it, or it cannot be taken."""
    state = target.state
    if state is None:
        refuse_others(target)
        yield
        return
    lock = state.with_name(f"{state.name}.lock")
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        held = _take(lock)
    except OSError as error:
        raise unwritable(str(target.path or lock.parent), error) from None
    try:
        refuse_others(target)
        for half in halves(target):
            half.unlink(missing_ok=True)
        yield
    finally:
        lock.unlink(missing_ok=True)
        os.close(held)


def _take(lock: Path) -> int:
    """Takes a lock; returns its file descriptor. Raises ProfileError if another run holds it, or OSError."""
    while True:
        held = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            locked = _locked(held)
            _refuse(lock, os.pread(held, 1024, 0), locked)
            if not _names(lock, held):  # the run that held it has just removed it
                os.close(held)
                continue
            try:
                os.ftruncate(held, 0)
                os.pwrite(held, f"{socket.gethostname()} {os.getpid()}".encode(), 0)
            except OSError:
                lock.unlink(missing_ok=True)
                raise
        except BaseException:
            os.close(held)
            raise
        return held


def _locked(held: int) -> bool | None:
    """Whether this process holds the lock now; None where the file system has no locks."""
    if fcntl is None:
        return None
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return None
        if error.errno in (errno.EAGAIN, errno.EACCES):
            return False
        raise
    return True


def _refuse(lock: Path, said: bytes, locked: bool | None) -> None:
    """Raises ProfileError if the file's content names another run, or is not that of a lock."""
    words = said.decode("utf-8", "replace").strip()
    told = _SAYS.fullmatch(words)
    if told is not None:
        host, process = told.groups()
        if locked is False or host != socket.gethostname() or (locked is None and _runs(int(process))):
            raise _held(lock, f"{host} 上的进程{process}", f"process {process} on {host}")
    elif locked is False:
        raise _held(lock, "某个进程", "somebody")
    elif words:
        what = Text(f"`{lock.name}` 不是筛查的锁文件", f"`{lock.name}` is not the lock of a screening")
        raise misplaced(str(lock.parent), what, Text(f"移走 `{lock}`", f"move `{lock}` away"))


def _held(lock: Path, zh: str, en: str) -> ProfileError:
    what = Text(f"另一个运行正在写这份结果：{zh}", f"another run is writing this result: {en}")
    hint = Text(
        f"等它结束，或写到别处；若并无此运行，删去 `{lock}`",
        f"wait until it ends, or write elsewhere; if there is none, remove `{lock}`",
    )
    return disturbed(str(lock.parent), what, hint)


def _names(lock: Path, held: int) -> bool:
    """Whether the lock's path still refers to the open file."""
    try:
        found = os.stat(lock)
    except FileNotFoundError:
        return False
    own = os.fstat(held)
    return (found.st_dev, found.st_ino) == (own.st_dev, own.st_ino)


def _runs(process: int) -> bool:
    """Whether a process with that id exists."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
