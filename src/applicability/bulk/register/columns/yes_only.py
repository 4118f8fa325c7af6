"""Columns in which only a yes tells the fact: whoever is not registered in a district may be in another of its city."""

from __future__ import annotations

from typing import Any

import numpy as np

from applicability.bulk.engine.arrays import different
from applicability.bulk.register.columns.interned import emptied
from applicability.bulk.register.columns.notes import NO_NOTES, Note, Notes
from applicability.loading.yaml.scalars import read_truth
from applicability.text import Lang, Text

NO_IS_OPEN = Text(
    "该列的“否”只表示不在本区，在不在所填省市看不出；按未填处理",
    "a no here only tells that it is not in this district, which leaves the rest of the city open; taken as missing",
)
_SAY_WHERE = Text("另填注册地", "give the place of registration instead")


def without_no(heading: str, fact: str, column: Any, lang: Lang) -> tuple[Any, Notes]:
    """A column of yes and no without its noes, and notes on those."""
    own = different(column)
    no = [read_truth(one) is False for one in own.values]
    if not any(no):
        return column, NO_NOTES
    rows = np.flatnonzero(np.array([*no, False], np.bool_)[own.places])
    note = Note(heading, fact, NO_IS_OPEN.of(lang), "", _SAY_WHERE.of(lang))
    return emptied(column, rows), Notes(rows, np.zeros(rows.size, np.int32), [note])
