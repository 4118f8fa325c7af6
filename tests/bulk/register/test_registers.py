"""Registers: the facts, notes and rejections of their rows, and the assignment of columns."""

from __future__ import annotations

import contextlib
import datetime
import importlib
import io
import random
import re
import string
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, strategies as st

from applicability import Profile, Verdict, check, load_rulebook
from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.register.column_plan import plan_of
from applicability.bulk.register.columns.register import RegisterColumns
from applicability.errors import ProfileError
from applicability.loading.company import credit_codes
from applicability.loading.company.address_names import plain
from applicability.loading.company.addresses import Addresses
from applicability.loading.company.cells import number_of
from applicability.loading.mapping import RegisterMapping, read_mapping
from applicability.loading.profile.parts import parts_given
from applicability.model.former import Former
from applicability.model.headings import plain as plain_heading

from ...strategies import facts_of

FOLDER = Path(__file__).parents[3]
sys.path.append(str(FOLDER / "examples"))
make_companies = importlib.import_module("make_companies")

BOOK = load_rulebook()
ROWS = yaml.safe_load((FOLDER / "tests" / "data" / "registers" / "rows.yaml").read_text("utf-8"))
READER = Addresses(BOOK.gazetteer)
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def read(
    row: dict[str, object], units: Mapping[str, str] | None = None
) -> tuple[dict[str, object], list[str], list[str]]:
    """The facts of a row, the columns of its notes, and those it is rejected for."""
    plan = plan_of(BOOK, list(row), units=units)
    facts, told = RegisterColumns(BOOK, plan).read(CellTable({heading: [cell] for heading, cell in row.items()}, 1))
    held = {fact: cell for fact, cell in facts.to_pylist()[0].items() if cell is not None}
    notes = [told.notes.words[which].column for which in told.notes.which]
    return held, notes, [loss.problem.location.file for loss in told.losses]


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case["name"])
def test_a_row_tells_what_it_says_and_no_more(case: dict[str, Any]) -> None:
    facts, notes, refused = read(case["row"], case.get("units"))
    assert refused == case.get("refused", [])
    if not refused:
        assert facts == case["facts"]
    assert notes == case.get("notes", [])


RIGHT_CODE = make_companies.code("330122", random.Random(1))


@given(st.integers(0, 2**32))
def test_a_code_that_is_right_is_taken_and_any_other_letter_in_it_is_caught(seed: int) -> None:
    draw = random.Random(seed)
    right = make_companies.code("310115", draw)
    assert credit_codes.read(right) == right
    place = draw.randrange(18)
    wrong = draw.choice([one for one in LETTERS if one != right[place]])
    with pytest.raises(ValueError, match=r"code|digit"):
        credit_codes.read(right[:place] + wrong + right[place + 1 :])


@pytest.mark.parametrize("mark", ["'", "’", "‘", "＇", " ' "])
def test_the_mark_of_text_before_a_code_is_no_part_of_it(mark: str) -> None:
    assert credit_codes.read(f"{mark}{RIGHT_CODE}") == RIGHT_CODE
    with pytest.raises(ValueError, match="identity card"):
        credit_codes.read(f"{mark}11010519491231002X")


@given(st.text(alphabet=string.printable + "上海天津", max_size=30))
def test_any_text_is_a_code_or_is_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert len(credit_codes.read(text)) == 18


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("91110108", "110000"),  # a district, whose number a zone's registrar may have taken
        ("91120118", "120000"),  # the registrar of the Tianjin free trade zone; 静海区 has the number in GB/T 2260
        ("91330782", "330700"),
        ("91320594", "320500"),  # an industrial park's number, which GB/T 2260 lacks
        ("91310119", "310000"),  # a merged district
        ("91500105", "500000"),  # a merged district whose name another city still has
        ("91440682", "440600"),  # a divided county is read as its city
        ("91142299", "140900"),  # an unknown county, of a former prefecture
        ("91469025", "469025"),  # a reused code
        ("91100000", None),  # a national authority
    ],
)
def test_a_code_tells_the_city_that_gave_it_and_no_district(code: str, place: str | None) -> None:
    area = credit_codes.place(code.ljust(18, "0"), BOOK.gazetteer)
    assert (area and area.division) == place


@pytest.mark.parametrize("former", BOOK.gazetteer.former.all, ids=lambda one: f"{one.code}-{one.ended}")
def test_a_former_division_is_read_in_addresses_and_codes_as_what_it_stands_for(former: Former) -> None:
    gazetteer = BOOK.gazetteer
    if former.code not in gazetteer.divisions:
        area = credit_codes.place(f"91{former.code}".ljust(18, "0"), gazetteer)
        last = gazetteer.former_by_code(former.code)
        assert area is not None
        assert last is not None
        assert area.division == gazetteer.city_of(last.place)
        # Its name matters where the code's other digits tell another city than it is in today.
        assert area.former == last or (area.former is None and former.code[:3] == area.division[:3])
    around = gazetteer.path(former.place)[1:] if gazetteer.level(former.place) == "county" else [former.place]
    found = READER.read("".join(gazetteer.name(one) for one in reversed(around)) + former.zh + "示例号")
    assert found.division is not None
    if re.fullmatch("(市|城|郊|市郊|新|矿)区", former.zh):  # any city's centre or outskirts: nothing finer is certain
        assert gazetteer.lies_in(found.division, around[0])
    elif found.former:  # 思茅市 was once a city and once a district of today's: the larger one is certain
        assert [one.zh for one in found.former] == [former.zh]
        assert gazetteer.lies_in(former.place, found.division)
    else:  # a current division of that name takes precedence, and is where the former one was
        assert former.zh in (gazetteer.name(found.division), *map(gazetteer.name, gazetteer.path(found.division)))


@given(st.sampled_from(sorted(BOOK.gazetteer.divisions)))
def test_an_address_that_begins_with_all_the_names_is_read_to_its_end(code: str) -> None:
    gazetteer = BOOK.gazetteer
    names = [gazetteer.divisions[one].zh for one in reversed(gazetteer.path(code))]
    assert READER.read("".join(names) + "示例路1号").division == code


@given(st.sampled_from(sorted(BOOK.gazetteer.divisions)), st.sampled_from(["路1号", "街1号", "大街1号", "大道1号"]))
def test_a_street_that_is_called_like_a_place_is_in_no_place(code: str, street: str) -> None:
    short = re.sub("(省|市|区|县|自治区|自治州|特别行政区)$", "", BOOK.gazetteer.divisions[code].zh)
    assert READER.read(f"{short}{street}").division is None


@given(st.sampled_from(sorted(BOOK.gazetteer.zones)))
def test_a_zone_that_an_address_names_moves_nothing_that_the_city_settles(id: str) -> None:
    zone = BOOK.gazetteer.zones[id]
    told, _, _ = read({"住所": f"{zone.zh}示例路1号"})
    day = datetime.date(2026, 11, 1)
    if "city" not in told:  # it lies in several provinces, or its name is read as another place's
        return
    # A short name is no zone's for certain, but the city before it counts.
    assert zone.whole or len(plain(zone.zh)) < 5 or id in told["zones.yes"]  # type: ignore[operator]
    named, bare = (
        check(Profile.of(parts_given(facts)), BOOK, as_of=day, engine="reference")
        for facts in (told, {"city": told["city"]})
    )
    for before, after in zip(bare.findings, named.findings, strict=True):
        if before.verdict is not Verdict.NEEDS_INFO:
            assert after.verdict is before.verdict, before.measure.row
        # That it stands in one zone says nothing against any other.
        elif after.verdict is Verdict.INELIGIBLE:
            whole = check(Profile(zones=[id]), BOOK, as_of=day, engine="reference")
            assert whole.findings[before.measure.row - 1].verdict is Verdict.INELIGIBLE


def test_a_cell_that_repeats_itself_without_end_is_read_as_any_other() -> None:
    assert Addresses(BOOK.gazetteer).read("天津经济技术开发区" * 10_000).division == "120116"


@given(st.text(max_size=40))
def test_any_text_is_an_address(text: str) -> None:
    found = Addresses(BOOK.gazetteer).read(text)
    assert found.division is None or found.division in BOOK.gazetteer.divisions


@given(st.fixed_dictionaries({}, optional=facts_of(BOOK)))
def test_facts_under_their_own_names_are_read_as_they_are(told: dict[str, Any]) -> None:
    facts, notes, refused = read(told, {"foreign_share": "percent"} if "foreign_share" in told else None)
    if "city" not in told:
        told = {name: value for name, value in told.items() if name != "district"}
        facts.pop("district", None)
    if "sector" in told:
        told = {**told, "sector": [told["sector"]]}
    if "foreign_share" in told:
        told = {**told, "foreign_share": number_of(told["foreign_share"])}
    assert facts == {
        name: value for name, value in told.items() if name != "registered_in"
    }  # nowhere, it tells nothing
    assert refused == []
    assert [one for one in notes if one not in ("foreign_share", "district", "registered_in")] == []


def test_headings_are_known_in_both_languages_and_any_typography() -> None:
    headings = [
        "Company Name",
        "统一社会信用代码",
        "ADDRESS",
        "外资比例 (%)",
        "主体类型",
        "determinations.22.specific-area",
        "备注",
    ]
    plan = plan_of(BOOK, headings)
    assert list(plan.holds.values()) == [
        "name", "credit_code", "address", "foreign_share", "entity_kind", "determinations.22.specific-area",
    ]  # fmt: skip
    assert plan.ignored == ("备注",)


def test_two_columns_for_one_thing_both_count_until_one_is_ignored() -> None:
    both = plan_of(BOOK, ["外资比例", "外方股比"])
    assert both.headings("foreign_share") == ("外资比例", "外方股比")
    assert plan_of(BOOK, ["外资比例", "外方股比"], {"外方股比": "ignore"}).holds == {"外资比例": "foreign_share"}


def test_a_mapping_says_what_headings_do_not_and_is_told_all_its_mistakes() -> None:
    assert plan_of(BOOK, ["哪里"], {"哪里": "address"}).holds == {"哪里": "address"}
    with pytest.raises(ProfileError) as caught:
        plan_of(BOOK, ["哪里"], {"那里": "address", "哪里": "adress"})
    assert [problem.code for problem in caught.value.problems] == ["S201", "S202"]
    assert "did you mean `address`" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("headings: {a: b}\n", "there is no `columns:`"),
        ("columns: {a: city}\nmore: 1\n", ":2:1: S212 unknown key `more`"),
        ("columns:\n  a:\n", "`a` does not say what it holds"),
        ("columns: {a: city, a: name}\n", "a"),
        ("columns: [", "S"),
        ("units: {a: percentage}\n", ":1:12: S213 `percentage` is no unit"),
        ("columns: {a: city}\nunits: 5\n", "`units` should list headings"),
    ],
)
def test_a_mapping_file_that_is_none_is_refused_with_its_place(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ProfileError) as caught:
        read_mapping(path)
    assert says in str(caught.value)
    assert "mapping.yaml" in str(caught.value)


def test_a_mapping_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text("columns:\n  企业住所地: address\n  备注: ignore\n", "utf-8")
    assert read_mapping(path) == RegisterMapping({"企业住所地": "address", "备注": "ignore"})
    path.write_text("units:\n  外资比例: fraction\n", "utf-8")
    assert read_mapping(path) == RegisterMapping({}, {"外资比例": "fraction"})
    with pytest.raises(ProfileError, match="cannot be read"):
        read_mapping(tmp_path / "nowhere.yaml")


def test_the_companies_of_the_example_are_made_by_its_script() -> None:
    made = io.StringIO(newline="")
    make_companies.main(made)
    assert made.getvalue() == (FOLDER / "examples" / "companies.csv").read_bytes().decode("utf-8")


def test_a_city_that_is_said_of_all_companies_is_the_one_that_is_known_by_its_name() -> None:
    headings = ["name", "city"]
    columns = RegisterColumns(BOOK, plan_of(BOOK, headings), defaults={"city": "Suzhou"})
    facts, told = columns.read(CellTable({"name": ["甲", "乙"], "city": [None, "Suzhou"]}, 2))
    assert facts.column("city").to_pylist() == ["320500", None]
    assert told.notes.rows.tolist() == [1]


@pytest.mark.parametrize(
    ("headings", "held"),
    [
        (
            (
                "外方股权占比",
                "外资股东持股比例（%）",
                "外资占比（合计）",
                "外资认缴比例",
                "Foreign ownership %",
                "Foreign shareholding (%)",
            ),
            "foreign_share",
        ),
        (("Legal form", "type of company"), "company_type"),
        (("所属行业（大类）", "行业（大类）"), "sector_division"),
        (("所属行业（门类）",), "sector_section"),
        (("是否注册在本地", "是否在本地注册"), "registered_here"),
    ],
)
def test_headings_as_clerks_write_them_hold_what_they_say(headings: tuple[str, ...], held: str) -> None:
    for heading in headings:
        assert plan_of(BOOK, [heading]).holds == {heading: held}, heading


@pytest.mark.parametrize(
    ("heading", "may_be"),
    [
        ("营业地址", "address"),
        ("实际办公地址", "address"),
        ("登记类型", "company_type"),
        ("是否自贸区", "zones.yes"),
        ("Free trade zone", "zones.yes"),
        ("Nationality of parent", "investor_origins.yes"),
        ("控股方国别（地区）", "investor_origins.yes"),
    ],
)
def test_headings_that_may_mean_more_than_one_thing_are_not_read_and_told(heading: str, may_be: str) -> None:
    assert plan_of(BOOK, [heading]).holds == {}
    assert BOOK.headings.may_be[plain_heading(heading)] == may_be
