"""What an open measure says of limits, for a table: those to keep in each use, and those that a company says it keeps.

They are those of a check: of every limb that holds the verdict. Whether one is kept moves no verdict, so classes do not
tell it; it is read from the columns of limits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import different
from applicability.bulk.engine.distinct import distinct
from applicability.bulk.engine.pair_table import Codes
from applicability.bulk.engine.row_profiles import whole_column
from applicability.bulk.engine.verdict_tables import CodedTexts
from applicability.lazy_dataclass import dataclass
from applicability.loading.yaml.scalars import read_truth
from applicability.model.conditions import Limit
from applicability.model.leaf_kinds import limit_key
from applicability.model.measure import Span
from applicability.report.language import labels as w
from applicability.text import Lang, Text

# How limits are told: in words, all of them; or the keys of those to confirm.
LimitStyle = Literal["words", "keys"]
KEYS_BETWEEN = ";"
_BETWEEN = Text("；", "; ")


@dataclass(frozen=True)
class OpenLimits:
    """The limits of the limbs that hold an open verdict, and words of the row that limit it and have no key."""

    keyed: tuple[Limit, ...] = ()
    words: tuple[Span, ...] = ()


def kept_by(table: Any, columns: Sequence[str]) -> dict[str, NDArray[np.bool_]]:
    """For each limit with a column, which companies say that they keep it (bool, shape (rows,))."""
    found = {}
    for name in columns:
        key = limit_key(name)
        if key is not None:
            told = different(whole_column(table.column(name)))
            yes = np.array([*(read_truth(value) is True for value in told.values), False], np.bool_)
            found[key] = yes[told.places]  # no value is index -1: the last
    return found


def limit_texts(
    known: Sequence[OpenLimits],
    places: Codes,
    rows: NDArray[np.int64],
    kept: Mapping[str, NDArray[np.bool_]],
    style: LimitStyle,
    lang: Lang,
) -> CodedTexts:
    """The text of each line: `places` are those in `known` (int32, shape (n,)), `rows` the companies of the lines."""
    texts: dict[str, int] = {}
    found = np.zeros(places.size, np.int32)
    order = np.argsort(places, kind="stable")
    ends = np.cumsum(np.bincount(places, minlength=1))
    for held, own in zip(known, np.split(order, ends[:-1]), strict=False):
        said = [(1 << bit, kept[one.key]) for bit, one in enumerate(held.keyed) if one.key in kept]
        states = np.zeros(own.size, np.int64)
        for bit, column in said:
            states |= bit * column[rows[own]]
        for state in distinct(states).tolist():
            text = _told(held, state, style, lang)
            found[own[states == state]] = texts.setdefault(text, len(texts))
    return found, list(texts) or [""]


def _told(held: OpenLimits, kept: int, style: LimitStyle, lang: Lang) -> str:
    """The limits of one line; `kept` has a bit for each that is kept."""
    keeps = [bool(kept >> place & 1) for place in range(len(held.keyed))]
    if style == "keys":
        return KEYS_BETWEEN.join(one.key for one, yes in zip(held.keyed, keeps, strict=True) if not yes)
    # What is still to confirm stands before what is not.
    told = [one.label for one, yes in zip(held.keyed, keeps, strict=True) if not yes]
    told += [one.note or Text(one.words, one.words) for one in held.words]
    told += [_confirmed(one.label) for one, yes in zip(held.keyed, keeps, strict=True) if yes]
    return _BETWEEN.of(lang).join(one.of(lang) for one in told)


def _confirmed(label: Text) -> Text:
    """A limit that is kept, as a report tells it."""
    state = w.LABELS["limit_kept"]
    return Text(f"{label.zh}（{state.zh}）", f"{label.en} ({state.en.lower()})")
