"""A row with another number of cells than headings is a company of which nothing is taken from a wrong column."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest

from applicability.errors import ProfileError
from applicability.screening import screen
from applicability.text import Lang

from ..engine.tables import DAY
from ..sources.reading import COMPANIES, HEADINGS, RIGHT, dropped, notices, screened, verdicts
from .partly import BOOK, of_file

CODE = "91130825MAPBK4HYQY"
SEPARATORS = {"csv": ",", "tsv": "\t", "txt": ";"}


def written(folder: Path, *rows: str, kind: str = "csv", headings: str = ",".join(HEADINGS)) -> Path:
    """A register of these rows, with the separator of its kind."""
    path = folder / f"mine.{kind}"
    lines = (headings, *rows)
    path.write_text("".join(f"{line}\n" for line in lines).replace(",", SEPARATORS[kind]), "utf-8")
    return path


GOOD = [",".join(one) for one in COMPANIES]


@pytest.mark.parametrize("kind", SEPARATORS)
@pytest.mark.parametrize("row", ["甲,上海,63,49,domestic-ip-vpn,x", "甲,Inc,上海,63,49,domestic-ip-vpn", "甲,,,,,,,x"])
def test_a_row_with_too_many_cells_is_a_company_of_which_nothing_is_read(row: str, kind: str, tmp_path: Path) -> None:
    source = written(tmp_path, row, *GOOD[1:], kind=kind)
    done = screened(source)
    assert (done.summary.read, done.summary.companies, done.summary.rejected) == (3, 3, 0)
    assert verdicts(done) == {**RIGHT, "甲": "needs_info"}
    found = of_file(source)
    assert found.profiles[0] == {}
    assert found.notes[0] == [("", "S310", row.replace(",", SEPARATORS[kind]))]
    assert found.notes[1:] == [[], []]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_note_says_how_many_cells_there_are(lang: Lang, tmp_path: Path) -> None:
    done = screen(written(tmp_path, f"{GOOD[0]},x"), BOOK, measures=[1], as_of=DAY, lang=lang)
    assert done.notes is not None
    (note,) = done.notes.to_pylist()
    assert (note["line"], note["企业名称"], note["column"], note["code"]) == (2, "甲", "", "S310")
    assert (
        note["note"]
        == {
            "en": "6 cells under 5 headings: which of them a separator split cannot be told, and none is read; "
            "taken as missing",
            "zh": "5个列名下有6个单元格，看不出哪一格被分隔符拆开，各列都未采用；按未填处理",
        }[lang]
    )


@pytest.mark.parametrize("more", [",", ",,,", ", ,\u3000"])
def test_cells_without_content_behind_the_last_lose_nothing(more: str, tmp_path: Path) -> None:
    for rows in (GOOD, [one + more for one in GOOD], [GOOD[0] + more, *GOOD[1:]]):
        done = screened(written(tmp_path, *rows))
        assert verdicts(done) == RIGHT
        assert done.notes is None


def test_a_column_behind_the_last_heading_is_left_out_and_told(tmp_path: Path) -> None:
    headings = f"{','.join(HEADINGS)},"
    rows = [f"{one},备注" for one in GOOD]
    for lines in (rows, [*rows[:2], GOOD[2]], [rows[0], f"{GOOD[1]},", rows[2]]):
        done = screened(written(tmp_path, *lines, headings=headings))
        assert verdicts(done) == RIGHT
        assert done.notes is None
        assert notices(done) == ["column F has no heading and was left out"]
    # One more than the headings have: a separator too many, wherever it stands.
    done = screened(written(tmp_path, GOOD[0].replace("甲", "甲,Inc") + ",", *rows[1:], headings=headings))
    assert verdicts(done) == {**RIGHT, "甲": "needs_info"}


def test_no_stray_separator_gives_a_fact(tmp_path: Path) -> None:
    row = ["甲", "天津", "63", "49", "domestic-ip-vpn", "是", "是", "否"]
    headings = "企业名称,城市,行业代码,外资比例,业务活动,在当地注册,limits.57.taiwan,determinations.22.specific-area"
    unknown = {"limits": {"57.taiwan": "unknown"}, "determinations": {"22.specific-area": "unknown"}}
    for place, stray in itertools.product(range(len(row)), (",", ",1", ",是")):
        cells = [*row]
        if (place, stray) == (len(row) - 1, ","):
            continue  # behind the last cell it takes nothing
        cells[place] = f"{cells[place]}{stray}"
        found = of_file(written(tmp_path, ",".join(cells), headings=headings), {"city": "天津", "foreign_share": 10})
        assert found.profiles == [unknown], cells


@pytest.mark.parametrize(
    ("headings", "row", "kept"),
    [
        ("企业名称,城市", "甲,上海,x", {"企业名称": "甲", "城市": None}),
        ("序号,企业名称,城市", "1,甲,上海,x", {"序号": "1", "企业名称": "甲", "城市": None}),
        ("备注,企业名称,城市", "某,甲,上海,x", {"备注": None, "企业名称": None, "城市": None}),
        ("城市,企业名称", "上海,甲,x", {"城市": None, "企业名称": None}),
        (
            "企业名称,统一社会信用代码,城市",
            f"甲,{CODE},上海,x",
            {"企业名称": "甲", "统一社会信用代码": CODE, "城市": None},
        ),
        (
            "企业名称,统一社会信用代码,城市",
            f"甲,x,{CODE},上海",
            {"企业名称": "甲", "统一社会信用代码": None, "城市": None},
        ),
        ("备注,统一社会信用代码,城市", f"某,{CODE},上海,x", {"备注": "某", "统一社会信用代码": CODE, "城市": None}),
    ],
)
def test_who_it_is_is_kept_where_that_is_certain(
    headings: str, row: str, kept: dict[str, str | None], tmp_path: Path
) -> None:
    names = headings.split(",")
    source = written(tmp_path, row, headings=headings)
    done = screen(source, BOOK, measures=[1], as_of=DAY, form="wide", keep=names)
    assert done.results is not None
    assert {name: done.results.column(name)[0].as_py() for name in names} == kept
    assert of_file(source).profiles == [{}]


def test_a_row_with_too_few_cells_lacks_its_last_ones_and_says_so(tmp_path: Path) -> None:
    headings = f"{','.join(HEADINGS)},limits.57.taiwan"
    source = written(tmp_path, "甲,上海,63", f"{GOOD[1]},是", headings=headings)
    found = of_file(source, {"foreign_share": 10, "registered_here": True})
    assert found.profiles[0] == {
        "city": "上海", "sector": ["63"], "limits": {"57.taiwan": "unknown"}, "registered_here": True,
    }  # fmt: skip
    assert found.notes[0] == [("", "S310", "甲,上海,63")]
    assert found.texts[0] == ["3 cells under 6 headings; taken as missing"]
    assert found.notes[1] == []


def test_a_row_that_lacks_nothing_known_is_not_noted(tmp_path: Path) -> None:
    done = screened(written(tmp_path, *GOOD, headings=f"{','.join(HEADINGS)},备注,"))
    assert verdicts(done) == RIGHT
    assert done.notes is None


def test_footers_of_another_number_of_cells_are_no_companies(tmp_path: Path) -> None:
    done = screened(written(tmp_path, *GOOD, "合计", "注：一,二,三,四,五,六,七", "填表人：某"))
    assert verdicts(done) == RIGHT
    assert dropped(done) == dict.fromkeys((5, 6, 7), "S309")
    assert done.notes is None


def test_a_footer_is_one_if_nothing_in_it_reads(tmp_path: Path) -> None:
    note = "注：一,二,三,四,五,六,七"
    done = screened(written(tmp_path, note, f"{note},上海", "合计科技,上海,63,49,a,b,c,d"))
    assert dropped(done) == {2: "S309", 3: "S309"}
    assert done.rejects is not None
    assert done.rejects.column("value").to_pylist() == [note, f"{note},上海"]
    # Something in it reads, in its own column or where it would stand without what was split.
    for row in ("注：一,上海,三,四,五,六,七,八", "注：一,二,三,上海,五,六,七,八", "合计,x,y,上海,63,49,d,e"):
        assert dropped(screened(written(tmp_path, row))) == {}


@pytest.mark.parametrize("row", [f"{GOOD[1]},x", "乙,上海"])
def test_a_strict_run_stops_at_the_first_of_them(row: str, tmp_path: Path) -> None:
    source = written(tmp_path, GOOD[0], row, f"{GOOD[2]},x")
    with pytest.raises(ProfileError) as caught:
        screen(source, BOOK, measures=[1], as_of=DAY, strict=True)
    (problem,) = caught.value.problems
    assert (problem.code, problem.location.file) == ("S310", "row 3")


def test_numbers_of_identity_cards_in_such_a_row_are_masked(tmp_path: Path) -> None:
    done = screened(written(tmp_path, "甲,上海,63,49,domestic-ip-vpn,11010519491231002X"))
    assert done.notes is not None
    assert "19491231" not in str(done.notes.to_pylist())


def test_pieces_and_resumption_tell_the_same(tmp_path: Path) -> None:
    rows = [one for three in range(40) for one in (GOOD[0], f"{GOOD[1]},x{three}", "丙,上海", GOOD[2])]
    source = written(tmp_path, *rows)
    told = []
    for piece in (1, 7, None):
        out = tmp_path / f"out{piece}.csv"
        screen(source, BOOK, measures=[1], as_of=DAY, output=out, form="wide", piece=piece)
        told.append((out.read_bytes(), (tmp_path / f"out{piece}.notes.csv").read_bytes()))
    assert told[0] == told[1] == told[2]
    with (tmp_path / "outNone.notes.csv").open(encoding="utf-8-sig") as file:
        assert len([*csv.DictReader(file)]) == 80
