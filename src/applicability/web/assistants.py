"""The tools for assistants at `/mcp`, in the same application: streamable HTTP, without sessions."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from fastapi import FastAPI
from mcp.server.transport_security import TransportSecuritySettings

from applicability.mcp.server import server
from applicability.service.service import Service
from applicability.web.settings import Settings


def mount(app: FastAPI, service: Service, settings: Settings) -> None:
    """Put the tools into the application; its lifespan runs them."""
    made = server(service)
    # Hosts have passed the gate; a page of another origin may not speak through somebody's browser.
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=True, allowed_hosts=_hosts(settings), allowed_origins=_origins(settings)
    )
    inner = made.streamable_http_app(
        streamable_http_path="/mcp",
        json_response=True,
        stateless_http=True,
        max_request_body_size=settings.body,
        transport_security=security if settings.known_hosts else None,
    )
    app.router.routes.extend(inner.routes)
    app.state.assistants = made


def _hosts(settings: Settings) -> list[str]:
    return [spelt for one in settings.known_hosts for spelt in (one, f"{one}:*")]


def _origins(settings: Settings) -> list[str]:
    """The service's own origins: as it listens, and as a reverse proxy in front of it is called."""
    own = [spelt for one in settings.known_hosts for spelt in (one, f"{one}:{settings.port}")]
    return [f"{scheme}://{spelt}" for spelt in own for scheme in ("http", "https")]


@contextlib.asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[None]:
    """Run what answers assistants, where there is one."""
    made = getattr(app.state, "assistants", None)
    if made is None:
        yield
        return
    async with made.session_manager.run():
        yield
