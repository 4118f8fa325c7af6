"""Every code that the package raises is documented once, in both languages, with an example message."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "tools"))
from error_codes import PAGES, ErrorCode, codes_in_source, page, read_table

TABLE = read_table()


def test_the_table_has_the_codes_of_the_source_each_once() -> None:
    codes = [one.code for one in TABLE]
    assert len(codes) == len(set(codes))
    assert set(codes) == codes_in_source()


@pytest.mark.parametrize("lang", PAGES)
def test_a_page_is_current(lang: str) -> None:
    assert PAGES[lang].read_text("utf-8") == page(TABLE, lang), "python tools/error_codes.py --write puts it in order"


@pytest.mark.parametrize("one", TABLE, ids=lambda one: one.code)
def test_a_code_is_explained_in_both_languages(one: ErrorCode) -> None:
    for words in (one.title, one.cause, one.remedy):
        assert set(words) == {"en", "zh"}
        assert all(text.strip() == text != "" for text in words.values())
        assert re.search("[\u4e00-\u9fff]", words["zh"])
    for lang in PAGES:
        assert f" {one.code} " in one.example[lang].splitlines()[0]
