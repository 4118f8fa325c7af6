"""The typed client, waited for and awaited, against the application in process."""

from __future__ import annotations

import datetime

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
    assert client.verify(PROFILE, [{"measure": 57, "verdict": "eligible"}]).claims[0].status == "depends_on"
    assert client.rulebook().digest == service.digest
    assert client.measure(57).measure == 57
    assert client.diff(datetime.date(2025, 12, 17), datetime.date(2025, 12, 18)) is not None
    assert [one["line"] for one in client.batch([PROFILE, {"city": "天浸"}])] == [1, 2]
    with pytest.raises(ServiceError, match="422") as told:
        client.check({"city": "天浸"})
    assert told.value.problems[0].field == "city"
    assert told.value.request
    with pytest.raises(ServiceError, match="412"):
        Client(http=http, pinned="0" * 64).rulebook()


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
            assert (await client.verify(PROFILE, [{"measure": 57}])).claims
            assert (await client.rulebook()).measures == 155
            assert (await client.measure(57)).text
            assert [one["line"] async for one in client.batch([PROFILE] * 3)] == [1, 2, 3]
            with pytest.raises(ServiceError):
                await client.check({"city": "天浸"})

    anyio.run(asked)
