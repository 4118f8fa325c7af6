"""The application in process: one for all tests that change nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from applicability import Rulebook

pytest.importorskip("fastapi", reason="the extra `web` is not installed")

from fastapi.testclient import TestClient

from applicability.service.service import Service
from applicability.web.app import create_app
from applicability.web.settings import Settings


@pytest.fixture(scope="session")
def service(rulebook: Rulebook) -> Service:
    """The service of the packaged rulebook."""
    return Service(rulebook)


@pytest.fixture(scope="session")
def http(service: Service) -> Iterator[TestClient]:
    """A client of the application with the default settings."""
    with TestClient(create_app(Settings(log=False), service), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def serving(service: Service) -> Iterator[Any]:
    """Makes a client of an application with other settings."""
    opened: list[TestClient] = []

    def made(**settings: Any) -> TestClient:
        client = TestClient(create_app(Settings(**{"log": False, **settings}), service), raise_server_exceptions=False)
        client.__enter__()
        opened.append(client)
        return client

    yield made
    for client in opened:
        client.__exit__(None, None, None)
