"""A share below one without its sign, on the page without script and for programs."""

from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient

from applicability.text import Lang
from applicability.web.texts import TEXTS

FORM = {"city": "成都", "sector": "7291"}


def shares(text: str) -> list[str]:
    """What may be chosen of a share."""
    return re.findall(r'name="share_means" value="([^"]+)"', text)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", ["", "compare"])
def test_it_is_asked_and_not_counted_until_it_is_said(http: TestClient, lang: Lang, path: str) -> None:
    asked = html.unescape(http.post(f"/{lang}/{path}", data={**FORM, "foreign_share": "0.3"}).text)
    assert shares(asked) == ["0.3=30%", "0.3=0.3%"]
    assert re.search(r'<input id="foreign_share"[^>]* value="0.3"', asked)
    assert TEXTS["share_left_out"].of(lang).format(share="0.3") in asked
    said = html.unescape(
        http.post(f"/{lang}/{path}", data={**FORM, "foreign_share": "0.3", "share_means": "0.3=30%"}).text
    )
    assert shares(said) == []
    assert re.search(r'<input id="foreign_share"[^>]* value="30%"', said)
    # What was said of another number counts for nothing.
    other = html.unescape(
        http.post(f"/{lang}/{path}", data={**FORM, "foreign_share": "0.4", "share_means": "0.3=30%"}).text
    )
    assert shares(other) == ["0.4=40%", "0.4=0.4%"]


def test_a_report_is_not_made_without_the_share_unseen(http: TestClient) -> None:
    told = http.post("/zh/report?format=html", data={**FORM, "foreign_share": "0.3"})
    assert "content-disposition" not in told.headers
    assert shares(told.text) == ["0.3=30%", "0.3=0.3%"]
    said = http.post("/zh/report?format=html", data={**FORM, "foreign_share": "0.3", "share_means": "0.3=0.3%"})
    assert "attachment" in said.headers["content-disposition"]


@pytest.mark.parametrize("clear", ["0", "0.0", "1", "1.5", "0.3%", "0.3 ％", "100", "40"])
def test_what_is_clear_is_not_asked(http: TestClient, clear: str) -> None:
    told = http.post("/zh/", data={**FORM, "foreign_share": clear})
    assert told.status_code == 200
    assert shares(told.text) == []


def test_programs_give_percentages(http: TestClient) -> None:
    told = http.post("/v1/check", json={**FORM, "foreign_share": 0.3}).json()
    assert str(told["profile"]["foreign_share"]) == "0.3"
