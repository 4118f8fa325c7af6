"""Feeds broken profiles, rule files and command lines to the program: `python tools/fuzz.py [--minutes 30]`.

Whatever comes in, the program must answer, or say what is wrong by a documented code in both languages and end with an
exit code of its table; it must not raise anything else, take longer than a case may, or grow. A case follows from its
kind and its seed alone. A run goes through the seeds of every kind until its time or its count is up, prints where the
next one goes on (`--from profile=1000,rules=20`), and a case is repeated alone by `--kinds profile --from profile=17
--count 1`. A find is printed with kind, seed and the folder that holds its input. Ends with 1 if there was one.

Registers of companies are mutilated by a script of their own.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import faulthandler
import gc
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import yaml
from click.testing import CliRunner

sys.path.append(str(Path(__file__).parent))
from fuzz_commands import SMALL, line
from fuzz_inputs import mutated_bytes, mutated_tree, shown, written

from applicability import Rulebook, check, lint, load_rulebook, read_profile, report
from applicability.cli.exit_codes import ExitCode
from applicability.cli.root import root
from applicability.errors import ApplicabilityError, Problem, ProfileError, RulebookError
from applicability.report.layout.wrap import printable

ROOT = Path(__file__).parents[1]
DAY = datetime.date(2026, 11, 23)
# Seconds that a case may take: of this process, which do not depend on what else the machine does, and on the clock.
BUSY = {"profile": 5, "rules": 10, "command": 20}
SLOW = 120
# By how many megabytes a run may grow after its first cases of a kind, which fill the caches.
GROWTH, WARM = 150, 300
# The longest message.
MOST = 10_000
# The shares of the time.
SHARES = {"profile": 0.5, "rules": 0.25, "command": 0.25}
# What no input may lead to: an internal error, and engines that disagree.
_NEVER = (ExitCode.FAULT, ExitCode.DISAGREEMENT, ExitCode.ENGINE)


class Late(BaseException):
    """A case took too long. Not an Exception, so that nothing on the way takes it for a broken file."""


@dataclass
class Case:
    """One case: `run` it, which returns how it ended; `files` reproduce it."""

    files: Mapping[str, bytes]
    run: Callable[[], str]


@dataclass
class Outcome:
    """What a run found of one kind."""

    cases: int = 0
    seconds: float = 0
    ends: Counter[str] = field(default_factory=Counter)
    finds: list[int] = field(default_factory=list)


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

    def case(self, kind: str, seed: int) -> Case:
        """The case of a seed."""
        draw = Random(f"{kind} {seed}")
        return {"profile": self._profile, "rules": self._rule_files, "command": self._command}[kind](draw)

    def _profile(self, draw: Random) -> Case:
        rulebook = self._packaged if draw.random() < 0.5 else self._small
        # Seldom: rendering an answer takes a hundred times as long as reading a profile.
        engine, render = draw.random() < 0.02, draw.random() < 0.005
        tree, how = draw.choice(self._trees), draw.randrange(4)
        if rulebook is self._small:  # which declares some of the facts only
            tree = {key: value for key, value in tree.items() if key in rulebook.facts} or {"city": "上海"}
        if how == 0:  # what a program gives
            given = mutated_tree(tree, draw, self._words, objects=True)
            files = {"profile.txt": shown(given).encode("utf-8", "backslashreplace")}
            return Case(files, lambda: self._checked(lambda: given, rulebook, engine, render))
        if how == 1:
            documents = [*self._profiles, *self._broken]
            data = mutated_bytes(draw.choice(documents), draw, documents)
        else:
            data = written(mutated_tree(tree, draw, self._words), draw)
            data = mutated_bytes(data, draw, self._profiles) if how == 3 else data
        read = lambda: read_profile(data, "profile.yaml")  # noqa: E731
        return Case({"profile.yaml": data}, lambda: self._checked(read, rulebook, engine, render))

    def _checked(self, given: Callable[[], Any], rulebook: Rulebook, engine: bool, render: bool) -> str:
        """Checks a profile, and renders the answer or what is wrong with it."""
        try:
            assessment = check(given(), rulebook, as_of=DAY, engine="auto" if engine else "reference")
        except ProfileError as error:
            return self._told(error.problems)
        if render:
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
        _fill(folder, files)
        found = lint(folder)
        end = self._told(found) if found else "clean"
        try:
            rulebook = load_rulebook(folder)
        except RulebookError as error:
            return self._told(error.problems)
        return self._checked(lambda: {"city": "上海", "foreign_share": 50}, rulebook, False, True) and f"linted {end}"

    def _command(self, draw: Random) -> Case:
        one = line(draw, [*self._profiles, *self._broken], self._registers)
        files = {**one.files, "stdin": one.stdin, "args": "\n".join(map(ascii, one.args)).encode()}

        def run() -> str:
            folder = self._folder / "command"
            _fill(folder, {**one.files, **{f"rules/{name}": data for name, data in self._rules.items()}})
            with contextlib.chdir(folder):
                done = CliRunner(env=_SETTINGS).invoke(root, list(one.args), input=one.stdin)
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


_SETTINGS = {"LANG": "en_US.UTF-8", "LC_ALL": "", "LC_MESSAGES": "", "COLUMNS": "80"}


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
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


@contextlib.contextmanager
def bounded(kind: str) -> Iterator[None]:
    """Raises Late in a case that takes too long; code that no signal reaches ends the process, with its traceback."""

    def stop(*said: Any) -> None:
        raise Late

    before = signal.signal(signal.SIGPROF, stop), signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_PROF, BUSY[kind])
    signal.setitimer(signal.ITIMER_REAL, SLOW)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGPROF, before[0])
        signal.signal(signal.SIGALRM, before[1])


def broken(fuzz: Fuzz, kind: str, seed: int, outcome: Outcome) -> tuple[str, Mapping[str, bytes]] | None:
    """What went wrong with a case, and its files; None if nothing did."""
    case = fuzz.case(kind, seed)
    outcome.cases += 1
    begun = time.monotonic()
    try:
        with bounded(kind):
            outcome.ends[case.run()] += 1
    except KeyboardInterrupt:
        raise
    except Late as error:
        told = "".join(traceback.format_tb(error.__traceback__)[-6:])
        return f"not done after {BUSY[kind]} s of work or {SLOW} s\n{told}", case.files
    except BaseException as error:
        return "".join(traceback.format_exception(error)), case.files
    finally:
        outcome.seconds += time.monotonic() - begun
    return None


def megabytes() -> float:
    """The memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def run(
    fuzz: Fuzz, first: Mapping[str, int], count: int | None, minutes: float, finds: Path
) -> tuple[dict[str, Outcome], list[str]]:
    """Runs cases of each kind from its first seed on; returns what came of them, and how the process has grown."""
    found = {kind: Outcome() for kind in first}
    until, base, grown = time.monotonic() + minutes * 60, None, []
    with open(finds.with_suffix(".now"), "w", encoding="utf-8") as now:
        while time.monotonic() < until:
            open_ = [kind for kind, outcome in found.items() if count is None or outcome.cases < count]
            if not open_:
                break
            kind = min(open_, key=lambda kind: found[kind].seconds / SHARES[kind])
            seed = first[kind] + found[kind].cases
            now.seek(0)
            now.truncate()
            now.write(f"{kind} {seed}\n")  # for a process that dies of the case
            now.flush()
            faulthandler.dump_traceback_later(2 * SLOW, exit=True)
            if (wrong := broken(fuzz, kind, seed, found[kind])) is not None:
                told, files = wrong
                found[kind].finds.append(seed)
                kept = finds / f"{kind}-{seed}"
                _fill(kept, {**files, "told.txt": told.encode("utf-8", "backslashreplace")})
                print(f"FIND {kind} {seed}: {told.strip().splitlines()[-1][:200]}\n  {kept}", flush=True)
            total = sum(outcome.cases for outcome in found.values())
            if total % WARM == 0:
                gc.collect()
                base = base if base is not None and total > 10 * WARM else megabytes()
                if megabytes() > base + GROWTH:
                    grown.append(f"GROWTH from {base:.0f} MB to {megabytes():.0f} MB at {kind} {seed}")
                    base = megabytes()
        faulthandler.cancel_dump_traceback_later()
    return found, grown


def main() -> None:
    """Runs the cases, and tells what they found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--count", type=int, help="most cases of each kind")
    parser.add_argument("--kinds", default=",".join(SHARES))
    parser.add_argument("--from", dest="first", default="", help="first seeds, as profile=0,rules=0,command=0")
    parser.add_argument("--finds", type=Path, default=Path("fuzz-finds"), help="folder for what reproduces a find")
    told = parser.parse_args()
    named = dict(part.split("=") for part in told.first.split(",") if part)
    first = {kind: int(named.get(kind, 0)) for kind in told.kinds.split(",")}
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        os.environ["APPLICABILITY_CACHE"] = str(Path(folder) / "cache")
        fuzz = Fuzz(Path(folder))
        begun, cpu = time.monotonic(), time.process_time()
        found, grown = run(fuzz, first, told.count, told.minutes, told.finds.absolute())
        for kind, outcome in found.items():
            span = f"seeds {first[kind]} to {first[kind] + outcome.cases - 1}"
            print(f"{kind}: {outcome.cases:,} cases, {span}, {outcome.seconds:.0f} s, {len(outcome.finds)} finds")
            print("  " + ", ".join(f"{end} {number:,}" for end, number in outcome.ends.most_common(25)))
        print("\n".join(grown) or f"memory: {megabytes():.0f} MB at the end")
        seconds = f"{time.monotonic() - begun:.0f} s, {time.process_time() - cpu:.0f} s of CPU"
        print(f"{seconds}; go on with --from {','.join(f'{kind}={first[kind] + found[kind].cases}' for kind in found)}")
    sys.exit(1 if grown or any(outcome.finds for outcome in found.values()) else 0)


if __name__ == "__main__":
    main()
