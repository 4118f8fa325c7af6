"""Processes that are forked while threads work."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

# Seconds after which a child that has not ended hangs.
_LONGEST = 60


def every_child_answers(children: int, right: Callable[[], bool]) -> None:
    """Forks so many children, one after the other; fails if one hangs or `right` is false in it."""
    for _ in range(children):
        child = os.fork()
        if child == 0:
            os._exit(0 if right() else 1)
        deadline = time.monotonic() + _LONGEST
        while (done := os.waitpid(child, os.WNOHANG))[0] == 0 and time.monotonic() < deadline:
            time.sleep(0.01)
        if done[0] == 0:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        assert done == (child, 0), "the child hangs, or answers otherwise"
