"""Cells beside notes: the same text from every kind of table, and no personal number in any form of figures."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, strategies as st

from applicability import identity
from applicability.bulk.engine.arrays import ArrayTable, CellTable, Coded
from applicability.bulk.output import notes_table
from applicability.bulk.output.notes_table import cells, noted
from applicability.bulk.output.results import _harmless
from applicability.bulk.register.columns.notes import Note, Notes
from applicability.bulk.sources.masked_texts import may_be_numbered
from applicability.bulk.sources.plain_columns import without_identities
from applicability.identity import masked

FORMS = ("0123456789", "０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉", "⓪①②③④⑤⑥⑦⑧⑨")
PERSON = "11010519491231002X"
# The same kind of number in signs that hold two figures each.
TWO_FIGURES = ("⑪⑩⑩⑲⑲⑫⑫⑩⑪", "⑪⑩⑩⑲㊾⑫㉛⑩⑪")


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A text that may hold a personal number, each figure in a form of its own, with what people put around it."""
    number = "".join(draw(st.sampled_from(FORMS))[int(one)] if one.isdigit() else one for one in PERSON)
    gap = draw(st.sampled_from(["", " ", "\u3000"]))
    around = st.text("张三联系电话号码：,，1２③ ⑩Ⅻ\n", max_size=12)
    return draw(around) + draw(st.sampled_from([number, gap.join(number), number[:15], "", "x" * 300])) + draw(around)


@given(st.lists(st.none() | texts(), min_size=1, max_size=6))
@example([*TWO_FIGURES, PERSON, None])
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
        assert cells(table, "注", rows).to_pylist() == expected
    assert cells(CellTable({}, 1), "注", np.zeros(2, np.int64)).to_pylist() == [None, None]


def test_signs_of_two_figures_are_masked() -> None:
    assert [masked(one) for one in TWO_FIGURES] == ["*" * 18, "*" * 18]


def test_every_figure_is_looked_for() -> None:
    every = (chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    figures = [one for one in every if re.fullmatch("[0-9]+", unicodedata.normalize("NFKC", one))]
    assert all(identity._DIGITS.search(one * 9) for one in figures)
    assert may_be_numbered(pa.array([one * 15 for one in figures])).size == len(figures)
    pairs = [one for one in figures if len(unicodedata.normalize("NFKC", one)) > 1]
    assert may_be_numbered(pa.array([one * 9 for one in pairs])).size == len(pairs)


def test_notes_that_one_array_cannot_hold_are_in_several(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [Note("甲", "sector", "第一句", "P102", "改正"), Note("乙", "", "", "P103"), Note("甲", "", "第三句，长些")]
    which = np.array([2, 0, 1, 0, 2, 2, 1], np.int32)
    table = CellTable({"甲": ["一"] * 7}, 7)
    whole = noted(Notes(np.arange(7), which, words), table, np.arange(7))
    monkeypatch.setattr(notes_table, "_BYTES", 40)
    apart = noted(Notes(np.arange(7), which, words), table, np.arange(7))
    assert apart.column("note").num_chunks > 1
    assert apart.to_pylist() == whole.to_pylist()
    assert apart.schema == whole.schema


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()], ids=str)
def test_what_acts_as_a_formula_is_escaped_in_text_of_either_size(kind: pa.DataType) -> None:
    column = pa.array(["=1+1", "（一）", None, "", "＝甲", "甲"], kind)
    assert _harmless(column).to_pylist() == ["'=1+1", "（一）", None, "", "'＝甲", "甲"]
    plain = column.filter(pa.array([False, True, True, True, False, True]))
    assert _harmless(plain).to_pylist() == plain.to_pylist()


@given(st.lists(st.none() | texts(), min_size=1, max_size=6))
@example([*TWO_FIGURES, PERSON, None])
def test_kept_columns_are_masked_as_cells_of_notes_are(held: list[str | None]) -> None:
    expected = [None if one is None else masked(one) for one in held]
    for column in (
        pa.array(held, pa.string()),
        pa.array(held, pa.large_string()),
        pa.array([PERSON, "", *held], pa.string()).slice(2),
        pa.array(held, pa.string()).dictionary_encode(),
    ):
        assert without_identities(column).to_pylist() == expected
