"""A listening socket for several workers, of which each has its own on the same address."""

from __future__ import annotations

import socket
import sys
from multiprocessing.reduction import ForkingPickler
from typing import Any

# Where the system spreads connections over the sockets of one address. Of one socket that workers share, whichever is
# awake takes what comes: of sixteen connections at once one worker often had all, and the other none.
SPREADS = sys.platform == "linux" and hasattr(socket, "SO_REUSEPORT")


class WorkerSocket(socket.socket):
    """A socket that holds an address without listening; sent to another process, it is a new one on that address."""

    def bind(self, address: Any, /) -> None:
        """Hold the address. Raises OSError where another process has it, also one that holds it with SO_REUSEPORT."""
        with socket.socket(self.family, self.type, self.proto) as alone:
            alone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            alone.bind(address)
        self.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        try:
            super().bind(address)
        except OSError:  # connections of an earlier run are still in TIME_WAIT
            self.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            super().bind(address)


def _sent(held: WorkerSocket) -> tuple[Any, ...]:
    return _received, (held.family, held.type, held.proto, held.getsockname())


def _received(family: int, kind: int, protocol: int, address: Any) -> socket.socket:
    own = socket.socket(family, kind, protocol)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    own.bind(address)
    return own


# How sockets are sent to other processes is registered for each class.
ForkingPickler.register(WorkerSocket, _sent)
