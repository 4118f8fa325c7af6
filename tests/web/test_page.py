"""The page without script: in both languages, from the empty form to a report, and nothing of it can be injected."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient

from applicability.web.texts import TEXTS

FORM = {"city": "成都", "sector": "7291", "foreign_share": "40"}
STATIC = Path(__file__).parents[2] / "src" / "applicability" / "web" / "static"


@pytest.mark.parametrize(("accepted", "there"), [("zh-CN", "/zh/"), ("en", "/en/"), ("fr", "/en/")])
def test_the_page_speaks_the_browsers_language(http: TestClient, accepted: str, there: str) -> None:
    response = http.get("/", headers={"accept-language": accepted}, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, there)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "path", ["", "measures", "measures?q=旅行社", "measures/57", "measures/144", "compare", "map", "register"]
)
def test_every_page_is_there_in_both_languages(http: TestClient, lang: str, path: str) -> None:
    response = http.get(f"/{lang}/{path}")
    assert response.status_code == 200
    assert f'<html lang="{"zh-Hans" if lang == "zh" else "en"}">' in response.text
    assert "{{" not in response.text
    for inline in (" style=", "<style", " onclick=", "javascript:", "http://", "https://"):
        assert inline not in response.text.replace("http://www.w3.org", ""), inline
    assert not re.search(r"<script(?![^>]*(application/json|src=))", response.text)


def test_a_form_is_answered_and_asks_on(http: TestClient) -> None:
    first = http.post("/zh/", data=FORM)
    assert first.status_code == 200
    assert 'name="asked" value="activities"' in first.text
    assert "travel-agency" in first.text
    more = http.post("/zh/", data={**FORM, "asked": "activities", "answer": ["travel-agency"], "no_zones": "1"})
    assert 'value="activities=[&#34;travel-agency&#34;]"' in more.text
    passed = http.post("/zh/", data={**FORM, "asked": "activities", "answer": ["travel-agency"], "pass": "1"})
    assert 'name="unknown" value="activities"' in passed.text
    assert 'name="asked" value="activities"' not in passed.text


def test_a_travel_agency_reaches_its_measure_with_its_limits(http: TestClient) -> None:
    facts = ['activities=["travel-agency"]', 'entity_kind="enterprise"', "registered_here=true", "licences=[]"]
    told = http.post("/zh/", data={**FORM, "no_zones": "1", "fact": facts})
    assert "/zh/measures/57" in told.text
    assert 'name="limits.57.taiwan"' in told.text
    kept = http.post("/zh/", data={**FORM, "no_zones": "1", "fact": facts, "limits.57.taiwan": "true"})
    assert re.search(r'name="limits.57.taiwan" value="true" checked', kept.text)
    report = http.post("/zh/report?format=html", data={**FORM, "no_zones": "1", "fact": facts})
    assert "attachment" in report.headers["content-disposition"]
    compared = http.post("/en/compare", data={**FORM, "no_zones": "1", "fact": facts})
    assert "Tianjin" in compared.text
    assert '<table class="matrix">' in compared.text


@pytest.mark.parametrize(("lang", "heading", "words"), [
    ("zh", "设立后可以做：方案允许", "设立后可适用的措施"),
    ("en", "You may do this once it is set up: the plan permits it", "What would be open once it is set up"),
])  # fmt: skip
def test_a_company_that_is_only_planned_is_told_what_would_be(
    http: TestClient, lang: str, heading: str, words: str
) -> None:
    facts = ['activities=["travel-agency"]', 'entity_kind="enterprise"', "registered_here=true"]
    own = {**FORM, "no_zones": "1", "fact": facts}
    for planned in (True, False):
        form = {**own, "planned": "1"} if planned else own
        told = http.post(f"/{lang}/", data=form).text
        assert (f"<h3>{heading}</h3>" in told) == planned
        assert bool(re.search(r'name="planned" value="1"[^>]* checked', told)) == planned
        assert 'value="planned=' not in told  # it has a field of its own
        report = http.post(f"/{lang}/report?format=html", data=form).text
        assert (words in html.unescape(report)) == planned


def test_a_sector_is_called_alike_in_its_field_and_in_the_answer(http: TestClient) -> None:
    (hit,) = (one for one in http.post("/v1/sectors", json={"q": "8425"}).json()["sectors"] if one["code"] == "8425")
    name = hit["name"]["en"]
    assert name == "Outpatient departments and clinics"
    told = html.unescape(http.post("/en/", data={"city": "海口", "sector": "8425"}).text)
    assert f"unlikely for sector 8425 {name}" in told
    report = http.post("/en/report?format=html", data={"city": "海口", "sector": "8425"})
    assert (
        "8425%20Outpatient" in report.headers["content-disposition"]
        or "8425 Outpatient" in (report.headers["content-disposition"])
    )


def test_a_measure_says_whom_to_ask(http: TestClient) -> None:
    every = {one["measure"]: one for one in http.get("/v1/measures").json()["measures"]}
    told = {row: http.get(f"/v1/measures/{row}").json()["contacts"] for row in every}
    named = next(row for row, found in told.items() if any(one["quote"] for one in found))
    inferred = next(row for row, found in told.items() if found[0]["inferred"])
    quote = next(one["quote"] for one in told[named] if one["quote"])
    assert quote in every[named]["text"]
    assert quote in http.get(f"/zh/measures/{named}").text
    assert "推断，原文没有指明" in http.get(f"/zh/measures/{inferred}").text
    assert "inferred: the words name nobody" in http.get(f"/en/measures/{inferred}").text


@pytest.mark.parametrize("path", ["", "report?format=pdf", "compare", "compare/report?format=html"])
def test_a_mistake_loses_nothing_that_was_typed(http: TestClient, path: str) -> None:
    form = {**FORM, "city": "nowhereatall", "fact": ['entity_kind="enterprise"']}
    told = http.post(f"/en/{path}", data=form)
    assert told.status_code == 422
    assert 'value="nowhereatall"' in told.text
    assert 'value="40"' in told.text
    assert 'value="entity_kind=&#34;enterprise&#34;"' in told.text


def test_what_is_typed_is_text(http: TestClient) -> None:
    attack = '"><script>alert(1)</script>\u202e'
    for name in ("name", "city", "sector", "foreign_share", "zones"):
        response = http.post("/en/", data={**FORM, name: attack})
        assert response.status_code in (200, 422)
        assert "<script>alert" not in response.text
        assert "\u202e" not in response.text
    response = http.post("/en/", data={**FORM, "fact": [f"activities={attack}", "nothing=1"], "unknown": attack})
    assert "<script>alert" not in response.text
    assert http.get("/en/measures", params={"q": attack}).status_code == 200
    assert "<script>alert" not in http.get("/en/measures", params={"q": attack}).text
    assert http.post("/en/", json=FORM).status_code == 415


def test_mistakes_are_told_where_they_are(http: TestClient) -> None:
    response = http.post("/zh/", data={"city": "天浸"})
    assert response.status_code == 422
    assert "天浸" in html.unescape(response.text)
    assert "problems" in response.text
    # A name that shares some letters with a place is not taken for it.
    assert "lanxishi" not in http.post("/en/", data={"city": "Atlantis"}).text
    assert "Did you mean “Tianjin" in html.unescape(http.post("/en/", data={"city": "Tianjing"}).text)
    assert http.get("/xx/").status_code in (404, 422)
    assert http.get("/zh/measures/999").status_code == 404
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/nothing"):
        assert http.get(path).status_code == 404, path


def test_a_register_is_screened_without_script(http: TestClient) -> None:
    table = Path(__file__).parents[2] / "examples" / "companies.csv"
    data = b"".join(table.read_bytes().splitlines(keepends=True)[:30])
    response = http.post("/en/screen", files={"file": ("companies.csv", data)})
    assert response.content.startswith(b"PK")
    assert http.post("/en/screen", files={"file": ("companies.exe", b"x")}).status_code == 422
    assert http.post("/en/screen", data={"file": "x"}).status_code == 422


def test_words_are_there_in_both_languages() -> None:
    for name, text in TEXTS.items():
        assert text.zh, name
        assert text.en, name
        assert (
            re.findall(r"\{\w+\}", text.zh)
            and sorted(re.findall(r"\{\w+\}", text.zh)) == sorted(re.findall(r"\{\w+\}", text.en))
        ) or "{" not in text.zh + text.en, name


def test_every_word_of_the_script_is_there() -> None:
    script = "\n".join(one.read_text("utf-8") for one in STATIC.glob("*.js"))
    used = {*re.findall(r"\bt\.([a-z_]+)", script), *re.findall(r'\bsay\("([a-z_]+)"', script)}
    assert used - {"buckets", "meanings", "forces", "verbs", "force_meanings", "plain", "in_short"} <= set(TEXTS)


def test_the_script_is_small() -> None:
    import gzip

    script = b"".join(one.read_bytes() for one in STATIC.glob("*.js"))
    assert len(gzip.compress(script)) < 60_000


@pytest.mark.parametrize(("lang", "words"), [("zh", "没有第999项"), ("en", "there is no item 999")])
def test_a_browser_is_refused_with_a_page(http: TestClient, lang: str, words: str) -> None:
    browser = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    for path, status in (("measures/999", 404), ("measures/x", 422), ("nothing", 404), ("report", 405)):
        told = http.get(f"/{lang}/{path}", headers=browser)
        assert told.status_code == status, path
        assert told.headers["content-type"].startswith("text/html"), path
        assert f'<html lang="{"zh-Hans" if lang == "zh" else "en"}">' in told.text
    assert words in html.unescape(http.get(f"/{lang}/measures/999", headers=browser).text)
    assert http.get(f"/{lang}/measures/999").json()["status"] == 404
    assert http.get("/v1/measures/999", headers=browser).headers["content-type"] == "application/problem+json"
    large = http.post(f"/{lang}/", content=b"x" * 3_000_000, headers=browser)
    assert large.status_code == 413
    assert "<html" in large.text


def test_a_limit_that_is_not_kept_stays_without_script(http: TestClient) -> None:
    facts = ['activities=["travel-agency"]', 'entity_kind="enterprise"', "registered_here=true", "licences=[]"]
    told = http.post("/zh/", data={**FORM, "no_zones": "1", "fact": facts, "limits.57.taiwan": "false"}).text
    assert "</span> 外商投资旅行社经营出境旅游：不组织赴台湾地区的旅游</legend>" in told
    assert re.search(r'name="limits.57.taiwan" value="false" checked', told)


def test_an_answer_without_a_tick_or_a_choice_is_asked_again(http: TestClient) -> None:
    form = {**FORM, "no_zones": "1"}
    asked = {**form, "asked": "activities", "offered": "travel-agency", "give": "1"}
    assert "请先勾选" in http.post("/zh/", data=asked).text
    none = http.post("/zh/", data={**asked, "answer": "[]"}).text
    assert re.search(r'name="fact" value="activities=', none)
    assert 'value="activities=' not in http.post("/zh/", data={**form, "asked": "activities"}).text
    again = http.post(
        "/zh/", data={**form, "fact": 'activities=["travel-agency"]', "asked": "entity_kind", "give": "1"}
    )
    assert "请先选一项" in again.text


def test_mistakes_stand_beside_their_field_without_script(http: TestClient) -> None:
    told = html.unescape(http.post("/en/", data={**FORM, "foreign_share": "140", "city": "Tianjing"}).text)
    for name in ("city", "foreign_share"):
        assert re.search(rf'<input id="{name}"[^>]* aria-invalid="true"', told), name
        assert re.search(rf'<p class="error" id="{name}-error">[^<]', told), name
    assert re.search(r'<p class="error" id="sector-error" hidden>', told)
    assert "`" not in re.sub(r"<script.*?</script>", "", told, flags=re.DOTALL)


def test_the_search_takes_words_as_people_write_them(http: TestClient) -> None:
    def found(words: str) -> list[int]:
        told = http.get("/en/measures", params={"q": words}).text
        return [int(row) for row in re.findall(r'<li class="row" data-row="(\d+)">', told)]

    assert 111 in found("spouses")
    assert found("travel agency") == found("Travel Agencies") == [57]
    assert found("Row 57") == found("第57项") == found("57") == [57]
    assert found("zzzz") == []
    # What no measure says in these words is found by what the field of sectors knows.
    for words in ("travel abroad", "出境游"):
        assert 57 in found(words), words
        assert len(found(words)) < 10, words
    assert "Nothing found" in http.get("/en/measures", params={"q": "zzzz"}).text


def test_a_file_is_refused_under_its_own_name(http: TestClient) -> None:
    for lang in ("zh", "en"):
        for name, data in (("mine.xlsx", b"no workbook"), ("mine.parquet", b"x"), ("mine.csv", b"")):
            told = http.post(f"/{lang}/screen", files={"file": (name, data)})
            assert told.status_code == 422, name
            assert "applicability-register" not in told.text
            streamed = http.post(f"/v1/screen?name={name}&lang={lang}", content=data)
            assert "applicability-register" not in streamed.text
        assert "mine.xlsx" in http.post(f"/{lang}/screen", files={"file": ("mine.xlsx", b"no workbook")}).text
    assert "no file was chosen" in http.post("/en/screen", files={"file": ("", b"")}).text
    form = http.get("/zh/register.xlsx")
    assert form.content[:2] == b"PK"


def test_what_a_place_loses_is_told_by_where_it_stands_there(http: TestClient) -> None:
    facts = ['activities=["travel-agency"]', 'entity_kind="enterprise"', "registered_here=true", "licences=[]"]
    told = http.post("/en/compare", data={**FORM, "no_zones": "1", "fact": facts}).text
    row = r'<a href="/en/measures/\d+">\d+ [^<]+</a>(; )?'
    assert re.search(rf'not open there: ({row})+ <span class="soft">Pending: as told above the table', told)
    assert (
        len(re.findall("the press reports that", told.partition("<h2>")[0])) == 1
    )  # once, with all places that it is of
    assert re.search(r'<th scope="row"><a href="/en/measures/57">', told)
    first, _, rest = told[told.index('<table class="matrix') :].partition("<details")
    assert '<td class="cell eligible">' in first
    assert all("eligible" in row or "conditional" in row for row in first.split("<tr>")[2:])
    assert re.search(r"<summary>\d+ more, open in none of these places</summary>", rest)
    assert '<td class="cell eligible">' not in rest


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_of_ones_own_line_and_shut_is_told_with_its_reason(http: TestClient, lang: str) -> None:
    facts = ['activities=["travel-agency"]', 'entity_kind="enterprise"', "registered_here=true"]
    told = http.post(f"/{lang}/", data={**FORM, "city": "苏州", "no_zones": "1", "fact": facts}).text
    own = told[told.index('class="others own-line"') :].partition('class="others"')[0]
    rows = [int(row) for row in re.findall(rf'/{lang}/measures/(\d+)"', own)]
    assert rows[0] == 57  # what waits first, and of that what speaks of travel agencies and of nothing else
    assert {"zh": "还没有开放：", "en": "Not open yet: the press reports that a task list"}[lang] in own
    assert {"zh": "不能使用：", "en": "Not for you: its business must include wellness services"}[lang] in own


@pytest.mark.parametrize(("shares", "foreign"), [("fraction", True), ("percent", True), ("", False)])
def test_what_bare_shares_are_is_said_without_script(http: TestClient, shares: str, foreign: bool) -> None:
    table = "企业名称,所在城市,行业,外资比例\n甲,成都,7291,0.3\n乙,成都,7291,0.5\n".encode()
    told = http.post("/zh/screen", data={"shares": shares}, files={"file": ("mine.csv", table)})
    book = openpyxl.load_workbook(io.BytesIO(told.content), read_only=True)
    notes = [row for sheet in book if sheet.title == "备注" for row in sheet.iter_rows(values_only=True)]
    assert any("S306" in map(str, row) for row in notes) is not foreign
