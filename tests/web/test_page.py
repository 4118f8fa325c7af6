"""The page without script: in both languages, from the empty form to a report, and nothing of it can be injected."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient

from applicability.report.language.labels import BUCKETS
from applicability.text import Lang
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
    ("zh", "设立后可以适用", "设立后可适用的措施"),
    ("en", "Open once it is set up", "What would be open once it is set up"),
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
    assert used - {"buckets", "meanings", "forces", "verbs", "force_meanings"} <= set(TEXTS)


def test_the_script_is_small() -> None:
    import gzip

    script = b"".join(one.read_bytes() for one in STATIC.glob("*.js"))
    assert len(gzip.compress(script)) < 60_000


@pytest.mark.parametrize(("lang", "words"), [("zh", "没有第999行"), ("en", "there is no row 999")])
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
    assert "是否不含赴台湾地区的旅游" in told
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
    row = r'<a href="/en/measures/\d+">\d+</a>(, )?'
    assert re.search(rf'no longer open: ({row})+ <span class="soft">Pending: the press reports that', told)
    assert re.search(r'<th scope="row"><a href="/en/measures/57">', told)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_of_ones_own_line_and_shut_is_told_with_its_reason(http: TestClient, lang: str) -> None:
    facts = ['activities=["travel-agency"]', 'entity_kind="enterprise"', "registered_here=true"]
    told = http.post(f"/{lang}/", data={**FORM, "city": "苏州", "no_zones": "1", "fact": facts}).text
    own = told[told.index('class="others own-line"') :].partition('class="others"')[0]
    rows = [int(row) for row in re.findall(rf'/{lang}/measures/(\d+)"', own)]
    assert rows[0] == 57  # what waits first, and of that what speaks of travel agencies and of nothing else
    assert {"zh": "待落实：", "en": "Pending: the press reports that a task list"}[lang] in own
    assert {"zh": "不适用：", "en": "Ineligible: its business must include wellness services"}[lang] in own


@pytest.mark.parametrize(("shares", "foreign"), [("fraction", True), ("percent", True), ("", False)])
def test_what_bare_shares_are_is_said_without_script(http: TestClient, shares: str, foreign: bool) -> None:
    table = "企业名称,所在城市,行业,外资比例\n甲,成都,7291,0.3\n乙,成都,7291,0.5\n".encode()
    told = http.post("/zh/screen", data={"shares": shares}, files={"file": ("mine.csv", table)})
    book = openpyxl.load_workbook(io.BytesIO(told.content), read_only=True)
    notes = [row for sheet in book if sheet.title == "备注" for row in sheet.iter_rows(values_only=True)]
    assert any("S306" in map(str, row) for row in notes) is not foreign


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "其他法律、许可仍然适用"), ("en", "Other law and licences still apply")]
)
def test_that_other_law_applies_stands_before_what_is_open(http: TestClient, lang: str, words: str) -> None:
    facts = ['activities=["travel-agency"]', 'entity_kind="enterprise"', "registered_here=true"]
    told = http.post(f"/{lang}/", data={**FORM, "no_zones": "1", "fact": facts}).text
    body = told[told.index("<body") :]
    assert body.index(words) < body.index(f"/{lang}/measures/57")
    assert words not in http.post(f"/{lang}/", data={"city": "成都"}).text.partition("<body")[2]


@pytest.mark.parametrize(("lang", "typed", "zone"), [
    ("en", "Dongjiang", "dongjiang-cbz"), ("zh", "天津东疆", "dongjiang-cbz"), ("en", "Lin-gang", "shanghai-lingang"),
])  # fmt: skip
def test_a_zone_that_is_given_as_the_city_can_be_taken_as_the_zone(
    http: TestClient, lang: str, typed: str, zone: str
) -> None:
    told = http.post(f"/{lang}/", data={"city": typed}).text
    assert f'name="as_zone" value="{zone}"' in told
    assert "`" not in re.sub(r"<script.*?</script>", "", told, flags=re.DOTALL)
    taken = http.post(f"/{lang}/", data={"city": typed, "as_zone": zone}).text
    assert f'id="zones" name="zones" placeholder=" " value="{zone}"' in taken
    assert 'name="as_zone"' not in taken
    assert 'id="city" name="city" placeholder=" " value=""' not in taken
    assert zone in {one["code"] for one in http.post("/v1/zones", json={"q": typed}).json()["places"]}


@pytest.mark.parametrize(("typed", "named"), [
    ("Boao", "Boao Lecheng"), ("Tianjin Dongjiang", "Dongjiang Comprehensive"), ("博鳌", "Boao Lecheng"),
])  # fmt: skip
def test_a_word_of_a_zone_is_no_misspelt_city(http: TestClient, typed: str, named: str) -> None:
    told = html.unescape(http.post("/en/", data={"city": typed}).text)
    assert named in told
    assert "Baoji" not in told.partition("<datalist")[0]
    assert "Liangjiang" not in told.partition("<datalist")[0]


# A company of Hainan to which a measure is open once the bank has made its finding, and others without.
JUDGED = {"city": "海口", "sector": "7291", "foreign_share": "40", "no_zones": "1"}
JUDGED_FACTS = ['activities=["travel-agency"]', 'entity_kind="enterprise"', "registered_here=true"]


@pytest.mark.parametrize(("lang", "now", "judged", "planned"), [
    ("zh", "现在可以适用", "经主管部门认定后可以适用", "设立并经主管部门认定后可以适用"),
    ("en", "Open now", "Open once an authority has made its finding",
     "Open once it is set up and an authority has made its finding"),
])  # fmt: skip
def test_what_awaits_a_finding_is_not_said_to_be_open_now(
    http: TestClient, lang: str, now: str, judged: str, planned: str
) -> None:
    form = {**JUDGED, "fact": JUDGED_FACTS}
    told = http.post(f"/{lang}/", data=form).text
    found = http.post("/v1/overview", json=_profile()).json()
    open_now = [one["measure"] for one in found["open"] if one["verdict"] == "eligible"]
    awaits = [one["measure"] for one in found["open"] if one["verdict"] == "conditional"]
    assert open_now
    assert awaits
    first, _, second = told[told.index(f"<h3>{now}</h3>") :].partition(f"<h3>{judged}</h3>")
    for row in open_now:
        assert f"/{lang}/measures/{row}" in first
    for row in awaits:
        assert f"/{lang}/measures/{row}" not in first
        assert f"/{lang}/measures/{row}" in second
    assert f"<h3>{planned}</h3>" in http.post(f"/{lang}/", data={**form, "planned": "1"}).text


def _profile() -> dict[str, object]:
    facts = {"activities": ["travel-agency"], "entity_kind": "enterprise", "registered_here": True}
    return {**facts, "city": "海口", "sector": "7291", "foreign_share": "40", "zones": []}


@pytest.mark.parametrize(("lang", "counted", "gained", "alike"), [
    ("zh", "，另须经认定1", "比现状多，须经认定：", "可适用的任务与现状相同"),
    ("en", " + 1 conditional", "also open once found: ", "the same ones open as now"),
])  # fmt: skip
def test_a_comparison_counts_what_awaits_a_finding_apart(
    http: TestClient, lang: str, counted: str, gained: str, alike: str
) -> None:
    form = {**JUDGED, "city": "成都", "places": "海口，上海", "fact": JUDGED_FACTS}
    told = http.post(f"/{lang}/compare", data=form).text
    assert counted in told
    assert re.search(rf'{gained}<a href="/{lang}/measures/47">47</a>', told)
    assert alike in told


@pytest.mark.parametrize(("lang", "told", "nothing"), [
    ("zh", "跳过了{}个问题", "没有需要再问的了"),
    ("en", "You passed over {} questions", "There is nothing left to ask"),
])  # fmt: skip
def test_what_was_passed_over_is_listed_and_can_be_answered(
    http: TestClient, lang: str, told: str, nothing: str
) -> None:
    form: dict[str, object] = {**FORM, "no_zones": "1"}
    unknown: list[str] = []
    while found := http.post("/v1/overview", json=_travel(), params={"unknown": unknown}).json()["question"]:
        unknown.append(found["fact"])
    page = http.post(f"/{lang}/", data={**form, "unknown": unknown}).text.partition("<body")[2]
    assert told.format(len(unknown)) in page
    assert nothing not in page
    listed = re.findall(r'name="again" value="(\w+)"', page)
    assert sorted(listed) == sorted(unknown)
    # Nothing that waits is left out of the list.
    overview = http.post("/v1/overview", json=_travel(), params={"unknown": unknown}).json()
    depend = {row for one in overview["passed_over"] for row in one["rows"]}
    assert len(depend) == overview["counts"]["needs_info"] - len(overview["unasked"]["rows"])
    for fact in listed:
        again = http.post(f"/{lang}/", data={**form, "unknown": unknown, "again": fact}).text
        assert f'name="unknown" value="{fact}"' not in again
        assert f'name="asked" value="{fact}"' in again


def _travel() -> dict[str, object]:
    return {"city": "成都", "sector": "7291", "foreign_share": "40", "zones": []}


def test_why_a_question_is_asked_begins_with_ones_own_line(http: TestClient) -> None:
    asked = http.post("/v1/overview", json=_travel()).json()["question"]
    assert asked["waiting"][0]["measure"] == 57
    assert "such as row 57" in asked["why"]["en"]
    assert "如第57行" in asked["why"]["zh"]
    named = [one["measure"] for one in asked["waiting"]] + asked["also_waiting"]
    assert sorted(named) == sorted(asked["rows"])  # none is left out
    assert "such as row 57" in http.post("/en/", data={**FORM, "no_zones": "1"}).text


def test_a_question_can_be_asked_before_better_ones(http: TestClient) -> None:
    best = http.post("/v1/overview", json=_travel()).json()["question"]["fact"]
    other = http.post("/v1/overview", json=_travel(), params={"first": "entity_kind"}).json()["question"]["fact"]
    assert other == "entity_kind" != best
    for unasked in ("city", "no such fact"):
        assert http.post("/v1/overview", json=_travel(), params={"first": unasked}).json()["question"]["fact"] == best


@pytest.mark.parametrize(("lang", "kept", "same"), [
    ("zh", "现指苏州：在当地注册：是、不在任何功能区", "每个地方都按所填计入：在当地注册：是、不在任何功能区"),
    ("en", "now of 苏州: registered in the place: yes, In no zone",
     "Counted as said in every place: registered in the place: yes, In no zone"),
])  # fmt: skip
def test_what_was_said_of_another_city_is_told(http: TestClient, lang: str, kept: str, same: str) -> None:
    form = {**FORM, "city": "苏州", "no_zones": "1", "fact": ["registered_here=true"]}
    assert kept in http.post(f"/{lang}/", data={**form, "was": "成都"}).text
    assert kept not in http.post(f"/{lang}/", data={**form, "was": "苏州"}).text
    assert kept not in http.post(f"/{lang}/", data=form).text
    dropped = http.post(f"/{lang}/", data={**form, "was": "成都", "drop_kept": "1"}).text
    assert 'value="registered_here=' not in dropped
    assert same in http.post(f"/{lang}/compare", data={**form, "places": "成都"}).text


def test_limits_stand_with_their_measure(http: TestClient) -> None:
    facts = ['activities=["travel-agency"]', 'entity_kind="enterprise"', "registered_here=true", "licences=[]"]
    told = http.post("/en/", data={**FORM, "no_zones": "1", "fact": facts}).text.partition("<body")[2]
    rows = {row.partition('"')[0]: row for row in told.split('<h4><a href="/en/measures/')[1:]}
    assert 'name="limits.57.taiwan"' in rows["57"]
    assert told.count('name="limits.57.taiwan" value="false"') == 1
    assert "which shut their measures" not in told
    shut = http.post("/en/", data={**FORM, "no_zones": "1", "fact": facts, "limits.57.taiwan": "false"}).text
    shut = shut.partition("<body")[2]
    assert 'name="limits.57.taiwan"' in shut.partition("which shut their measures")[2]


@pytest.mark.parametrize(("lang", "parts", "note"), [
    ("zh", r"待补充的(\d+)项 = 取决于问题的(\d+)项 \+ 没有追问的(\d+)项", "注3：新一轮试点任务鼓励"),
    ("en", r"The (\d+) that need information: (\d+) depend on questions, (\d+) are not asked",
     "Note 3: The new round of pilot tasks encourages"),
])  # fmt: skip
def test_words_and_counts_are_explained(http: TestClient, lang: Lang, parts: str, note: str) -> None:
    told = html.unescape(http.post(f"/{lang}/", data={**FORM, "no_zones": "1"}).text).partition("<body")[2]
    added = re.search(parts, told)
    assert added is not None
    needs, left, unasked = map(int, added.groups())
    assert needs == left + unasked
    terms = told[told.index('class="terms screen"') :].partition("</details>")[0]
    for name in ("conditional", "pending"):  # even where there is none
        assert f"<dt>{BUCKETS[name].of(lang)} " in terms
    assert {"zh": "鼓励", "en": "an encouragement"}[lang] in terms
    colon = TEXTS["colon"].of(lang)
    assert note.partition(colon)[2] in terms
    assert note in html.unescape(http.get(f"/{lang}/measures/57").text)  # its scope speaks of notes 1 to 3


def test_a_company_is_told_that_what_is_of_people_may_be_passed_over(http: TestClient) -> None:
    form = {**FORM, "no_zones": "1", "again": "person_kind", "unknown": "activities"}
    facts = ['entity_kind="enterprise"', 'activities=["travel-agency"]']
    told = http.post("/en/", data={**form, "fact": facts}).text
    assert 'name="asked" value="person_kind"' in told
    assert "who asks for nobody may pass it over" in told
    here = http.post("/en/", data={**FORM, "no_zones": "1", "again": "registered_here", "fact": facts}).text
    assert 'name="asked" value="registered_here"' in here
    assert "See the registry and the domicile on the business licence</p>" in here  # and of no field that is not there
