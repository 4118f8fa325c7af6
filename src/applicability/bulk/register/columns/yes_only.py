"""Columns in which only a yes tells the fact: whoever is not registered in a district may be in another of its city.

A no there says nothing of the fact, but no other column may say yes over it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import NONE, Coded, different
from applicability.bulk.register.column_plan import ColumnPlan
from applicability.bulk.register.columns.interned import emptied
from applicability.bulk.register.columns.notes import NO_NOTES, Note, Notes
from applicability.loading.company.cells import truth_of
from applicability.loading.company.here_words import HereWords
from applicability.loading.yaml.scalars import read_truth
from applicability.model.headings import part_of_city
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Text

NO_IS_OPEN = Text(
    "该列的“否”只表示不在本{zh}，在不在所填省市看不出；按未填处理",
    "a no here only tells that it is not in this {en}, which leaves the rest of the city open; taken as missing",
)
_NEITHER = Text(
    "只说明不在本区（县、镇等）、尚未注册或已迁出，在不在所填省市看不出；按未填处理",
    "it only tells that the company is not in this district (county, town), not yet, or no longer, which leaves the "
    "rest of the city open; taken as missing",
)
_SAY_WHERE = Text("另填注册地", "give the place of registration instead")
_SAY_WHICH = Text(
    "写“是”或“否”（问的是所填省市），或另填注册地",
    "write yes or no, as to the place given, or give the place of registration",
)
_NOT_BY_DEFAULT = Text(
    "该列不是肯定的回答，未按 `{fact}` 的默认值“是”判断",
    "this is no yes, so the default yes for `{fact}` was not taken",
)
_SAY = Text("照营业执照在“{label}”列填是或否", "say yes or no under “{label}”, by the business licence")


class YesOnlyColumns:
    """What the columns of a fact, and those that may hold it, say beside what is read of them."""

    def __init__(self, rulebook: Rulebook, fact: str, plan: ColumnPlan, day: datetime.date | None, lang: Lang) -> None:
        self._fact, self._lang = rulebook.facts[fact], lang
        self._words = HereWords(rulebook.headings, fact, day)
        self._own = {one: rulebook.headings.leaves_no_open(fact, one) for one in plan.holds if plan.holds[one] == fact}
        self.headings = (*(one for one, own in plan.unasked.items() if own == fact), *self._own)

    def without_no(self, heading: str, column: Any) -> tuple[Any, Notes]:
        """A column of the fact without cells that leave it open, such as its noes where the heading does not ask of the
        whole; and notes on those.
        """
        own = different(column)
        noes = [self._own[heading] and read_truth(one) is False for one in own.values]
        neither = [self._words.leaves_open(one) for one in own.values]
        if not any((*noes, *neither)):
            return column, NO_NOTES
        which = np.array([*(0 if no else 1 if other else NONE for no, other in zip(noes, neither, strict=True)), NONE])
        of_rows = which[own.places].astype(np.int32)
        rows = np.flatnonzero(of_rows != NONE)
        part = part_of_city(heading)
        no = Text(NO_IS_OPEN.zh.format(zh=part.zh), NO_IS_OPEN.en.format(en=part.en))
        told = ((no, _SAY_WHERE), (_NEITHER, _SAY_WHICH))
        words = [Note(heading, self._fact.name, said.of(self._lang), "", mend.of(self._lang)) for said, mend in told]
        return emptied(column, rows), Notes(rows, of_rows[rows], words)

    def said(self, table: Any, rows: int) -> Coded:
        """What the columns say of each row beside the fact: the heading, and whether it is a yes; a no goes first."""
        values: list[object] = [(heading, yes) for heading in self.headings for yes in (False, True)]
        found = np.full(rows, NONE, np.int32)
        for no in (True, False):
            for at, heading in enumerate(self.headings):
                own = different(table.column(heading))
                said = [self._words.says(one) for one in own.values]
                here = [2 * at + (not no) if one is (not no) else NONE for one in said]
                places = np.array([*here, NONE], np.int32)[own.places]
                found = np.where(found == NONE, places, found)
        return Coded(values, found)

    def against_default(self, table: Any, value: object, rows: int) -> tuple[NDArray[np.int64], Notes]:
        """The rows that say no where the default is a yes, and notes on those."""
        if read_truth(value) is not True:
            return np.empty(0, np.int64), NO_NOTES
        said = self.said(table, rows)
        no = np.array([*(not yes for _, yes in _pairs(said)), False], np.bool_)
        of = np.flatnonzero(no[said.places] & ~self._settled(table, rows))
        label = self._fact.label.of(self._lang)
        words = [
            Note(
                heading, self._fact.name, _NOT_BY_DEFAULT.of(self._lang).format(fact=self._fact.name), "",
                _SAY.of(self._lang).format(label=label),
            )
            for heading, _ in _pairs(said)
        ]  # fmt: skip
        return of, Notes(of, said.places[of], words)

    def _settled(self, table: Any, rows: int) -> NDArray[np.bool_]:
        """The rows in which a no is the fact (bool, shape (rows,)): no default is taken where there is one."""
        found: NDArray[np.bool_] = np.zeros(rows, np.bool_)
        for heading in (one for one, leaves_open in self._own.items() if not leaves_open):
            own = different(table.column(heading))
            found |= np.array([*(read_truth(truth_of(one)) is False for one in own.values), False])[own.places]
        return found


def _pairs(said: Coded) -> list[tuple[str, bool]]:
    return [one for one in said.values if isinstance(one, tuple)]


def yes_only_columns(
    rulebook: Rulebook, plan: ColumnPlan, day: datetime.date | None, lang: Lang
) -> Mapping[str, YesOnlyColumns]:
    """Those of each fact that has such columns."""
    named = dict.fromkeys((*rulebook.headings.yes_only, *rulebook.headings.leaves_open))
    found = {fact: YesOnlyColumns(rulebook, fact, plan, day, lang) for fact in named if fact in rulebook.facts}
    return {fact: one for fact, one in found.items() if one.headings}
