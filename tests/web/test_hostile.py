"""A service on a real port against what is sent to hurt it: clear refusals, no faults, nothing told, memory bounded.

And against its own description: every operation, by schemathesis.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import pytest

from applicability.service.service import Service

from ..examples import drawn

pytest.importorskip("fastapi", reason="the extra `web` is not installed")


from applicability.web.app import create_app
from applicability.web.settings import Settings

pytestmark = pytest.mark.thorough
ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONWARNINGS": "default"}

# Whose every answer takes seconds.
SLOW = ("/v1/map", "/v1/diff")
# What these allow by their schema may still be refused (422), for what no schema can list or relate.
_PROFILE = "names of places and sectors, facts that contradict each other, days before the rules begin"
_ROWS = "rows and chapters that this rulebook does not have"
MAY_REFUSE = {
    **dict.fromkeys(
        ("/v1/check", "/v1/overview", "/v1/questions", "/v1/changes", "/v1/verify", "/v1/report"), _PROFILE
    ),
    **dict.fromkeys(("/v1/compare", "/v1/compare/report"), f"{_PROFILE}; two to compare, told in one of two ways"),
    **dict.fromkeys(("/v1/measures", "/v1/limits"), _ROWS),
    "/v1/map": "names of places, and days before the rules begin",
    "/v1/diff": "days before the rules begin",
    "/v1/screen": "what is no table, whose bytes no schema describes, and names of other kinds of file",
    "/v1/check/batch": f"{_ROWS}; early days; what is no Arrow stream and no Parquet, whose bytes no schema describes",
}
READY = b"GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def started(*options: str) -> tuple[subprocess.Popen[bytes], int]:
    """A service as its command runs it, once it answers."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "applicability", "serve", "--port", str(port), "--quiet", *options],
        env=ENVIRONMENT, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if raw(port, b"GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").startswith(
                b"HTTP/1.1 200"
            ):
                return process, port
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise AssertionError("it does not start")


def raw(port: int, data: bytes, seconds: float = 20) -> bytes:
    """What comes back for some bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        connection.sendall(data)
        found = b""
        while part := connection.recv(65536):
            found += part
        return found


def post(port: int, path: str, body: bytes, kind: str = "application/json", more: str = "") -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}"
    return raw(port, head.encode() + b"Connection: close\r\n\r\n" + body)


def resident(pid: int) -> int:
    """The memory of a process, in MB; 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text())
    return int(found[1]) // 1024 if found else 0


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    process, port = started()
    yield process, port
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) in (0, -signal.SIGTERM)


def test_what_is_sent_to_hurt_is_refused(served: tuple[subprocess.Popen[bytes], int]) -> None:
    process, port = served
    sent = [
        post(port, "/v1/check", b'{"name": "<script>alert(1)</script>\\u0000\\u001b[2J", "city": "\\u202e"}'),
        post(port, "/v1/check", b'{"city": "' + b"x" * 400_000 + b'"}'),
        post(port, "/v1/check", b"x" * 10_000_000),
        post(port, "/v1/check", b'{"a":' * 100_000),
        post(port, "/v1/check", b"\xff\xfe\x00"),
        post(port, "/v1/check", b"{}", "application/json\r\nX-Evil: 1"),
        post(port, "/v1/check?as_of=%0d%0aSet-Cookie:x", b"{}"),
        post(port, "/v1/check", b"{}", more="X-Request-ID: a\r\nX-Evil: b\r\n"),
        post(port, "/v1/check", b"a: &a [*a]\nb: *a", "application/yaml"),
        raw(port, b"GET /static/../../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        raw(port, b"GET /static/%2e%2e/%2e%2e/settings.py HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        raw(port, b"GET /%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        raw(port, b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
        raw(port, b"NONSENSE\r\n\r\n"),
        raw(port, b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        post(port, "/v1/check/batch", b'{"a":' * 1000 + b"\n" + b"[]\nnull\n\xff\n", "application/x-ndjson"),
        post(port, "/v1/check/batch", b"\x00" * 1000, "application/vnd.apache.parquet"),
        post(port, "/v1/screen?name=a.xlsx", b"PK\x03\x04nothing", "application/octet-stream"),
        post(port, "/mcp", b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "no"}}'),
        post(port, "/zh/", b"city=" + b"%ff" * 100, "application/x-www-form-urlencoded"),
    ]  # fmt: skip
    for answer in sent:
        status = int(answer.split(b" ", 2)[1])
        assert status < 500, answer[:300]
        assert b"Traceback" not in answer
        assert b"/src/" not in answer
        assert b"root:" not in answer
        assert b"Set-Cookie" not in answer
        assert b"X-Evil" not in answer.split(b"\r\n\r\n")[0]
    assert process.poll() is None


BROKEN_FORM = """
from fastapi.testclient import TestClient
from applicability.web.app import create_app
from applicability.web.settings import Settings
with TestClient(create_app(Settings()), base_url="http://localhost") as client:
    kind = {"content-type": "multipart/form-data; boundary=b"}
    assert client.post("/en/screen", content=b"{secret", headers=kind).status_code == 400
"""


def test_what_libraries_log_is_json_and_holds_nothing_sent() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", BROKEN_FORM], env={**ENVIRONMENT, "PYTHONWARNINGS": ""},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert "python_multipart.multipart" in [one.get("logger") for one in lines]
    assert [one["status"] for one in lines if "status" in one] == [400]
    assert "boundary" not in done.stderr


def test_a_slow_client_does_not_hold_a_place_for_ever(served: tuple[subprocess.Popen[bytes], int]) -> None:
    _, port = served
    slow = []
    for _ in range(20):
        one = socket.create_connection(("127.0.0.1", port), timeout=60)
        one.sendall(b"POST /v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{")
        slow.append(one)
    assert post(port, "/v1/check?measure=57", b"{}").startswith(b"HTTP/1.1 200")
    answer = slow[0].recv(65536)
    assert answer.startswith(b"HTTP/1.1 408")
    for one in slow:
        one.close()


def test_a_client_that_leaves_is_no_fault(served: tuple[subprocess.Popen[bytes], int]) -> None:
    _, port = served
    for path, kind in (
        ("/v1/check/batch", "application/x-ndjson"), ("/v1/screen?name=a.csv", "application/octet-stream"),
        ("/zh/screen", "multipart/form-data; boundary=b"), ("/v1/check", "application/json"),
        ("/mcp", "application/json"),
    ):  # fmt: skip
        for sent in (b"", b"--b\r\n"):
            one = socket.create_connection(("127.0.0.1", port), timeout=60)
            head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nContent-Length: 99\r\n\r\n"
            one.sendall(head.encode() + sent)
            time.sleep(0.1)
            one.close()
    counted, end = b"", time.monotonic() + 20
    # The places of the two streams are free again, and what they were is told as unanswered.
    while b'route="/v1/screen",status="0"' not in counted and time.monotonic() < end:
        time.sleep(0.1)
        counted = raw(port, b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    for route in (b"/v1/check/batch", b"/v1/screen", b"/{lang}/screen"):
        assert b'route="' + route + b'",status="0"} 2.0' in counted
    assert b'status="5' not in counted
    assert post(port, "/v1/check/batch", b"{}\n", "application/x-ndjson").startswith(b"HTTP/1.1 200")


def test_ten_thousand_requests_leave_memory_as_it_was(served: tuple[subprocess.Popen[bytes], int]) -> None:
    process, port = served
    before = resident(process.pid)
    one = socket.create_connection(("127.0.0.1", port), timeout=60)
    request = b"GET /v1/facts/city HTTP/1.1\r\nHost: localhost\r\n\r\n"
    bad = b"GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n"
    stream = one.makefile("rb")
    for number in range(10_000):
        if number % 100 == 0:  # a hundred at a time: no round trip is waited for
            one.sendall((request + bad) * 50)
        length, status = 0, stream.readline()
        assert status[9:12] in (b"200", b"404")
        while (line := stream.readline()) != b"\r\n":
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        stream.read(length)
    one.close()
    assert resident(process.pid) - before < 40


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="the system does not tell whose a connection is")
def test_a_worker_that_is_killed_under_load_loses_only_its_own() -> None:
    process, port = started("--workers", "2", "--rate", "1000000/minute")
    done = threading.Event()
    try:
        workers = workers_of(process)
        assert len(workers) == 2
        held = held_by_each(port, workers, 3)
        clients = [Client(port, connection, worker, done) for worker, several in held.items() for connection in several]
        for one in clients:
            one.start()
        moved(clients, 20)
        killed = workers[0]
        os.kill(killed, signal.SIGKILL)
        while is_alive(killed):
            time.sleep(0.001)
        gone = time.monotonic()
        moved(clients, 100)
        done.set()
        for one in clients:
            one.join(30)
        assert [one.lost for one in clients if one.worker != killed] == [[], [], []]
        # Those it held, and those that came to it before it was gone.
        lost = [one.lost for one in clients if one.worker == killed]
        assert all(lost)
        assert max(opened for each in lost for opened in each) <= gone
        assert not [one.wrong for one in clients if one.wrong]
        end = time.monotonic() + 30
        while len(workers_of(process)) < 2 and time.monotonic() < end:
            time.sleep(0.1)
        assert len(workers_of(process)) == 2, "no worker came in its place"
    finally:
        done.set()
        process.send_signal(signal.SIGTERM)
        process.wait(30)


class Client(threading.Thread):
    """Asks one request after the other over its own connection, and counts those that get no answer."""

    def __init__(self, port: int, connection: HTTPConnection, worker: int, done: threading.Event) -> None:
        super().__init__(daemon=True)
        self.port, self.connection, self.worker, self.done = port, connection, worker, done
        self.opened, self.answered = time.monotonic(), 0
        self.lost: list[float] = []  # of each request without an answer, when its connection was opened
        self.wrong: list[int] = []

    def run(self) -> None:
        while not self.done.is_set():
            try:
                status = asked(self.connection)
            except (OSError, HTTPException):
                self.lost.append(self.opened)
                self.connection.close()
                self.connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
                self.opened = time.monotonic()
                continue
            self.answered += 1
            if status != 200:
                self.wrong.append(status)
        self.connection.close()


def asked(connection: HTTPConnection) -> int:
    connection.request("POST", "/v1/check?measure=57", b"{}", {"Content-Type": "application/json"})
    response = connection.getresponse()
    response.read()
    return response.status


def moved(clients: list[Client], count: int) -> None:
    """Wait until each has had so many answers more."""
    before, end = [one.answered for one in clients], time.monotonic() + 60
    while any(one.answered < first + count for one, first in zip(clients, before, strict=True)):
        assert time.monotonic() < end, [one.answered for one in clients]
        time.sleep(0.01)


def is_alive(worker: int) -> bool:
    """Whether a thread of a process still holds its sockets: its first may be dead before the others."""
    states = []
    for one in Path(f"/proc/{worker}/task").glob("*/stat"):
        with contextlib.suppress(OSError):  # ended meanwhile
            states.append(one.read_text().rpartition(")")[2].split()[0])
    return any(one not in "ZX" for one in states)


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    """The processes that answer, of a service with several."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(one) for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


def held_by_each(port: int, workers: list[int], count: int) -> dict[int, list[HTTPConnection]]:
    """So many open connections to each of the workers; the system chooses whose a connection is."""
    held: dict[int, list[HTTPConnection]] = {one: [] for one in workers}
    for _ in range(200):
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        assert asked(connection) == 200
        own = connection.sock.getsockname()[1]
        several = held[next(one for one in workers if serves(one, port, own))]
        if len(several) < count:
            several.append(connection)
        else:
            connection.close()
        if all(len(one) == count for one in held.values()):
            return held
    raise AssertionError({worker: len(several) for worker, several in held.items()})


def serves(worker: int, port: int, client: int) -> bool:
    """Whether the connection of a client's port is this process's."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ends = f":{port:04X}", f":{client:04X}"
    sockets = {f"socket:[{one[9]}]" for one in lines if (one[1][-5:], one[2][-5:]) == ends}
    return any(os.readlink(one) in sockets for one in Path(f"/proc/{worker}/fd").iterdir() if one.is_symlink())


def test_every_operation_keeps_to_its_description(service: Service) -> None:
    schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
    from hypothesis import HealthCheck, Phase, settings

    schema = schemathesis.openapi.from_asgi(
        "/openapi.json", create_app(Settings(log=False, hosts=("testserver",)), service)
    )
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    for kind in ("x-ndjson", "vnd.apache.arrow.stream", "vnd.apache.parquet"):
        schemathesis.serializer(f"application/{kind}")(_as_it_is)
    seen = set()
    for result in schema.get_all_operations():
        operation = result.ok()
        count = 2 if operation.path in SLOW else drawn(6)
        excluded = [positive_data_acceptance] if operation.path in MAY_REFUSE else []

        @settings(
            max_examples=count, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @_given(operation)  # type: ignore[untyped-decorator]
        def hold(case: Any) -> None:
            case.call_and_validate(excluded_checks=excluded)  # noqa: B023 called at once

        hold()
        seen.add(operation.path)
    assert seen == set(schema.raw_schema["paths"])
    assert set(MAY_REFUSE) < seen


def _as_it_is(_: Any, value: Any) -> Any:
    """A body that is no JSON, as it was generated."""
    return value.encode() if isinstance(value, str) else value


def _given(operation: Any) -> Any:
    from hypothesis import given

    return given(case=operation.as_strategy())
