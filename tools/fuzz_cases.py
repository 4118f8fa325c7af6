"""The cases of `fuzz.py`: each a broken profile, rulebook, register of companies or command line, made of a seed alone.

A case raises whatever the law of that tool forbids, and returns otherwise how it ended.
"""

from __future__ import annotations

import contextlib
import datetime
import inspect
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml
from click import _compat
from click.testing import CliRunner

sys.path.append(str(Path(__file__).parent))
import mutilate_registers
from fuzz_commands import SMALL, line
from fuzz_inputs import mutated_bytes, mutated_tree, shown, written

from applicability import Assessment, Rulebook, check, lint, load_rulebook, read_profile, report
from applicability.cli.exit_codes import ExitCode
from applicability.cli.root import root
from applicability.errors import ApplicabilityError, Problem, ProfileError, RulebookError
from applicability.report.language.reasons import FindingText
from applicability.report.layout.wrap import printable

ROOT = Path(__file__).parents[1]
DAY = datetime.date(2026, 11, 23)
# The longest message.
MOST = 10_000
# How many findings of an answer have their reasons worded.
_WORDED = 2
# The shares of profiles that forward chaining decides too, and that are shown whole, in every format: each of these
# takes as long as a hundred others.
_FORWARD, _SHOWN = 0.02, 0.002
# What no input may lead to: an internal error, and engines that disagree.
_NEVER = (ExitCode.FAULT, ExitCode.DISAGREEMENT, ExitCode.ENGINE)


@dataclass(frozen=True)
class _Asked:
    """What is asked of a profile: forward chaining, the answer shown whole, and where in it reasons are worded."""

    forward: bool
    shown: bool
    part: float


_WHOLE = _Asked(forward=False, shown=True, part=0)


@dataclass
class Case:
    """One case: `run` it, which returns how it ended; `files` reproduce it."""

    files: Mapping[str, bytes]
    run: Callable[[], str]


class Fault(Exception):
    """An end that the law forbids, though nothing was raised."""


class Fuzz:
    """The cases of every kind; `folder` is for what a case needs on disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._small, self._packaged = load_rulebook(SMALL), load_rulebook()
        table = yaml.safe_load((ROOT / "docs" / "error_codes.yaml").read_bytes())
        self._codes = {code for entry in table for code in entry["codes"]}
        examples = [*sorted((ROOT / "examples").glob("*.yaml")), *sorted((ROOT / "examples").glob("*.json"))]
        bad = sorted((ROOT / "tests" / "data" / "bad-profiles").rglob("*.*"))
        self._profiles = [path.read_bytes() for path in examples if "register" not in path.name]
        self._broken = [data for path in bad if path.is_file() and len(data := path.read_bytes()) < 50_000]
        cases = sorted((ROOT / "rules" / "cases").glob("*.yaml"))
        self._trees = [case["profile"] for path in cases for case in _plain(path.read_bytes())["cases"]]
        self._trees += [_plain(data) for data in self._profiles]
        self._rules = {str(path.relative_to(SMALL)): path.read_bytes() for path in sorted(SMALL.rglob("*.*"))}
        self._registers = [self._rules["register.yaml"], (ROOT / "examples" / "suzhou-register.yaml").read_bytes()]
        values = {str(value) for tree in self._trees for value in _scalars(tree)}
        self._words = sorted({*self._packaged.facts, "name", "as_of", "determinations", "limits", *values})
        rules = [_plain(data) for name, data in self._rules.items() if name.endswith(".yaml")]
        self._rule_words = sorted({str(value) for tree in rules for value in _scalars(tree, keys=True)})
        self._companies = folder / "register"
        self._companies.mkdir()
        self._screened = mutilate_registers.Cases(self._companies)

    def case(self, kind: str, seed: int) -> Case:
        """The case of a seed."""
        if kind == "register":
            return self._register(seed)
        draw = Random(f"{kind} {seed}")
        return {"profile": self._profile, "rules": self._rule_files, "command": self._command}[kind](draw)

    def _profile(self, draw: Random) -> Case:
        rulebook = self._packaged if draw.random() < 0.5 else self._small
        asks = _Asked(draw.random() < _FORWARD, draw.random() < _SHOWN, draw.random())
        tree, how = draw.choice(self._trees), draw.randrange(4)
        if rulebook is self._small:  # which declares some of the facts only
            tree = {key: value for key, value in tree.items() if key in rulebook.facts} or {"city": "上海"}
        if how == 0:  # what a program gives
            given = mutated_tree(tree, draw, self._words, objects=True)
            files = {"profile.txt": shown(given).encode("utf-8", "backslashreplace")}
            return Case(files, lambda: self._checked(lambda: given, rulebook, asks))
        if how == 1:
            documents = [*self._profiles, *self._broken]
            data = mutated_bytes(draw.choice(documents), draw, documents)
        else:
            data = written(mutated_tree(tree, draw, self._words), draw)
            data = mutated_bytes(data, draw, self._profiles) if how == 3 else data
        read = lambda: read_profile(data, "profile.yaml")  # noqa: E731
        return Case({"profile.yaml": data}, lambda: self._checked(read, rulebook, asks))

    def _checked(self, given: Callable[[], Any], rulebook: Rulebook, asks: _Asked) -> str:
        """Checks a profile, and words the answer or what is wrong with it."""
        try:
            assessment = check(given(), rulebook, as_of=DAY, engine="auto" if asks.forward else "reference")
        except ProfileError as error:
            return self._told(error.problems)
        _reasoned(assessment, asks.part)
        if asks.shown:
            selection = report.whole(assessment)
            for lang in ("zh", "en"):
                for form in ("text", "json", "yaml", "html", "markdown"):
                    options = report.Options(lang, True, 80, False, False)
                    report.render(selection, form, options).encode()
        return "answered"

    def _told(self, problems: Iterable[Problem]) -> str:
        """Checks the messages of an error; returns its first code."""
        problems = tuple(problems)
        for problem in problems:
            if problem.code not in self._codes:
                raise Fault(f"the code {problem.code} is not documented")
            for lang in ("zh", "en"):
                told = printable(problem.told(lang), keep="\n")
                told.encode()
                if not problem.told_message(lang).strip():
                    raise Fault(f"an empty message: {problem!r}")
                if len(told) > MOST:
                    raise Fault(f"a message of {len(told)} characters: {told[:200]}")
        if not problems:
            raise Fault("an error without a problem")
        return problems[0].code

    def _rule_files(self, draw: Random) -> Case:
        if draw.random() < 0.3:
            data = self._mutated_rules(draw, draw.choice(self._registers))
            return Case({"register.yaml": data}, lambda: self._registered(data))
        name = draw.choice([*self._rules])
        data = self._mutated_rules(draw, self._rules[name], name)
        files = {**self._rules, name: data}
        return Case({name.replace("/", "-"): data}, lambda: self._linted(files))

    def _mutated_rules(self, draw: Random, data: bytes, name: str = "x.yaml") -> bytes:
        if name.endswith(".yaml") and draw.random() < 0.7:
            data = written(mutated_tree(_plain(data), draw, self._rule_words), draw)
            if draw.random() < 0.7:
                return data
        return mutated_bytes(data, draw, [*self._rules.values()])

    def _registered(self, data: bytes) -> str:
        file = self._folder / "register.yaml"
        file.write_bytes(data)
        try:
            rulebook = load_rulebook(SMALL, file)
            check({"city": "上海"}, rulebook, as_of=DAY, engine="reference")
        except ApplicabilityError as error:
            if not isinstance(error, (ProfileError, RulebookError)):
                raise
            return self._told(error.problems)
        return "answered"

    def _linted(self, files: Mapping[str, bytes]) -> str:
        folder = self._folder / "rules"
        fill(folder, files)
        found = lint(folder)
        end = self._told(found) if found else "clean"
        try:
            rulebook = load_rulebook(folder)
        except RulebookError as error:
            return self._told(error.problems)
        return self._checked(lambda: {"city": "上海", "foreign_share": 50}, rulebook, _WHOLE) and f"linted {end}"

    def _register(self, seed: int) -> Case:
        """The case of `mutilate_registers.py` of the same seed."""
        files: dict[str, bytes] = {}

        def run() -> str:
            if (wrong := self._screened.broken(seed)) is not None:
                files.update(_kept(self._companies))
                raise Fault(wrong)
            return self._screened.last

        return Case(files, run)

    def _command(self, draw: Random) -> Case:
        one = line(draw, [*self._profiles, *self._broken], self._registers)
        files = {**one.files, "stdin": one.stdin, "args": "\n".join(map(ascii, one.args)).encode()}

        def run() -> str:
            folder = self._folder / "command"
            fill(folder, {**one.files, **{f"rules/{name}": data for name, data in self._rules.items()}})
            with contextlib.chdir(folder):
                done = CliRunner(env=_SETTINGS).invoke(root, list(one.args), input=one.stdin)
            _forget_streams()
            if done.exception is not None and not isinstance(done.exception, SystemExit):
                raise done.exception
            code = ExitCode(done.exit_code)
            if code in _NEVER and not (code is ExitCode.ENGINE and "E0" in done.stderr):
                raise Fault(f"exit code {code}: {done.stderr[-400:]}")
            told = done.output.strip() or one.args[0] == "lint"  # whose `-o` takes what is wrong
            if code in (ExitCode.USAGE, ExitCode.INPUT, ExitCode.RULEBOOK, ExitCode.OUTPUT) and not told:
                raise Fault(f"exit code {code} without a word")
            if "Traceback" in done.output:
                raise Fault(done.output[-400:])
            return f"{one.args[0][:12]} {code.name.lower()}" if one.args[0].isascii() else f"- {code.name.lower()}"

        return Case(files, run)


def _reasoned(assessment: Assessment, part: float) -> None:
    """Words the reasons of some findings of an answer, from that part of them on."""
    first = int(part * len(assessment.findings))
    for finding in assessment.findings[first : first + _WORDED]:
        for reason in FindingText(finding).why:
            for told in (reason.message.zh, reason.message.en):
                told.encode()
                if not told.strip():
                    raise Fault(f"an empty reason of row {finding.measure.row}: {reason!r}")


def _kept(folder: Path) -> dict[str, bytes]:
    """The files of a folder, by their path in it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _forget_streams() -> None:
    """Empties click's caches of standard streams, which keep for ever every stream that a runner replaces one by."""
    for stream in (_compat._default_text_stdout, _compat._default_text_stderr):
        inspect.getclosurevars(stream).nonlocals["cache"].clear()


_SETTINGS = {"LANG": "en_US.UTF-8", "LC_ALL": "", "LC_MESSAGES": "", "COLUMNS": "80"}


def fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """The folder with these files and no other."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _plain(data: bytes) -> Any:
    """The plain data of a good file, every scalar as it is written."""
    return yaml.load(data, Loader=yaml.CBaseLoader)  # makes nothing but text, lists and mappings


def _scalars(tree: Any, *, keys: bool = False) -> Iterator[Any]:
    match tree:
        case dict():
            if keys:
                yield from tree
            for value in tree.values():
                yield from _scalars(value, keys=keys)
        case list():
            for value in tree:
                yield from _scalars(value, keys=keys)
        case _:
            yield tree
