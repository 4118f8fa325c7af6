"""A lock around a C library that threads share, which a fork waits for."""

from __future__ import annotations

import os
import threading

# Seconds that a fork waits at most: a run takes milliseconds, and building a network a second. Whoever forks in the
# middle of its own run, from a signal's handler, waits for nobody and goes on after them.
_LONGEST = 3.0


class ForkLock:
    """A `lock` for `with`; no process is forked while another thread holds it.

    In a child only the thread that forked goes on. What another thread was changing stays half changed, and what it
    held is held for ever: in the C library too, where nothing can be replaced. CLIPS calls `rand`, whose lock is one
    such; of some thousands of children that were forked while threads ran, one hung in it.
    """

    # A plain one, since `with` enters it in one step that no interrupt can divide.
    lock: threading.Lock

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._forking = False  # held for a fork
        if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
            os.register_at_fork(before=self._before, after_in_parent=self._in_parent, after_in_child=self._in_child)

    def _before(self) -> None:
        self._forking = self.lock.acquire(timeout=_LONGEST)

    def _in_parent(self) -> None:
        if self._forking:
            self._forking = False
            self.lock.release()

    def _in_child(self) -> None:
        self._forking = False
        self.lock = threading.Lock()
