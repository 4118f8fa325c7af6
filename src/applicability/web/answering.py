"""How a request becomes an answer: its profile read, the work done in a thread within its time, the answer tagged."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Annotated, TypeVar

import anyio
import anyio.to_thread
from fastapi import Depends, Request
from pydantic import BaseModel
from starlette.responses import Response

from applicability.api import read_profile
from applicability.errors import ApplicabilityError, Location, Problem, ProfileError
from applicability.model.profile import Profile
from applicability.service.service import Service
from applicability.text import Text
from applicability.web.gate import RequestInfo
from applicability.web.metrics import Metrics
from applicability.web.problems import RefusedRequest
from applicability.web.settings import Settings

_T = TypeVar("_T")
# Most questions that wait for a thread; beyond that a caller gets 503 and `Retry-After`.
_WAITING = 256


class Answering:
    """What handlers share: the service, the settings, and the threads in which answers are worked out."""

    def __init__(self, service: Service, settings: Settings, metrics: Metrics) -> None:
        self.service, self.settings, self.metrics = service, settings, metrics
        self._threads: anyio.CapacityLimiter | None = None

    async def run(self, work: Callable[[], _T]) -> _T:
        """Do some work in a thread, or refuse it where that takes too long or too many wait."""
        if self._threads is None:  # made late: a limiter belongs to the event loop
            self._threads = anyio.CapacityLimiter(self.settings.concurrency)
        if self._threads.statistics().tasks_waiting >= _WAITING:
            raise _busy(Text("等待的请求过多", "too many requests are waiting"))
        try:
            with anyio.fail_after(self.settings.answer_seconds):
                return await anyio.to_thread.run_sync(work, limiter=self._threads, abandon_on_cancel=True)
        except TimeoutError:
            most = f"{self.settings.answer_seconds:g}"
            raise _busy(Text(f"超过{most}秒未能答完", f"it took longer than {most} seconds")) from None

    def pin(self, request: Request) -> None:
        """Refuse an answer by other rules than those that the request names by their digest, whole or its beginning."""
        wanted = request.headers.get("rulebook-digest", "").strip().strip('"').lower()
        if wanted and (len(wanted) < 12 or not self.service.digest.startswith(wanted)):
            own = self.service.digest
            what = Text(
                f"加载的规则库是 {own[:12]}，不是所指定的",
                f"the rulebook loaded is {own[:12]}, and not the one that was named",
            )
            headers = {"rulebook-digest": own}
            raise RefusedRequest(412, Problem("H006", Location("Rulebook-Digest"), what), headers)

    def tagged(self, request: Request, model: BaseModel, etag: str | None = None) -> Response:
        """An answer as JSON; 304 without a body where the caller has it already, by its ETag."""
        headers = {"rulebook-digest": self.service.digest}
        if etag is None:
            headers["cache-control"] = "no-store"  # the answer is about one entity: never cache it
        else:
            headers |= {"etag": etag, "cache-control": "no-cache"}
            held = request.headers.get("if-none-match", "")
            if held.strip() == "*" or etag in [one.strip().removeprefix("W/") for one in held.split(",")]:
                return Response(status_code=304, headers=headers)
        return Response(model.model_dump_json(), headers=headers, media_type="application/json")


def _busy(what: Text) -> RefusedRequest:
    return RefusedRequest(503, Problem("H009", Location("service"), what), {"retry-after": "5"})


class UnreadableProfile(Exception):
    """An error in a profile, with the profile, so that each problem names its field."""

    def __init__(self, error: ApplicabilityError, profile: Profile) -> None:
        self.error, self.profile = error, profile
        super().__init__(str(error))


def answering(request: Request) -> Answering:
    """What handlers share."""
    found: Answering = request.app.state.answering
    return found


def info_of(request: Request) -> RequestInfo:
    """What is known of a request."""
    found: RequestInfo = request.scope["state"]["info"]
    return found


async def body_profile(request: Request) -> Profile:
    """The profile that is the body of a request, read as the command reads a file of it."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/json", "application/yaml"):
        what = Text("请以 application/json 发送档案", "send the profile as application/json")
        raise RefusedRequest(415, Problem("H011", Location("content-type"), what))
    body = await request.body()
    return read_profile(body, "profile")


def of_profile(profile: Profile, work: Callable[[], _T]) -> Callable[[], _T]:
    """The same work, whose errors name the fields of the profile."""

    def done() -> _T:
        try:
            return work()
        except ProfileError as error:
            raise UnreadableProfile(error, profile) from None

    return done


def sent_profile(given: Mapping[str, object]) -> Profile:
    """A profile that is a part of a body."""
    return Profile.of(given)


SharedAnswering = Annotated[Answering, Depends(answering)]
BodyProfile = Annotated[Profile, Depends(body_profile)]
Day = datetime.date | None
