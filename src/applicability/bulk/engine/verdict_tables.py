"""Arrow tables: batches of any table, and verdicts in wide and in long form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from applicability.bulk.engine.distinct import distinct
from applicability.bulk.engine.pair_table import Codes
from applicability.bulk.engine.screener import Screened
from applicability.bulk.engine.verdict_bits import Lines, VerdictBits
from applicability.model.measure import Measure
from applicability.model.verdict import Verdict

# The columns of long form, after the columns kept.
COLUMNS = ("document", "row", "title", "verdict", "reason")
# … and the one after them where limits are told.
LIMITS = "limits"
# Companies per table of wide form.
_WIDE = 1 << 16
# Lines per table of long form.
_LINES = 1 << 19
_WORDS = [verdict.word for verdict in Verdict]
# The word that a measure without a verdict has instead, for every company.
_STATUS = ["authorities_only", "text_lost", "not_encoded"]


# Texts as indices into a list (int32, shape (n,)), and the list.
CodedTexts = tuple[Codes, Sequence[str]]


class LineLabels(Protocol):
    """The texts of a line."""

    def title(self, measure: Measure) -> str:
        """The title of a measure."""

    def of(self, rows: NDArray[np.int64], measures: NDArray[np.int64]) -> tuple[CodedTexts, ...]:
        """The reason of each line, and where they are told the limits of what is open.

        `rows` are rows of companies, `measures` indices of measures (int64, shape (n,)).
        """


def column_names(measures: Sequence[Measure]) -> tuple[str, ...]:
    """The column of each measure in wide form: its row number, prefixed with its document where there are several."""
    several = len({measure.document for measure in measures}) > 1
    return tuple(f"{measure.document}:{measure.row}" if several else str(measure.row) for measure in measures)


def wide(screened: Screened, measures: Sequence[Measure], keep: Mapping[str, Any]) -> Iterator[Any]:
    """One line for each company that can be read: the columns kept, and one column for each measure.

    Verdicts are words in a dictionary. A measure without verdicts gives the reason, for every company:
    `authorities_only`, `text_lost` or `not_encoded`. A table holds at most 65,536 companies.
    """
    for start in range(0, max(len(screened), 1), _WIDE):
        part = screened.decided.part(start, start + _WIDE)
        kept = {name: column.slice(start, _WIDE) for name, column in keep.items()}
        if part.unreadable.any():
            readable = pa.array(~part.unreadable)
            kept = {name: column.filter(readable) for name, column in kept.items()}
        yield _wide(part.readable(), measures, kept)


def _wide(decided: VerdictBits, measures: Sequence[Measure], keep: Mapping[str, Any]) -> Any:
    places = {measure.key: place for place, measure in enumerate(decided.measures)}
    verdicts, statuses = pa.array(_WORDS), pa.array(_STATUS)
    columns = list(keep.values())
    for measure in measures:
        place = places.get(measure.key)
        if place is None:
            codes, words = np.full(len(decided), _STATUS.index(status_of(measure)), np.int8), statuses
        else:
            codes, words = decided.verdicts(place).view(np.int8), verdicts
        columns.append(pa.DictionaryArray.from_arrays(pa.array(codes), words))
    return _table(columns, [*keep, *column_names(measures)], len(keep))


def long(
    screened: Screened,
    measures: Sequence[Measure],
    only: Collection[Verdict],
    keep: Mapping[str, Any],
    say: LineLabels,
) -> Iterator[Any]:
    """One line for each verdict that is in `only`: the columns kept, then COLUMNS, then LIMITS if they are told.

    Ordered by company, then by measure.
    """
    own = screened.decided.measures
    documents = list(dict.fromkeys(measure.document for measure in own))
    document = np.array([documents.index(measure.document) for measure in own], np.int8)
    row = np.array([measure.row for measure in own], np.int32)
    asked = {measure.key for measure in measures}
    wanted = np.array([measure.key in asked for measure in own], np.bool_)
    titles = pa.array([say.title(measure) for measure in own])
    for lines in _gathered(screened.decided.lines(only)):
        kept = wanted[lines.measures]
        rows, places, verdicts = lines.rows[kept], lines.measures[kept], lines.verdicts[kept]
        taken = pa.array(rows)
        texts = [_in_order(*one) for one in say.of(rows, places)]
        columns = [column.take(taken) for column in keep.values()]
        columns += [
            pa.DictionaryArray.from_arrays(pa.array(document[places]), pa.array(documents)),
            pa.array(row[places]),
            pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32)), titles),
            pa.DictionaryArray.from_arrays(pa.array(verdicts.view(np.int8)), pa.array(_WORDS)),
            *(pa.DictionaryArray.from_arrays(pa.array(which), pa.array(words, pa.string())) for which, words in texts),
        ]
        yield _table(columns, [*keep, *COLUMNS, *([LIMITS] if len(texts) > 1 else [])], len(keep))


def _table(columns: Sequence[Any], names: Sequence[str], kept: int) -> Any:
    """A table of kept and generated columns; declaring the latter non-null makes Parquet a third faster."""
    pairs = zip(names, columns, strict=True)
    fields = [pa.field(name, column.type, nullable=place < kept) for place, (name, column) in enumerate(pairs)]
    return pa.Table.from_arrays(columns, schema=pa.schema(fields))


def _gathered(found: Iterable[Lines]) -> Iterator[Lines]:
    """The same lines in larger chunks."""
    held: list[Lines] = []
    for lines in found:
        held.append(lines)
        if sum(one.rows.size for one in held) >= _LINES:
            yield _together(held)
            held = []
    if held:
        yield _together(held)


def _together(held: Sequence[Lines]) -> Lines:
    parts = [(one.rows, one.measures, one.verdicts) for one in held]
    rows, measures, verdicts = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Lines(rows, measures, verdicts)


def _in_order(which: Codes, texts: Sequence[str]) -> tuple[Codes, list[str]]:
    """Renumbers the texts that occur in sorted order, so that the result does not depend on earlier batches."""
    met = sorted(distinct(which).tolist(), key=lambda place: texts[place])
    order = np.zeros(len(texts), np.int32)
    order[met] = np.arange(len(met))
    return order[which], [texts[place] for place in met]


def status_of(measure: Measure) -> str:
    """Why a measure has no verdict."""
    return "text_lost" if measure.lost else "authorities_only" if measure.encoded else "not_encoded"
