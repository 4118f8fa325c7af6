"""Every code that the package raises is documented once, in both languages, with an example message."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from .sources import modules

sys.path.append(str(Path(__file__).parents[1] / "tools"))
from error_codes import PAGES, TABLE as WRITTEN, ErrorCode, codes_in_source, page, read_table

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


def texts_of_source() -> Iterator[tuple[str, list[str]]]:
    """The texts of the source, each as its longest part and the parts around its slots; without those of hardly a
    word.
    """
    for node in (node for module in modules().values() for node in ast.walk(module)):
        match node:
            case ast.Constant(value=str(text)):
                parts = re.split(r"\{\w*\}", text)
            case ast.JoinedStr(values=values):
                parts = [str(one.value) if isinstance(one, ast.Constant) else "" for one in values]
            case _:
                continue
        if sum(3 if ord(letter) > 127 else 1 for part in parts for letter in part if letter.isalnum()) > 5:
            yield max(parts, key=len), parts


@pytest.mark.thorough
def test_an_example_written_by_hand_has_the_words_of_the_source() -> None:
    texts = [*texts_of_source()]

    def stands(message: str) -> bool:
        # Looking for a part first is many times as fast as matching them all.
        likely = (parts for longest, parts in texts if longest in message)
        return any(re.fullmatch(".*".join(map(re.escape, parts)), message, re.DOTALL) for parts in likely)

    stale = []
    for item in yaml.load(WRITTEN.read_bytes(), Loader=yaml.CSafeLoader):
        for code, example in item.get("examples", {}).items():
            messages = [example[lang].splitlines()[0].split(f" {code} ", 1)[1] for lang in PAGES]
            stale += [f"{code}: {message}" for message in messages if not stands(message)]
    assert stale == []
