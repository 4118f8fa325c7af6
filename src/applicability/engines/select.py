"""Chooses an engine, and checks it against the reference."""

from __future__ import annotations

import os
import threading
from operator import is_
from typing import Literal, get_args

from applicability.engines import EngineName
from applicability.engines.protocol import Decision, Engine, RecentDecisions
from applicability.engines.reference import ReferenceEngine
from applicability.engines.rete.engine import ForwardEngine
from applicability.engines.rete.rules import CageError, RuleProgram
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


ForwardName = Literal["durable", "clips"]
_LIBRARIES: dict[ForwardName, str] = {"durable": "durable_rules", "clips": "CLIPS"}


def forward_name() -> ForwardName | None:
    """The forward engine of this Python: durable_rules where it runs, up to 3.12, else CLIPS where it is installed."""
    return next((name for name in get_args(ForwardName) if runs(name)), None)


def forward_names() -> tuple[ForwardName, ...]:
    """Every forward engine that runs here."""
    return tuple(name for name in get_args(ForwardName) if runs(name))


def runs(name: ForwardName) -> bool:
    """Whether that engine can run here."""
    # Only what is asked for is imported: a check on 3.12 never looks for CLIPS.
    if name == "durable":
        from applicability.engines.rete import durable

        return durable.available()
    from applicability.engines.rete import clips

    return clips.available()


def engine_of(rulebook: Rulebook, name: EngineName = "auto") -> Engine:
    """The engine of that name; `forward` is the forward engine of this Python, and `auto` as well where there is one.

    `auto` is the reference evaluator where there is none, and for a rulebook larger than the forward engine can hold.
    An engine is immutable once built, kept with its rulebook and shared by all threads. Raises EngineError.
    """
    if name == "reference":
        return _reference(rulebook)
    wanted = forward_name() if name == "auto" or name == "forward" else name  # mypy narrows by `==` alone
    if name == "auto" and wanted is None:
        return _reference(rulebook)
    if wanted is None or not runs(wanted):
        raise EngineError([_missing(name)])
    forward = _kept(rulebook, wanted)
    if isinstance(forward, _TooLarge):
        if name == "auto":
            return _reference(rulebook)
        what = Text(f"正向推理引擎无法载入规则：“{forward.why}”", forward.why)
        library = _LIBRARIES[wanted]
        hint = Text(
            f"规则库超出 {library} 的容量：改用 `--engine reference`",
            f"the rulebook is larger than {library} can hold: use `--engine reference`",
        )
        raise EngineError([Problem("E003", Location("engine"), what, hint)])
    return forward


def _missing(name: EngineName) -> Problem:
    """That a forward engine does not run here, and what to do about it."""
    if name == "durable":
        what = Text("此处不能使用引擎 durable", "the engine durable is not available here")
        hint = Text(
            "durable_rules 只能在 CPython 3.11 或 3.12 上运行：改用 `--engine clips` 或 `--engine reference`",
            "durable_rules runs on CPython 3.11 and 3.12 only: use `--engine clips` or `--engine reference`",
        )
        return Problem("E001", Location("engine"), what, hint)
    what = Text(f"此处不能使用引擎 {name}", f"the engine {name} is not available here")
    hint = Text(
        "没有安装 CLIPS：执行 `pip install clipspy`，或用 `--engine reference`",
        "CLIPS is not installed: run `pip install clipspy`, or use `--engine reference`",
    )
    return Problem("E001", Location("engine"), what, hint)


@dataclass(frozen=True)
class _TooLarge:
    """Cached in place of an engine that cannot hold a rulebook: finding that out takes as long as building one."""

    why: str


def _kept(rulebook: Rulebook, name: ForwardName) -> ForwardEngine | _TooLarge:
    with _lock:
        found = rulebook.engines.get(name)
        if not isinstance(found, (ForwardEngine, _TooLarge)):
            try:
                found = ForwardEngine(rulebook, name, _program(name))
            except CageError as error:
                found = _TooLarge(str(error))
            rulebook.engines[name] = found
        return found


def _program(name: ForwardName) -> type[RuleProgram]:
    if name == "durable":
        from applicability.engines.rete.durable_program import DurableProgram

        return DurableProgram
    from applicability.engines.rete.clips import ClipsProgram

    return ClipsProgram


def _reference(rulebook: Rulebook) -> ReferenceEngine:
    """The reference evaluator, which holds any rulebook."""
    with _lock:
        found = rulebook.engines.get(ReferenceEngine.name)
        if not isinstance(found, ReferenceEngine):
            found = rulebook.engines[ReferenceEngine.name] = ReferenceEngine(rulebook)
        return found


def decide(
    rulebook: Rulebook, facts: Facts, name: EngineName = "auto", recent: RecentDecisions | None = None
) -> tuple[str, Decision]:
    """The name of the engine used and its verdicts; every other engine is checked against the reference engine.

    A decision may be taken from `recent`, or is put there; it is checked again all the same. Raises DisagreementError
    with every part on which they differ.
    """
    engine = engine_of(rulebook, name)
    decision = engine.decide(facts, recent)
    if not isinstance(engine, ReferenceEngine):
        agree(engine.name, decision, _reference(rulebook).decide(facts))
    return engine.name, decision


def agree(name: str, decision: Decision, meant: Decision) -> None:
    """Raises DisagreementError unless the two decisions are equal."""
    own_of, meant_of = decision.verdicts, meant.verdicts
    if len(own_of) == len(meant_of) and all(map(is_, map(own_of.get, meant_of), meant_of.values())):
        return
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
