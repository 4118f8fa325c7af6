"""Cells beside notes: the same text from every kind of table, and no personal number in any form of figures."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import example, given, strategies as st

from applicability.bulk.engine.arrays import ArrayTable, CellTable, Coded
from applicability.bulk.output.notes_table import _NUMBERED, cells
from applicability.identity import masked

FORMS = ("0123456789", "０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉", "⓪①②③④⑤⑥⑦⑧⑨")
PERSON = "11010519491231002X"


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A text that may hold a personal number, each figure in a form of its own, with what people put around it."""
    number = "".join(draw(st.sampled_from(FORMS))[int(one)] if one.isdigit() else one for one in PERSON)
    gap = draw(st.sampled_from(["", " ", "\u3000"]))
    around = st.text("张三联系电话号码：,，1２③ ⑩Ⅻ\n", max_size=12)
    return draw(around) + draw(st.sampled_from([number, gap.join(number), number[:15], "", "x" * 300])) + draw(around)


@given(st.lists(st.none() | texts(), min_size=1, max_size=6))
@example(["⑪⑩⑩⑮⑲㊾⑫㉛⑩", PERSON, None])
def test_cells_of_notes_are_masked_and_cut_alike_in_every_table(held: list[str | None]) -> None:
    rows = np.arange(len(held))[::-1]
    expected = [None if one is None else masked(one) for one in reversed(held)]
    expected = [one if one is None or len(one) <= 200 else f"{one[:199]}…" for one in expected]
    coded = Coded([*held], np.arange(len(held), dtype=np.int32))
    for table in (
        pa.table({"注": pa.array(held, pa.string())}),
        pa.table({"注": pa.array(held, pa.large_string())}),
        pa.table({"注": pa.array(held, pa.string()).dictionary_encode()}),
        pa.record_batch({"注": pa.array([None, *held], pa.string())}).slice(1),
        ArrayTable({"注": coded}, len(held)),
        CellTable({"注": held}, len(held)),
    ):
        assert cells(table, "注", rows) == expected
    assert cells(CellTable({}, 1), "注", np.zeros(2, np.int64)) == [None, None]


def test_every_figure_is_looked_for() -> None:
    figures = [chr(code) for code in range(0x110000) if chr(code).isdigit()]
    assert all(pc.match_substring_regex(pa.array([one * 9 for one in figures]), _NUMBERED).to_pylist())
