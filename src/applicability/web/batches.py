"""The operations that stream: many profiles in, many answers out.

What comes in is first laid down in a temporary file that has no name: who sends and who reads need not keep step, and
neither is held in memory. It is gone when the answer has been given.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import IO, Annotated, Any

import anyio
import anyio.to_thread
from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from applicability.errors import Location, Problem, ProfileError
from applicability.messages import install, not_installed
from applicability.model.selection import select_measures
from applicability.text import Lang, Text
from applicability.web.answering import Answering, Day, SharedAnswering, info_of
from applicability.web.bodies import BATCH_BODY, BATCH_RESPONSE
from applicability.web.gate import too_large, too_slow
from applicability.web.problems import RefusedRequest, could_be
from applicability.web.strict_json import check_size, strict_json

router = APIRouter(prefix="/v1")
TYPES: Mapping[str, str] = {
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "application/vnd.apache.arrow.stream": "arrow",
    "application/vnd.apache.parquet": "parquet",
}
_ANSWERS = {"jsonl": "application/x-ndjson", "arrow": "application/vnd.apache.arrow.stream",
            "parquet": "application/vnd.apache.parquet"}  # fmt: skip
_IN_MEMORY = 1_000_000
# Most batches at once in a process; beyond that a caller gets 503 and `Retry-After`.
_AT_ONCE = 2


class Busy:
    """How many batches are under way."""

    def __init__(self) -> None:
        self.count = 0

    def begin(self) -> None:
        """Count one more. Raises RefusedRequest where there are enough."""
        if self.count >= _AT_ONCE:
            what = Text("已有批量任务在进行", "other batches are under way")
            raise RefusedRequest(503, Problem("H009", Location("service"), what), {"retry-after": "10"})
        self.count += 1

    def end(self) -> None:
        """Count one less."""
        self.count -= 1


BUSY = Busy()


async def spooled(request: Request, most: int, seconds: float) -> IO[bytes]:
    """The body of a request as a file without a name. Raises RefusedRequest for one that is too large or too slow."""
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        raise too_large(most)
    file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 the answer closes it
    size = 0
    stream = request.stream().__aiter__()
    try:
        while True:
            with anyio.fail_after(seconds):  # for each part: a large body may take long, but not stop
                try:
                    part = await stream.__anext__()
                except StopAsyncIteration:
                    break
            size += len(part)
            if size > most:
                raise too_large(most)
            await anyio.to_thread.run_sync(file.write, part) if size > _IN_MEMORY else file.write(part)
    except TimeoutError:
        file.close()
        raise too_slow() from None
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def format_in(request: Request) -> str:
    """The format of what is sent."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in TYPES:
        shown = "、".join(_ANSWERS.values())
        what = Text(f"批量接口接受 {shown}", f"a batch is one of {', '.join(_ANSWERS.values())}")
        raise RefusedRequest(415, Problem("H011", Location("content-type"), what))
    return TYPES[kind]


def format_out(request: Request, given: str) -> str:
    """The format that is asked for: by default that of what is sent."""
    accepted = [part.partition(";")[0].strip().lower() for part in request.headers.get("accept", "").split(",")]
    for one in accepted:
        if one in TYPES:
            return TYPES[one]
    if not accepted[0] or any(one in ("*/*", "application/*") for one in accepted):
        return given
    what = Text("没有所要的格式", "it cannot be had in that format")
    raise RefusedRequest(406, Problem("H012", Location("accept"), what))


@router.post(
    "/check/batch",
    responses={200: BATCH_RESPONSE, **could_be(400, 406, 412, 415, 422)},
    response_class=Response,
    openapi_extra=BATCH_BODY,
    operation_id="batch",
    summary="Many profiles at once, streamed",
    tags=["batch"],
)
async def batch(
    request: Request,
    shared: SharedAnswering,
    measure: Annotated[list[Annotated[int, Query(ge=1, le=100_000)]] | None, Query(max_length=400)] = None,
    as_of: Day = None,
    lang: Lang | None = None,
) -> Response:
    """Each profile that comes in goes out in its order, with a verdict for each measure or with its problems."""
    shared.pin(request)
    given = format_in(request)
    wanted = format_out(request, given)
    try:
        from applicability.service.batch import BatchChecker  # an extra: Arrow and NumPy
    except ModuleNotFoundError as error:
        problem = Problem("E004", Location("batch"), not_installed(str(error.name)), install("bulk"))
        raise RefusedRequest(503, problem) from None
    settings, service = shared.settings, shared.service
    chosen = select_measures(service.rulebook, measure)
    checker = BatchChecker(service.rulebook, chosen, as_of, lang or info_of(request).lang)
    BUSY.begin()
    try:
        file = await spooled(request, settings.batch, settings.read_seconds)
    except BaseException:
        BUSY.end()
        raise

    def counted() -> Iterator[Any]:
        for part in checker.read(file, given, _line_reader(shared)):  # type: ignore[arg-type]
            shared.metrics.companies.inc(len(part))
            yield part

    chunks = checker.write(counted(), wanted)  # type: ignore[arg-type]
    return await streamed(chunks, _ANSWERS[wanted], file, {"rulebook-digest": service.digest})


def _line_reader(shared: Answering) -> Any:
    settings = shared.settings

    def read(line: bytes) -> Mapping[str, object]:
        """A line of JSON Lines, under the limits of a profile. Raises ProfileError."""
        try:
            if len(line) > settings.body:
                raise too_large(settings.body)
            if line.count(b"{") + line.count(b"[") > settings.depth or line.count(b",") >= settings.entries:
                check_size(line, settings.depth, settings.entries)
            found = strict_json(line)
        except RefusedRequest as error:
            raise ProfileError(error.problems) from None
        if not isinstance(found, dict):
            what = Text("每行应为一个对象 `{…}`", "a line holds one object, `{…}`")
            raise ProfileError([Problem("H001", Location("body"), what)])
        return found

    return read


async def streamed(chunks: Iterator[bytes], media_type: str, file: IO[bytes], headers: Mapping[str, str]) -> Response:
    """An answer made piece by piece in a thread; what is wrong before its first byte is told as a problem."""
    threads = anyio.CapacityLimiter(1)

    def step() -> bytes | None:
        return next(chunks, None)

    async def end() -> None:
        BUSY.end()
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(_closed, chunks, file)

    try:
        first = await anyio.to_thread.run_sync(step, limiter=threads)
    except BaseException:
        await end()
        raise

    async def body() -> AsyncIterator[bytes]:
        try:
            chunk = first
            while chunk is not None:
                if chunk:
                    yield chunk
                chunk = await anyio.to_thread.run_sync(step, limiter=threads)
        finally:
            await end()

    return StreamingResponse(body(), media_type=media_type, headers={**headers, "cache-control": "no-store"})


def _closed(chunks: Iterator[bytes], file: IO[bytes]) -> None:
    close = getattr(chunks, "close", None)
    if close is not None:
        close()
    file.close()
