"""Batches: every profile comes out in its place, in every format, as a check of it alone would answer."""

from __future__ import annotations

import base64
import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings, strategies as st

from applicability import Profile, ProfileError, Rulebook, check, load_rulebook
from applicability.bulk.sources.open import ENDINGS
from applicability.report.contract import plain
from applicability.service.batch import BatchChecker

from ..examples import drawn
from ..strategies import profiles

BOOK = load_rulebook()
COMPANY_TABLE = Path(__file__).parents[2] / "examples" / "companies.csv"
JSONL, ARROW, PARQUET = (
    "application/x-ndjson", "application/vnd.apache.arrow.stream", "application/vnd.apache.parquet",
)  # fmt: skip
COMPANIES: list[dict[str, Any]] = [
    {"name": "a", "city": "成都", "sector": "7291", "foreign_share": 40, "activities": ["travel-agency"]},
    {"city": "天浸"},
    {"city": "天津", "as_of": "2025-05-01", "limits": {"57.taiwan": True}},
    {"bogus": 1},
    {"city": "上海", "investors": [{"origin": "hong_kong", "share": 40}], "determinations": {}},
    {"limits": {}},
    {"limits": {"57.no-such": True}},
    {"city": "上海", "as_of": "1999-01-01"},
]


def lines(told: list[dict[str, Any]]) -> bytes:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in told).encode() + b"\n"


def alone(profile: dict[str, Any]) -> dict[str, Any]:
    """What a check of one profile says, as a line of a batch does."""
    try:
        findings = check(Profile.of(profile), BOOK, engine="reference").findings
    except ProfileError as error:
        return {"problems": [one.code for one in error.problems]}
    return {
        "verdicts": {
            str(one.measure.row): one.verdict.word if one.verdict is not None else one.bucket for one in findings
        }
    }


def test_lines_come_out_as_checks_do_and_bad_ones_in_their_place(http: TestClient) -> None:
    body = lines(COMPANIES) + b"not json\n\n" + lines([{"city": "上海"}])
    response = http.post("/v1/check/batch", content=body, headers={"content-type": JSONL})
    assert response.status_code == 200
    told = [json.loads(line) for line in response.text.splitlines()]
    assert [one["line"] for one in told] == [*range(1, 10), 11]
    for one, company in zip(told, COMPANIES, strict=False):
        expected = alone(company)
        if "problems" in expected:
            assert [each["code"] for each in one["problems"]] == expected["problems"]
        else:
            assert one["verdicts"] == expected["verdicts"]
    assert told[8]["problems"][0]["code"] == "H001"


@pytest.mark.parametrize("given_as", [ARROW, PARQUET])
@pytest.mark.parametrize("wanted", [JSONL, ARROW, PARQUET])
def test_tables_go_in_and_out(http: TestClient, given_as: str, wanted: str) -> None:
    table = pa.table(
        {
            "name": ["a", "b", "c"], "city": ["成都", "天浸", "天津"], "foreign_share": [40.0, 0.0, None],
            "activities": [["travel-agency"], None, []], "as_of": ["2026-11-23", None, "2025-05-01"],
            "limits.57.taiwan": [True, None, None],
        }
    )  # fmt: skip
    sink = io.BytesIO()
    if given_as == ARROW:
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
    else:
        pq.write_table(table, sink)
    headers = {"content-type": given_as, "accept": wanted}
    response = http.post("/v1/check/batch?measure=57&measure=144", content=sink.getvalue(), headers=headers)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(wanted)
    if wanted == JSONL:
        told = [json.loads(line) for line in response.text.splitlines()]
        assert [one.get("verdicts") and one["verdicts"]["57"] for one in told] == ["needs_info", None, "ineligible"]
        return
    found = (
        pa.ipc.open_stream(response.content).read_all()
        if wanted == ARROW
        else pq.read_table(io.BytesIO(response.content))
    )
    assert found.column_names == ["line", "57", "144", "problems"]
    rows = found.to_pylist()
    assert [one["57"] for one in rows] == ["needs_info", None, "ineligible"]
    assert [one["144"] for one in rows] == ["text_lost", None, "text_lost"]
    assert rows[1]["problems"][0]["code"] == "P103"
    assert rows[0]["problems"] is None


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        (ARROW, b"not arrow", 422),
        (PARQUET, b"PAR1 nothing", 422),
        ("text/csv", b"a,b", 415),
        (PARQUET, b"", 422),
    ],
)
def test_what_is_no_batch_is_refused(http: TestClient, kind: str, body: bytes, status: int) -> None:
    response = http.post("/v1/check/batch", content=body, headers={"content-type": kind})
    assert response.status_code == status
    assert response.json()["problems"]


def test_columns_that_are_no_facts_are_refused(http: TestClient) -> None:
    sink = io.BytesIO()
    pq.write_table(pa.table({"citi": ["成都"]}), sink)
    response = http.post("/v1/check/batch", content=sink.getvalue(), headers={"content-type": PARQUET})
    assert response.status_code == 422
    assert response.json()["problems"][0]["code"] == "P101"


def test_batches_have_a_limit_and_an_order(serving: Any) -> None:
    client = serving(batch=1000)
    body = lines([{"city": "成都"}] * 200)
    assert client.post("/v1/check/batch", content=body, headers={"content-type": JSONL}).status_code == 413
    assert client.post("/v1/check/batch", content=iter([body]), headers={"content-type": JSONL}).status_code == 413
    refused = client.post("/v1/check/batch", content=b"{}", headers={"content-type": JSONL, "accept": "text/html"})
    assert refused.status_code == 406


@settings(max_examples=drawn(8), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(profiles(BOOK), min_size=10, max_size=25))
def test_a_batch_agrees_with_checks(companies: list[Profile]) -> None:
    """Some hundreds of generated profiles: the columnar engine says what the definition says."""
    told: list[dict[str, Any]] = [{name: plain(value) for name, value in one.facts.items()} for one in companies]
    checker = BatchChecker(BOOK, BOOK.measures)
    stream = io.BytesIO(lines(told))
    parts = checker.read(stream, "jsonl", json.loads)
    found = [json.loads(line) for line in b"".join(checker.write(parts, "jsonl")).splitlines()]
    assert len(found) == len(told)
    for one, company in zip(found, told, strict=True):
        expected = alone(company)
        if "problems" in expected:
            assert {each["code"] for each in one["problems"]} == set(expected["problems"])
        else:
            assert one["verdicts"] == expected["verdicts"], company


def test_a_register_is_screened_into_a_workbook(http: TestClient, rulebook: Rulebook) -> None:
    data = b"".join(COMPANY_TABLE.read_bytes().splitlines(keepends=True)[:30])
    headers = {"content-type": "application/octet-stream"}
    response = http.post("/v1/screen?name=companies.csv&lang=zh", content=data, headers=headers)
    events = [json.loads(line) for line in response.text.splitlines()]
    assert events[0]["read"] > 0
    assert events[-1]["summary"]["read"] == events[-1]["summary"]["companies"] + events[-1]["summary"]["rejected"]
    assert base64.b64decode(events[-1]["workbook"]).startswith(b"PK")
    for ending in ENDINGS:  # of all kinds that the command reads
        kind = http.post(f"/v1/screen?name=a{ending.upper()}", content=b"x", headers=headers)
        assert "cannot tell" not in kind.text
    own, saved = openpyxl.Workbook(), io.BytesIO()
    for row in (("name", "city"), ("a", "成都")):
        own.active.append(row)
    own.save(saved)
    named = http.post("/v1/screen?name=a.et", content=saved.getvalue(), headers=headers)
    assert json.loads(named.text.splitlines()[-1])["summary"]["companies"] == 1
    assert f'accept="{",".join(ENDINGS)}"' in http.get("/zh/register").text
    wrong = http.post("/v1/screen?name=a.exe", content=b"x", headers=headers)
    assert json.loads(wrong.text)["problems"][0]["code"] == "S101"


@pytest.mark.parametrize(
    ("query", "data", "told"),
    [
        ("name=a.exe", b"x", "name"),
        ("name=a", "企业名称,所在城市\n甲,成都\n".encode(), "name"),
        ("name=", b"x", "name"),
        ("name=a.csv", b"", "empty"),
        ("name=a.csv", b"\n\n", "empty"),
        ("name=a.csv", b"\x00\x01\x02\xff" * 50, "unreadable"),
        ("name=a.xlsx", b"PK\x03\x04nothing", "unreadable"),
        ("name=a.xls", b"\xd0\xcf\x11\xe0", "unreadable"),
        ("name=a.parquet", b"x", "unreadable"),
        ("name=a.csv&shares=nonsense", b"x", "option"),
        ("name=a.csv&lang=fr", b"x", "option"),
        ("", b"x", "option"),
    ],
)
def test_what_is_wrong_with_a_register_before_any_of_it_is_read_is_a_refusal(
    http: TestClient, query: str, data: bytes, told: str
) -> None:
    """Not a 200 with the problems in the stream: a program looks at the status first."""
    for lang in ("zh", "en"):
        headers = {"content-type": "application/octet-stream", "accept-language": lang}
        answer = http.post(f"/v1/screen?{query}", content=data, headers=headers)
        assert answer.status_code == 422, (told, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
        (problem, *_) = answer.json()["problems"]
        assert problem["code"]
        assert bool(re.search(r"[\u4e00-\u9fff]", problem["message"])) == (lang == "zh")


def test_a_fault_of_a_screening_tells_its_request(
    serving: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(service: object, file: object, name: str, lang: str, read: Callable[[int], None], _: object) -> None:
        read(1)  # the status is told with the first line
        raise RuntimeError("broken")

    monkeypatch.setattr("applicability.web.registers.screened", broken)
    told = serving(log=True).post("/v1/screen?name=mine.csv&lang=en", content="企业名称,所在城市\n甲,成都\n".encode())
    event = json.loads(told.text.splitlines()[-1])
    assert event["status"] == 500
    assert event["problems"][0]["code"] == "H010"
    assert event["instance"].startswith("urn:applicability:request:")
    (line,) = (json.loads(one) for one in capsys.readouterr().err.splitlines() if one.startswith("{"))
    assert (line["level"], line["status"], line["fault"]) == ("error", 200, "RuntimeError")
    assert line["at"][-1].startswith(f"{__name__}:")


def test_the_page_of_registers_begins_with_files_that_everybody_has(http: TestClient) -> None:
    for lang, first in (("zh", "（Excel 或 CSV"), ("en", "(Excel or CSV")):
        assert first in html.unescape(http.get(f"/{lang}/register").text)


@pytest.mark.parametrize("kind", [ARROW, PARQUET])
def test_columns_that_share_a_name_are_told_and_no_fault(http: TestClient, kind: str) -> None:
    table, body = pa.table([["成都"], ["上海"], ["x"], ["y"]], ["city", "city", "", ""]), io.BytesIO()
    if kind == PARQUET:
        pq.write_table(table, body)
    else:
        with pa.ipc.new_stream(body, table.schema) as stream:
            stream.write_table(table)
    headers = {"content-type": kind, "accept-language": "en"}
    answer = http.post("/v1/check/batch", content=body.getvalue(), headers=headers)
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["message"] == "columns share a name: ``, `city`"
