"""The tools for assistants at `/mcp`, in the same application: streamable HTTP, without sessions."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import Any

import anyio
import anyio.abc
import anyio.to_thread
from starlette.routing import Router
from starlette.types import ASGIApp, Receive, Scope, Send

from applicability.long_lived import long_lived
from applicability.service.service import Service
from applicability.web.settings import Settings


class Assistants:
    """Answers assistants while `running`.

    The SDK is loaded and the tools are described with the first request: that takes as long as all the rest of a start.
    """

    def __init__(self, service: Service, settings: Settings) -> None:
        self._service, self._settings = service, settings
        self._app: ASGIApp | None = None
        self._tasks: anyio.abc.TaskGroup | None = None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Takes requests until the context ends."""
        self._beginning, self._ending = anyio.Lock(), anyio.Event()
        async with anyio.create_task_group() as self._tasks:
            try:
                yield
            finally:
                self._ending.set()
                self._app = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self._tasks is not None, "the application is not running"
        if self._app is None:
            async with self._beginning:
                if self._app is None:
                    with long_lived():
                        app, manager = await anyio.to_thread.run_sync(self._made)
                    await self._tasks.start(self._manage, manager)
                    self._app = app
        await self._app(scope, receive, send)

    async def _manage(self, manager: Any, *, task_status: anyio.abc.TaskStatus[None]) -> None:
        """Runs the SDK's session manager; it must begin and end in one task."""
        async with manager.run():
            task_status.started()
            await self._ending.wait()

    def _made(self) -> tuple[ASGIApp, Any]:
        """The SDK's application and its session manager, which must run while it answers."""
        from mcp.server.transport_security import TransportSecuritySettings

        from applicability.mcp.server import server

        made = server(self._service)
        # The gate has checked the host; this refuses pages of another origin, which could use a visitor's browser.
        security = TransportSecuritySettings(
            enable_dns_rebinding_protection=True,
            allowed_hosts=_hosts(self._settings),
            allowed_origins=_origins(self._settings),
        )
        inner = made.streamable_http_app(
            streamable_http_path="/mcp",
            json_response=True,
            stateless_http=True,
            max_request_body_size=self._settings.body,
            transport_security=security if self._settings.known_hosts else None,
        )
        return Router(inner.routes), made.session_manager


def _hosts(settings: Settings) -> list[str]:
    return [spelt for one in settings.known_hosts for spelt in (one, f"{one}:*")]


def _origins(settings: Settings) -> list[str]:
    """The service's own origins: as it listens, and as a reverse proxy in front of it is called."""
    own = [spelt for one in settings.known_hosts for spelt in (one, f"{one}:{settings.port}")]
    return [f"{scheme}://{spelt}" for spelt in own for scheme in ("http", "https")]
