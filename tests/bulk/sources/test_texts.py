"""Text files as people have them: titles, invisible characters, marks against numbers, columns without a heading."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest

from applicability.bulk.sources.open import open_source
from applicability.bulk.sources.source import names_of
from applicability.errors import ProfileError

from ...examples import drawn
from .reading import COMPANIES, HEADINGS, RIGHT, dropped, notices, rows, screened, verdicts

LINES = [",".join(one) for one in (HEADINGS, *COMPANIES)]
TEXT = "".join(f"{line}\n" for line in LINES)


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """A CSV file of that text."""
    path = folder / "mine.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_titles_above_the_headings_are_passed_over_and_told(encoding: str, separator: str, tmp_path: Path) -> None:
    text = f"某区外商投资企业名录，2026年\n\n单位：%\n{TEXT}".replace(",", separator)
    done = screened(write(tmp_path, text, encoding))
    assert verdicts(done) == RIGHT
    assert notices(done) == ["rows 1 to 3 above the headings were passed over: 某区外商投资企业名录，2026年 …"]
    assert [row["line"] for row in rows(tmp_path / "mine.csv")] == [5, 6, 7]


@pytest.mark.parametrize(
    "mark", ["\u3000", "\u00a0", "\u200b", "\u200e", "\u00ad", "\ufeff", "\u2060", "\u200d", " ", "\t"]
)
def test_invisible_characters_in_headings_do_not_count(mark: str, tmp_path: Path) -> None:
    headings = ",".join(f"{mark}{heading}{mark}" for heading in HEADINGS)
    path = write(tmp_path, "\n".join([headings, *LINES[1:]]), "utf-8-sig")
    assert list(rows(path)[0]) == ["line", *HEADINGS]
    assert verdicts(screened(path)) == RIGHT
    if mark != "\t":
        inside = ",".join(f"{heading[0]}{mark}{heading[1:]}" for heading in HEADINGS)
        done = screened(write(tmp_path, "\n".join([inside, *LINES[1:]])))
        assert done.summary.counts["plan-2025-84:1"] == [2, 0, 0, 0, 1]


@pytest.mark.parametrize(
    "cell",
    ['="{}"', '"=""{}"""', "'{}", "’{}", '="{}" ', " '{}"],
    ids=["formula", "quoted", "mark", "curly", "s1", "s2"],
)
def test_marks_that_keep_text_from_being_a_number_are_none(cell: str, tmp_path: Path) -> None:
    marked = [[cell.format(one) if place in (2, 3) else one for place, one in enumerate(line)] for line in COMPANIES]
    path = write(tmp_path, "\n".join([LINES[0], *map(",".join, marked)]))
    assert [(row["行业代码"], row["外资比例"]) for row in rows(path)] == [one[2:4] for one in COMPANIES]
    assert verdicts(screened(path)) == RIGHT


def test_an_apostrophe_in_a_name_stays(tmp_path: Path) -> None:
    path = write(tmp_path, '企业名称,城市\n\'s-Gravenhage B.V.,上海\n\'40年代\',上海\n"=""甲""",上海\n')
    assert [row["企业名称"] for row in rows(path)] == ["'s-Gravenhage B.V.", "'40年代'", "甲"]


def test_lines_taken_together_are_read_as_each_alone(tmp_path: Path) -> None:
    drawn = random.Random(17)
    cells = ['="0111"', "'49", "甲", "", '"a,b"', '"=""7"""', "'x", "x'", '="1" ', "=1", "''5", "’5", '="', " "]
    lines = [",".join(drawn.choice(cells) for _ in HEADINGS) for _ in range(400)]
    path = write(tmp_path, "\n".join([LINES[0], *lines, ""]))
    alone = rows(path, rows=1)
    assert rows(path, rows=7) == alone
    assert rows(path) == alone


@pytest.mark.parametrize("more", [",", ",,,", ", ,"])
def test_commas_at_the_end_of_every_line_hold_nothing(more: str, tmp_path: Path) -> None:
    done = screened(write(tmp_path, TEXT.replace("\n", f"{more}\n")))
    assert verdicts(done) == RIGHT
    assert notices(done) == []


def test_a_column_without_a_heading_is_told(tmp_path: Path) -> None:
    lines = [f"{line},{'' if place == 0 else 'x'},y" for place, line in enumerate(LINES)]
    done = screened(write(tmp_path, "\n".join(lines)))
    assert verdicts(done) == RIGHT
    assert notices(done) == ["column F has no heading and was left out"]


@pytest.mark.parametrize("many", [1, 3])
def test_a_row_in_another_encoding_does_not_make_it_that_of_the_headings(many: int, tmp_path: Path) -> None:
    lines = [(",".join(HEADINGS) + "\n").encode()]
    lines += [f"甲{number},上海,63,49,domestic-ip-vpn\n".encode() for number in range(many)]
    path = tmp_path / "mine.csv"
    path.write_bytes(b"".join([*lines[:many], "乙,上海,63,49,domestic-ip-vpn\n".encode("gb18030"), *lines[many:]]))
    done = screened(path)
    assert done.summary.read == many + 1
    assert [verdicts(done)[f"甲{number}"] for number in range(many)] == ["eligible"] * many


def test_the_heading_that_is_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as refused:
        screened(write(tmp_path, TEXT.replace("外资比例", "外资\x01比例")))
    (problem,) = refused.value.problems
    assert problem.message == "the heading of column D holds the character U+0001, which cannot be shown"
    with pytest.raises(ProfileError) as refused:
        screened(write(tmp_path, TEXT), encoding="ascii")
    (problem,) = refused.value.problems
    assert problem.message == "cannot be read as ascii: its heading `企业名称` (column A) is not in it"


def test_headings_of_two_rows_are_joined(tmp_path: Path) -> None:
    above, below = "企业名称,所在,,外资,行业代码,业务活动", ",城市,区县,比例,,"
    path = write(tmp_path, f"{above}\n{below}\n甲,上海,浦东新区,49,63,domestic-ip-vpn\n")
    assert rows(path) == [
        {
            "line": 3, "企业名称": "甲", "所在城市": "上海", "所在区县": "浦东新区", "外资比例": "49", "行业代码": "63",
            "业务活动": "domestic-ip-vpn",
        }
    ]  # fmt: skip


def test_a_company_below_the_headings_is_no_heading(tmp_path: Path) -> None:
    path = write(tmp_path, "城市,备注\n上海,城市\n北京,\n")
    assert [row["城市"] for row in rows(path)] == ["上海", "北京"]


def test_footers_are_dropped_and_told(tmp_path: Path) -> None:
    done = screened(write(tmp_path, f"{TEXT}注：数据截至2026年10月,,,,\n制表人：某某,,,,\n"))
    assert verdicts(done) == RIGHT
    assert dropped(done) == {5: "S309", 6: "S309"}


def test_the_row_of_the_headings_can_be_said(tmp_path: Path) -> None:
    path = write(tmp_path, f"城市,区县\n{TEXT}")
    assert verdicts(screened(path, header_row=2)) == RIGHT
    far = write(tmp_path, "说明\n" * 99 + TEXT)
    assert verdicts(screened(far, header_row=100)) == RIGHT
    with pytest.raises(ProfileError, match="row 9999 holds no headings"):
        screened(path, header_row=9999)


def test_an_open_quote_above_the_headings_loses_no_company(tmp_path: Path) -> None:
    done = screened(write(tmp_path, f'某区"名录\n"未完\n{TEXT}'))
    assert verdicts(done) == RIGHT


def test_thousands_of_columns_are_looked_at_a_few_times_each(tmp_path: Path) -> None:
    many = drawn(40_000)
    names = [*HEADINGS, *(f"列{place}" for place in range(many))]
    path = write(tmp_path, "\n".join([",".join(names), *(f"{line}{',x' * many}" for line in LINES[1:])]))
    asked = 0

    def known(heading: str) -> str | None:
        nonlocal asked
        asked += 1
        return heading if heading in HEADINGS else None

    with contextlib.closing(open_source(str(path), known=known)) as source:
        ((rows_, *_), *_) = [[*piece.batches] for piece in source.pieces(frozenset())]
    assert (rows_.table.num_rows, len(names_of(rows_.table))) == (3, len(names))
    assert asked < 5 * many
    assert list(verdicts(screened(path)).values()) == list(RIGHT.values())
