"""Selects measures by row, by chapter, or both. All selections are made here."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from applicability.errors import ArgumentError, Location, Problem
from applicability.messages import listed
from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.text import Text


def select_measures(
    rulebook: Rulebook, measures: Iterable[int | Measure] | None = None, chapters: Iterable[int] | None = None
) -> tuple[Measure, ...]:
    """The measures with those rows in those chapters, in the order of the rulebook.

    None does not restrict. A measure selects itself, a number every row of that number. Raises ArgumentError for rows
    and chapters that do not exist, and if no named row is in a named chapter.
    """
    if measures is None and chapters is None:
        return rulebook.measures
    chosen = None if measures is None else tuple(measures)
    wanted = None if chapters is None else tuple(chapters)
    rows = [one for one in chosen or () if isinstance(one, int)]
    keys = {one.key for one in chosen or () if isinstance(one, Measure)}
    every = {measure.row for measure in rulebook.measures}
    parts = {number for document in rulebook.documents.values() for number in document.chapters}
    problems = [*_unknown("U001", "measures", rows, every), *_unknown("U002", "chapters", wanted or (), parts)]
    if problems:
        raise ArgumentError(problems)
    found = tuple(
        one
        for one in rulebook.measures
        if (chosen is None or one.row in rows or one.key in keys) and (wanted is None or one.chapter in wanted)
    )
    if chosen and wanted and not found:
        what = Text("所列的措施都不在所列的章内", "none of the measures named stands in a chapter named")
        raise ArgumentError([Problem("U003", Location("selection"), what)])
    return found


def _unknown(code: str, argument: str, asked: Iterable[int], known: Collection[int]) -> list[Problem]:
    """One problem for all numbers that do not exist."""
    wrong = [str(number) for number in asked if number not in known]
    if not wrong:
        return []
    limits, shown = Text("一个也没有", "there are none"), listed(wrong)
    if known:
        first, last = min(known), max(known)
        limits = Text(f"应在{first}至{last}之间", f"they run from {first} to {last}")
    what = Text(f"{shown.zh}：没有此编号，{limits.zh}", f"{shown.en}: no such number; {limits.en}")
    return [Problem(code, Location(argument), what)]
