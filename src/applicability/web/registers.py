"""A register of companies dropped on the page: screened in a folder that is gone with the answer."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import anyio
import anyio.to_thread
from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from applicability.errors import ApplicabilityError, EngineError, Location, Problem, ProfileError
from applicability.lazy_dataclass import replace
from applicability.messages import install, not_installed
from applicability.report.layout.wrap import printable
from applicability.service.choices import ShareUnit
from applicability.service.service import Service
from applicability.text import Lang, Text
from applicability.web.answering import Answering, SharedAnswering, info_of
from applicability.web.batches import BUSY, spooled
from applicability.web.file_names import attachment, screened_name
from applicability.web.gate import RequestInfo, fault
from applicability.web.problems import could_be, details

if TYPE_CHECKING:  # the rest of `bulk` is imported when a register is screened
    from applicability.bulk.sources.source import Source

router = APIRouter(prefix="/v1")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EVENTS = {
    "description": "A line of JSON for each step: `read`, then `summary`, the workbook as base64 and its `name`, or "
    "`problems` that were found when some was read",
    "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
TellRead = Callable[[int], None]


def screened(
    service: Service,
    file: IO[bytes],
    name: str,
    lang: Lang,
    tell: TellRead | None = None,
    shares: ShareUnit | None = None,
) -> tuple[Any, bytes]:
    """The summary of a register by its contract, and the workbook. Raises ProfileError and EngineError.

    `shares` says what bare numbers are in columns of shares that leave it open.
    """
    ending = ending_of(name)
    try:
        from applicability.bulk.job import ASKS, LONG, WIDE, Job
        from applicability.bulk.output.summary import summary_json
        from applicability.bulk.output.target import Beside, target_of
        from applicability.bulk.run import units
        from applicability.bulk.sources.open import open_source
        from applicability.loading.company.share_values import Unit
        from applicability.screening import coded_columns, known_headings, reading_of_cells, run
    except ModuleNotFoundError as error:
        raise EngineError(
            [Problem("E004", Location("screen"), not_installed(str(error.name)), install("bulk"))]
        ) from None
    from applicability.api import day_of
    from applicability.report.layout.workbooks import workbook

    workbook()  # checks before the work that the library for the result is installed
    book = service.rulebook
    with tempfile.TemporaryDirectory(prefix="applicability-register-") as folder, _by_its_own_name(folder, name):
        given, made = Path(folder) / f"register{ending}", Path(folder) / "screened.xlsx"
        with given.open("wb") as stream:
            shutil.copyfileobj(file, stream)
        target = target_of(str(made), "xlsx", Beside(None, None, None))
        job = Job(book, day_of(book, None), lang, book.measures, forms=frozenset((LONG, WIDE, ASKS)), surface="page")
        known = known_headings(book, {})
        reads = reading_of_cells(book, known)

        def opened() -> Source:
            return open_source(str(given), rows=4096, coded=coded_columns(book, ()), known=known, reads=reads)

        source = opened()
        try:
            if shares is not None:
                doubted = units.settled(source, opened, job).settled.items()
                job = replace(job, units={one: shares for one, unit in doubted if unit == Unit.IN_DOUBT.value})
            summary, _ = run(
                source, job, target, "register", lambda state, numbers: None, again=opened,
                tell=None if tell is None else lambda progress, total: tell(total.read),
            )  # fmt: skip
        finally:
            source.close()
        return summary_json(job, summary, "register").to_dict(), made.read_bytes()


def ending_of(name: str) -> str:
    """The ending of a file's name with its dot, which tells its kind. Raises ProfileError."""
    from applicability.bulk.sources.open import ENDINGS

    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        shown = ", ".join(ENDINGS)
        what = Text("看不出是哪一种表格", "cannot tell what kind of table this is")
        hint = Text(f"文件名以 {shown} 之一结尾", f"a file whose name ends in one of {shown}")
        raise ProfileError([Problem("S101", Location("file"), what, hint)])
    return ending


@contextlib.contextmanager
def _by_its_own_name(folder: str, name: str) -> Iterator[None]:
    """Tell what is wrong with a file under the name that its owner gave it: where it was put meanwhile is ours."""
    put = re.compile(rf"{re.escape(folder)}(?:[/\\][\w.]*)?")

    def told(text: str) -> str:
        return put.sub(lambda _: printable(name), text)

    def own(text: Text) -> Text:
        return Text(told(text.zh), told(text.en))

    def of_owner(one: Problem) -> Problem:
        where = Location(told(one.location.file), one.location.line, one.location.column)
        return Problem(one.code, where, own(one.what), None if one.mend is None else own(one.mend.on("page")))

    try:
        yield
    except ApplicabilityError as error:
        raise type(error)([of_owner(one) for one in error.problems]) from None


async def workbook_response(
    shared: Answering, file: IO[bytes], name: str, lang: Lang, shares: ShareUnit | None = None
) -> Response:
    """The workbook of a register as a file to keep."""
    BUSY.begin()
    try:
        _, data = await anyio.to_thread.run_sync(screened, shared.service, file, name, lang, None, shares)
    finally:
        BUSY.end()
    headers = {"content-disposition": attachment(screened_name(name, lang)), "cache-control": "no-store"}
    return Response(data, headers=headers, media_type=XLSX)


@router.post(
    "/screen",
    responses={200: _EVENTS, **could_be(412, 422)},
    response_class=Response,
    openapi_extra=_BODY,
    operation_id="screen",
    summary="A register of companies as people have it, screened into a workbook",
    tags=["batch"],
)
async def screen(
    request: Request,
    shared: SharedAnswering,
    name: Annotated[str, Query(max_length=200, description="the file's name, whose ending tells its kind")],
    lang: Lang | None = None,
    shares: Annotated[
        ShareUnit | None, Query(description="what bare numbers are in columns of shares that leave it open")
    ] = None,
) -> Response:
    """Progress as lines of JSON while the register is screened, and the workbook in the last of them.

    What is wrong with the file as a whole is a refusal; `problems` are a line only of what is found when some was read.
    """
    shared.pin(request)
    ending_of(name)  # before a large file is sent
    spoken, info = lang or info_of(request).lang, info_of(request)
    BUSY.begin()
    try:
        file = await spooled(request, shared.settings.register_size, shared.settings.read_seconds)
    except BaseException:
        BUSY.end()
        raise
    loop, events = asyncio.get_running_loop(), asyncio.Queue[dict[str, Any] | Exception | None]()

    def put(event: dict[str, Any] | Exception | None) -> None:
        loop.call_soon_threadsafe(events.put_nowait, event)

    def work() -> None:
        try:
            summary, data = screened(shared.service, file, name, spoken, lambda read: put({"read": read}), shares)
            workbook = base64.b64encode(data).decode()
            put({"summary": summary, "workbook": workbook, "name": screened_name(name, spoken)})
        except Exception as error:
            put(error)
        finally:
            file.close()
            put(None)

    task = loop.run_in_executor(None, work)

    async def ended() -> None:
        BUSY.end()
        with anyio.CancelScope(shield=True):
            await task

    try:
        first = await events.get()
        if isinstance(first, Exception):
            raise first
    except BaseException:
        await ended()
        raise

    async def lines() -> AsyncIterator[bytes]:
        try:
            event: dict[str, Any] | Exception | None = first
            while event is not None:
                shown = _problems(event, spoken, info) if isinstance(event, Exception) else event
                yield json.dumps(shown, ensure_ascii=False).encode() + b"\n"
                event = await events.get()
        finally:
            await ended()

    return StreamingResponse(lines(), media_type="application/x-ndjson", headers={"cache-control": "no-store"})


def _problems(error: Exception, lang: Lang, info: RequestInfo) -> dict[str, Any]:
    """What went wrong after the first line, when the status was already told."""
    if isinstance(error, ApplicabilityError):
        told = details(422, error.problems, lang, info.id)
    else:
        info.faulted(error)
        told = details(500, (fault(),), lang, info.id)
    problems = [one.model_dump() for one in told.problems]
    return {"status": told.status, "instance": told.instance, "problems": problems}
