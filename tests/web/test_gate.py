"""Keys, rates, addresses, and what the service refuses to be run as."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest
from fastapi.testclient import TestClient

from applicability import ArgumentError, Location, Problem, ProfileError
from applicability.service.service import Service
from applicability.text import Text
from applicability.web.app import create_app
from applicability.web.keys import hash_of, key_among, new_key, read_hashes
from applicability.web.settings import Settings, is_loopback


def test_a_key_is_asked_for_and_taken_in_three_ways(serving: Any) -> None:
    key = new_key()
    client = serving(keys=(hash_of(new_key()), hash_of(key)))
    for path in ("/v1/rulebook", "/metrics", "/zh/", "/openapi.json"):
        refused = client.get(path)
        assert refused.status_code == 401
        assert "Basic" in refused.headers["www-authenticate"]
        assert refused.json()["problems"][0]["code"] == "H005"
    basic = base64.b64encode(f"anybody:{key}".encode()).decode()
    for headers in ({"authorization": f"Bearer {key}"}, {"x-api-key": key}, {"authorization": f"Basic {basic}"}):
        assert client.get("/v1/rulebook", headers=headers).status_code == 200
    for headers in ({"authorization": f"Bearer {key}x"}, {"x-api-key": ""}, {"authorization": "Basic !"}):
        assert client.get("/v1/rulebook", headers=headers).status_code == 401
    assert client.get("/health").status_code == client.get("/ready").status_code == 200


def test_keys_are_kept_as_hashes_alone() -> None:
    key = new_key()
    assert read_hashes(f"# ours\n{hash_of(key)}  # the first\n\n") == (hash_of(key),)
    with pytest.raises(ValueError, match="ak_"):
        read_hashes(key)
    assert key_among({"x-api-key": key}, [hash_of("a"), hash_of(key)]) == hash_of(key)
    assert key_among({}, [hash_of(key)]) is None


def test_a_rate_is_held(serving: Any) -> None:
    client = serving(rate="3/minute")
    statuses = [client.get("/v1/facts/city").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    refused = client.get("/v1/facts/city")
    assert int(refused.headers["retry-after"]) >= 1
    assert client.get("/health").status_code == 200


def test_a_forwarded_address_counts_only_where_the_proxy_is_trusted(serving: Any) -> None:
    def statuses(client: Any, *addresses: str) -> list[int]:
        asked = [client.get("/v1/facts/city", headers={"x-forwarded-for": one}) for one in addresses]
        return [one.status_code for one in asked]

    assert statuses(serving(rate="1/minute"), "192.0.2.1", "192.0.2.2") == [200, 429]
    behind = serving(rate="1/minute", trust_proxy=True)
    # What a client puts before the address that the proxy adds changes nothing.
    assert statuses(behind, "192.0.2.1", "192.0.2.2", "198.51.100.9, 192.0.2.1") == [200, 200, 429]


def test_doors_are_not_left_open() -> None:
    for settings in (Settings(), Settings(host="0.0.0.0", public=True), Settings(host="::", keys=("0" * 64,))):
        settings.refuse_open_doors()
    with pytest.raises(ArgumentError, match="U006"):
        Settings(host="0.0.0.0").refuse_open_doors()
    assert [is_loopback(one) for one in ("localhost", "::1", "192.168.1.2", "example.org")] == [
        True,
        True,
        False,
        False,
    ]


def test_a_service_is_called_by_its_names(serving: Any) -> None:
    client = serving(host="0.0.0.0", public=True, hosts=("opening.example.org",))
    assert client.get("/health", headers={"host": "opening.example.org:443"}).status_code == 200
    assert client.get("/health", headers={"host": "other.example.org"}).status_code == 421
    assert serving(host="0.0.0.0", public=True).get("/health", headers={"host": "any.example"}).status_code == 200
    assert serving().get("/health", headers={"host": "testserver"}).status_code == 421


def test_settings_pass_to_workers() -> None:
    settings = Settings(port=1, registers=("a.yaml",), keys=("0" * 64,), rate="1/second")
    assert Settings.of_text(settings.as_text()) == settings


def test_an_answer_has_its_time(serving: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    client = serving(answer_seconds=0.05)
    monkeypatch.setattr("applicability.service.service.Service.check", lambda *given, **more: time.sleep(0.4))
    refused = client.post("/v1/check", json={})
    assert refused.status_code == 503
    assert refused.json()["problems"][0]["code"] == "H009"
    assert refused.headers["retry-after"] == "5"


@pytest.mark.parametrize(("path", "kind"), [
    ("/v1/check", "application/json"), ("/v1/check/batch", "application/x-ndjson"),
    ("/v1/screen?name=a.csv", "application/octet-stream"), ("/en/screen", "multipart/form-data; boundary=b"),
    ("/mcp", "application/json"),
])  # fmt: skip
def test_a_body_has_its_time_wherever_it_is_sent(serving: Any, path: str, kind: str) -> None:
    client = serving(read_seconds=0.2)
    path, _, query = path.partition("?")
    headers = {"host": "localhost", "content-type": kind, "accept": "application/json, text/event-stream, */*"}
    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "method": "POST",
        "path": path, "raw_path": path.encode(), "query_string": query.encode(), "scheme": "http", "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()], "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
    }  # fmt: skip
    parts, sent = [b"--b\r\n"], list[dict[str, Any]]()

    async def receive() -> dict[str, Any]:
        if not parts:
            await anyio.sleep(60)
        return {"type": "http.request", "body": parts.pop(), "more_body": True}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def asked() -> None:
        with anyio.fail_after(10):
            await client.app(scope, receive, send)

    client.portal.call(asked)
    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]
    assert b"H008" in sent[1]["body"]


def test_a_fault_tells_nothing_of_the_program_and_the_log_where_it_was(
    serving: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*given: object, **more: object) -> None:
        raise RuntimeError("/secret/path")

    client = serving(log=True)
    monkeypatch.setattr("applicability.service.service.Service.check", fail)
    refused = client.post("/v1/check", json={})
    assert refused.status_code == 500
    assert refused.json()["problems"][0]["code"] == "H010"
    assert "secret" not in refused.text
    (line,) = (json.loads(one) for one in capsys.readouterr().err.splitlines() if one.startswith("{"))
    assert (line["level"], line["fault"]) == ("error", "RuntimeError")
    assert line["at"][-1].startswith(f"{__name__}:")
    assert any(one.startswith("applicability.web.checks:") for one in line["at"])
    assert "secret" not in json.dumps(line)


def test_routes_are_built_before_the_first_request(service: Service) -> None:
    """Their building changes the process's filters of warnings, as the making of the description in a thread does."""
    built = create_app(Settings(log=False), service)
    with TestClient(built, base_url="http://localhost") as client, pytest.MonkeyPatch.context() as patch:
        patch.setattr("fastapi.routing._EffectiveRouteContext.from_api_route", lambda **_: pytest.fail("built late"))
        assert client.get("/nowhere/at/all").status_code == 404  # every part is asked whether it has that address
        assert client.get("/zh/").status_code == 200


def test_the_log_names_a_fault_that_comes_when_the_answer_has_begun(
    serving: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> Iterator[bytes]:
        yield b"{}"
        raise ProfileError([Problem("P001", Location("profile"), Text("坏", "bad"))])

    monkeypatch.setattr("applicability.service.batch.BatchChecker.write", broken)
    client = serving(log=True)
    client.post("/v1/check/batch", content=b"{}", headers={"content-type": "application/x-ndjson"})
    (line,) = (json.loads(one) for one in capsys.readouterr().err.splitlines() if one.startswith("{"))
    assert (line["level"], line["status"], line["fault"]) == ("error", 200, "ProfileError")
    assert line["at"][-1].startswith(f"{__name__}:")


def test_assistants_are_answered_in_pages_of_the_service_and_in_no_others(serving: Any) -> None:
    client = serving(port=8155)
    asked = {
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "a", "version": "1"}},
    }  # fmt: skip

    def status(origin: str) -> int:
        accepted = {"Origin": origin, "Accept": "application/json, text/event-stream", "Host": "localhost:8155"}
        return int(client.post("/mcp", json=asked, headers=accepted).status_code)

    own = ("http://localhost:8155", "http://127.0.0.1:8155", "https://localhost", "http://[::1]:8155")
    assert {origin: status(origin) for origin in own} == dict.fromkeys(own, 200)
    others = ("http://localhost:3000", "http://example.org:8155", "null", "http://localhost.example.org:8155")
    assert {origin: status(origin) for origin in others} == dict.fromkeys(others, 403)


def test_first_requests_of_assistants_come_together_and_again_after_a_restart(service: Service) -> None:
    asked = {
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "a", "version": "1"}},
    }  # fmt: skip
    accepted = {"Accept": "application/json, text/event-stream"}
    app = create_app(Settings(log=False), service)
    for _ in range(2):
        with TestClient(app, base_url="http://localhost") as client, ThreadPoolExecutor(4) as pool:
            sent = [pool.submit(client.post, "/mcp", json=asked, headers=accepted) for _ in range(4)]
            assert [one.result().status_code for one in sent] == [200] * 4


def test_a_start_does_not_wait_for_what_other_requests_need() -> None:
    code = "import sys\nfrom applicability.web.app import create_app\nfrom applicability.web.settings import Settings\n"
    code += "create_app(Settings(log=False))\n"
    code += "print(*(one for one in ('mcp', 'jinja2', 'limits', 'numpy', 'pyarrow', 'applicability.report.schema') "
    code += "if one in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"
