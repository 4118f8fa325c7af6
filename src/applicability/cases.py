"""Runs cases, and finds the leaves of rules that no case covers under every verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from applicability.api import check, load_rulebook
from applicability.engines import EngineName
from applicability.errors import ProfileError
from applicability.lazy_dataclass import dataclass
from applicability.loading.cases import read_cases
from applicability.loading.source import rules_folder
from applicability.model.assessment import Finding
from applicability.model.cases import Case, CaseReport, Mismatch, Result, Unseen
from applicability.model.conditions import Leaf, Overtaken, leaves
from applicability.model.evaluate import leaf_verdict
from applicability.model.leaf_kinds import kind_of
from applicability.model.rulebook import Rulebook
from applicability.model.step_register import with_entries
from applicability.model.verdict import Verdict

_BUCKETS = {"authorities_only": "authorities", "text_lost": "lost"}
# The verdicts that the cases so far gave each leaf of a rule; a leaf bound to a row, the set to which its verdicts are
# added, and those that it can have: a leaf that has had them all is not looked at again.
_Seen = dict[tuple[str, Leaf], set[Verdict]]
_Watched = tuple[Leaf, set[Verdict], frozenset[Verdict]]


def run_cases(
    cases: str | Path | None = None, rulebook: Rulebook | str | Path | None = None, *, engine: EngineName = "auto"
) -> CaseReport:
    """Runs the cases of a file or folder against a rulebook, or the folder of one; by default its own `cases` folder.

    Raises RulebookError for an invalid rulebook or invalid cases.
    """
    chosen = chosen_cases(cases, rulebook)
    return run_folder(chosen.folder, chosen.shown, chosen.rulebook, engine, chosen.within)


@dataclass(frozen=True)
class ChosenCases:
    """A rulebook and the folder of its cases, as it is shown; `within` begins the names of the rulebook's own files."""

    rulebook: Rulebook
    folder: Path
    shown: str
    within: str


def chosen_cases(cases: str | Path | None = None, rulebook: Rulebook | str | Path | None = None) -> ChosenCases:
    """The cases of a file or folder and the rulebook they are for, by default each other's."""
    folder = None if rulebook is None or isinstance(rulebook, Rulebook) else str(rulebook)
    book = rulebook if isinstance(rulebook, Rulebook) else load_rulebook(folder)
    own = "" if folder is None else f"{folder.rstrip('/')}/"
    if cases is not None:
        return ChosenCases(book, Path(cases), str(cases).rstrip("/"), own)
    if folder is not None:
        return ChosenCases(book, Path(folder) / "cases", f"{own}cases", own)
    return ChosenCases(book, rules_folder() / "cases", "rules/cases", own)


run_cases.__test__ = False  # type: ignore[attr-defined]  # `applicability.test` to programs, and no test to pytest


def run_folder(
    folder: Path, shown: str, rulebook: Rulebook, engine: EngineName = "auto", within: str = ""
) -> CaseReport:
    """Reads and runs the cases of a folder. Raises RulebookError for invalid cases.

    Only leaves in files whose names begin with `within` are counted: not those of a rulebook that is extended.
    """
    seen: _Seen = {}
    watched = _watched(rulebook, seen)
    results = tuple(_run(case, rulebook, engine, seen, watched) for case in read_cases(folder, shown, rulebook))
    every = _expected(rulebook)
    expected = {key: own for key, own in every.items() if key[1].ground.location.file.startswith(within)}
    unseen = (
        Unseen(rule, leaf, tuple(v for v in verdicts if v not in seen.get((rule, leaf), set())))
        for (rule, leaf), verdicts in expected.items()
    )
    return CaseReport(rulebook, results, tuple(one for one in unseen if one.verdicts), len(expected))


def _watched(rulebook: Rulebook, seen: _Seen) -> list[_Watched]:
    """Every leaf of a rulebook, with the verdicts that it has had and can have."""
    return [
        (leaf, seen.setdefault((rule, own), set()), frozenset(kind_of(leaf).verdicts))
        for rule, leaf, own in _rules(rulebook)
    ]


def _run(case: Case, rulebook: Rulebook, engine: EngineName, seen: _Seen, watched: list[_Watched]) -> Result:
    book = with_entries(rulebook, case.register) if case.register else rulebook
    try:
        assessment = check(case.profile, book, as_of=case.as_of, engine=engine)
    except ProfileError as error:
        return Result(case, (), error)
    findings = {f.measure.row: f for f in assessment.findings if f.measure.document == case.document}
    for leaf, had, wanted in watched if book is rulebook else _watched(book, seen):
        if not wanted <= had:
            had.add(leaf_verdict(leaf, assessment.facts, book))
    shown = tuple(provision.id for provision in assessment.provisions)
    return Result(case, tuple(differences(case, findings, shown)))


def differences(case: Case, findings: Mapping[int, Finding], provisions: tuple[str, ...]) -> Iterator[Mismatch]:
    """What a case expects otherwise, given the findings by row and the ids of the provisions shown."""
    if case.provisions is not None and set(case.provisions) != set(provisions):
        yield Mismatch(None, "provisions", ", ".join(case.provisions) or "none", ", ".join(provisions) or "none")
    for row, wanted in sorted(case.expect.items()):
        bucket = findings[row].bucket
        found = _BUCKETS.get(bucket, bucket)
        if found != wanted:
            yield Mismatch(findings[row], "verdict", wanted, found)
    for row, wanted in sorted(case.scope.items()):
        verdict = findings[row].scope_verdict
        found = "lost" if verdict is None else verdict.word
        if found != wanted:
            yield Mismatch(findings[row], "scope", wanted, found)
    for row, facts in sorted(case.missing.items()):
        if set(findings[row].missing) != set(facts):
            yield Mismatch(findings[row], "missing", ", ".join(facts), ", ".join(findings[row].missing) or "nothing")
    for row, limb in sorted(case.limb.items()):
        best = [one.limb.id for one in findings[row].best_limbs]
        if limb not in best if isinstance(limb, str) else set(limb) != set(best):
            named = limb if isinstance(limb, str) else ", ".join(limb)
            yield Mismatch(findings[row], "limb", named, ", ".join(best))
    for row, states in sorted(case.limits.items()):
        told = {one.limit.key: one.state for one in findings[row].limits}
        for key, state in states.items():
            if told.get(key) != state:
                yield Mismatch(findings[row], "limit", f"{key} {state}", f"{key} {told.get(key, 'not listed')}")


def _rules(rulebook: Rulebook) -> Iterator[tuple[str, Leaf, Leaf]]:
    """Every leaf with the name of its rule, as bound to a row and as in the rule.

    A scope rule is one rule however many rows use it, so its steps count once, not once per row.
    """
    for measure in rulebook.measures:
        scope = rulebook.scopes.get(measure.scope_rule)
        if measure.scope is not None and scope is not None:
            own = iter(leaves(scope.when))
            for leaf in leaves(measure.scope):
                if isinstance(leaf, Overtaken):
                    yield f"register, row {measure.row}", leaf, leaf
                else:
                    yield f"scope {scope.id}", leaf, next(own)
        for limb in measure.usable:
            for leaf in leaves(limb.when):
                yield f"row {measure.row}{limb.id}", leaf, leaf
    for provision in rulebook.provisions:
        for leaf in leaves(provision.when):
            yield f"provision {provision.id}", leaf, leaf


def _expected(rulebook: Rulebook) -> dict[tuple[str, Leaf], tuple[Verdict, ...]]:
    """The verdicts that each leaf can have."""
    return {(rule, leaf): kind_of(leaf).verdicts for rule, _, leaf in _rules(rulebook)}
