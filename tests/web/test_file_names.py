"""The names of files that are taken away: they tell whose a file is, and nothing in them is anything but a name."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings, strategies as st

from applicability.web.file_names import attachment, safe_part
from tests.examples import drawn

DAY = "2026-11-01"
FORM = {"city": "成都", "sector": "7291"}


def told(response: Any) -> str:
    """The name that a browser gives the file of an answer."""
    header = response.headers["content-disposition"]
    assert re.fullmatch(r"[\x20-\x7e]+", header)
    whole = re.search(r"filename\*=UTF-8''([A-Za-z0-9!#$&+.^_`|~%-]+)$", header)
    return unquote(whole[1]) if whole else re.fullmatch(r'attachment; filename="([^"\\]+)"', header)[1]  # type: ignore[index]


@pytest.mark.parametrize(("format", "zh", "en"), [
    ("html", "报告.html", "report.html"), ("pdf", "报告.pdf", "report.pdf"), ("docx", "报告.docx", "report.docx"),
    ("xlsx", "工作簿.xlsx", "workbook.xlsx"), ("json", "数据.json", "data.json"), ("markdown", "报告.md", "report.md"),
])  # fmt: skip
def test_a_report_is_named_by_the_company_the_day_and_its_kind(http: TestClient, format: str, zh: str, en: str) -> None:
    for name in ("成都蓝天国际旅行社有限公司", "Blue Sky Travel (Chengdu) Co., Ltd."):
        kept = name.removesuffix(".").replace("Co.,", "Co,")
        for lang, kind in (("zh", zh), ("en", en)):
            asked = http.post(f"/v1/report?format={format}&lang={lang}&as_of={DAY}", json={**FORM, "name": name})
            assert told(asked) == f"{kept}-{DAY}-{kind}"
    form = http.post(f"/zh/report?format={format}", data={**FORM, "name": "蓝天"})
    assert re.fullmatch(rf"蓝天-\d{{4}}-\d\d-\d\d-{zh}", told(form))


def test_a_report_of_nobody_is_named_by_place_and_sector(http: TestClient) -> None:
    def name(profile: dict[str, Any], lang: str) -> str:
        return told(http.post(f"/v1/report?format=pdf&lang={lang}&as_of={DAY}", json=profile))

    assert name(FORM, "zh") == f"成都市-7291 旅行社及相关服务-{DAY}-报告.pdf"
    assert name(FORM, "en").startswith("Chengdu-7291 ")
    assert name({"city": "成都"}, "zh") == f"成都市-{DAY}-报告.pdf"
    assert name({}, "zh") == f"applicability-{DAY}-报告.pdf"
    assert name({**FORM, "name": "\u202e \x07 ///"}, "zh") == name(FORM, "zh")


@pytest.mark.parametrize("name", [
    'a"; filename="b.exe', "a\r\nSet-Cookie: x=1", "../../etc/passwd", "C:\\Windows\\x", "a\u202egnp.exe",
    "\x00\x1b[31m", "'; rm -rf /", "名" * 200, "𠮷" * 200, "a" * 200, "%2e%2e%2f%22", "CON", ".bashrc", "~$x",
    "=cmd|'/c calc'!A1", "a\u2028b\u2029c", "\ufeff\u200bx", "e\u0301" * 100,
])  # fmt: skip
def test_a_name_is_no_more_than_a_name(http: TestClient, name: str) -> None:
    for lang in ("zh", "en"):
        asked = http.post(f"/v1/report?format=json&lang={lang}", content=json.dumps({**FORM, "name": name}),
                          headers={"content-type": "application/json"})  # fmt: skip
        if asked.status_code == 422:  # the profile itself takes no such name
            continue
        assert "set-cookie" not in asked.headers
        is_safe(told(asked))


@settings(max_examples=drawn(400))
@given(st.text(max_size=300))
def test_no_text_makes_an_unsafe_name(text: str) -> None:
    part = safe_part(text)
    is_safe(f"{part}-{DAY}-x.pdf")
    assert re.fullmatch(r"[\x20-\x7e]+", attachment(f"{part}-{DAY}-x.pdf"))


def is_safe(name: str) -> None:
    assert len(name.encode()) <= 255
    assert name.isprintable()
    assert not re.search(r"[\"'`<>:;/\\|?*%=~$]", name)
    assert name.count(".") == 1


def test_the_workbook_of_a_register_is_named_after_it(http: TestClient) -> None:
    table = "企业名称,所在城市\n甲,成都\n".encode()
    for lang, kind in (("zh", "筛查结果"), ("en", "screened")):
        kept = http.post(f"/{lang}/screen", files={"file": ("名册 2026.csv", table)})
        assert re.fullmatch(rf"名册 2026-\d{{4}}-\d\d-\d\d-{kind}\.xlsx", told(kept))
        streamed = http.post(f"/v1/screen?name=%2e%2e%2f名册.csv&lang={lang}", content=table).text.splitlines()
        assert re.fullmatch(rf"名册-\d{{4}}-\d\d-\d\d-{kind}\.xlsx", json.loads(streamed[-1])["name"])
    assert told(http.get("/zh/register.xlsx")) == "空白名册.xlsx"
