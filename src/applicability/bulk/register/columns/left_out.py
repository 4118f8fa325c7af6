"""Notes on what a column tells of a fact that others contradict each other about: it is left out with them.

The whole fact is left out. A bound that a company type tells goes too, even one within which both numbers lie (中外合资
beside 30 and 60): one of the cells is wrong, nobody knows which or how, and a share above 0 opens measures by itself.
What the column tells of other facts stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np

from applicability.bulk.register.columns.derived_facts import ONE_IS_WRONG, DerivedFacts, Origin, RowLoss
from applicability.bulk.register.columns.notes import NO_NOTES, Note, Notes
from applicability.bulk.sources.headings import clean
from applicability.loading.profile.parts import whole_name
from applicability.messages import listed
from applicability.model.leaf_kinds import is_statement
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Text

_LEFT_OUT = Text(
    "`{column}` 列说明的{zh}也未采用：{others}互相矛盾",
    "what `{column}` tells of the {en} is left out too, since {others} contradict each other",
)


def left_out(rulebook: Rulebook, told: DerivedFacts, losses: Sequence[RowLoss], lang: Lang) -> Notes:
    """The notes on what a column told of rows that had lost the fact before, by these losses."""
    lost = [(fact, loss) for loss in losses if not loss.instead for fact in loss.facts if not is_statement(fact)]
    facts = dict.fromkeys(fact for fact, _ in lost)
    telling = {fact: [_column(cast("Origin", one), fact) for one in told.origins.values] for fact in facts}
    words: dict[Note, int] = {}
    found: dict[tuple[int, str], int] = {}
    for fact, loss in lost:
        column = telling[fact][told.origins.places[loss.row]]
        others = tuple(dict.fromkeys((*loss.beside, loss.problem.location.file)))
        if column is not None and column not in others:
            note = _note(rulebook, fact, column, others, loss.problem.code, lang)
            found.setdefault((loss.row, fact), words.setdefault(note, len(words)))
    if not found:
        return NO_NOTES
    rows, which = zip(*sorted((row, number) for (row, _), number in found.items()), strict=True)
    return Notes(np.array(rows, np.int64), np.array(which, np.int32), [*words])


def _column(origin: Origin, fact: str) -> str | None:
    """The column that tells a fact, or a part of it."""
    return next((column for name, column in origin.items() if fact in (name, whole_name(name)[0])), None)


def _note(rulebook: Rulebook, fact: str, column: str, others: Sequence[str], code: str, lang: Lang) -> Note:
    label = rulebook.facts[whole_name(fact)[0]].label
    names = listed(f"`{clean(one)}`" for one in others)
    slots = {"column": clean(column), "zh": label.zh, "en": label.en}
    said = Text(_LEFT_OUT.zh.format(others=f"{names.zh} ", **slots), _LEFT_OUT.en.format(others=names.en, **slots))
    return Note(column, whole_name(fact)[0], said.of(lang), code, ONE_IS_WRONG.of(lang), said, mend=ONE_IS_WRONG)
