"""One rule set of durable_rules, driven from outside. The only file that calls the C engine.

The rules below each avoid an observed hang, crash or wrong answer (durable_rules 2.0.28):

- Rule sets are driven directly: no Host, so no timer threads, and no Python action code in it that could raise.
- Only generated names and integers reach the engine: a fact is `{id, sid, NAME: NUMBER}`.
- One session per rule set, and a rule that always fires: a session in which nothing fired cannot be freed.
- What is asserted is retracted, and an interrupted run is drained. If it cannot be, the rule set is discarded and
  rebuilt for the next run: the engine would block its session for a minute.
- An error of the engine is never ignored: it would mean incomplete verdicts.
"""

from __future__ import annotations

import importlib
import itertools
import weakref
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import NamedTuple

from applicability.errors import EngineError, Location, Problem
from applicability.text import SurfaceText, Text


def _import() -> ModuleType | None:
    """The C engine that durable_rules wraps; None on CPython 3.13 and later."""
    try:
        return importlib.import_module("durable_rules_engine")
    except ImportError:
        return None


_engine = _import()
_numbers = itertools.count()

GO = "go"
# Keys that the engine adds to every message, which generated names must not collide with.
_RESERVED = ("id", "sid", "$s", "sid-s", GO)
_ASSERTED_BEFORE = 2


def available() -> bool:
    """Whether durable_rules runs on this Python."""
    return _engine is not None


class Match(NamedTuple):
    """Matches a fact with that short name and a number from `low` to `high`."""

    name: str
    low: int
    high: int

    def __str__(self) -> str:
        if self.low == self.high:
            return f'{{"{self.name}":{self.low}}}'
        low, high = f'{{"$gte":{{"{self.name}":{self.low}}}}}', f'{{"$lte":{{"{self.name}":{self.high}}}}}'
        return f'{{"$and":[{low},{high}]}}'


ALWAYS = Match(GO, 1, 1)


class Names:
    """Generates short names; the engine compares names by a 32-bit hash, so their hashes are distinct."""

    def __init__(self) -> None:
        self._taken = {hash_of(name) for name in _RESERVED}
        self._count = itertools.count()

    def next(self) -> str:
        """The next unused name."""
        for number in self._count:
            name = f"n{number}"
            digest = hash_of(name)
            if digest not in self._taken:
                self._taken.add(digest)
                return name
        raise AssertionError("unreachable: the count has no end")


def hash_of(text: str) -> int:
    """The 32-bit FNV-1a hash, by which the engine compares names."""
    digest = 2166136261
    for byte in text.encode():
        digest = ((digest ^ byte) * 16777619) & 0xFFFFFFFF
    return digest


class RuleSet:
    """Rules over short names, run to their fixed point. Not thread-safe.

    Nothing is allocated in the engine before the first run. Picklable, without the engine's memory.
    """

    def __init__(self, rules: Sequence[Sequence[Match]]) -> None:
        """Each rule is a non-empty sequence of matches that must all hold; it fires under its index."""
        self.__setstate__(_definition(rules))

    def __getstate__(self) -> str:
        return self._core.definition

    def __setstate__(self, definition: str) -> None:
        self._core = _Core(definition)
        # Frees the engine's memory when the set is dropped: 15 KB for each match of a rule.
        weakref.finalize(self, self._core.free).atexit = False

    def run(self, facts: Sequence[tuple[str, int]], fire: Callable[[int], Sequence[str]]) -> None:
        """Asserts the facts and runs the rules; `fire(index)` returns the names to assert, each with the number 1.

        No name may be asserted twice. Raises EngineError if the engine fails, and whatever `fire` raises.
        """
        self._core.run(facts, fire)


class _Core:
    """The engine's side of a rule set. Separate from RuleSet, so that a finalizer can hold it."""

    def __init__(self, definition: str) -> None:
        self.definition = definition
        self._handles: list[int] = []  # at most one, while the engine has the rule set
        self._entered = False  # whether a session exists
        self._whole = False  # whether the last run finished

    def run(self, facts: Sequence[tuple[str, int]], fire: Callable[[int], Sequence[str]]) -> None:
        if _engine is None:
            raise _failed(Text("不能在此版本的 Python 上运行", "it does not run on this Python"))
        if not self._whole:
            self.free()
            self._open()
        run = _DurableRun(self._handles[0])
        self._entered, self._whole = True, False
        try:
            run.through(facts, fire)
        except _engine.error as error:
            raise _failed(_own(error)) from error
        except BaseException:
            self._whole = run.drained()
            raise
        self._whole = True

    def _open(self) -> None:
        assert _engine is not None  # checked by `run`
        try:
            self._handles.extend(map(_engine.create_ruleset, (f"applicability-{next(_numbers)}",), (self.definition,)))
        except _engine.error as error:
            raise _failed(_own(error)) from error
        self._entered, self._whole = False, True

    def free(self) -> None:
        """Frees the engine's memory. The session of an interrupted run is leaked: freeing it could crash."""
        if not self._handles or _engine is None:
            return
        handle, whole = self._handles.pop(), self._entered and self._whole
        self._entered = self._whole = False
        if whole:
            _engine.delete_state(handle, "s")
        _engine.delete_ruleset(handle)


class _DurableRun:
    """One run, and its progress: the engine's answers are stored as they are returned.

    An interrupt may be raised between a call and the assignment of its result. So calls are made by `map` into a list,
    which is not interrupted in between, and an interrupted run can still be drained.
    """

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._facts: list[str] = []  # asserted, or about to be
        self._asserted: list[tuple[int, int]] = []  # the engine's answer to each: a code, and the session
        self._messages: list[str | tuple[object, str | None] | None] = []  # of the rules that fire; None at the end
        self._retracted: list[object] = []
        self._begun = 0  # calls begun; more than were answered if they were interrupted

    def through(self, facts: Sequence[tuple[str, int]], fire: Callable[[int], Sequence[str]]) -> None:
        """Runs from the first assertion to the last retraction."""
        self._assert([(GO, 1), *facts])
        while message := self._next():
            place = message[3 : message.index('"', 3)]  # of {"rINDEX":{...
            # The rule that always fires has none.
            if place and (names := fire(int(place))):
                self._assert([(name, 1) for name in names])
        self._retract()

    def drained(self) -> bool:
        """Drains an interrupted run, ignoring what still fires; returns whether it reached its end.

        Otherwise the engine would keep the session forever.
        """
        if self._begun != len(self._asserted) + len(self._messages) + len(self._retracted):
            return False
        try:
            while self._asserted and self._next():
                pass
            self._retract()
        except BaseException:  # interrupted again: the rule set will be rebuilt
            return False
        return True

    def _assert(self, facts: Sequence[tuple[str, int]]) -> None:
        assert _engine is not None  # checked by `_Core.run`
        told = [_fact(name, number) for name, number in facts]
        self._facts += told
        calls = map(_engine.assert_fact, itertools.repeat(self._handle), told)
        self._begun += len(told)
        self._asserted.extend(calls)
        for (name, _), (code, _) in zip(facts, self._asserted[-len(told) :], strict=True):
            if code == _ASSERTED_BEFORE:
                raise _failed(Text(f"`{name}` 已断言过", f"`{name}` was asserted before"))

    def _next(self) -> str | None:
        """Completes the action that was started, if any, and starts the next; None when no rule fires any more."""
        assert _engine is not None  # checked by `_Core.run`
        state = self._asserted[0][1:]
        if not self._messages:
            call = map(_engine.start_action_for_state, (self._handle,), state)
            self._begun += 1
            self._messages.extend(call)
        elif self._messages[-1] is not None:
            call = map(_engine.complete_and_start_action, (self._handle,), state)
            self._begun += 1
            self._messages.extend(call)
        last = self._messages[-1]
        return last[1] if isinstance(last, tuple) else last  # the first comes with its session

    def _retract(self) -> None:
        assert _engine is not None  # checked by `_Core.run`
        facts = self._facts[len(self._retracted) : len(self._asserted)]
        calls = map(_engine.retract_fact, itertools.repeat(self._handle), facts)
        self._begun += len(facts)
        self._retracted.extend(calls)


def _definition(rules: Sequence[Sequence[Match]]) -> str:
    whole = [f'"r{place}":{{"all":[{_all(matches)}]}}' for place, matches in enumerate(rules)]
    return "{" + ",".join([*whole, f'"r":{{"all":[{_all([ALWAYS])}]}}']) + "}"


def _all(matches: Sequence[Match]) -> str:
    return ",".join(f'{{"m{index}":{match}}}' for index, match in enumerate(matches))


def _fact(name: str, number: int) -> str:
    return f'{{"id":"{name}","sid":"s","{name}":{number}}}'


def _failed(words: Text) -> EngineError:
    what = Text(f"durable_rules 出错：{words.zh}", f"durable_rules failed: {words.en}")
    hint = SurfaceText(
        "无法给出结果：改用 `--engine reference`，并请报告此错误",
        "no answer can be given: use `--engine reference`, and please report this",
        Text("无法给出结果，请报告此错误", "no answer can be given: please report this"),
    )
    return EngineError([Problem("E011", Location("engine"), what, hint)])


def _own(error: Exception) -> Text:
    """The engine's error message."""
    return Text(f"“{error}”", str(error))
