"""How a process that screens allocates: Arrow and NumPy from one allocator, which gives large blocks back at once."""

from __future__ import annotations

import contextlib
import ctypes
import os

# From malloc.h of the GNU C library: the size from which a block is mapped by itself, and unmapped when it is freed.
_M_MMAP_THRESHOLD = -3
_LARGE = 1 << 20


def economical() -> None:
    """Sets the allocators of this process, and the environment of its children; to be called before Arrow is imported.

    What the environment says already stands. Without a threshold the GNU library raises its own with each block that is
    freed, up to 32 MiB, and keeps what lies below: a fifth of a run's memory (docs/decisions/0012). Other C libraries
    have no such option.
    """
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    if "MALLOC_MMAP_THRESHOLD_" not in os.environ:
        with contextlib.suppress(AttributeError, OSError, TypeError):  # no such library, or none to be opened so
            ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)
