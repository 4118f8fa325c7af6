"""Objects that live until the process ends, which no garbage collection has to scan."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def long_lived() -> Iterator[None]:
    """Build objects without garbage collection, and freeze what there is then: no later collection scans it.

    A collection of everything takes as long as several answers.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_enabled:
            gc.enable()
