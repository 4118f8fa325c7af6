"""Which place a row means: it is said where the row reads something that says so, and nowhere else."""

from __future__ import annotations

from applicability import load_rulebook
from applicability.report import Options
from applicability.report.language.place_meant import places_meant
from applicability.report.rulebook import measure as page

BOOK = load_rulebook()


def test_the_place_is_that_of_what_the_row_reads() -> None:
    said = {one.row: [told.en for told in places_meant(BOOK, one)] for one in BOOK.measures}
    assert said[119] == said[57] == ["where the enterprise is registered"]
    assert said[112] == said[109] == ["where the person enters, stays, lives, works or practises"]
    assert said[89] == ["where the goods enter for repair and leave again"]
    assert said[122] == ["where the office is, not its clients or cases"]
    assert said[1] == said[58] == said[90] == []  # 90 is for other services too
    assert 10 < sum(bool(told) for told in said.values()) < 40


def test_a_measure_is_shown_with_the_place_to_give() -> None:
    shown = {row: page.render(BOOK, [BOOK.measure(row)], Options("en", width=100)) for row in (119, 1)}
    assert "The place to give\n  where the enterprise is registered" in shown[119]
    assert "The place to give" not in shown[1]
    assert "所填地点\n  企业注册的地点" in page.render(BOOK, [BOOK.measure(119)], Options("zh", width=100))
