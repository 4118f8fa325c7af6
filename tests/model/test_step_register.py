"""The effect of an entry that lists rows for a place without stating a step."""

from __future__ import annotations

import datetime

import pytest

from applicability import Profile, Rulebook, check, load_rulebook
from applicability.model.measure import Measure
from applicability.model.rulebook import Entry
from applicability.model.step_register import with_entries
from applicability.model.verdict import Verdict
from applicability.text import Text

from ..examples import one_in

BOOK = load_rulebook()
DAY = datetime.date(2026, 1, 9)
DOCUMENT = next(iter(BOOK.documents))


def listed(rows: set[int], places: tuple[str, ...], step: str | None = None) -> Rulebook:
    text = Text("清单", "a list")
    entry = Entry("list", "records", DAY, text, text, "user", places, frozenset(rows), DOCUMENT, step)
    return with_entries(BOOK, (entry,))


def scope(row: int, city: str, book: Rulebook, day: datetime.date = DAY) -> Verdict | None:
    return check(Profile(city=city, zones=[]), book, as_of=day, engine="reference").finding(row).scope_verdict


WITH_SCOPE = [measure for measure in BOOK.measures if measure.condition is not None]


@pytest.mark.parametrize("measure", one_in(4, WITH_SCOPE), ids=lambda measure: str(measure.row))
def test_every_row_that_is_listed_for_a_city_has_its_place_open_there_from_that_day(measure: Measure) -> None:
    book = listed({measure.row}, ("320500",))
    assert scope(measure.row, "苏州", book) is Verdict.ELIGIBLE
    early = DAY - datetime.timedelta(days=1)
    assert scope(measure.row, "苏州", book, early) is scope(measure.row, "苏州", BOOK, early)
    assert scope(measure.row, "合肥", book) is scope(measure.row, "合肥", BOOK)


def test_a_list_is_no_result_of_a_study_that_the_row_itself_orders() -> None:
    profile = Profile(city="苏州", zones=[], activities=["private-fund-management"], entity_kind="enterprise")
    assert check(profile, listed({39}, ("320500",)), as_of=DAY).finding(39).verdict is Verdict.PENDING
    both = with_entries(listed({39}, ("320500",)), listed({39}, ("320500",), "study").register[-1:])
    assert check(profile, both, as_of=DAY).finding(39).verdict is Verdict.ELIGIBLE


def test_where_nothing_in_the_scope_waits_a_list_takes_the_step_of_the_text() -> None:
    profile = Profile(city="广州", zones=[], activities=["private-fund-management"], entity_kind="enterprise")
    assert check(profile, listed({39}, ("440100",)), as_of=DAY).finding(39).verdict is Verdict.ELIGIBLE


def test_each_place_takes_the_step_that_it_waits_on() -> None:
    book = listed({143}, ("120000", "320500"))
    assert scope(143, "天津", book) is Verdict.ELIGIBLE
    assert scope(143, "苏州", book) is Verdict.ELIGIBLE
    assert {entry.step for entry in book.register[-2:]} == {"own-application", "opt-in"}
    assert len({entry.id for entry in book.register}) == len(book.register)
