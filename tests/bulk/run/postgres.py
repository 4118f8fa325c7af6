"""A private PostgreSQL server on loopback, for the duration of a test."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path


def why_none() -> str | None:
    """Why there can be no server here, if so."""
    if _found("initdb") is None or _found("pg_ctl") is None:
        return "no PostgreSQL on this machine"
    if os.geteuid() == 0 and (_other() is None or shutil.which("runuser") is None):
        return "PostgreSQL does not run as root, and there is no user `postgres` to run it as"
    return None


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The URL of a new server with one empty database, removed when the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="applicability-postgres-"))
    data, port = folder / "data", _free_port()
    if os.geteuid() == 0 and (other := _other()) is not None:
        os.chown(folder, other.pw_uid, other.pw_gid)
    try:
        _run(["initdb", "-D", str(data), "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync"])
        options = f"-h 127.0.0.1 -p {port} -k '{folder}' -F"
        _run(["pg_ctl", "-D", str(data), "-w", "-t", "60", "-l", str(folder / "log"), "-o", options, "start"])
        try:
            yield f"postgresql://tester:a%20secret@127.0.0.1:{port}/postgres"
        finally:
            _run(["pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _found(command: str) -> str | None:
    """Where a command of the server is: on the path, or where Debian puts it, the newest version first."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{command}"), key=lambda path: int(path.parts[-3]))
    return shutil.which(command) or (str(debian[-1]) if debian else None)


def _run(command: Sequence[str]) -> None:
    command = [_found(command[0]) or command[0], *command[1:]]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    subprocess.run(command, check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=120)


def _other() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return None


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
