"""The application in process: one for all tests that change nothing of it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from applicability import Rulebook

pytest.importorskip("fastapi", reason="the extra `web` is not installed")

from fastapi.testclient import TestClient

from applicability.service.service import Service
from applicability.web.app import create_app
from applicability.web.settings import Settings
from tests.web.browsing import CHROMIUM


@pytest.fixture(scope="session")
def service(rulebook: Rulebook) -> Service:
    """The service of the packaged rulebook."""
    return Service(rulebook)


def client_of(app: Any) -> TestClient:
    """A client that calls the service by a name it has."""
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


@pytest.fixture(scope="session")
def http(service: Service) -> Iterator[TestClient]:
    """A client of the application with the default settings."""
    with client_of(create_app(Settings(log=False), service)) as client:
        yield client


@pytest.fixture
def serving(service: Service) -> Iterator[Any]:
    """Makes a client of an application with other settings."""
    opened: list[TestClient] = []

    def made(**settings: Any) -> TestClient:
        client = client_of(create_app(Settings(**{"log": False, **settings}), service))
        client.__enter__()
        opened.append(client)
        return client

    yield made
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture(scope="module")
def url(service: Service) -> Iterator[str]:
    """The address of a service on this machine, in a thread."""
    uvicorn = pytest.importorskip("uvicorn")
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(log=False), service), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listening.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all tests here."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as started:
        made = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def pages(browser: Any) -> Iterator[Any]:
    """Makes pages that must not ask another host for anything, and must not complain but of what is `expected`."""
    opened: list[Any] = []
    wrong: list[str] = []
    told = ["422"]  # what a browser says of a profile with mistakes

    def page(expected: str = "", **settings: Any) -> Any:
        told.extend([expected] if expected else [])
        context = browser.new_context(**{"locale": "zh-CN", "viewport": {"width": 1200, "height": 900}, **settings})
        opened.append(context)
        made = context.new_page()
        made.set_default_timeout(20_000)
        made.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        made.on("pageerror", lambda error: wrong.append(str(error)))
        made.on("request", lambda asked: None if "127.0.0.1" in asked.url or asked.url[:5] in ("blob:", "data:")
                else wrong.append(asked.url))  # fmt: skip
        return made

    yield page
    for context in opened:
        context.close()
    assert [one for one in wrong if not any(each in one for each in told)] == []
