"""Golden outputs of every format, in both languages."""

from __future__ import annotations

import pytest

from applicability import Rulebook
from applicability.report import Format, Options, Selection, render, whole
from applicability.report.interview.profile_template import profile_template
from applicability.report.rulebook.measure import render as render_measures
from applicability.text import Lang

from .conftest import Assess, Golden

PROFILES: dict[str, dict[str, object]] = {
    "shanghai": {
        "name": "\x1b[31m红<b>色</b>\x1b[0m *旅行社*",
        "city": "上海",
        "activities": ["travel-agency", "ip-vpn", "cross-border-data"],
        "foreign_share": "50.01",
    },
    "suzhou": {"city": "苏州"},
    "binhai": {"city": "天津", "zones": ["东疆"], "sector": ["71", "81"], "entity_kind": "sole-proprietorship"},
    "nobody": {},
}
EXTENSIONS: dict[Format, str] = {"text": "txt", "markdown": "md", "html": "html"}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PROFILES)
def test_the_terminal_shows(name: str, lang: Lang, assess: Assess, golden: Golden) -> None:
    shown = render(whole(assess(**PROFILES[name])), "text", Options(lang, width=80))
    golden(f"{name}.{lang}.txt", shown)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("format_", ["markdown", "html"])
def test_a_page_shows(format_: Format, lang: Lang, assess: Assess, golden: Golden) -> None:
    shown = render(whole(assess(**PROFILES["shanghai"])), format_, Options(lang))
    golden(f"shanghai.{lang}.{EXTENSIONS[format_]}", shown)


@pytest.mark.parametrize("format_", ["json", "yaml"])
def test_data_shows(format_: Format, assess: Assess, golden: Golden) -> None:
    golden(f"shanghai.{format_}", render(whole(assess(**PROFILES["shanghai"])), format_, Options("en")))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_single_row_explained_shows(lang: Lang, assess: Assess, golden: Golden) -> None:
    assessment = assess(**PROFILES["binhai"])
    selection = Selection(assessment, (assessment.finding(8), assessment.finding(9)), single=True)
    for format_, end in EXTENSIONS.items():
        golden(f"explained.{lang}.{end}", render(selection, format_, Options(lang, explain=True)))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_measure_by_itself_shows(lang: Lang, rulebook: Rulebook, golden: Golden) -> None:
    golden(f"measures.{lang}.txt", render_measures(rulebook, list(rulebook.measures), Options(lang)))


def test_the_profile_to_start_from_shows(rulebook: Rulebook, golden: Golden) -> None:
    golden("profile.yaml", profile_template(rulebook))
