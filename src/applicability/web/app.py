"""The application: the routes, what turns errors into problems, and what stands around them."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any

import anyio
import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from applicability.errors import ApplicabilityError, Location, Problem
from applicability.long_lived import long_lived
from applicability.model.profile import Profile
from applicability.service.service import Service
from applicability.text import Text
from applicability.web import (
    batches,
    checks,
    compare_page,
    lookups,
    operations,
    page,
    register_page,
    registers,
    rendering,
)
from applicability.web.answering import Answering, UnreadableProfile, info_of
from applicability.web.assistants import Assistants
from applicability.web.gate import Gate, fault
from applicability.web.json_log import log_as_json
from applicability.web.metrics import Metrics
from applicability.web.problems import RefusedRequest, status_of
from applicability.web.refusals import Refusals
from applicability.web.settings import Settings, handed_down


def create_app(settings: Settings | None = None, service: Service | None = None) -> ASGIApp:
    """The application of some settings; without any, those that the parent process handed down."""
    settings = settings or handed_down()
    log_as_json()
    service = service or Service.load(settings.rules, settings.registers)
    metrics = Metrics(service.digest)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False, lifespan=_lifespan)
    app.state.answering = Answering(service, settings, metrics)
    app.state.refusals = Refusals(app.state.answering)
    app.state.ready = False
    for part in (checks, lookups, batches, registers, operations, page, compare_page, register_page):
        app.include_router(part.router)
    rendering.mount_static(app)
    if settings.mcp:
        app.state.assistants = Assistants(service, settings)
        app.router.routes.append(Route("/mcp", app.state.assistants))
    described: dict[str, Any] = {}
    describing = threading.Lock()

    def openapi() -> dict[str, Any]:
        with describing:  # whoever asks meanwhile waits, and does not make it again
            if not described:
                # It takes seconds and slows every other answer, so it is made only when somebody asks for it.
                from applicability.web.openapi import describe

                described.update(describe(app, service))
        return described

    app.openapi = openapi  # type: ignore[method-assign]
    app.add_exception_handler(UnreadableProfile, _unreadable)
    app.add_exception_handler(ApplicabilityError, _mistaken)
    app.add_exception_handler(RefusedRequest, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _no_such)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _fault)
    return Gate(app, settings, metrics, app.state.refusals)


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    shared: Answering = app.state.answering
    with long_lived():
        _build_routes(app)
        await anyio.to_thread.run_sync(shared.service.warm)
    app.state.ready = True
    try:
        assistants: Assistants | None = getattr(app.state, "assistants", None)
        async with (
            assistants.running() if assistants is not None else contextlib.nullcontext(),
            anyio.create_task_group() as meanwhile,
        ):
            # After the service is ready: programs that ask for no page do not wait for the templates.
            meanwhile.start_soon(_prepare)
            yield
            meanwhile.cancel_scope.cancel()
    finally:
        app.state.ready = False


def _build_routes(app: FastAPI) -> None:
    """Build the routes of the included parts, which FastAPI leaves to the first request.

    FastAPI changes the process's filters of warnings meanwhile, which is safe only while no other thread does so too.
    The making of the description does: a request that built the routes beside it could end in a fault.
    """
    for route in app.routes:
        route.matches({"type": "http", "method": "GET", "path": "/", "headers": []})


async def _prepare() -> None:
    await anyio.to_thread.run_sync(rendering.prepare, abandon_on_cancel=True)


def _refusal(
    request: Request,
    status: int,
    problems: Iterable[Problem],
    headers: Mapping[str, str] | None = None,
    profile: Profile | None = None,
) -> Response:
    refusals: Refusals = request.app.state.refusals
    return refusals(request.scope, status, problems, info_of(request), headers, profile)


async def _unreadable(request: Request, error: Exception) -> Response:
    assert isinstance(error, UnreadableProfile)
    return _refusal(request, 422, error.error.problems, profile=error.profile)


async def _mistaken(request: Request, error: Exception) -> Response:
    assert isinstance(error, ApplicabilityError)
    return _refusal(request, status_of(error), error.problems)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedRequest)
    return _refusal(request, error.status, error.problems, error.headers)


async def _invalid(request: Request, error: Exception) -> Response:
    """A request that does not match the schema; in Chinese the library's English words are quoted."""
    assert isinstance(error, RequestValidationError)
    if any(one["loc"][:2] == ("path", "lang") for one in error.errors()):
        return await _no_such(request, HTTPException(404))
    problems = []
    for one in error.errors()[:50]:
        where = ".".join(str(part) for part in one["loc"]) or "request"
        said = str(one["msg"])
        problems.append(
            Problem("H013", Location(where), Text(f"与约定不符：“{said}”", f"it does not match the schema: {said}"))
        )
    content = any(one["loc"][:1] == ("body",) and len(one["loc"]) <= 1 for one in error.errors())
    kind = request.headers.get("content-type", "")
    status = 415 if content and "json" not in kind and request.method == "POST" else 422
    return _refusal(request, status, problems)


async def _no_such(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        what = Text("此地址不接受该方法", "this address does not take that method")
        headers = error.headers or {}
        return _refusal(request, 405, [Problem("H015", Location("method"), what)], headers)
    if error.status_code == 404:
        what = Text("没有这个地址", "there is nothing at this address")
        return _refusal(request, 404, [Problem("H014", Location("path"), what)])
    what = Text("请求无法读取", "the request cannot be read")
    return _refusal(request, 400, [Problem("H001", Location("body"), what)])


class _Unanswered(Response):
    """The answer to a client that has left: nothing is sent, and its status stays 0."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send nothing."""


async def _gone(request: Request, error: Exception) -> Response:
    """A client that disconnects while it sends is not an error of the program."""
    return _Unanswered()


async def _fault(request: Request, error: Exception) -> Response:
    """A fault of the program: the answer has the id of the request and no detail."""
    info = info_of(request)
    info.faulted(error)
    return _refusal(request, 500, [fault()])
