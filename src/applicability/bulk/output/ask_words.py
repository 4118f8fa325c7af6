"""The words of a question to companies: what is asked, how to answer, and in which column of the register.

Of zones a company may have told some: the question names them, and the answer is all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from applicability.bulk.output.answer_columns import AnswerColumns
from applicability.bulk.output.clerk_hints import with_types_listed
from applicability.bulk.output.labels import say
from applicability.bulk.output.place_gaps import PlaceGaps
from applicability.loading.company.listed_zones import zones_named
from applicability.model.rulebook import Rulebook
from applicability.report.interview.register_form import Answer
from applicability.text import Lang

# Words to choose from that are told beside a question.
FEW = 3


class AskWords:
    """Words the questions to the companies of a table of facts, whose rows stand in some lines of their register."""

    def __init__(
        self,
        rulebook: Rulebook,
        answers: Mapping[str, Answer],
        gaps: PlaceGaps,
        lang: Lang,
        into: AnswerColumns,
        table: Any,
        lines: Any,
    ) -> None:
        self._rulebook, self._answers, self._gaps, self._lang = rulebook, answers, gaps, lang
        self._into, self._table, self._lines = into, table, lines
        self._types = next((one.label.of(lang) for one in rulebook.facts.values() if one.type == "zone_types"), None)

    def questions(self, fact: str, rows: NDArray[np.int64]) -> Any:
        """The question on a fact to each of these rows (text)."""
        words = [self._answers[fact].question] * rows.size
        zones = self._zones(fact, rows)
        if any(zones):
            told_by = self._into.telling(fact, rows)
            words = [self._besides(*one) for one in zip(words, zones, told_by, strict=True)]
        return self._into.asked(fact, words, rows, self._lines.take(pa.array(rows)).to_pylist())

    def answers(self, fact: str, rows: NDArray[np.int64]) -> Any:
        """How each of these rows answers (text)."""
        answer = self._answers[fact]
        said = how(answer.in_part if self._into.in_part(fact) else answer, self._lang)
        said = with_types_listed(said, self._rulebook, self._lang)
        words = [self._all_of(one, answer.heading) if one else said for one in self._zones(fact, rows)]
        return pa.array(words, pa.string())

    def columns(self, fact: str, rows: NDArray[np.int64]) -> Any:
        """The column that takes the answer of each of these rows (text)."""
        told, found = (
            np.array([bool(one) for one in self._zones(fact, rows)], np.bool_),
            np.full(rows.size, None, object),
        )
        for whole in np.unique(told).tolist():
            own = told == whole
            found[own] = self._into.of(fact, self._answers[fact].heading, rows[own], whole=whole).to_pylist()
        return pa.array(found, pa.string())

    def _zones(self, fact: str, rows: NDArray[np.int64]) -> list[tuple[str, ...]]:
        """The zones that each row tells, in the order of their table; none where another fact is asked for."""
        if self._rulebook.facts[fact].type != "zones":
            return [()] * rows.size
        which, places = self._gaps.told(self._table, rows)
        told = [one.facts.whereabouts.zones or frozenset() for one in places]
        named = [tuple(one for one in self._rulebook.gazetteer.zones if one in own) for own in told]
        return [named[one] for one in which.tolist()]

    def _besides(self, question: str, zones: Sequence[str], told_by: str) -> str:
        """The question where zones are told, by one column alone if it is not empty."""
        if not zones:
            return question
        asked = question if self._lang == "zh" else f"{question[:1].lower()}{question[1:]}"
        named = zones_named(self._rulebook.gazetteer, zones).of(self._lang)
        key = "zones_told_by" if told_by else "zones_told"
        return say(key, self._lang, zones=named, question=asked, column=told_by)

    def _all_of(self, zones: Sequence[str], heading: str) -> str:
        """How to answer where zones are told."""
        between = "；" if self._lang == "zh" else "; "
        written = between.join(self._rulebook.gazetteer.name(one, self._lang) for one in zones)
        words = say("sheet_words", self._lang)
        told = say("zones_are_all", self._lang, zones=written, column=heading, words=words)
        if self._types is not None:
            told += say("zones_and_types", self._lang, zones=written, column=heading, words=words, types=self._types)
        return told


def how(answer: Answer, lang: Lang) -> str:
    """How to answer, in a cell beside the question: a few words are told there, and of more the sheet that has them."""
    words = ("；" if lang == "zh" else "; ").join(answer.choices)
    if len(answer.choices) > FEW:
        words = say("see_words", lang, sheet=say("sheet_words", lang), column=answer.heading)
    told = ("。" if lang == "zh" else ". ").join(filter(None, (words, answer.how)))
    # A choice keeps its own spelling; a sentence begins with a capital letter.
    return told[:1].upper() + told[1:] if len(answer.choices) > FEW else told
