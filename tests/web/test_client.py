"""The typed client, waited for and awaited, against the application in process."""

from __future__ import annotations

import datetime
import inspect

import anyio
import pytest
from fastapi.testclient import TestClient

from applicability import check
from applicability.service.service import Service

httpx2 = pytest.importorskip("httpx2", reason="the extra `client` is not installed")

# ruff: noqa: E402 what the extra brings is imported where it is there
from applicability.client import AsyncClient, Client, ServiceError
from applicability.web.app import create_app
from applicability.web.settings import Settings

PROFILE = {"city": "成都", "sector": "7291", "foreign_share": 40}


def test_a_program_asks_and_waits(http: TestClient, service: Service) -> None:
    client = Client(http=http, lang="zh", pinned=service.digest)
    assert client.check(PROFILE).to_dict() == check(PROFILE).to_dict()
    assert client.overview(PROFILE).question is not None
    question = client.question(PROFILE, unknown=["activities"]).question
    assert question is not None
    assert question.fact != "activities"
    assert client.question({**PROFILE, "activities": ["travel-agency"]}).unasked is not None
    assert client.question({**PROFILE, "activities": ["travel-agency"]}, every=True).unasked is None
    assert client.changes(PROFILE, [57]).measures[0].measure == 57
    assert client.compare({"a": PROFILE, "b": {"city": "天津"}}).alternatives[0].label.zh == "a"
    assert client.compare_across(PROFILE, "city", ["成都", "天津"]).ranking
    assert [one.measure for one in client.compare({"a": PROFILE}, measures=[57]).rows] == [57]
    own = client.compare_across(PROFILE, "city", ["天津"], own=True, measures=[57], as_of=datetime.date(2026, 1, 1))
    assert len(own.alternatives) == 2
    assert client.verify(PROFILE, [{"measure": 57, "verdict": "eligible"}]).claims[0].status == "depends_on"
    assert client.report(PROFILE, "markdown").decode().startswith("#")
    assert client.compare_report(PROFILE, "city", ["成都", "天津"], "markdown").decode().startswith("#")
    assert client.compare_report(form="pdf", profiles={"a": PROFILE, "b": {"city": "天津"}}).startswith(b"%PDF")
    assert client.rulebook().digest == service.digest
    assert client.measure(57).measure == 57
    assert [one.measure for one in client.measures("57").measures] == [57]
    assert client.places("成都", limit=1).places[0].code == "510100"
    assert client.zones("成都").places
    assert client.sectors("旅行社").sectors[0].code == "7291"
    assert client.activities("travel").activities
    assert "city" in {one.name for one in client.facts().facts}
    assert client.fact("city").name == "city"
    assert {one.measure for one in client.limits(measures=[57]).limits} == {57}
    assert client.reach_map(["成都"]).places
    *_, screened = client.screen("list.csv", "企业名称,所在城市\n甲,成都\n".encode())
    assert screened["summary"]["companies"] == 1
    assert client.diff(datetime.date(2025, 12, 17), datetime.date(2025, 12, 18)) is not None
    assert [one["line"] for one in client.batch([PROFILE, {"city": "天浸"}])] == [1, 2]
    with pytest.raises(ServiceError, match="422") as told:
        client.check({"city": "天浸"})
    assert told.value.problems[0].field == "city"
    assert told.value.request
    with pytest.raises(ServiceError, match="412"):
        Client(http=http, pinned="0" * 64).rulebook()


# What the clients call otherwise; the language is the client's own, the words go in a body, which no log keeps, and
# `zones` lists all of its place.
_METHODS = {"search_places": "places", "search_sectors": "sectors", "questions": "question"}
_PARAMETERS = {"q": "words", "measure": "measures", "chapter": "chapters", "place": "places", "format": "form"}
# `compare` takes several profiles, `compare_across` one.
_LEFT_OUT = {("zones", "q"), ("zones", "limit"), ("compare", "profile"), ("compare", "across"),
             ("compare_report", "across")}  # fmt: skip


def test_both_clients_have_every_operation_and_parameter_of_the_interface(http: TestClient) -> None:
    described = http.get("/openapi.json").json()
    wanting = []
    for path, methods in described["paths"].items():
        for operation in methods.values() if path.startswith("/v1/") else ():
            name = operation["operationId"]
            wanted = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"} - {"lang"}
            for content in operation.get("requestBody", {}).get("content", {}).values():
                of_model = content["schema"].get("$ref", "/Profile").rsplit("/", 1)[-1]
                if of_model != "Profile":
                    wanted |= set(described["components"]["schemas"][of_model]["properties"])
            for client in (Client, AsyncClient):
                method = getattr(client, _METHODS.get(name, name), None)
                has = set() if method is None else set(inspect.signature(method).parameters)
                wanting += [
                    (client.__name__, name, one)
                    for one in wanted | {"self"}
                    if one not in has and _PARAMETERS.get(one, one) not in has and (name, one) not in _LEFT_OUT
                ]
    assert not wanting


def test_both_clients_have_the_same_methods() -> None:
    def methods(client: type) -> dict[str, list[str]]:
        return {
            name: list(inspect.signature(one).parameters)
            for name, one in vars(client).items()
            if inspect.isfunction(one) and not name.startswith("_")
        }

    assert methods(Client) == methods(AsyncClient)


def test_a_program_asks_and_goes_on(service: Service) -> None:
    async def asked() -> None:
        transport = httpx2.ASGITransport(create_app(Settings(log=False), service))
        async with (
            httpx2.AsyncClient(transport=transport, base_url="http://localhost") as inner,
            AsyncClient(http=inner) as client,
        ):
            assert (await client.check(PROFILE)).to_dict() == check(PROFILE).to_dict()
            assert (await client.overview(PROFILE)).question is not None
            assert (await client.question(PROFILE, every=True)).question is not None
            assert (await client.changes(PROFILE, [57])).measures
            assert (await client.compare({"a": PROFILE, "b": PROFILE})).rows
            assert (await client.compare_across(PROFILE, "city", ["成都"])).rows
            assert (await client.verify(PROFILE, [{"measure": 57, "verdict": "eligible"}])).claims
            assert (await client.rulebook()).measures == 155
            assert (await client.measure(57)).text
            assert [one["line"] async for one in client.batch([PROFILE] * 3)] == [1, 2, 3]
            assert [one async for one in client.screen("list.csv", [b"city\n", "成都\n".encode()])][-1]["summary"]
            assert (await client.report(PROFILE, "html")).startswith(b"<!")
            assert (await client.compare_report(PROFILE, values=["天津"])).startswith(b"<!")
            assert (await client.sectors("旅行社")).sectors
            with pytest.raises(ServiceError):
                await client.check({"city": "天浸"})

    anyio.run(asked)
