"""What cells of registers mean, in every kind of table: shares and their unit, codes, yes and no, personal numbers."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from stdnum.cn import uscc

from applicability import ProfileError, Verdict, load_rulebook, screen
from applicability.bulk.engine.arrays import CellTable, Coded
from applicability.bulk.job import Job
from applicability.bulk.register.columns.derived_facts import together, without
from applicability.bulk.register.fact_reader import FactReader
from applicability.bulk.run.units import settled
from applicability.bulk.sources.open import open_source
from applicability.identity import is_identity_number, masked
from applicability.model.facts import LISTS_IN_PART

from ...examples import one_in
from .partly import of_table

BOOK = load_rulebook()
DAY = datetime.date(2026, 11, 23)
HEADINGS = ("企业名称", "城市", "外资比例", "行业代码", "业务活动")
# A number with the check digit of identity cards; nobody's.
IDENTITY = "110105" + "19000101" + "0012"


def identity() -> str:
    return next(f"{IDENTITY[:-1]}{last}" for last in "0123456789X" if is_identity_number(f"{IDENTITY[:-1]}{last}"))


def as_csv(path: Path, rows: Sequence[Sequence[object]]) -> str:
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in (HEADINGS, *rows)]
    path.with_suffix(".csv").write_text("\n".join(lines), "utf-8")
    return str(path.with_suffix(".csv"))


def as_jsonl(path: Path, rows: Sequence[Sequence[object]]) -> str:
    lines = [json.dumps(dict(zip(HEADINGS, row, strict=True)), ensure_ascii=False) for row in rows]
    path.with_suffix(".jsonl").write_text("\n".join(lines), "utf-8")
    return str(path.with_suffix(".jsonl"))


def as_parquet(path: Path, rows: Sequence[Sequence[object]]) -> str:
    columns = dict(zip(HEADINGS, map(list, zip(*rows, strict=True)), strict=True))
    pq.write_table(pa.table(columns), path.with_suffix(".parquet"), row_group_size=1)
    return str(path.with_suffix(".parquet"))


def as_xlsx(path: Path, rows: Sequence[Sequence[object]]) -> str:
    book = openpyxl.Workbook()
    for row in (HEADINGS, *rows):
        book.active.append(list(row))
    book.save(path.with_suffix(".xlsx"))
    return str(path.with_suffix(".xlsx"))


def as_sqlite(path: Path, rows: Sequence[Sequence[object]]) -> str:
    with closing(sqlite3.connect(path.with_suffix(".db"))) as database:
        database.execute(f"CREATE TABLE t ({', '.join(HEADINGS)})")
        database.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", rows)
        database.commit()
    return f"sqlite:///{path.with_suffix('.db')}?table=t"


KINDS: dict[str, Callable[[Path, Sequence[Sequence[object]]], str]] = {
    "csv": as_csv, "jsonl": as_jsonl, "parquet": as_parquet, "xlsx": as_xlsx, "sqlite": as_sqlite,
}  # fmt: skip


def companies(shares: Sequence[object]) -> list[tuple[object, ...]]:
    return [(f"C{place}", "上海", share, "63", "domestic-ip-vpn") for place, share in enumerate(shares)]


def verdicts(source: Any, **options: Any) -> dict[str, Verdict]:
    """The verdict of each company on row 1."""
    table = screen(source, BOOK, measures=[1], only=list(Verdict), as_of=DAY, **options).results
    return {line["企业名称"]: Verdict[line["verdict"].upper()] for line in table.to_pylist()}


def notes(source: Any, **options: Any) -> list[Mapping[str, Any]]:
    found = screen(source, BOOK, measures=[1], as_of=DAY, **options).notes
    return [] if found is None else found.to_pylist()


@pytest.mark.parametrize("kind", one_in(2, [*KINDS]))
def test_shares_that_may_be_fractions_are_missing_until_their_unit_is_said(kind: str, tmp_path: Path) -> None:
    source = KINDS[kind](tmp_path / "doubt", companies([1.0, 0.49, 0.0, None]))
    assert list(verdicts(source).values()) == [
        Verdict.NEEDS_INFO, Verdict.NEEDS_INFO, Verdict.INELIGIBLE, Verdict.NEEDS_INFO,
    ]  # fmt: skip
    assert [one["code"] for one in notes(source)] == ["S306", "S306"]
    as_fractions = verdicts(source, units={"外资比例": "fraction"})
    assert list(as_fractions.values()) == [
        Verdict.INELIGIBLE, Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.NEEDS_INFO,
    ]  # fmt: skip
    assert notes(source, units={"foreign_share": "fraction"}) == []
    as_percentages = verdicts(source, units={"外资比例": "percent"})
    assert list(as_percentages.values())[:2] == [Verdict.ELIGIBLE, Verdict.ELIGIBLE]


@pytest.mark.parametrize("kind", one_in(3, [*KINDS]))
def test_a_number_below_one_beside_one_above_is_in_doubt_however_late_that_comes(kind: str, tmp_path: Path) -> None:
    source = KINDS[kind](tmp_path / "late", companies([0.5, 0.25, 1.0, 60.0]))
    for piece in (1, None):
        assert list(verdicts(source, piece=piece).values()) == [
            Verdict.NEEDS_INFO, Verdict.NEEDS_INFO, Verdict.ELIGIBLE, Verdict.INELIGIBLE,
        ]  # fmt: skip
    assert [(one["code"], one["note"]) for one in notes(source)][:1] == [
        (
            "S306",
            "`0.5` may be 50% or 0.5%, since other numbers of the column are percentages: left out",
        )
    ]
    said = {"units": {"外资比例": "percent"}}
    assert list(verdicts(source, **said).values())[:2] == [Verdict.ELIGIBLE, Verdict.ELIGIBLE]
    assert [one["note"] for one in notes(source, **said)][:1] == [
        "read as 0.5%, since the column is said to hold percentages; write 50% if that is meant"
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("合计", 1.49),
        ("共2家", 2.0),
        ("平均：", 1.2),
        (None, 1.49),
        ("C1", 2026.0),
        ("C1", 150.0),
        ("填表人：张三", 3.0),
    ],
)
def test_no_footer_and_no_number_that_is_no_share_settles_the_unit_of_a_column(
    kind: str, name: str | None, share: float, tmp_path: Path
) -> None:
    rows = [("C0", "上海", 1.0, "63", "domestic-ip-vpn"), (name, None, share, None, None)]
    source = KINDS[kind](tmp_path / "footer", rows)
    assert verdicts(source)["C0"] is Verdict.NEEDS_INFO
    assert [one["value"] for one in notes(source) if one["code"] == "S306"][:1] in (["1"], ["1.0"])
    # A company that it stands beside does.
    source = KINDS[kind](tmp_path / "company", [*rows, ("C2", None, 1.49, None, None)])
    assert verdicts(source)["C0"] is Verdict.ELIGIBLE


@pytest.mark.parametrize("heading", ["外资比例（%）", "外资占比(%)", "foreign share (percent)"])
def test_a_percent_sign_in_the_heading_settles_the_unit_beside_a_number_above_one(heading: str, tmp_path: Path) -> None:
    path = as_csv(tmp_path / "heading", companies(["0.25", "30", "1", "0.49%"]))
    text = Path(path).read_text("utf-8").replace("外资比例", heading)
    Path(path).write_text(text, "utf-8")
    assert list(verdicts(path).values()) == [
        Verdict.ELIGIBLE, Verdict.ELIGIBLE, Verdict.ELIGIBLE, Verdict.ELIGIBLE,
    ]  # fmt: skip
    told = notes(path)
    assert [(one["value"], one["code"]) for one in told] == [("0.25", "")]
    assert str(told[0]["note"]).startswith("read as 0.25%, since the column is said to hold percentages")
    assert notes(path, units={"foreign_share": "percent"}) == told
    # Where none is above one, whoever typed fractions may have left the sign there.
    Path(path).write_text(text.replace("外资比例", heading).replace("30", "0.3"), "utf-8")
    doubted = [one for one in notes(path) if one["code"] == "S306"]
    assert [one["value"] for one in doubted] == ["0.25", "0.3", "1"]
    assert str(doubted[0]["hint"]).startswith("write 25% or 0.25%, with the percent sign; ")
    assert "--set-unit" in str(doubted[0]["hint"])


def test_the_unit_is_part_of_the_identity_of_a_run(tmp_path: Path) -> None:
    jobs = [Job(BOOK, DAY), Job(BOOK, DAY, units={"外资比例": "fraction"})]
    for name, shares in (("doubt", ["1", "0.5"]), ("told", ["1", "50"]), ("nothing", ["0", "49%"])):
        path = as_csv(tmp_path / name, companies(shares))
        source = open_source(path)
        with closing(source):
            jobs.append(settled(source, lambda path=path: open_source(path), Job(BOOK, DAY)))  # type: ignore[misc]
    assert [job.settled for job in jobs[2:]] == [{"外资比例": "doubt"}, {"外资比例": "above_one"}, {}]
    assert len({job.fingerprint({}, "csv") for job in jobs[:4]}) == 4


def test_a_source_that_can_be_read_once_has_each_small_share_in_doubt(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "stream", companies(["50", "1"]))
    source = open_source(path)
    with closing(source):
        assert settled(source, None, Job(BOOK, DAY)).settled == {}
    assert list(verdicts(path).values()) == [Verdict.ELIGIBLE, Verdict.ELIGIBLE]


def test_a_unit_for_no_column_of_shares_is_refused(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "unit", companies(["1"]))
    for name in ("城市", "比例"):
        with pytest.raises(ProfileError, match=f"S201 the register has no column of shares `{name}`"):
            verdicts(path, units={name: "fraction"})


def test_a_mapping_file_says_the_unit(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "mapped", companies(["0.49"]))
    (tmp_path / "mapping.yaml").write_text("units: {外资比例: fraction}\n", "utf-8")
    assert list(verdicts(path, mapping=tmp_path / "mapping.yaml").values()) == [Verdict.ELIGIBLE]


@pytest.mark.parametrize("share", ["%", "％", "5¹", "5①", "中方51%", "外方", "1.2.3%"])
def test_a_share_that_is_no_number_is_missing_and_noted(share: str, tmp_path: Path) -> None:
    path = as_csv(tmp_path / "unread", companies(["49", share]))
    assert list(verdicts(path).values()) == [Verdict.ELIGIBLE, Verdict.NEEDS_INFO]
    assert [(one["line"], one["value"], one["code"]) for one in notes(path)] == [(3, share, "P102")]


def parquet(path: Path, **columns: Any) -> str:
    held = {"企业名称": ["甲", "乙"], "业务活动": ["domestic-ip-vpn"] * 2, "行业代码": ["63"] * 2, "城市": ["上海"] * 2}
    pq.write_table(pa.table({**held, "外资比例": [49.0, 49.0], **columns}), path / "companies.parquet")
    return str(path / "companies.parquet")


@pytest.mark.parametrize(
    "columns",
    [
        {"外资比例": pa.array([Decimal("49"), Decimal("33.3333333333333333333333333333")], pa.decimal128(38, 34))},
        {"外资比例": pa.array([Decimal("49"), Decimal("50")], pa.decimal256(76, 60))},
        {"城市": [310115.0, 310000.0], "行业代码": [63.0, 6311.0]},
        {"城市": ["310115.0", "310000.00"], "行业代码": ["63.0", "6311.0"]},
        {"业务活动": [b"domestic-ip-vpn"] * 2, "城市": [b"\xe4\xb8\x8a\xe6\xb5\xb7"] * 2},
        {"业务活动": [["domestic-ip-vpn"]] * 2},
        {"外资比例": [49, 30]},
        {"外资比例": pa.array([49.0, 30.0], pa.float32())},
        {"外资比例": ["百分之四十九", "外资占30%"]},
    ],
)  # fmt: skip
def test_columns_of_parquet_are_read_by_what_they_hold(columns: dict[str, Any], tmp_path: Path) -> None:
    path = parquet(tmp_path, **columns)
    assert verdicts(path) == {"甲": Verdict.ELIGIBLE, "乙": Verdict.ELIGIBLE}
    assert notes(path) == []


def test_a_list_in_a_list_is_no_word_as_in_a_profile(tmp_path: Path) -> None:
    path = parquet(tmp_path, 业务活动=[[["domestic-ip-vpn"]], []])
    assert verdicts(path) == {"甲": Verdict.NEEDS_INFO, "乙": Verdict.INELIGIBLE}
    assert [(one["line"], one["code"]) for one in notes(path)] == [(1, "P107")]


def test_numbers_of_identity_cards_are_told_as_such_and_written_nowhere(tmp_path: Path) -> None:
    number = identity()
    path = tmp_path / "people.csv"
    rows = [f"张三 {number}", number, number, number]
    path.write_text("企业名称,统一社会信用代码,城市,外资比例\n" + ",".join(rows) + "\n", "utf-8")
    found = screen(path, BOOK, measures=[1], only=list(Verdict), as_of=DAY)
    told = json.dumps([found.results.to_pylist(), found.notes.to_pylist()], ensure_ascii=False)
    assert number not in told
    assert number[:17] not in told
    assert "this is the number of a resident identity card and no credit code" in told
    assert found.results.to_pylist()[0]["统一社会信用代码"] == "*" * 18


def test_what_has_the_form_of_an_identity_number_is_masked_whatever_its_check_digit(tmp_path: Path) -> None:
    wrong = identity()[:-1] + ("0" if identity()[-1] != "0" else "1")
    old = "110105" + "491231" + "002"
    assert masked(wrong) == "*" * 18
    assert masked(old) == "*" * 15
    assert masked(f"张三{wrong}，李四 {old}") == f"张三{'*' * 18}，李四 {'*' * 15}"
    path = tmp_path / "people.csv"
    lines = [f"{name},{number},上海,50" for name, number in (("张三", wrong), ("李四", old))]
    path.write_text("企业名称,统一社会信用代码,城市,外资比例\n" + "\n".join(lines) + "\n", "utf-8")
    found = screen(path, BOOK, measures=[1], only=list(Verdict), as_of=DAY)
    told = json.dumps([found.results.to_pylist(), found.notes.to_pylist()], ensure_ascii=False)
    assert wrong not in told
    assert old not in told
    assert told.count("this looks like the number of a resident identity card") == 2


def test_a_number_of_another_form_or_a_valid_credit_code_is_kept() -> None:
    code = next(
        text for last in range(1000) if (text := f"1101051900010{last:04}{0}").isdecimal() and _is_code(text[:17])
    )
    valid = code[:17] + uscc.calc_check_digit(code[:17])
    for text in (
        valid,
        f"x{identity()}",
        "110105490031002",
        "110105190013010012",
        "021-22600000",
        "6222021234567890123",
    ):
        assert masked(text) == text
    assert masked(f"号{identity()}。") == f"号{'*' * 18}。"


def _is_code(digits: str) -> bool:
    """Whether the check digit of a credit code behind these is a digit, and that of an identity card is not it."""
    last = uscc.calc_check_digit(digits)
    return last.isdecimal() and not is_identity_number(digits + last)


def test_a_long_list_of_unknown_words_costs_itself_alone(tmp_path: Path) -> None:
    words = "；".join(f"词{place}" for place in range(2000))
    path = tmp_path / "long.csv"
    path.write_text(f"企业名称,城市,业务活动\n甲,上海,{words}\n乙,上海,domestic-ip-vpn\n", "utf-8")
    found = screen(path, BOOK, measures=[1], only=list(Verdict), as_of=DAY)
    assert len(found.results) == 2
    assert max(len(one["value"]) for one in found.notes.to_pylist()) <= 200


@pytest.mark.parametrize(
    "word", [*["待核实", "待确认", "核实中", "不确定", "待定", "（待核实）", "尚未确定", "不知道", "TBC"]]
)
def test_what_nobody_knows_yet_is_missing_in_every_column_and_unknown_of_a_finding(word: str) -> None:
    cells = {"城市": "上海", "在当地注册": word, "外资比例": word, "业务活动": word, "企业类型": word, "住所": word}
    found = of_table(CellTable({"企业名称": ["甲"], **{name: [cell] for name, cell in cells.items()}}, 1))
    assert found.profiles == [{"city": "上海"}]
    assert found.notes == [[]]
    finding = "determinations.22.specific-area"
    found = of_table(CellTable({"企业名称": ["甲"], "城市": ["上海"], finding: [word]}, 1))
    assert found.notes == [[(finding, "P102", word)]]


@pytest.mark.parametrize(
    ("heading", "typed"),
    [
        ("外资比例", "外资比例"),
        ("外资比例(%)", "外资比例"),
        ("外资比例（%）", "外资比例"),
        ("外资比例 （单位：%）", "外资比例"),
        ("外资股比(%)(必填)", "外资股比"),
        ("foreign share (%)", "foreign_share"),  # a space would need quotes
        ("外资\n比例(%)", "foreign_share"),
    ],
)
def test_the_unit_of_a_column_is_said_by_its_heading_without_brackets(heading: str, typed: str) -> None:
    cells = {"企业名称": ["甲", "乙"], "城市": ["上海", "上海"], heading: ["0.49", "0.5"]}
    (text, _) = (one[0] for one in of_table(CellTable(cells, 2)).hints)
    assert f"--set-unit {typed}=fraction" in text
    for unit, told in (("fraction", ["49", "50"]), ("percent", ["0.49", "0.5"])):
        read = FactReader(load_rulebook(), datetime.date(2026, 11, 1), units={typed: unit}).read(CellTable(cells, 2))
        assert read.table.column("foreign_share").to_pylist() == told


def test_origins_do_not_double_with_every_fact_that_is_lost() -> None:
    origins = Coded([{"city": "a", "sector": "b"}, {}], np.zeros(4, np.int32))
    rows = np.array([1, 2])
    for fact in [f"f{number}" for number in range(40)] + ["city"] * 3:
        origins = without(origins, fact, rows)
    assert len(origins.values) == 3
    whole, left = {"city": "a", "sector": "b"}, {"sector": "b"}
    assert origins.to_pylist() == [whole, left, left, whole]
    both = together(Coded([{str(n): "a"} for n in range(100)], np.arange(2, dtype=np.int32)), origins_of(100))
    assert len(both.values) == 2


def origins_of(many: int) -> Coded:
    return Coded([{f"x{n}": "b"} for n in range(many)], np.arange(2, dtype=np.int32))


@pytest.mark.parametrize("number", [float, Decimal, lambda code: f"{code}.0"])
def test_a_code_that_became_a_float_may_have_lost_its_zero(number: Callable[[int], object]) -> None:
    codes = [711, 111, 6511, 63]
    cells: dict[str, Sequence[object]] = {"企业名称": ["甲"] * 4, "行业代码": [number(one) for one in codes]}
    found = of_table(CellTable(cells, 4))
    told = [one.get("sector") for one in found.profiles]
    assert [str(one[0] if isinstance(one, list) else one) for one in told[2:]] == ["6511", "63"]
    assert told[:2] == [None, None]
    assert [[code for _, code, _ in notes] for notes in found.notes] == [["P104"], ["P104"], [], []]
    # Where the level is told, or another column tells it, nothing is in doubt.
    levels: list[dict[str, Sequence[object]]] = [{"行业中类": [711.0]}, {"行业代码": [711.0], "行业大类": [71.0]}]
    for other in levels:
        sector = of_table(CellTable({"企业名称": ["甲"], **other}, 1)).written[0]["sector"]
        assert sector in ("711", ["711"])


@pytest.mark.parametrize("word", ["无", "没有", "无。", "none"])
def test_a_column_that_takes_words_of_a_list_reads_none(word: str) -> None:
    """A kind of entity is none of these: there is no company without one."""
    listed = {name: one for name, one in BOOK.facts.items() if one.type in (*LISTS_IN_PART, "choice")}
    for name, one in listed.items():
        if name != "entity_kind" and not (one.type == "choice" and word == "无。"):
            found = of_table(CellTable({"企业名称": ["甲"], "城市": ["上海"], one.label.zh: [word]}, 1))
            assert found.notes == [[]]
            assert found.profiles[0][name] in ([], word)
