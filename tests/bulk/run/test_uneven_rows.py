"""A row with another number of cells than headings is a company of which nothing is taken from a wrong column."""

from __future__ import annotations

import csv
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
@pytest.mark.parametrize(
    ("row", "given", "verdict"),
    [
        ("甲,Inc,上海,63,49,domestic-ip-vpn", {"sector", "foreign_share", "activities"}, "needs_info"),
        ("甲,上海,63,49,domestic-ip-vpn,x", {"city", "sector"}, "needs_info"),
        ("甲,上海,63,49,domestic-ip-vpn,domestic-ip-vpn", {"city", "sector"}, "needs_info"),
        ("甲,上海,63,,49,domestic-ip-vpn", set(), "needs_info"),
        ("甲,,上海,63,49,domestic-ip-vpn", {"foreign_share", "activities"}, "needs_info"),
        ("甲,上海,63,49,domestic-ip-vpn,x,z", set(), "needs_info"),
    ],
)
def test_of_a_row_with_too_many_cells_those_are_read_that_stand_under_their_heading_for_certain(
    row: str, given: set[str], verdict: str, kind: str, tmp_path: Path
) -> None:
    source = written(tmp_path, row, *GOOD[1:], kind=kind)
    done = screened(source)
    assert (done.summary.read, done.summary.companies, done.summary.rejected) == (3, 3, 0)
    assert verdicts(done) == {**RIGHT, "甲": verdict}
    found = of_file(source)
    right = of_file(written(tmp_path, GOOD[0])).profiles[0]
    assert found.profiles[0] == {name: right[name] for name in given}
    told = [] if given == set(right) else [("", "S310", row.replace(",", SEPARATORS[kind]))]
    assert found.notes == [told, [], []]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_note_says_how_many_cells_there_are(lang: Lang, tmp_path: Path) -> None:
    done = screen(written(tmp_path, f"{GOOD[0]},x"), BOOK, measures=[1], as_of=DAY, lang=lang)
    assert done.notes is not None
    (note,) = done.notes.to_pylist()
    assert (note["line"], note["企业名称"], note["column"], note["code"]) == (2, "甲", "", "S310")
    assert (
        note["note"]
        == {
            "en": "6 cells under 5 headings: which of them a separator split cannot be told; not read for that: "
            "`外资比例`, `业务活动`; taken as missing",
            "zh": "5个列名下有6个单元格，看不出哪一格被分隔符拆开；可能错位而未采用的列：`外资比例`、`业务活动`；"
            "按未填处理",
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
    for lines in (rows, [rows[0], f"{GOOD[1]},", rows[2]]):
        done = screened(written(tmp_path, *lines, headings=headings))
        assert verdicts(done) == RIGHT
        assert done.notes is None
        assert notices(done) == ["column F has no heading and was left out"]
    # One less: the activities may stand before a separator that is lost.
    found = of_file(written(tmp_path, *rows[:2], GOOD[2], headings=headings))
    assert found.profiles[2] == {"city": "上海", "sector": ["63"], "foreign_share": "0"}
    assert found.texts[2] == [
        "5 cells, where other rows have 6: if a separator is missing before the end, cells stand in a wrong column; "
        "not read for that: `业务活动`; taken as missing"
    ]
    # One more than the headings have: a separator too many, wherever it stands.
    source = written(tmp_path, GOOD[0].replace("甲", "甲,Inc") + ",", *rows[1:], headings=headings)
    assert verdicts(screened(source)) == {**RIGHT, "甲": "needs_info"}
    assert of_file(source).profiles[0] == {}


MANY = "企业名称,城市,行业代码,外资比例,业务活动,在当地注册,limits.57.taiwan,determinations.22.specific-area"
NOT_KNOWN = {"limits": {"57.taiwan": "unknown"}, "determinations": {"22.specific-area": "unknown"}}


def nothing_is_false(row: str, headings: str, folder: Path, of: dict[str, object]) -> dict[str, object]:
    """The profile of a row, of which nothing may be read that `of` does not say."""
    found = of_file(written(folder, row, headings=headings), {"city": "天津", "foreign_share": 10}).profiles[0]
    for name, value in found.items():
        if isinstance(value, dict):
            own = of.get(name, {})
            assert isinstance(own, dict)
            assert all(said in ("unknown", own.get(key)) for key, said in value.items()), (row, found)
        elif name == "activities":
            assert isinstance(value, list)
            assert value[:1] == ["domestic-ip-vpn"], (row, found)
        else:
            assert value == of[name], (row, found)
    for name in ("limits", "determinations"):  # a finding that is not read is no finding left open
        assert found.get(name) in (of.get(name), NOT_KNOWN[name]), (row, found)
    return found


@pytest.mark.parametrize("last", ["否", ""])
@pytest.mark.parametrize("stray", [",", ",1", ",是"])
def test_no_stray_separator_gives_a_fact(stray: str, last: str, tmp_path: Path) -> None:
    row = ["甲", "天津", "63", "49", "domestic-ip-vpn", "是", "是", last]
    whole = of_file(written(tmp_path, ",".join(row), headings=MANY), {"city": "天津", "foreign_share": 10}).profiles[0]
    for place in range(len(row)):
        cells = [*row]
        cells[place] = f"{cells[place]}{stray}"
        if place == len(row) - 1 and stray != "," and not last:
            continue  # then it is the last cell itself
        nothing_is_false(",".join(cells), MANY, tmp_path, whole)


def test_no_lost_separator_gives_a_fact(tmp_path: Path) -> None:
    row = ["甲", "天津", "63", "49", "domestic-ip-vpn", "是", "是", "否", "否"]
    headings = f"{MANY},determinations.3.qualified"
    for empty in (None, *range(1, len(row))):
        cells = ["" if place == empty else cell for place, cell in enumerate(row)]
        whole = of_file(written(tmp_path, ",".join(cells), headings=headings)).profiles[0]
        for place in range(len(row) - 1):
            short = [*cells]
            short[place : place + 2] = ["".join(short[place : place + 2])]
            found = of_file(written(tmp_path, ",".join(short), headings=headings)).profiles[0]
            for name in ("limits", "determinations"):
                own = whole.get(name, {})
                assert isinstance(own, dict)
                told = found.get(name, {})
                assert isinstance(told, dict)
                assert all(said in ("unknown", own.get(key)) for key, said in told.items()), (short, found)
                assert own.keys() <= told.keys(), (short, found)
            rest = {one: value for one, value in found.items() if one not in ("limits", "determinations")}
            assert all(value == whole.get(one) for one, value in rest.items()), (short, found)


def test_a_row_whose_last_cell_is_empty_may_have_a_separator_too_many(tmp_path: Path) -> None:
    headings = "企业名称,在当地注册,limits.57.taiwan,城市"
    source = written(tmp_path, "甲,是,否,,", "乙,是,否,上海", headings=headings)
    found = of_file(source)
    assert found.profiles == [
        {"limits": {"57.taiwan": "unknown"}},
        {"city": "上海", "registered_here": "是", "limits": {"57.taiwan": "否"}},
    ]
    assert found.notes == [[("", "S310", "甲,是,否,,")], []]
    assert found.texts[0] == [
        "5 cells under 4 headings: if one of the separators is too many, cells stand in a wrong column; not read for "
        "that: `在当地注册`, `limits.57.taiwan`; taken as missing"
    ]
    # A column alone between texts and columns of other types is certain.
    for row in ("甲,上海,63,49,domestic-ip-vpn,", "甲,上海,63,49,domestic-ip-vpn,,,"):
        assert of_file(written(tmp_path, row, GOOD[1])).notes == [[], []]


def test_rows_that_all_end_in_separators_are_in_no_doubt(tmp_path: Path) -> None:
    headings = "企业名称,在当地注册,limits.57.taiwan,城市"
    rows = [f"{name},是,否,,," for name in "甲乙丙丁"] * 10
    known = {"registered_here": "是", "limits": {"57.taiwan": "否"}}
    found = of_file(written(tmp_path, *rows, headings=headings))
    assert (found.profiles, found.notes) == ([known] * 40, [[]] * 40)
    # Among such rows one with one separator more is in doubt, and so is one with one less.
    found = of_file(written(tmp_path, *rows, "戊,是,否,,,,", "己,是,否,上海", "庚,是,否,,", headings=headings))
    unknown = {"limits": {"57.taiwan": "unknown"}}
    assert found.profiles == [*[known] * 40, unknown, {**known, "city": "上海"}, known]
    assert [bool(notes) for notes in found.notes] == [False] * 40 + [True, False, False]
    # All rows have a number in front that has no heading, and an empty cell at the end.
    found = of_file(written(tmp_path, *(f"{place},{row[:-2]}" for place, row in enumerate(rows, 1)), headings=headings))
    assert all(one in (unknown, known) for one in found.profiles)
    assert all(found.notes)


def notes_by_pieces(source: Path, folder: Path) -> bytes:
    """The notes on a register, which are the same, as its results are, in pieces of any size."""
    told = []
    for piece in (1, 7, None):
        out = folder / f"out{piece}.csv"
        screen(source, BOOK, measures=[1], as_of=DAY, output=out, form="wide", piece=piece)
        told.append((out.read_bytes(), (folder / f"out{piece}.notes.csv").read_bytes()))
    assert told[0] == told[1] == told[2]
    return told[0][1]


def test_pieces_do_not_decide_what_rows_usually_have(tmp_path: Path) -> None:
    headings = "企业名称,在当地注册,limits.57.taiwan,城市"
    rows = [f"{name},是,否,上海" for name in "甲乙丙"] * 20 + [f"{name},是,否,,,," for name in "丁戊"] * 20
    source = written(tmp_path, *rows, headings=headings)
    assert notes_by_pieces(source, tmp_path).count(b"S310") == 40


def test_cells_in_doubt_do_not_tell_the_unit_of_shares(tmp_path: Path) -> None:
    headings = "企业名称,外资比例,行业代码"
    # 63 is a share unless a separator is missing before it.
    done = screened(written(tmp_path, "甲,0.4,63", "乙,0.5,63", "丙,63", headings=headings))
    assert done.notes is not None
    assert done.notes.column("code").to_pylist() == ["S306", "S306", "S310"]


@pytest.mark.parametrize(
    ("headings", "row", "kept"),
    [
        ("企业名称,城市", "甲,上海,x", {"企业名称": "甲", "城市": None}),
        ("序号,企业名称,城市", "1,甲,上海,x", {"序号": "1", "企业名称": "甲", "城市": None}),
        ("备注,企业名称,城市", "某,甲,上海,x", {"备注": "某", "企业名称": "甲", "城市": None}),
        ("备注,企业名称,住所", "某,甲,上海,x", {"备注": None, "企业名称": None, "住所": None}),
        ("城市,企业名称", "上海,甲,x", {"城市": None, "企业名称": None}),
        (
            "企业名称,统一社会信用代码,城市",
            f"甲,{CODE},上海,x",
            {"企业名称": "甲", "统一社会信用代码": CODE, "城市": None},
        ),
        (
            "企业名称,统一社会信用代码,城市",
            f"甲,x,{CODE},上海",
            {"企业名称": "甲", "统一社会信用代码": None, "城市": "上海"},
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
    # The city in doubt may be told by a code in none.
    told = {"130800": CODE in kept.values(), "上海": kept.get("城市") == "上海"}
    assert [one.get("city") for one in of_file(source).profiles] == [next((one for one in told if told[one]), None)]


def test_a_row_with_too_few_cells_lacks_its_last_ones_and_says_so(tmp_path: Path) -> None:
    headings = f"{','.join(HEADINGS)},limits.57.taiwan"
    source = written(tmp_path, "甲,上海,63", f"{GOOD[1]},是", headings=headings)
    found = of_file(source, {"foreign_share": 10, "registered_here": True})
    assert found.profiles[0] == {
        "city": "上海", "limits": {"57.taiwan": "unknown"}, "registered_here": True,
    }  # fmt: skip
    assert found.notes[0] == [("", "S310", "甲,上海,63")]
    # 63 is a sector and may be a share.
    assert found.texts[0] == [
        "3 cells under 6 headings: if a separator is missing before the end, cells stand in a wrong column; not read "
        "for that: `行业代码`; taken as missing"
    ]
    assert found.notes[1] == []
    found = of_file(written(tmp_path, "甲,上海,6513,49", headings=headings))
    assert found.profiles == [
        {"city": "上海", "sector": ["6513"], "foreign_share": "49", "limits": {"57.taiwan": "unknown"}}
    ]
    assert found.texts == [["4 cells under 6 headings; taken as missing"]]


def test_a_row_that_lacks_nothing_known_is_not_noted(tmp_path: Path) -> None:
    done = screened(written(tmp_path, *GOOD, headings=f"{','.join(HEADINGS)},"))
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
    notes_by_pieces(source, tmp_path)
    with (tmp_path / "outNone.notes.csv").open(encoding="utf-8-sig") as file:
        assert len([*csv.DictReader(file)]) == 80
