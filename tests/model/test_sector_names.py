"""The English names of sectors: every code has one, it finds the code, and a Chinese term has one rendering."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from applicability import load_rulebook
from applicability.loading.source import rules_folder
from applicability.model.catalogue import Named, forms, is_residual

SECTORS = load_rulebook().sectors


def _table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


NAMES = [Named(*row) for row in _table(rules_folder() / "sector_names.csv")]
# A Chinese term, and what it may be in English, longer terms before those that they contain.
TERMS = sorted(_table(Path(__file__).parents[1] / "data" / "sector_terms.csv"), key=lambda row: -len(row[0]))


def test_every_code_has_a_name_in_both_languages() -> None:
    for one in NAMES:
        assert re.search(r"[\u4e00-\u9fff]", one.zh), one
        assert re.fullmatch(r"[A-Z3][A-Za-z0-9é,.'() -]+", one.en), one
        assert SECTORS.named(one.code) == one


def test_only_the_first_word_and_proper_names_have_a_capital() -> None:
    proper = {"Chinese", "Western", "China", "Communist", "Party", "Youth", "League", "CPPCC"}
    proper |= {"People's", "Political", "Consultative", "Conference"}
    for one in NAMES:
        capital = {word for word in re.findall(r"[\w']+", one.en)[1:] if word[0].isupper()}
        assert capital <= proper, one


def test_one_chinese_name_has_one_english_name_and_no_other_has_it() -> None:
    """So that the names within a group are distinct; a group and its only class share both."""
    english: dict[str, str] = {}
    chinese: dict[str, str] = {}
    for one in NAMES:
        assert english.setdefault(one.zh, one.en) == one.en, one
        assert chinese.setdefault(forms(one.en)[2], one.zh) == one.zh, one


def test_a_chinese_term_has_one_rendering() -> None:
    used = set()
    for one in NAMES:
        rest = one.zh
        for term, renderings in TERMS:
            if term in rest:
                rest = rest.replace(term, "|")
                used.add(term)
                assert any(word.casefold() in one.en.casefold() for word in renderings.split("|")), (one, term)
    assert used == {term for term, _ in TERMS}


def test_an_english_name_is_read_as_its_code_or_as_what_it_alone_makes_up() -> None:
    for one in NAMES:
        # Other services are also any other service.
        for written in (one.en, one.en.upper(), one.en.lower()) if one.code != "82" else ():
            (found,) = SECTORS.sectors_of(written)
            assert SECTORS.lies_in(one.code, found)
            assert SECTORS.named(found).en == one.en
        for written in (f"{one.code} {one.en}", f"{one.en} ({one.code})"):
            assert SECTORS.sectors_of(written) == (one.code,)
        assert not is_residual(one.en)


@pytest.mark.parametrize(
    "names", [pytest.param(NAMES[::20], id="some"), pytest.param(NAMES, id="all", marks=pytest.mark.thorough)]
)
def test_a_search_by_an_english_name_finds_its_code_first(names: list[Named]) -> None:
    for one in names:
        first = SECTORS.catalogue.search(one.en)[0].sector
        assert SECTORS.lies_in(one.code, first.code)
        assert first.en == one.en


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("tourist hotel", "611"),
        ("supply chain", "7224"),
        ("veterinary", "7493"),
        ("loss adjusting", "6853"),
        ("gas hydrates", "0722"),
        ("retail furniture", "5283"),
    ],
)
def test_words_of_an_english_name_find_the_sector(words: str, code: str) -> None:
    assert code in [hit.sector.code for hit in SECTORS.catalogue.search(words)]


def test_an_english_name_that_is_misspelt_is_found_by_its_spelling() -> None:
    assert [one.code for one in SECTORS.near("Tourist hotles")] == ["611"]
    assert "7493" in [one.code for one in SECTORS.near("Vetrinary services")]
