"""How often one key or address may ask. Imported where a rate is set: most services on one machine have none."""

from __future__ import annotations

import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter


class Rate:
    """A rate such as `600/minute`, counted in this process."""

    def __init__(self, rate: str) -> None:
        self._item = parse(rate)
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    def wait(self, who: str) -> int | None:
        """The seconds until somebody may ask again; None where he may now, which is counted."""
        if self._limiter.hit(self._item, who):
            return None
        resets = self._limiter.get_window_stats(self._item, who).reset_time
        return max(1, round(resets - time.time()))
