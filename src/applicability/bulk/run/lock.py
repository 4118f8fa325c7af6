"""One run at a time for one result: what another is writing is not touched, what a killed one left is cleared away."""

from __future__ import annotations

import contextlib
import glob
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from applicability.bulk.output.results import Target
from applicability.bulk.sources.source import fault, unwritable
from applicability.text import Text


@contextlib.contextmanager
def output_lock(target: Target) -> Iterator[None]:
    """Hold a target for the length of the block. Raises ProfileError where another run does, or if it cannot be."""
    state = target.state
    if state is None:
        yield
        return
    lock = state.with_name(f"{state.name}.lock")
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        _take(lock)
    except OSError as error:
        raise unwritable(str(target.path or lock.parent), error) from None
    try:
        for file in (target.path, target.rejects, target.notes, target.facts):
            if file is not None:
                _clear(file)
        yield
    finally:
        lock.unlink(missing_ok=True)


def _take(lock: Path) -> None:
    own = f"{socket.gethostname()} {os.getpid()}"
    while True:
        try:
            with lock.open("x", encoding="utf-8") as file:
                file.write(own)
            return
        except FileExistsError:
            host, _, process = _read(lock).rpartition(" ")
            if host != socket.gethostname() or _runs(process):
                what = Text("另一个运行正在写这份结果", "another run is writing this result: somebody")
                if host:
                    what = Text(
                        f"另一个运行正在写这份结果：{host} 上的进程{process}",
                        f"another run is writing this result: process {process} on {host}",
                    )
                hint = Text(
                    f"等它结束，或写到别处；若并无此运行，删去 `{lock}`",
                    f"wait until it ends, or write elsewhere; if there is none, remove `{lock}`",
                )
                raise fault(str(lock.parent), what, hint) from None
            lock.unlink(missing_ok=True)  # it was killed


def _read(lock: Path) -> str:
    with contextlib.suppress(FileNotFoundError):
        return lock.read_text("utf-8")
    return ""


def _runs(process: str) -> bool:
    """Whether there is a process of that number."""
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def _clear(file: Path) -> None:
    """Remove what a run that was killed had half written."""
    names = ".*.part" if file.is_dir() else f".{glob.escape(file.name)}.*.part"
    for half in (file if file.is_dir() else file.parent).glob(names):
        half.unlink(missing_ok=True)
