"""A fork waits for whoever is in the C library, and no child finds its lock taken."""

from __future__ import annotations

import os
import threading
import time

import pytest

from applicability.engines.rete import fork_lock
from applicability.engines.rete.fork_lock import ForkLock

from .forking import every_child_answers

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]


def free(lock: ForkLock) -> bool:
    """Whether nobody holds it."""
    with lock.lock:
        return True


def test_a_fork_waits_for_a_run_of_another_thread() -> None:
    lock, entered, left = ForkLock(), threading.Event(), threading.Event()

    def run() -> None:
        with lock.lock:
            entered.set()
            time.sleep(0.2)
            left.set()

    thread = threading.Thread(target=run)
    thread.start()
    entered.wait()
    every_child_answers(1, lambda: left.is_set() and free(lock))
    thread.join()
    assert free(lock)


def test_whoever_forks_within_its_own_run_goes_on_in_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fork_lock, "_LONGEST", 0.05)
    lock = ForkLock()

    def run() -> None:
        with lock.lock:
            every_child_answers(1, lambda: free(lock))

    run()
    assert free(lock)


def test_a_thread_that_never_leaves_does_not_hold_up_a_fork_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fork_lock, "_LONGEST", 0.05)
    lock, stop = ForkLock(), threading.Event()
    entered = threading.Event()

    def run() -> None:
        with lock.lock:
            entered.set()
            stop.wait()

    thread = threading.Thread(target=run)
    thread.start()
    entered.wait()
    try:
        every_child_answers(1, lambda: free(lock))
    finally:
        stop.set()
        thread.join()
    assert free(lock)
