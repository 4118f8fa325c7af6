"""The memory of a process: what it holds, and what work leaves behind each time it is repeated.

What a process holds is no measure of what it has not freed: the C library and Arrow keep what was freed for the next
need, in pieces that threads left. `released` has them give it back first. Even so pieces between what is in use stay,
and a cache may fill late, so that only a repeat of the same work tells whether anything is left behind for good.
"""

from __future__ import annotations

import ctypes
import gc
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pyarrow as pa

_LIBRARY = ctypes.CDLL(None)


class _MallocState(ctypes.Structure):
    """What `mallinfo2` of the GNU C library tells."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in [
            "arena",
            "ordblks",
            "smblks",
            "hblks",
            "hblkhd",
            "usmblks",
            "fsmblks",
            "uordblks",
            "fordblks",
            "keepcost",
        ]
    )


def megabytes() -> float:
    """The memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def released() -> float:
    """The megabytes that this process holds once what is free has been given back, as far as it can be."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    if hasattr(_LIBRARY, "malloc_trim"):  # of the GNU C library
        _LIBRARY.malloc_trim(0)
    return megabytes()


@dataclass(frozen=True)
class InUse:
    """What a process has allocated and not freed: small objects of Python, and bytes of the C library and of Arrow."""

    objects: int
    bytes: int

    @classmethod
    def now(cls) -> InUse:
        """What is in use now, without what a collection frees."""
        gc.collect()
        return cls(sys.getallocatedblocks(), _allocated() + pa.total_allocated_bytes())


def _allocated() -> int:
    """The bytes that the C library has given out; 0 where it does not tell."""
    if not hasattr(_LIBRARY, "mallinfo2"):
        return 0
    _LIBRARY.mallinfo2.restype = _MallocState
    told = _LIBRARY.mallinfo2()
    return int(told.uordblks) + int(told.hblkhd)


def left_by(work: Callable[[], object], repeats: int) -> InUse:
    """What work leaves in use every time it is repeated: the least that one of so many repeats adds.

    It has been done once before, which fills the caches; what a cache takes or gives up later is in one repeat only.
    """
    work()
    states = [InUse.now()]
    for _ in range(repeats):
        work()
        states.append(InUse.now())
    steps = [*pairwise(states)]
    return InUse(
        min(after.objects - before.objects for before, after in steps),
        min(after.bytes - before.bytes for before, after in steps),
    )
