"""A likely activity that a complete list lacks, and that alone shuts a measure, is noted as a check tells it."""

from __future__ import annotations

import csv
import dataclasses
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings, strategies as st

from applicability import Profile, Rulebook, check, load_rulebook, screen
from applicability.analysis.plausibility import Plausibility
from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.engine.row_profiles import cells_of, profile_of
from applicability.bulk.engine.screener import Screener
from applicability.bulk.engine.screener_for import screener_for
from applicability.bulk.output.unlisted_activities import UnlistedActivities
from applicability.bulk.output.unread_facts import facts_as_read
from applicability.bulk.register.columns.notes import Notes
from applicability.bulk.register.fact_reader import FactReader
from applicability.errors import ProfileError
from applicability.model.conditions import Does, OneOf
from applicability.model.rulebook import Derivation
from applicability.report.language.plausible import lacking, lacking_text
from applicability.report.language.render_condition import ConditionRenderer
from applicability.text import Lang, Text

from ...cli.conftest import Run
from ...examples import drawn
from ..engine.tables import DAY, table_of
from ..engine.test_agreement import companies

sys.path.append(str(Path(__file__).parents[3] / "benchmarks"))
from company_table import COMPANY, Register

BOOK = load_rulebook()
LIKELY = {id: one.likely_for for id, one in BOOK.sectors.activities.items() if one.likely_for}
SECTORS = sorted({code for one in LIKELY.values() for code in one.get("sector", ())})
# A row that lacks several kinds of things, or tells them in ways that are not read whole.
CELLS: dict[str, Sequence[object]] = {
    "所在城市": ["上海", "天津", "杭州", "不详市"],
    "区县": ["浦东新区", "滨海新区"],
    "所在功能区": ["上海自贸试验区", "东疆综合保税区", "无"],
    "行业代码": [*SECTORS, "6632", "7299", "没有"],
    "业务活动": [
        "无",
        "[]",
        "旅行社业务",
        "飞机租赁",
        "私募股权、创业投资基金管理",
        "软件和信息服务; 吃饭",
        "吃饭",
        "其他租赁",
    ],
    "经营范围": ["许可项目：旅游业务。一般项目：软件开发。", "软件和信息服务"],
    "持牌或监管身份": ["信托公司", "融资租赁公司", "无", "别的"],
    "外资比例": ["0", "49", "100", "约一半"],
    "limits.57.taiwan": ["是", "否", "也许"],
}


def derived(book: Rulebook) -> Rulebook:
    """The rulebook, where activities, and what makes some likely, follow from other facts."""
    reason = Text("假设", "supposed")
    leasing, enterprise = Does(frozenset(("other-leasing",))), OneOf("entity_kind", frozenset(("enterprise",)))
    more = (
        Derivation("leases", "when", "licences", reason, leasing, frozenset(("trust_company",))),
        Derivation("trusts", "when", "activities", reason, enterprise, frozenset(("app-store",))),
    )
    return dataclasses.replace(book, derivations=(*book.derivations, *more))


DERIVED = derived(BOOK)


def rows() -> st.SearchStrategy[list[dict[str, object]]]:
    one = st.fixed_dictionaries({name: st.none() | st.sampled_from(cells) for name, cells in CELLS.items()})
    return st.lists(one, min_size=1, max_size=8)


def cells(told: Sequence[Mapping[str, object]]) -> CellTable:
    return CellTable({name: [row.get(name) for row in told] for name in told[0]}, len(told))


class Notices:
    """The notes on the rows of tables, as one screening makes them for its batches."""

    def __init__(self, book: Rulebook = BOOK, lang: Lang = "en", defaults: Mapping[str, object] | None = None) -> None:
        self.book, self.lang = book, lang
        self.reader = FactReader(book, DAY, lang=lang, defaults=cells_of(defaults or {}))
        self.unlisted = UnlistedActivities(book, DAY, book.measures, lang)
        self.screeners: dict[tuple[str, ...], Screener] = {}

    def of(self, table: Any) -> tuple[Notes, list[dict[str, object]]]:
        """The notes on a table, and the profiles that its rows are screened by."""
        read = self.reader.read(table)
        if read.facts not in self.screeners:
            self.screeners[read.facts] = screener_for(read.facts, self.book, DAY)
        screener = self.screeners[read.facts]
        coded, partly = screener.keep_readable(read.table, screener.encode(read.table))
        decided = screener.decide(coded)
        notes = self.unlisted.notes(read, partly, screener.decider(coded).table, coded.codes, decided)
        profiles = [profile_of(one) for one in facts_as_read(read, partly)[1].to_pylist()]
        for one in profiles:
            if isinstance(said := one.get("limits"), Mapping):
                one["limits"] = {key: str(kept) for key, kept in said.items()}
        return notes, profiles

    def texts(self, table: Any) -> list[list[str]]:
        """The texts of the notes on each row."""
        notes, profiles = self.of(table)
        found: list[list[str]] = [[] for _ in profiles]
        for row, which in zip(notes.rows.tolist(), notes.which.tolist(), strict=True):
            found[row].append(notes.words[which].text)
        return found

    def agree(self, table: Any) -> int:
        """Fails unless each row has the notes that a check of its profile tells; returns how many there are."""
        told = self.texts(table)
        _, profiles = self.of(table)
        for own, profile in zip(told, profiles, strict=True):
            assert own == checked(profile, self.book, self.lang), profile
        return sum(map(len, told))


def checked(profile: Mapping[str, object], book: Rulebook, lang: Lang) -> list[str]:
    """What a check tells of the activities that a list perhaps leaves out, in the order of the rules."""
    found = check(Profile.of(profile), book, as_of=DAY, engine="reference")
    plausibility, words = Plausibility(found.facts, book), ConditionRenderer(book, found.facts)
    told = {one for finding in found for one in lacking(finding, plausibility)}
    return [lacking_text(one, plausibility, words).of(lang) for one in book.sectors.activities if one in told]


@given(rows(), st.sampled_from(("zh", "en")))
@settings(max_examples=drawn(120))
def test_notes_are_what_a_check_of_each_row_tells(told: list[dict[str, object]], lang: Lang) -> None:
    Notices(lang=lang).agree(cells(told))


@given(st.lists(rows(), min_size=2, max_size=3))
@settings(max_examples=drawn(40))
def test_batches_after_others_have_the_same_notes(batches: list[list[dict[str, object]]]) -> None:
    later = Notices()
    for told in batches:
        table = cells(told)
        (after, _), (alone, _) = later.of(table), Notices().of(table)
        assert (after.rows.tolist(), after.which.tolist()) == (alone.rows.tolist(), alone.which.tolist())
        assert [*after.words] == [*alone.words]


@given(companies(BOOK))
@settings(max_examples=drawn(60))
def test_profiles_have_the_notes_of_a_check(told: list[dict[str, Any]]) -> None:
    agree(told, BOOK)


@given(companies(DERIVED))
@settings(max_examples=drawn(80))
def test_profiles_whose_activities_follow_from_others_have_the_notes_of_a_check(told: list[dict[str, Any]]) -> None:
    agree(told, DERIVED)


def agree(told: Sequence[Mapping[str, Any]], book: Rulebook) -> None:
    table = table_of([one for one in told if readable(one, book)] or [{"city": "上海"}], book)
    if table.num_columns > 1:
        Notices(book).agree(table.drop_columns(["no"]))


def readable(company: Mapping[str, Any], book: Rulebook) -> bool:
    try:
        check(Profile.of(company), book, as_of=DAY)
    except ProfileError:
        return False
    return True


@pytest.mark.parametrize("book", [BOOK, DERIVED], ids=["plan", "derived"])
def test_drawn_companies_have_the_notes_of_a_check(book: Rulebook) -> None:
    register = Register(book)
    batch = next(iter(register.batches(drawn(800)))).drop_columns([COMPANY])
    assert Notices(book).agree(batch)


OTHER_LEASING = Text(
    "所填业务活动不含“其他租赁业务”，而{because}融资租赁公司（地方金融管理部门监管）通常从事它；如从事，请补上",
    "the activities given lack “other leasing”, which is likely for {because}finance-lease company (locally "
    "regulated); add it if that is carried on",
)
LICENCE = Text(OTHER_LEASING.zh.format(because=""), OTHER_LEASING.en.format(because=""))
SECTOR_TOO = Text(
    OTHER_LEASING.zh.format(because="行业6631 融资租赁服务和"),
    OTHER_LEASING.en.format(because="sector 6631 Finance leasing services and "),
)
CASES: list[tuple[dict[str, object], list[Text]]] = [
    (
        {"所在城市": "天津", "所在功能区": "东疆综合保税区", "持牌或监管身份": "融资租赁公司", "业务活动": "无"},
        [LICENCE],
    ),
    (
        {"所在城市": "天津", "持牌或监管身份": "融资租赁公司", "行业代码": "6631", "业务活动": "无"},
        [SECTOR_TOO],
    ),
    ({"所在城市": "天津", "持牌或监管身份": "融资租赁公司", "业务活动": "其他租赁"}, []),
    ({"所在城市": "天津", "持牌或监管身份": "融资租赁公司", "业务活动": None}, []),
    # The list is known in part, or a part of it was not read.
    ({"所在城市": "天津", "持牌或监管身份": "融资租赁公司", "业务活动（部分）": "飞机租赁"}, []),
    ({"所在城市": "天津", "持牌或监管身份": "融资租赁公司", "业务活动": "应用商店; 吃饭"}, []),
    # It stands where no measure on leasing applies.
    ({"所在城市": "拉萨", "持牌或监管身份": "融资租赁公司", "业务活动": "无"}, []),
    ({"所在城市": "天津", "行业代码": "没有", "业务活动": "无"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("row", "told"), CASES)
def test_what_is_told_of_a_row(row: dict[str, object], told: list[Text]) -> None:
    for lang in ("zh", "en"):
        assert Notices(lang=lang).texts(cells([row])) == [[one.of(lang) for one in told]]


def register(folder: Path, rows: int = 1) -> Path:
    path = folder / "companies.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["企业名称", "所在城市", "持牌或监管身份", "业务活动"])
        writer.writerows(
            [f"甲租赁有限公司{number}", "天津", "融资租赁公司", "无" if number % 2 else "其他租赁"]
            for number in range(rows)
        )
    return path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_note_stands_at_its_column_and_stops_no_strict_run(lang: Lang, tmp_path: Path) -> None:
    done = screen(register(tmp_path, 4), BOOK, as_of=DAY, lang=lang, strict=True)
    notes = done.notes.to_pylist()
    assert [(one["line"], one["column"], one["fact"], one["value"], one["code"], one["hint"]) for one in notes] == [
        (line, "业务活动", "activities", "无", "", "") for line in (3, 5)
    ]
    assert {one["note"] for one in notes} == {LICENCE.of(lang)}
    assert (done.summary.noted, done.summary.unread) == (2, 0)
    assert done.summary.kinds == {"\t业务活动": [2, 2, notes[0]["note"], ""]}


def test_only_the_measures_asked_for_count(tmp_path: Path) -> None:
    path = register(tmp_path, 2)
    asking = [one for one in BOOK.measures if "other-leasing" in one.activities]
    others = [one for one in BOOK.measures if one not in asking]
    found = [screen(path, BOOK, as_of=DAY, measures=own).summary.noted for own in (asking, others)]
    assert found == [1, 0]


def test_activities_by_default_are_noted_too(tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    path.write_text("企业名称,所在城市,持牌或监管身份\n甲租赁有限公司,天津,融资租赁公司\n", "utf-8-sig")
    (note,) = screen(path, BOOK, as_of=DAY, defaults={"activities": []}).notes.to_pylist()
    assert (note["line"], note["column"], note["note"]) == (2, "activities", LICENCE.en)
    assert screen(path, BOOK, as_of=DAY).summary.noted == 0


def test_pieces_and_processes_have_the_same_notes(run: Run, tmp_path: Path) -> None:
    table = pa.table(
        {
            "企业名称": [f"甲租赁有限公司{number}" for number in range(40)],
            "city": ["天津"] * 40,
            "sector": [["6631", "7291", "65", "276"][number % 4] for number in range(40)],
            "activities": [[["other-leasing"], [], ["app-store"]][number % 3] for number in range(40)],
        }
    )
    pq.write_table(table, tmp_path / "companies.parquet", row_group_size=7)
    for processes, piece in (("1", "1"), ("2", "1"), ("1", "100")):
        done = run(
            "screen", "companies.parquet", "-o", f"{processes}-{piece}.csv", "--processes", processes, "--piece", piece,
            "--as-of", str(DAY), "--lang", "en",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    one, *others = ((tmp_path / f"{name}.notes.csv").read_bytes() for name in ("1-1", "2-1", "1-100"))
    assert others == [one, one]
    assert one.count(b"the activities given lack") > 10
