"""The HTTP interface: the same answers as the command's, problems by RFC 9457, tags, and what it refuses."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, get_args

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from applicability import check, load_profile
from applicability.service.choices import ComparisonFormat, ReportFormat
from applicability.service.service import Service
from applicability.web.downloads import TYPES
from tests.yardstick import unit

ROOT = Path(__file__).parents[2]
EXAMPLES = [one for one in sorted((ROOT / "examples").iterdir()) if one.suffix in (".yaml", ".json")]
AGENCY = {
    "city": "成都", "sector": "7291", "foreign_share": 40, "activities": ["travel-agency"],
    "entity_kind": "enterprise", "registered_here": True, "zones": [], "licences": [],
}  # fmt: skip
DAY = "2026-11-23"


@pytest.mark.parametrize("example", [one for one in EXAMPLES if "register" not in one.stem], ids=lambda one: one.stem)
def test_a_check_answers_what_the_command_does(http: TestClient, example: Path) -> None:
    kind = "application/json" if example.suffix == ".json" else "application/yaml"
    response = http.post(f"/v1/check?as_of={DAY}", content=example.read_bytes(), headers={"content-type": kind})
    expected = check(load_profile(example), as_of=datetime.date.fromisoformat(DAY)).to_dict()
    assert response.json() == expected


def test_a_check_of_some_rows_counts_all(http: TestClient) -> None:
    told = http.post(f"/v1/check?measure=57&as_of={DAY}", json=AGENCY).json()
    assert [one["measure"] for one in told["findings"]] == [57]
    assert sum(told["counts"].values()) == 155


def test_an_overview_says_what_is_open_and_what_to_ask(http: TestClient) -> None:
    told = http.post("/v1/overview", json={"city": "成都", "sector": "7291", "foreign_share": 40}).json()
    full = http.post("/v1/check", json={"city": "成都", "sector": "7291", "foreign_share": 40}).json()
    assert told["counts"] == full["counts"]
    assert told["questions"] == full["questions"]
    assert told["question"]["fact"] == full["questions"][0]["fact"]
    assert told["question"]["waiting"]
    assert told["question"]["options"]
    passed = http.post(
        f"/v1/overview?unknown={told['question']['fact']}", json={"city": "成都", "sector": "7291"}
    ).json()
    assert passed["question"]["fact"] != told["question"]["fact"]
    agency = http.post(f"/v1/overview?as_of={DAY}", json=AGENCY).json()
    assert {one["measure"] for one in agency["open"]} >= {57}
    assert [one["key"] for one in agency["open"][0]["limits"]] or agency["open"][1]["limits"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b'{"city":', 400, "H001"),
        (b'{"city": "\xff"}', 400, "H001"),
        (b'{"city": "a", "city": "b"}', 400, "H001"),
        (b'{"foreign_share": NaN}', 400, "H001"),
        (b'{"foreign_share": 1e999}', 400, "H001"),
        (b'{"name": "\\ud800"}', 400, "H001"),
        (b'{"foreign_share": ' + b"9" * 5000 + b"}", 400, "H001"),
        (b"[" * 50_000, 413, "H003"),
        (b'{"activities": [' + b"1," * 5000 + b"1]}", 413, "H003"),
        (b'{"name": "' + b"x" * 1_100_000 + b'"}', 413, "H002"),
        (b'["city"]', 422, "P005"),
        (b'{"city": ["\\u0000<script>"]}', 422, "P"),
        ('{"city": "天浸", "foreign_share": 140}'.encode(), 422, "P103"),
    ],
    ids=lambda one: repr(one)[:40],
)
def test_what_is_wrong_is_told_as_a_problem(http: TestClient, body: bytes, status: int, code: str) -> None:
    response = http.post("/v1/check", content=body, headers={"content-type": "application/json"})
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == status
    assert told["problems"][0]["code"].startswith(code[:1])
    if len(code) == 4 and status != 422:
        assert told["problems"][0]["code"] == code
    assert "Traceback" not in response.text
    assert str(ROOT) not in response.text


@pytest.mark.parametrize("body", [b"[" * 50_000, b'{"activities": [' + b"1," * 5000 + b"1]}"], ids=["deep", "many"])
def test_what_came_whole_is_refused_at_once(http: TestClient, body: bytes) -> None:
    begun = time.monotonic()
    assert http.post("/v1/check", content=body, headers={"content-type": "application/json"}).status_code == 413
    assert time.monotonic() - begun < 4, "it waited for more"


def test_problems_name_the_field_and_speak_both_languages(http: TestClient) -> None:
    broken = {"city": "天浸", "investors": [{"origin": "hong_kong", "share": 140}]}
    zh = http.post("/v1/check", json=broken, headers={"accept-language": "zh-CN,zh;q=0.9,en;q=0.5"})
    en = http.post("/v1/check", json=broken, headers={"accept-language": "fr, en;q=0.3"})
    assert [one["field"] for one in zh.json()["problems"]] == [one["field"] for one in en.json()["problems"]]
    assert {"city", "investors[0].share"} <= {one["field"] for one in en.json()["problems"]}
    assert re.search("[\u4e00-\u9fff]", zh.json()["title"])
    assert zh.headers["content-language"] == "zh-Hans"
    assert "accept-language" in en.headers["vary"]
    part = http.post("/v1/questions", json={"profile": broken}).json()
    assert {"city", "investors[0].share"} <= {one["field"] for one in part["problems"]}


def test_other_refusals_are_problems_too(http: TestClient) -> None:
    for response, status in (
        (http.get("/nothing"), 404),
        (http.get("/v1/measures/999"), 404),
        (http.get("/v1/facts/nothing"), 404),
        (http.put("/v1/check", json={}), 405),
        (http.post("/v1/check", content=b"x", headers={"content-type": "text/plain"}), 415),
        (http.post("/v1/questions", content=b"x", headers={"content-type": "text/plain"}), 415),
        (http.post("/v1/questions", json={"profil": {}}), 422),
        (http.post("/v1/changes", json={"profile": {}, "measures": []}), 422),
        (http.post("/v1/compare", json={}), 422),
        (http.post("/v1/verify", json={"claims": [{"measure": "all"}]}), 422),
        (http.post("/v1/verify", json={"claims": [{"measure": 57}]}), 422),
        (http.get("/v1/places"), 422),
        (http.get("/v1/map?as_of=yesterday"), 422),
        (http.get("/v1/map?place=nowhere"), 422),
        (http.get("/v1/places?q=" + "x" * 5000), 413),
        (http.get("/ready", headers={"host": "evil.example"}), 421),
    ):
        assert response.status_code == status, response.text
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["problems"]


def test_an_answer_of_the_rules_has_a_tag(http: TestClient) -> None:
    first = http.get("/v1/rulebook")
    assert re.fullmatch(r'"[0-9a-f]{16}-\d{4}-\d\d-\d\d"', first.headers["etag"])
    again = http.get("/v1/rulebook", headers={"if-none-match": f'W/"other", {first.headers["etag"]}'})
    assert again.status_code == 304
    assert again.content == b""
    assert http.get("/v1/measures?q=57").headers["etag"] != http.get("/v1/measures?q=58").headers["etag"]
    assert http.post("/v1/check", json={}).headers["cache-control"] == "no-store"


def test_a_rulebook_can_be_pinned(http: TestClient, service: Service) -> None:
    digest = http.get("/v1/rulebook").json()["digest"]
    assert digest == service.digest == http.post("/v1/check", json={}).headers["rulebook-digest"]
    for held in (digest, digest[:12], f'"{digest}"'):
        assert http.post("/v1/check?measure=1", json={}, headers={"rulebook-digest": held}).status_code == 200
    for other in ("0" * 64, digest[:5]):
        refused = http.post("/v1/check", json={}, headers={"rulebook-digest": other})
        assert refused.status_code == 412
        assert refused.json()["problems"][0]["code"] == "H006"
        assert refused.headers["rulebook-digest"] == digest


def test_requests_have_ids_that_cannot_be_abused(http: TestClient) -> None:
    assert http.get("/health", headers={"x-request-id": "abc-1"}).headers["x-request-id"] == "abc-1"
    for odd in ("a" * 100, "a b", "<x>", ""):
        assert re.fullmatch("[0-9a-f-]{36}", http.get("/health", headers={"x-request-id": odd}).headers["x-request-id"])


def test_every_answer_forbids_what_it_does_not_need(http: TestClient) -> None:
    for path in ("/zh/", "/v1/rulebook", "/nothing", "/static/app.js"):
        headers = http.get(path).headers
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in headers
        assert "server" not in headers


def test_lists_and_searches(http: TestClient) -> None:
    assert http.get("/v1/places?q=chengdu").json()["places"][0]["code"] == "510100"
    assert http.post("/v1/places", json={"q": "滨海"}).json()["places"]
    assert http.post("/v1/sectors", json={"q": "旅行社"}).json()["sectors"][0]["code"] == "7291"
    assert http.get("/v1/activities?q=旅行社").json()["activities"][0]["value"] == "travel-agency"
    assert all(one["kind"] == "zone" for one in http.post("/v1/zones", json={"q": "成都"}).json()["places"])
    assert len(http.get("/v1/measures").json()["measures"]) == 155
    assert [one["measure"] for one in http.get("/v1/measures?q=旅行社").json()["measures"]] == [57]
    detail = http.get("/v1/measures/57").json()
    assert detail["text"].startswith("允许")
    assert {one["key"] for one in detail["limits"] if one["key"]} == {
        one["key"] for one in http.get("/v1/limits?measure=57").json()["limits"]
    }
    for words in (
        "培训是否面向",
        "nursing school's training be",
        "医疗机构开展培训",
    ):  # the question in either language, the quote
        limits = http.get("/v1/limits", params={"q": words}).json()["limits"]
        assert "19.medical-institutions" in [one["key"] for one in limits]
    names = {one["name"] for one in http.get("/v1/facts").json()["facts"]}
    assert {"city", "foreign_share"} <= names
    assert http.get("/v1/facts/foreign_share").json()["type"] == "percent"


def test_changes_compare_diff_and_reports(http: TestClient) -> None:
    shut = {**AGENCY, "foreign_share": 0}
    (prospect,) = http.post("/v1/changes", json={"profile": shut, "measures": [57]}).json()["measures"]
    assert prospect["changes"][0]["edits"][0]["fact"] == "foreign_share"
    body = {"profile": AGENCY, "across": {"fact": "city", "values": ["成都", "长沙"]}, "measures": [57]}
    assert http.post("/v1/compare", json=body).json()["rows"][0]["buckets"] == ["eligible", "ineligible"]
    both = {"profiles": [{"label": "a", "profile": AGENCY}, {"label": "b", "profile": shut}], "measures": [57]}
    assert http.post("/v1/compare", json=both).json()["rows"][0]["buckets"] == ["eligible", "ineligible"]
    across = {"profile": AGENCY, "across": {"fact": "foreign_share", "values": [0, 40]}, "measures": [57]}
    assert http.post("/v1/compare", json=across).json()["rows"][0]["buckets"] == ["ineligible", "eligible"]
    days = {"profile": {"city": "天津"}, "across": {"fact": "as_of", "values": ["2025-12-01", DAY]}, "measures": [93]}
    assert len(http.post("/v1/compare", json=days).json()["alternatives"]) == 2
    described = http.get("/openapi.json").json()["paths"]
    for path, formats in (("/v1/report", ReportFormat), ("/v1/compare/report", ComparisonFormat)):
        own = described[path]["post"]
        kinds = {TYPES[one][0].partition(";")[0] for one in get_args(formats)}
        assert kinds == set(own["responses"]["200"]["content"])
        words = {"xlsx": "workbook"}
        assert all(words.get(one, one) in own["description"].lower() for one in get_args(formats))
    for fact in ("as_of", "foreign_share"):
        none = http.post("/v1/compare", json={"profile": {"city": "天津"}, "across": {"fact": fact}})
        assert (none.status_code, none.json()["problems"][0]["code"]) == (422, "U004")
    assert http.post("/v1/diff", json={"old_as_of": "2025-12-17", "new_as_of": DAY}).status_code == 200
    for format, begin in (
        ("html", b"<!doctype"),
        ("pdf", b"%PDF"),
        ("docx", b"PK"),
        ("xlsx", b"PK"),
        ("markdown", b"#"),
        ("json", b"{"),
        ("yaml", b""),
    ):
        response = http.post(f"/v1/report?format={format}&lang=zh", json=AGENCY)
        assert response.status_code == 200
        assert response.content.lstrip(b"\xef\xbb\xbf").startswith(begin)
        assert "attachment" in response.headers["content-disposition"]


@pytest.mark.parametrize(("format", "begin"), [
    ("html", b"<!doctype"), ("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK"), ("markdown", b"#"), ("json", b"{"),
    ("csv", "文件".encode()),
])  # fmt: skip
def test_a_comparison_is_a_file_in_every_format(http: TestClient, format: str, begin: bytes) -> None:
    body = {"profile": AGENCY, "across": {"fact": "city", "values": ["成都", "天津"]}, "measures": [57]}
    response = http.post(f"/v1/compare/report?format={format}&lang=zh", json=body)
    assert response.status_code == 200
    assert response.content.lstrip(b"\xef\xbb\xbf").startswith(begin)
    assert "attachment" in response.headers["content-disposition"]
    assert http.post(f"/v1/compare/report?format={format}", json={}).status_code == 422


def test_a_zone_that_covers_its_place_counts_and_says_so(http: TestClient) -> None:
    told = http.post("/v1/overview", json={"city": "海口", "zones": []}).json()["notes"]
    assert [one["message"]["en"] for one in told] == [
        "the whole of Haikou belongs to Hainan Free Trade Port and China (Hainan) Pilot Free Trade Zone: this counts "
        "although no zone is said"
    ]
    assert not http.post("/v1/overview", json={"city": "海口"}).json()["notes"]
    body = {"profile": {"zones": []}, "across": {"fact": "city", "values": ["海口", "苏州"]}, "measures": [57]}
    covered = [one["covered_by"] for one in http.post("/v1/compare", json=body).json()["alternatives"]]
    assert [len(one) for one in covered] == [2, 0]


def test_a_company_that_is_only_planned_is_answered_alike_and_worded_otherwise(http: TestClient) -> None:
    planned = {**AGENCY, "planned": True}
    told = http.post(f"/v1/check?as_of={DAY}", json=planned).json()
    assert told["profile"]["planned"] is True
    assert http.post(f"/v1/check?as_of={DAY}", json={**AGENCY, "planned": "是"}).json()["profile"]["planned"] is True
    assert told["counts"] == http.post(f"/v1/check?as_of={DAY}", json=AGENCY).json()["counts"]
    assert http.post("/v1/check", json={"planned": "maybe"}).json()["problems"][0]["field"] == "planned"
    lines = "".join(json.dumps(one) + "\n" for one in (planned, {**AGENCY, "planned": "maybe"}))
    batch = http.post("/v1/check/batch", content=lines, headers={"content-type": "application/jsonl"})
    good, bad = (json.loads(line) for line in batch.text.splitlines())
    assert good["verdicts"]["57"] == "eligible"
    assert bad["problems"]
    for format, lang, words in (("html", "zh", "设立后可适用的措施"), ("markdown", "en", "once it is set up")):
        path = f"/v1/report?format={format}&lang={lang}"
        assert words in http.post(path, json=planned).text
        assert words not in http.post(path, json=AGENCY).text


def test_it_describes_itself(http: TestClient) -> None:
    told = http.get("/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            assert operation["operationId"], (method, path)
            assert "default" not in operation["responses"]
    references = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(told)))
    assert references <= set(told["components"]["schemas"])
    answer = told["paths"]["/v1/check"]["post"]["responses"]["200"]["content"]["application/json"]
    schema: dict[str, Any] = {**answer["schema"], "components": told["components"]}
    Draft202012Validator(schema).validate(answer["example"])


def _as_far_as(example: str, told: str) -> str:
    """An answer as far as its example shows it: of a summary the first fields, of a workbook the first bytes."""
    if '"summary"' not in example:
        return told
    *first, last = told.splitlines(keepends=True)
    ended, shown = json.loads(last), json.loads(example.splitlines()[-1])
    assert ended["summary"].items() >= shown["summary"].items()
    ended = {**ended, "summary": shown["summary"], "workbook": f"{ended['workbook'][:12]}…"}
    return "".join((*first, json.dumps(ended, ensure_ascii=False), "\n"))


def test_the_description_is_quick_and_loads_nothing_that_only_batches_need() -> None:
    """It was slow by the map of a whole pilot and by Arrow, which the examples of two operations loaded."""
    program = """
import sys, time
from applicability.web.app import create_app
from applicability.web.settings import Settings
app = create_app(Settings(log=False)).app
app.state.answering.service.warm()
begun = time.process_time()
app.openapi()
print(time.process_time() - begun, "pyarrow" in sys.modules, "xlsxwriter" in sys.modules)
"""
    before = unit()
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    seconds, *loaded = run.stdout.split()
    assert loaded == ["False", "False"]
    assert float(seconds) < 150 * max(before, unit())


def test_every_operation_has_an_example_that_it_answers_so(http: TestClient) -> None:
    described = http.get("/openapi.json").json()
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            given = {one["name"]: one["example"] for one in operation.get("parameters", ()) if "example" in one}
            assert {one["name"] for one in operation.get("parameters", ()) if one["required"]} <= given.keys(), path
            bodies = _examples_by_type(operation.get("requestBody", {}))
            assert len(bodies) == ("requestBody" in operation), path
            answers = _examples_by_type(operation["responses"]["200"])
            assert len(answers) == 1, path
            (kind, answer), sent = next(iter(answers.items())), {}
            for sent_as, body in bodies.items():
                content = body if isinstance(body, str) else json.dumps(body)
                sent = {"content": content.encode(), "headers": {"content-type": sent_as}}
            got = http.request(method, path.format_map(given), params=given, **sent)  # type: ignore[arg-type]
            assert got.status_code == 200, got.text
            assert got.headers["content-type"].startswith(kind), path
            if isinstance(answer, str):
                assert _as_far_as(answer, got.text) == answer, path
            else:
                assert got.json() == answer, path
                schema = operation["responses"]["200"]["content"][kind]["schema"]
                whole = {**schema, "components": described["components"]}
                Draft202012Validator(whole).validate(answer)


def _examples_by_type(described: dict[str, Any]) -> dict[str, Any]:
    return {kind: one["example"] for kind, one in described.get("content", {}).items() if "example" in one}


def test_what_is_logged_says_nothing_of_anybody(
    serving: Any, capsys: pytest.CaptureFixture[str], service: Service
) -> None:
    client = serving(log=True)
    secret = {**AGENCY, "name": "绝密有限公司"}
    client.post("/v1/check?measure=57", json=secret)
    client.post("/v1/places", json={"q": "绝密"})
    client.post("/v1/check", json={"city": "绝密"})
    client.post("/zh/", data={"name": "绝密", "city": "成都"})
    client.get("/绝密")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    assert len(lines) == 5
    told = json.dumps(lines, ensure_ascii=False)
    assert "绝密" not in told
    assert "成都" not in told
    assert {"request", "route", "status", "ms", "digest"} <= set(lines[0])
    # Nor is anything a fingerprint of what was sent: what tells lines apart is the same whatever it was.
    client.post("/v1/check?measure=57", json={**secret, "name": "另一家有限公司"})
    other = json.loads(capsys.readouterr().err.splitlines()[0])
    own = ("request", "time", "ms", "bytes")
    assert {k: v for k, v in other.items() if k not in own} == {k: v for k, v in lines[0].items() if k not in own}
    assert service.digest.startswith(other["digest"])
    metrics = client.get("/metrics").text
    assert 'route="/v1/check"' in metrics
    assert "绝密" not in metrics


def test_an_overview_tells_the_own_line_of_business(http: TestClient) -> None:
    clinic = {"city": "苏州", "sector": "8425", "foreign_share": 100, "zones": [], "entity_kind": "enterprise"}
    own = {one["measure"] for one in http.post("/v1/overview", json=clinic).json()["rows"] if one["own_line"]}
    assert 17 in own  # clinics
    assert not own & {53, 57, 142}  # green finance and signatures are everybody's, travel agencies another's
    nobody = http.post("/v1/overview", json={"city": "苏州"}).json()
    assert not any(one["own_line"] for one in nobody["rows"])
    agency = http.post("/v1/overview", json={"city": "成都", "sector": "7291", "foreign_share": 40}).json()
    assert agency["question"]["options"][0]["value"] == agency["question"]["likely"][0] == "travel-agency"


@pytest.mark.parametrize(
    ("profile", "pilot"),
    [
        ({"city": "昆明"}, False), ({"city": "甘肃"}, False), ({"city": "五华区"}, False), ({"city": "成都"}, True),
        ({"city": "海口"}, True), ({"city": "四川"}, True), ({"city": "浦东新区"}, True), ({"sector": "7291"}, True),
    ],
)  # fmt: skip
def test_a_city_that_is_no_pilot_is_told(http: TestClient, profile: dict[str, object], pilot: bool) -> None:
    notes = http.post("/v1/overview", json=profile).json()["notes"]
    assert ("不在试点地区之列" not in " ".join(one["message"]["zh"] for one in notes)) == pilot


@pytest.mark.parametrize(
    ("place", "wide"), [("四川", True), ("江苏", True), ("成都", False), ("海南", False), ("甘肃", False)]
)
def test_a_province_with_pilots_in_it_is_too_wide(http: TestClient, place: str, wide: bool) -> None:
    notes = http.post("/v1/overview", json={"city": place}).json()["notes"]
    assert bool([one for one in notes if "范围太大" in one["message"]["zh"]]) == wide


def test_places_and_sectors_have_a_name_to_read_in_english(http: TestClient) -> None:
    places = http.post("/v1/places", json={"q": "suzhou", "limit": 20}).json()["places"]
    assert "Suzhou District (肃州区)" in [one["name"]["en"] for one in places]
    assert http.post("/v1/places", json={"q": "５１０１００", "limit": 3}).json()["places"][0]["code"] == "510100"
    assert http.post("/v1/overview", json={"city": "５１０１００"}).status_code == 200
    clinic = http.post("/v1/sectors", json={"q": "clinic", "limit": 3}).json()["sectors"][0]
    assert clinic["name"]["en"] == "Outpatient departments and clinics"


def test_a_place_is_not_compared_with_itself(http: TestClient) -> None:
    told = http.post("/v1/compare", json={"profile": {"city": "上海"}, "across": {"fact": "city"}}).json()
    assert len([one for one in told["alternatives"] if one["label"]["zh"].endswith("上海市")]) == 1
    zoned = {"city": "上海", "zones": ["上海自贸试验区"]}  # elsewhere in it, it would be another
    told = http.post("/v1/compare", json={"profile": zoned, "across": {"fact": "city"}}).json()
    assert len([one for one in told["alternatives"] if "上海市" in one["label"]["zh"]]) == 2


def test_what_an_entity_is_is_not_awaited(http: TestClient) -> None:
    clinic = {"city": "苏州", "sector": "8425", "foreign_share": 100, "zones": [], "entity_kind": "enterprise"}
    told = http.post("/v1/changes", json={"profile": clinic, "measures": [17]}).json()["measures"][0]["reason"]
    assert told["zh"] == "只对主体类型为“自然人”的开放，不能自行改变"
    assert told["en"] == "open only to those whose kind of entity is “natural person”, which is not up to you"


def test_a_claim_on_no_row_leaves_the_others_checked(http: TestClient) -> None:
    claims = [{"measure": 999, "verdict": "eligible"}, {"measure": 57, "quote": "外商投资旅行社"}]
    answered = http.post("/v1/verify", json={"profile": {"city": "成都"}, "claims": claims})
    assert answered.status_code == 200
    found = answered.json()
    unknown, other = found["claims"]
    assert (unknown["status"], unknown["message"]["zh"], unknown["verdict"]) == ("unknown_row", "没有第999行", None)
    alone = http.post("/v1/verify", json={"profile": {"city": "成都"}, "claims": claims[1:]}).json()
    assert [other] == alone["claims"]
    assert found["sound"] is False
