"""A process that screens gives large blocks back when they are freed, unless the environment says otherwise."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from applicability.bulk.run.allocation import economical

# Blocks of 2 MiB, each other one freed again, below others that stay: what is resident then, in MiB.
_BLOCKS = """
import sys
from applicability.bulk.run.allocation import economical
if sys.argv[1] == "economical":
    economical()
bytearray(16 << 20)  # after this the GNU library keeps blocks of up to 16 MiB
held = [bytearray(b"x") * (2 << 20) for _ in range(60)]
del held[:-1]
status = open("/proc/self/status").read()
print(int(status.split("VmRSS:")[1].split()[0]) // 1024)
"""


def resident(how: str, **environment: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", _BLOCKS, how],
        capture_output=True, check=True, text=True, env={**os.environ, **environment}, timeout=60,
    )  # fmt: skip
    return int(done.stdout)


@pytest.mark.skipif(
    not Path("/proc/self/status").exists() or not hasattr(ctypes.CDLL(None), "mallopt"),
    reason="told from /proc, of the GNU C library",
)
def test_large_blocks_are_given_back() -> None:
    assert resident("economical") + 60 < resident("plain")


def test_what_the_environment_says_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []
    monkeypatch.setattr(ctypes, "CDLL", asked.append)
    monkeypatch.setenv("MALLOC_MMAP_THRESHOLD_", "65536")
    monkeypatch.setenv("ARROW_DEFAULT_MEMORY_POOL", "mimalloc")
    economical()
    assert not asked
    assert os.environ["ARROW_DEFAULT_MEMORY_POOL"] == "mimalloc"


def test_another_c_library_has_no_such_option(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MALLOC_MMAP_THRESHOLD_", raising=False)
    monkeypatch.setenv("ARROW_DEFAULT_MEMORY_POOL", "system")
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    economical()
