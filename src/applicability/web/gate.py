"""What every request passes: checks of its host, key, rate, size and time; it gets an id, and a line in the log.

A pure ASGI layer around the application, so that streams stay streams. What is logged and counted names the route;
of what was sent a line has the language, the caller's id of the request and the beginning of the key's hash alone. The
digest in it is that of the rules that answered. Of a fault it has the kind and the lines of code, not the message.
"""

from __future__ import annotations

import json
import re
import sys
import time
import traceback
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import anyio
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from applicability.errors import Location, Problem
from applicability.text import Lang, Text
from applicability.web.keys import key_among
from applicability.web.language import language_of
from applicability.web.metrics import Metrics
from applicability.web.problems import RefusedRequest
from applicability.web.settings import Settings
from applicability.web.strict_json import check_size, strict_json

if TYPE_CHECKING:
    from applicability.web.rates import Rate

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
# Answered without a key, so that monitoring needs none.
_ALWAYS = ("/health", "/ready")
# Bodies that are streams, with limits of their own: the beginning of the path, and the setting that holds the limit.
_STREAMS = (
    ("/v1/check/batch", "batch"), ("/v1/screen", "register_size"), ("/zh/screen", "register_size"),
    ("/en/screen", "register_size"), ("/mcp", "body"),
)  # fmt: skip
# How much of a refused body is still read, and for how long.
_DRAINED, _DRAIN_SECONDS = 64_000_000, 5.0
# The log names so many lines of code of a fault, the one that raised it last.
_FRAMES = 8
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
_SAFE_HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)


@dataclass
class RequestInfo:
    """What is known of a request on its way: its id, language, key and outcome, for the log."""

    id: str
    lang: Lang
    key: str | None = None
    digest: str | None = None
    fault: str | None = None
    fault_at: list[str] | None = None
    status: int = 0
    sent: int = 0
    started: float = field(default_factory=time.perf_counter)

    def faulted(self, error: BaseException) -> None:
        """Note the kind of a fault and the lines of code that led to it, and nothing that they held."""
        while isinstance(error, RuntimeError) and error.__cause__ is not None:
            error = error.__cause__  # Starlette wraps an error that comes when the answer has begun
        self.fault = type(error).__name__
        frames = list(traceback.walk_tb(error.__traceback__))[-_FRAMES:]
        self.fault_at = [f"{frame.f_globals.get('__name__')}:{line}" for frame, line in frames]


# Makes the response of a refusal from the request, the status, the problems and headers.
Refusal = Callable[[Scope, int, Iterable[Problem], RequestInfo, Mapping[str, str] | None], Response]


class Gate:
    """The layer around the application."""

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics, refusal: Refusal) -> None:
        self.app, self.settings, self.metrics, self.refusal = app, settings, metrics, refusal
        self._rate: Rate | None = None
        if settings.rate:
            from applicability.web.rates import Rate

            self._rate = Rate(settings.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        incoming = _Incoming(receive)
        info = RequestInfo(_id_of(headers), language_of(headers.get("accept-language")))
        scope.setdefault("state", {})["info"] = info

        async def send_logged(message: Message) -> None:
            if message["type"] == "http.response.start":
                info.status = message["status"]
                held = {name.lower(): value for name, value in message["headers"]}
                info.digest = held.get(b"rulebook-digest", b"").decode()[:16] or None
                message["headers"] = [
                    *message["headers"],
                    (b"x-request-id", info.id.encode()),
                    *((name, value) for name, value in _SAFE_HEADERS if name not in held),
                ]
            elif message["type"] == "http.response.body":
                info.sent += len(message.get("body", b""))
            await send(message)

        self.metrics.begun()
        try:
            try:
                self._admit(scope, headers, info)
                body = await self._body(scope, headers, incoming, info)
                await self.app(scope, body, send_logged)
            except RefusedRequest as error:
                if error.status == 413:
                    await _drained(incoming)
                response = self.refusal(scope, error.status, error.problems, info, error.headers)
                if info.status == 0:
                    await response(scope, receive, send_logged)
            except Exception as error:
                # The handler of faults answers, and lets the error come here all the same.
                answered = info.fault is not None
                if not answered:
                    info.faulted(error)
                if info.status == 0:
                    await self.refusal(scope, 500, [fault()], info, None)(scope, receive, send_logged)
                elif not answered:
                    raise  # the response has begun: the connection is closed
        finally:
            seconds = time.perf_counter() - info.started
            self.metrics.ended(scope["method"], route_of(scope), info.status, seconds)
            if self.settings.log and route_of(scope) not in _ALWAYS:
                level = "info" if info.fault is None else "error"
                self._log(level, scope, info, ms=round(seconds * 1000, 1), fault=info.fault, at=info.fault_at)

    def _admit(self, scope: Scope, headers: Mapping[str, str], info: RequestInfo) -> None:
        """Refuse a request by its host, its key or its rate."""
        path = scope["path"]
        if len(scope.get("raw_path") or b"") > 2000 or len(scope["query_string"]) > 4000:
            what = Text("地址过长", "the address is too long")
            raise RefusedRequest(413, Problem("H002", Location("url"), what))
        known = self.settings.known_hosts
        host = headers.get("host", "")
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        if known and name.lower() not in known:
            what = Text("请求所写的主机名不是本服务的", "the request names a host that this service is not called by")
            raise RefusedRequest(421, Problem("H007", Location("host"), what))
        if path in _ALWAYS:
            return
        if self.settings.keys:
            info.key = key_among(headers, self.settings.keys)
            if info.key is None:
                what = Text("没有密钥，或密钥不对", "there is no key, or it is not one that is known")
                hint = Text(
                    "以 `Authorization: Bearer …` 或 `X-API-Key` 附上密钥",
                    "send it as `Authorization: Bearer …` or `X-API-Key`",
                )
                asks = {"www-authenticate": 'Basic realm="applicability", charset="UTF-8"'}
                raise RefusedRequest(401, Problem("H005", Location("key"), what, hint), asks)
        if self._rate is not None:
            who = info.key or self._address(scope, headers)
            wait = self._rate.wait(who)
            if wait is not None:
                what = Text(f"请求过于频繁，{wait}秒后再试", f"too many requests: try again in {wait} seconds")
                raise RefusedRequest(429, Problem("H004", Location("rate"), what), {"retry-after": str(wait)})

    def _address(self, scope: Scope, headers: Mapping[str, str]) -> str:
        """The address of the client; of a forwarded list only the last, which the proxy added, can be trusted."""
        forwarded = headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        if self.settings.trust_proxy and forwarded:
            return forwarded
        return str((scope.get("client") or ("",))[0])

    async def _body(self, scope: Scope, headers: Mapping[str, str], receive: Receive, info: RequestInfo) -> Receive:
        """The `receive` for the application: of a body that is read and checked, or of a stream up to its limit."""
        for path, limit in _STREAMS:
            if scope["path"].startswith(path):
                # A form with a file is a little larger than the file.
                return _counted(receive, getattr(self.settings, limit) + 10_000, self.settings.read_seconds)
        most = self.settings.body
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > most:
            raise too_large(most)
        parts, size = [], 0
        with anyio.move_on_after(self.settings.read_seconds) as waiting:
            more = scope["method"] not in ("GET", "HEAD") or "transfer-encoding" in headers or length not in ("", "0")
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    break
                parts.append(message.get("body", b""))
                size += len(parts[-1])
                if size > most:
                    raise too_large(most)
                more = message.get("more_body", False)
        if waiting.cancelled_caught:
            raise too_slow()
        body = b"".join(parts)
        if body and scope["path"].startswith("/v1/") and "json" in headers.get("content-type", ""):
            check_size(body, self.settings.depth, self.settings.entries)
            strict_json(body)
        return _replayed(body, receive)

    def _log(self, level: str, scope: Scope, info: RequestInfo, **more: object) -> None:
        """A line of JSON on standard error."""
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "level": level, "request": info.id,
            "method": scope["method"], "route": route_of(scope), "status": info.status, "bytes": info.sent,
            "lang": info.lang, "digest": info.digest, "key": info.key and info.key[:8], **more,
        }  # fmt: skip
        sys.stderr.write(json.dumps({name: value for name, value in line.items() if value is not None}) + "\n")


def fault() -> Problem:
    """The problem for a fault of the program; the log has the details."""
    what = Text("程序出错：请连同请求编号报告", "a fault of the program: please report it with the request's id")
    return Problem("H010", Location("service"), what)


def too_large(most: int) -> RefusedRequest:
    """The refusal of a body that is too large."""
    size = f"{most / 1_000_000:g} MB"
    what = Text(f"内容超过{size}", f"the body is larger than {size}")
    return RefusedRequest(413, Problem("H002", Location("body"), what), {"connection": "close"})


def too_slow() -> RefusedRequest:
    """The refusal of a body that does not come."""
    what = Text("请求发送过慢", "the request came too slowly")
    return RefusedRequest(408, Problem("H008", Location("body"), what), {"connection": "close"})


class _Incoming:
    """A `receive` that knows whether the whole body has come; after that only the disconnect follows."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self.whole = False

    async def __call__(self) -> Message:
        message = await self._receive()
        self.whole = message["type"] == "http.disconnect" or not message.get("more_body", False)
        return message


async def _drained(incoming: _Incoming) -> None:
    """Read the rest of a refused body, up to a limit: a client that is still sending does not read the answer."""
    size = 0
    with anyio.move_on_after(_DRAIN_SECONDS):
        while size < _DRAINED and not incoming.whole:
            size += len((await incoming()).get("body", b""))


def route_of(scope: Scope) -> str:
    """The template of the path that was asked for, which holds nothing of the request itself."""
    route: Any = scope.get("route")
    path = getattr(route, "path", None)
    if isinstance(path, str):
        return path
    asked = str(scope["path"])
    if asked in _ALWAYS or asked.startswith("/mcp"):
        return asked[:7]
    return "/static" if asked.startswith("/static/") else "other"


def _id_of(headers: Mapping[str, str]) -> str:
    """The name that the caller gave the request, where it is a plain one; else a new one."""
    given = headers.get("x-request-id", "")
    if _ID.fullmatch(given):
        return given
    # UUIDs that sort by time, where the standard library has them.
    return str(getattr(uuid, "uuid7", uuid.uuid4)())


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Receives a body that was read before, and then what comes after it."""
    done = False

    async def again() -> Message:
        nonlocal done
        if done:
            return await receive()
        done = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _counted(receive: Receive, most: int, seconds: float) -> Receive:
    """Receives a body as it comes, and refuses it where it grows too large or a part of it does not come."""
    size, whole = 0, False

    async def again() -> Message:
        nonlocal size, whole
        if whole:  # the next message is the disconnect, which comes only after the answer
            return await receive()
        try:
            with anyio.fail_after(seconds):  # for each part: a large body may take long, but not stop
                message = await receive()
        except TimeoutError:
            raise too_slow() from None
        whole = message["type"] == "http.disconnect" or not message.get("more_body", False)
        size += len(message.get("body", b""))
        if size > most:
            raise too_large(most)
        return message

    return again
