"""The English of the plan's words: beside them in English, marked as unofficial, and nowhere in Chinese."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from applicability import Rulebook, check
from applicability.loading.rulebook import build
from applicability.loading.source import read_source
from applicability.model.translation import Rendering, Translations
from applicability.report import Format, Options, render, whole

from .conftest import Assess

FOLDER = Path(__file__).parents[1] / "data" / "small-rulebook"
FORMATS: list[Format] = ["text", "markdown", "html"]
TOURS = "Allow foreign travel agencies set up locally to engage in outbound tourism"


@pytest.mark.parametrize("format_", FORMATS)
def test_english_stands_beside_the_words(format_: Format, assess: Assess) -> None:
    found = whole(assess(city="上海", activities=["travel-agency"], foreign_share=60))
    shown = render(found, format_, Options("en", width=1000)).replace("\\", "")
    shown = " ".join(shown.split())
    assert "允许在本地设立的外资旅行社经营出境旅游业务" in shown
    assert f"unofficial translation: “{TOURS}" in shown
    assert "[unofficial: “(except to the Taiwan area)”]" in shown
    assert "unofficial translation made for this rulebook" in shown
    chinese = render(found, format_, Options("zh", width=1000))
    assert TOURS not in chinese
    assert "unofficial" not in chinese


def test_a_result_in_json_has_both(assess: Assess) -> None:
    found = json.loads(render(whole(assess(city="上海")), "json", Options("zh")))
    row = next(one for one in found["findings"] if one["measure"] == 3)
    assert row["text_en"].startswith("Allow qualified foreign enterprises")
    assert {one["quote"]: one["quote_en"] for one in row["judgements"]}["特定区域"] == "specific areas"


def test_an_answer_in_chinese_unpacks_no_translation(assess: Assess, rulebook: Rulebook) -> None:
    packed = Translations(rulebook.translations.packed)
    assessment = check({"city": "上海"}, replace(rulebook, translations=packed))
    render(whole(assessment), "text", Options("zh"))
    assert "_by_document" not in vars(packed)
    render(whole(assessment), "text", Options("en"))
    assert "_by_document" in vars(packed)
    assert "_by_document" not in vars(pickle.loads(pickle.dumps(packed)))


def test_a_rulebook_does_without() -> None:
    source = read_source(FOLDER)
    files = {name: data for name, data in source.files.items() if not name.startswith("translations/")}
    book = build(replace(source, files=files))
    shown = render(whole(check({"city": "上海"}, book)), "text", Options("en"))
    assert not book.translations
    assert "unofficial" not in shown


def test_a_span_split_by_the_order_of_words() -> None:
    rendering = Rendering("Support them, where qualified, in listing abroad.")
    assert rendering.holds("Support them … in listing abroad")
    assert not rendering.holds("in listing abroad … Support them")
    assert not rendering.holds("support them")
