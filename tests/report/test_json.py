"""The JSON contract: valid by its own schema, complete, and equal to the YAML."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import jsonschema
import pytest
import yaml

from applicability import Rulebook
from applicability.report import Options, render, whole
from applicability.report.assessment.json import assessment_json
from applicability.report.contract import plain
from applicability.report.interview.profile_template import profile_template
from applicability.report.schema import schema

from .conftest import Assess

PROFILES: list[dict[str, Any]] = [
    {}, {"city": "上海", "foreign_share": 50}, {"city": "苏州"}, {"city": "长沙"}, {"city": "海南", "zones": []},
    {"city": "滨海新区", "investors": [{"origin": "香港", "share": "33.4"}], "determinations": {"3.qualified": True}},
]  # fmt: skip
KEYS = {
    "measure", "chapter", "verdict", "force", "addressee", "binds_authorities_only", "text_lost", "title", "text",
    "scope", "why", "missing", "judgements", "doubts", "encoded", "document", "limbs", "limits", "notes",
    "interpretation", "narrower_reading", "text_en", "unlisted",
}  # fmt: skip


def data(assess: Assess, explain: bool = False, **facts: Any) -> Any:
    return json.loads(render(whole(assess(**facts)), "json", Options("en", explain)))


@pytest.mark.parametrize("facts", PROFILES, ids=str)
def test_an_assessment_is_valid_by_the_published_schema(
    facts: dict[str, Any], assess: Assess, rulebook: Rulebook
) -> None:
    published = schema("assessment", rulebook)
    jsonschema.Draft202012Validator.check_schema(published)
    jsonschema.validate(data(assess, True, **facts), published)


@pytest.mark.parametrize("facts", PROFILES, ids=str)
def test_every_row_is_there_and_the_counts_add_up(facts: dict[str, Any], assess: Assess, rulebook: Rulebook) -> None:
    found = data(assess, **facts)
    assert [one["measure"] for one in found["findings"]] == [measure.row for measure in rulebook.measures]
    assert sum(found["counts"].values()) == len(rulebook.measures)
    assert all(set(one) == KEYS for one in found["findings"])


def test_a_row_without_a_verdict_says_why(assess: Assess) -> None:
    rows = {one["measure"]: one for one in data(assess, city="上海")["findings"]}
    assert (rows[5]["verdict"], rows[5]["binds_authorities_only"]) == (None, True)
    assert (rows[6]["verdict"], rows[6]["text_lost"], rows[6]["scope"]["verdict"]) == (None, True, None)
    assert (rows[7]["verdict"], rows[7]["encoded"], rows[7]["scope"]["verdict"]) == (None, False, "eligible")


def test_yaml_holds_the_same_data(assess: Assess) -> None:
    assessment = assess(city="上海", foreign_share=50)
    written = yaml.safe_load(render(whole(assessment), "yaml", Options()))
    assert written == assessment_json(assessment).model_dump(mode="json")


def test_values_of_python_become_plain() -> None:
    assert plain({"a": {Decimal("33.40")}, 1: (True, None)}) == {"a": [33.4], "1": [True, None]}


@pytest.mark.parametrize("facts", PROFILES, ids=str)
def test_a_good_profile_is_valid_by_the_profile_s_schema(facts: dict[str, Any], rulebook: Rulebook) -> None:
    published = schema("profile", rulebook)
    jsonschema.Draft202012Validator.check_schema(published)
    jsonschema.validate(facts, published)


@pytest.mark.parametrize("facts", [{"citty": "x"}, {"foreign_share": 101}, {"entity_kind": "compny"}, {"zones": 1.5}])
def test_a_bad_profile_is_not(facts: dict[str, Any], rulebook: Rulebook) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(facts, schema("profile", rulebook))


def test_every_line_of_the_template_can_be_uncommented(assess: Assess, rulebook: Rulebook) -> None:
    text = profile_template(rulebook)
    examples = re.findall(r"^# ([a-z_]+: .+)$", text, re.MULTILINE)
    assert {line.split(":")[0] for line in examples} == {*rulebook.facts, "planned", "as_of", "determinations"}
    for line in examples:
        assess(**{"city": "天津", **yaml.load(line, Loader=yaml.BaseLoader)})


class Page(HTMLParser):
    """Collects ids, and any tag or attribute that would fetch or run something."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            assert name != "src"
            self.ids += [value or ""] if name == "id" else []
            self.links += [value or ""] if name == "href" else []


def test_the_page_fetches_nothing_and_has_an_anchor_for_every_row(assess: Assess, rulebook: Rulebook) -> None:
    page = Page()
    text = render(whole(assess(name="<script>alert(1)</script>", city="上海")), "html", Options("zh"))
    page.feed(text)
    assert '<html lang="zh-Hans">' in text
    assert not page.tags & {"script", "img", "link", "iframe", "object"}
    assert len(page.ids) == len(set(page.ids))
    assert {f"row-{measure.row}" for measure in rulebook.measures} <= set(page.ids)
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
