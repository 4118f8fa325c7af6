"""Ends what takes too long: `with bounded(5, 120)` allows 5 seconds of work, and 120 on the clock."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator


class Late(BaseException):
    """A case took too long. Not an Exception, so that nothing on the way takes it for a broken file."""


@contextlib.contextmanager
def bounded(busy: float, slow: float) -> Iterator[None]:
    """Raises Late after `busy` seconds of this process's work, or `slow` seconds on the clock.

    The work does not depend on what else the machine does. Code that no signal reaches goes on.
    """

    def stop(*said: object) -> None:
        raise Late

    before = signal.signal(signal.SIGPROF, stop), signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_PROF, busy)
    signal.setitimer(signal.ITIMER_REAL, slow)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGPROF, before[0])
        signal.signal(signal.SIGALRM, before[1])
