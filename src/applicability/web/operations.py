"""What those who run the service ask: whether it lives, whether it can answer, what it counts, what it offers."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from applicability.errors import Location, Problem
from applicability.text import Text
from applicability.web.answering import SharedAnswering
from applicability.web.metrics import MEDIA_TYPE
from applicability.web.problems import RefusedRequest

router = APIRouter(include_in_schema=False)


@router.get("/health")
async def health() -> Response:
    """That the process lives."""
    return JSONResponse({"status": "alive"})


@router.get("/ready")
async def ready(request: Request, shared: SharedAnswering) -> Response:
    """That the rulebook is loaded and questions can be answered."""
    if not request.app.state.ready:
        what = Text("正在启动", "it is still starting")
        raise RefusedRequest(503, Problem("H009", Location("service"), what), {"retry-after": "1"})
    book = shared.service.rulebook
    return JSONResponse(
        {"status": "ready", "rulebook": book.id, "version": book.version, "digest": shared.service.digest}
    )


@router.get("/metrics")
async def metrics(shared: SharedAnswering) -> Response:
    """What is counted, for Prometheus."""
    return Response(shared.metrics.text(), media_type=MEDIA_TYPE)


@router.get("/openapi.json")
async def openapi(request: Request, shared: SharedAnswering) -> Response:
    """The description of the interface."""
    return JSONResponse(await shared.run(request.app.openapi))
