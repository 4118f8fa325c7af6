"""Chooses an engine, and checks it against the reference."""

from __future__ import annotations

import os
import threading

from applicability.engines import EngineName
from applicability.engines.protocol import Decision, Engine
from applicability.engines.reference import ReferenceEngine
from applicability.engines.rete import program
from applicability.engines.rete.engine import ForwardEngine
from applicability.errors import DisagreementError, EngineError, Location, Problem
from applicability.lazy_dataclass import dataclass
from applicability.model.facts import Facts
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.text import Text

_lock = threading.Lock()


def _forked() -> None:
    """Replaces the lock after a fork: a thread that held it does not exist in the child."""
    global _lock
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_forked)


def engine_of(rulebook: Rulebook, name: EngineName = "auto") -> Engine:
    """The engine of that name; `auto` is forward chaining where durable_rules runs, else the reference engine.

    `auto` also uses the reference engine for a rulebook that is too large for durable_rules. An engine is immutable
    once built, cached with its rulebook and shared by all threads.
    """
    if name == "reference" or (name == "auto" and not program.available()):
        return _reference(rulebook)
    if not program.available():
        hint = Text(
            "durable_rules 不能在此版本的 Python 上运行：改用 CPython 3.11 或 3.12，或用 `--engine reference`",
            "durable_rules does not run on this Python: use CPython 3.11 or 3.12, or `--engine reference`",
        )
        what = Text("此处不能使用正向推理引擎", "forward chaining is not available here")
        raise EngineError([Problem("E001", Location("engine"), what, hint)])
    forward = _kept(rulebook, ForwardEngine)
    if isinstance(forward, _TooLarge):
        if name == "auto":
            return _reference(rulebook)
        what = Text(f"正向推理引擎无法载入规则：“{forward.why}”", forward.why)
        hint = Text(
            "规则库超出 durable_rules 的容量：改用 `--engine reference`",
            "the rulebook is larger than durable_rules can hold: use `--engine reference`",
        )
        raise EngineError([Problem("E003", Location("engine"), what, hint)])
    return forward


@dataclass(frozen=True)
class _TooLarge:
    """Cached in place of an engine that cannot hold a rulebook: finding that out takes as long as building one."""

    why: str


def _kept(rulebook: Rulebook, kind: type[ReferenceEngine] | type[ForwardEngine]) -> Engine | _TooLarge:
    with _lock:
        found = rulebook.engines.get(kind.name)
        if not isinstance(found, (kind, _TooLarge)):
            try:
                found = kind(rulebook)
            except program.CageError as error:
                found = _TooLarge(str(error))
            rulebook.engines[kind.name] = found
        return found


def _reference(rulebook: Rulebook) -> ReferenceEngine:
    """The reference engine, which can hold any rulebook."""
    found = _kept(rulebook, ReferenceEngine)
    assert isinstance(found, ReferenceEngine)
    return found


def decide(rulebook: Rulebook, facts: Facts, name: EngineName = "auto") -> tuple[str, Decision]:
    """The name of the engine used and its verdicts; every other engine is checked against the reference engine.

    Raises DisagreementError with every part on which they differ.
    """
    engine = engine_of(rulebook, name)
    decision = engine.decide(facts)
    if not isinstance(engine, ReferenceEngine):
        agree(engine.name, decision, _reference(rulebook).decide(facts))
    return engine.name, decision


def agree(name: str, decision: Decision, meant: Decision) -> None:
    """Raises DisagreementError unless the two decisions are equal."""
    problems = []
    for key in sorted(meant.verdicts.keys() | decision.verdicts.keys()):
        own, right = decision.verdicts.get(key), meant.verdicts.get(key)
        if own is not right:
            document, row, part = key
            message = Text(
                f"第{row}行（{part}）：引擎 {name} 得 {_word(own).zh}，引擎 reference 得 {_word(right).zh}",
                f"row {row} ({part}): {name} says {_word(own).en}, reference says {_word(right).en}",
            )
            hint = Text(
                "这是程序的错误，与档案无关：请连同档案报告",
                "this is a fault of the program, not of the profile: please report it with the profile",
            )
            problems.append(Problem("E002", Location(document), message, hint))
    if problems:
        raise DisagreementError(problems)


def _word(verdict: Verdict | None) -> Text:
    return Text("空", "nothing") if verdict is None else Text(verdict.word, verdict.word)
