"""Workers share an address, and nobody else has it."""

from __future__ import annotations

import contextlib
import pickle
import socket
from multiprocessing.reduction import ForkingPickler

import pytest

from applicability.cli.serve import _listen as listen
from applicability.web.worker_socket import SPREADS, WorkerSocket

pytestmark = pytest.mark.skipif(not SPREADS, reason="this system does not spread connections")
HERE = "127.0.0.1"


def held(port: int = 0) -> WorkerSocket:
    made = WorkerSocket(socket.AF_INET)
    try:
        made.bind((HERE, port))
    except OSError:
        made.close()
        raise
    return made


def received(holder: WorkerSocket) -> socket.socket:
    """The socket that a worker gets."""
    made = pickle.loads(ForkingPickler.dumps(holder))
    assert isinstance(made, socket.socket)
    return made


@pytest.mark.parametrize("spread", [False, True])
def test_a_connection_is_known_as_one_of_tcp(spread: bool) -> None:
    """Else asyncio leaves what an answer is written in to wait for each other's acknowledgement."""
    with listen(HERE, 0, spread=spread) as holder, contextlib.ExitStack() as stack:
        worker = stack.enter_context(received(holder)) if isinstance(holder, WorkerSocket) else holder
        worker.listen(1)
        stack.enter_context(socket.create_connection(worker.getsockname()))
        connection = stack.enter_context(worker.accept()[0])
        assert connection.proto == socket.IPPROTO_TCP


def test_connections_come_to_every_worker() -> None:
    with held() as holder, received(holder) as one, received(holder) as other:
        for worker in (one, other):
            worker.listen(100)
            worker.setblocking(False)
        with contextlib.ExitStack() as stack:
            for _ in range(60):
                stack.enter_context(socket.create_connection(holder.getsockname()))
            came = [0, 0]
            for place, worker in enumerate((one, other)):
                with contextlib.suppress(BlockingIOError):
                    while True:
                        stack.enter_context(worker.accept()[0])
                        came[place] += 1
    assert sum(came) == 60
    assert min(came) > 5


@pytest.mark.parametrize("listening", [False, True])
def test_an_address_is_had_by_one_service(listening: bool) -> None:
    with held() as holder, received(holder) as worker:
        if listening:
            worker.listen(5)
        with pytest.raises(OSError, match="in use"):
            held(holder.getsockname()[1])


@pytest.mark.parametrize("shared", [False, True])
def test_an_address_is_free_when_its_service_has_ended(shared: bool) -> None:
    with contextlib.ExitStack() as stack:
        if shared:
            listening: socket.socket = received(stack.enter_context(held()))
        else:
            listening = socket.create_server((HERE, 0))
        stack.enter_context(listening)
        listening.listen(5)
        port = listening.getsockname()[1]
        with socket.create_connection((HERE, port)) as client:
            listening.accept()[0].close()  # who closes first remembers the connection
            assert client.recv(1) == b""
    held(port).close()
