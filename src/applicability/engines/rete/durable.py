"""One rule set of durable_rules, driven from outside. The only file that calls the C engine.

The laws of the cage, each for what was seen to hang, crash or answer wrongly (durable_rules 2.0.28):
- Rule sets are driven directly: no Host, so no timer threads, and no action code that could raise in it.
- Only names and whole numbers made here reach the engine: a fact is `{id, sid, NAME: NUMBER}`.
- One session in a rule set, and a rule that always fires: a session in which nothing fired cannot be freed.
- What is asserted is retracted, and a run that is cut short is brought to its end. One that cannot be leaves the rule
  set spoilt, and the next builds it anew: the engine would hold its session for a minute and let nothing fire in it.
- An error of the engine is never passed over: it would mean incomplete verdicts.
"""

from __future__ import annotations

import importlib
import itertools
import weakref
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import NamedTuple

from applicability.errors import EngineError, Location, Problem
from applicability.text import Text


def _import() -> ModuleType | None:
    """The C engine of durable_rules, which its Python layer wraps; None on CPython 3.13 and later."""
    try:
        return importlib.import_module("durable_rules_engine")
    except ImportError:
        return None


_engine = _import()
_numbers = itertools.count()

GO = "go"
# What the engine puts into every message itself, and must not be mistaken for a name of ours.
_RESERVED = ("id", "sid", "$s", "sid-s", GO)
_ASSERTED_BEFORE = 2


def available() -> bool:
    """Whether durable_rules runs on this Python."""
    return _engine is not None


class Match(NamedTuple):
    """A fact of that short name with a number from `low` to `high`."""

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
    """Short names for the engine, which compares them by a 32-bit hash: no two of these have the same."""

    def __init__(self) -> None:
        self._taken = {hash_of(name) for name in _RESERVED}
        self._count = itertools.count()

    def next(self) -> str:
        """A name that this has not given before."""
        for number in self._count:
            name = f"n{number}"
            digest = hash_of(name)
            if digest not in self._taken:
                self._taken.add(digest)
                return name
        raise AssertionError("unreachable: the count has no end")


def hash_of(text: str) -> int:
    """The 32-bit FNV-1a hash, by which the engine tells names apart."""
    digest = 2166136261
    for byte in text.encode():
        digest = ((digest ^ byte) * 16777619) & 0xFFFFFFFF
    return digest


class RuleSet:
    """Rules over short names, run to their fixed point. No lock of its own: one thread at a time.

    The engine holds nothing of it before the first run. Can be pickled: the engine's memory stays behind.
    """

    def __init__(self, rules: Sequence[Sequence[Match]]) -> None:
        """Each rule is what must all match, at least one; it fires under its place in the sequence."""
        self.__setstate__(_definition(rules))

    def __getstate__(self) -> str:
        return self._core.definition

    def __setstate__(self, definition: str) -> None:
        self._core = _Core(definition)
        # A set that is dropped gives its memory back: 15 KB for each match of a rule.
        weakref.finalize(self, self._core.free).atexit = False

    def run(self, facts: Sequence[tuple[str, int]], fire: Callable[[int], Sequence[str]]) -> None:
        """Assert the facts and let rules fire; `fire(place)` answers with the names to assert, each as 1.

        No name may be asserted twice. Raises EngineError when the engine fails, and whatever `fire` raises.
        """
        self._core.run(facts, fire)


class _Core:
    """The engine's side of a rule set. Apart from RuleSet, so that a finalizer can hold it."""

    def __init__(self, definition: str) -> None:
        self.definition = definition
        self._handles: list[int] = []  # one, where the engine holds the rule set
        self._entered = False  # there is a session
        self._whole = False  # its last run came to its end

    def run(self, facts: Sequence[tuple[str, int]], fire: Callable[[int], Sequence[str]]) -> None:
        if _engine is None:
            raise _failed(Text("不能在此版本的 Python 上运行", "it does not run on this Python"))
        if not self._whole:
            self.free()
            self._open()
        run = _Run(self._handles[0])
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
        assert _engine is not None  # `run` has seen to it
        try:
            self._handles.extend(map(_engine.create_ruleset, (f"applicability-{next(_numbers)}",), (self.definition,)))
        except _engine.error as error:
            raise _failed(_own(error)) from error
        self._entered, self._whole = False, True

    def free(self) -> None:
        """Give back the engine's memory. The session of a run cut short is lost: to free it could crash."""
        if not self._handles or _engine is None:
            return
        handle, whole = self._handles.pop(), self._entered and self._whole
        self._entered = self._whole = False
        if whole:
            _engine.delete_state(handle, "s")
        _engine.delete_ruleset(handle)


class _Run:
    """One run, and how far it came: what the engine answered is kept as it answers.

    An interrupt is raised between a call and the assignment of what it returned. So calls are made by `map` into a
    list, where nothing comes between, and a run that was cut short can be brought to its end all the same.
    """

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._facts: list[str] = []  # to be asserted, or asserted
        self._asserted: list[tuple[int, int]] = []  # what the engine answered to each: a code, and the session
        self._messages: list[str | tuple[object, str | None] | None] = []  # of the rules that fire; None at the end
        self._retracted: list[object] = []
        self._begun = 0  # calls; one more than were answered, where one was cut short itself

    def through(self, facts: Sequence[tuple[str, int]], fire: Callable[[int], Sequence[str]]) -> None:
        """From the first fact asserted to the last retracted."""
        for name, number in ((GO, 1), *facts):
            self._assert(name, number)
        while message := self._next():
            place = message[3 : message.index('"', 3)]  # of {"rPLACE":{...
            if place:  # the rule that always fires has none
                for name in fire(int(place)):
                    self._assert(name, 1)
        self._retract()

    def drained(self) -> bool:
        """Whether a run that was cut short came to its end after all: what still fires is passed over.

        Otherwise the engine would keep the session for ever.
        """
        if self._begun != len(self._asserted) + len(self._messages) + len(self._retracted):
            return False
        try:
            while self._asserted and self._next():
                pass
            self._retract()
        except BaseException:  # cut short again: the rule set is built anew
            return False
        return True

    def _assert(self, name: str, number: int) -> None:
        assert _engine is not None  # `_Core.run` has seen to it
        self._facts.append(_fact(name, number))
        call = map(_engine.assert_fact, (self._handle,), self._facts[-1:])
        self._begun += 1
        self._asserted.extend(call)
        if self._asserted[-1][0] == _ASSERTED_BEFORE:
            raise _failed(Text(f"`{name}` 已断言过", f"`{name}` was asserted before"))

    def _next(self) -> str | None:
        """Complete the action that was started, if any, and start the next; None where nothing fires any more."""
        assert _engine is not None  # `_Core.run` has seen to it
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
        assert _engine is not None  # `_Core.run` has seen to it
        for fact in self._facts[len(self._retracted) : len(self._asserted)]:
            call = map(_engine.retract_fact, (self._handle,), (fact,))
            self._begun += 1
            self._retracted.extend(call)


def _definition(rules: Sequence[Sequence[Match]]) -> str:
    whole = [f'"r{place}":{{"all":[{_all(matches)}]}}' for place, matches in enumerate(rules)]
    return "{" + ",".join([*whole, f'"r":{{"all":[{_all([ALWAYS])}]}}']) + "}"


def _all(matches: Sequence[Match]) -> str:
    return ",".join(f'{{"m{index}":{match}}}' for index, match in enumerate(matches))


def _fact(name: str, number: int) -> str:
    return f'{{"id":"{name}","sid":"s","{name}":{number}}}'


def _failed(words: Text) -> EngineError:
    what = Text(f"durable_rules 出错：{words.zh}", f"durable_rules failed: {words.en}")
    hint = Text(
        "无法给出结果：改用 `--engine reference`，并请报告此错误",
        "no answer can be given: use `--engine reference`, and please report this",
    )
    return EngineError([Problem("E011", Location("engine"), what, hint)])


def _own(error: Exception) -> Text:
    """The engine's own words."""
    return Text(f"“{error}”", str(error))
