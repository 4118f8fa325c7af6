"""The two clients: the same operations, waited for or awaited."""

from __future__ import annotations

import datetime
import json
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import httpx2

from applicability.client import requests
from applicability.client.requests import DEFAULT_URL, AnswerT, GivenProfile, Operation, refused
from applicability.report.assessment.json import AssessmentModel
from applicability.report.changes.json import ChangesModel
from applicability.report.comparison.json import ComparisonModel
from applicability.report.difference.json import DifferenceModel
from applicability.report.interview.json import InterviewModel
from applicability.report.reach_map.json import ReachMapModel
from applicability.service.listing import MeasureDetailModel, RulebookInfoModel
from applicability.service.overview import OverviewModel
from applicability.service.verify import ClaimModel, VerificationModel
from applicability.text import Lang

_NDJSON = {"content-type": "application/x-ndjson", "accept": "application/x-ndjson"}
Claims = Iterable[ClaimModel | Mapping[str, object]]
AsOf = datetime.date | None


class _ClientSettings:
    """What both clients are told: where the service is, the key, the language of problems, the rulebook pinned."""

    def __init__(self, key: str | None, lang: Lang, pinned: str | None) -> None:
        self._key, self._lang, self.pinned = key, lang, pinned

    @property
    def _headers(self) -> dict[str, str]:
        return requests.headers(self._key, self._lang, self.pinned)


class Client(_ClientSettings):
    """Asks a service and waits. `pinned` is the digest of the rulebook that must be the one loaded. `http` is a client
    of your own, for proxies and tests. Every call raises ServiceError where the service refuses.
    """

    def __init__(
        self,
        url: str = DEFAULT_URL,
        *,
        key: str | None = None,
        lang: Lang = "en",
        pinned: str | None = None,
        timeout: float = 60.0,
        http: httpx2.Client | None = None,
    ) -> None:
        super().__init__(key, lang, pinned)
        self._http = http if http is not None else httpx2.Client(base_url=url, timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close its connections."""
        self._http.close()

    def ask(self, operation: Operation[AnswerT]) -> AnswerT:
        """Send an operation and read its answer."""
        query = tuple(operation.query)
        response = self._http.request(
            operation.method, operation.path, params=query, json=operation.body, headers=self._headers
        )
        if response.status_code != 200:
            raise refused(response.status_code, response.content, response.headers.get("x-request-id", ""))
        return operation.answer.model_validate_json(response.content)

    def check(
        self, profile: GivenProfile, *, as_of: AsOf = None, measures: Sequence[int] | None = None
    ) -> AssessmentModel:
        """The published assessment of a profile."""
        return self.ask(requests.check(profile, as_of, measures))

    def overview(self, profile: GivenProfile, *, as_of: AsOf = None, unknown: Sequence[str] = ()) -> OverviewModel:
        """An answer at a glance."""
        return self.ask(requests.overview(profile, as_of, unknown))

    def question(
        self, profile: GivenProfile, *, as_of: AsOf = None, unknown: Sequence[str] = (), every: bool = False
    ) -> InterviewModel:
        """The question to ask next."""
        return self.ask(requests.question(profile, as_of, unknown, every))

    def changes(self, profile: GivenProfile, measures: Sequence[int], *, as_of: AsOf = None) -> ChangesModel:
        """What would open measures."""
        return self.ask(requests.changes(profile, measures, as_of))

    def compare(self, profiles: Mapping[str, GivenProfile]) -> ComparisonModel:
        """Several profiles side by side, each under its name."""
        return self.ask(requests.compare(profiles))

    def compare_across(self, profile: GivenProfile, fact: str, values: Sequence[object] = ()) -> ComparisonModel:
        """A profile with other values of one fact; all pilots for `city` without values."""
        return self.ask(requests.compare_across(profile, fact, values))

    def verify(self, profile: GivenProfile, claims: Claims, *, as_of: AsOf = None) -> VerificationModel:
        """The claims of a draft, checked."""
        return self.ask(requests.verify(profile, claims, as_of))

    def rulebook(self) -> RulebookInfoModel:
        """Which rules answer."""
        return self.ask(requests.rulebook())

    def measure(self, row: int) -> MeasureDetailModel:
        """One measure apart from any entity."""
        return self.ask(requests.measure(row))

    def reach_map(self, places: Sequence[str] | None = None, *, as_of: AsOf = None) -> ReachMapModel:
        """Where each measure can be open."""
        return self.ask(requests.reach_map(places, as_of))

    def diff(self, old_as_of: datetime.date, new_as_of: datetime.date) -> DifferenceModel:
        """What is decided differently on two days."""
        return self.ask(requests.diff(old_as_of, new_as_of))

    def batch(self, profiles: Iterable[GivenProfile]) -> Iterator[dict[str, Any]]:
        """Many profiles: for each its line, with `verdicts` by row or with `problems`."""
        content, headers = requests.lines_of(profiles), {**self._headers, **_NDJSON}
        with self._http.stream("POST", "/v1/check/batch", content=content, headers=headers) as response:
            if response.status_code != 200:
                raise refused(response.status_code, response.read(), response.headers.get("x-request-id", ""))
            for line in response.iter_lines():
                yield json.loads(line)


class AsyncClient(_ClientSettings):
    """The same, awaited."""

    def __init__(
        self,
        url: str = DEFAULT_URL,
        *,
        key: str | None = None,
        lang: Lang = "en",
        pinned: str | None = None,
        timeout: float = 60.0,
        http: httpx2.AsyncClient | None = None,
    ) -> None:
        super().__init__(key, lang, pinned)
        self._http = http if http is not None else httpx2.AsyncClient(base_url=url, timeout=timeout)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close its connections."""
        await self._http.aclose()

    async def ask(self, operation: Operation[AnswerT]) -> AnswerT:
        """Send an operation and read its answer."""
        query = tuple(operation.query)
        response = await self._http.request(
            operation.method, operation.path, params=query, json=operation.body, headers=self._headers
        )
        if response.status_code != 200:
            raise refused(response.status_code, response.content, response.headers.get("x-request-id", ""))
        return operation.answer.model_validate_json(response.content)

    async def check(
        self, profile: GivenProfile, *, as_of: AsOf = None, measures: Sequence[int] | None = None
    ) -> AssessmentModel:
        """The published assessment of a profile."""
        return await self.ask(requests.check(profile, as_of, measures))

    async def overview(
        self, profile: GivenProfile, *, as_of: AsOf = None, unknown: Sequence[str] = ()
    ) -> OverviewModel:
        """An answer at a glance."""
        return await self.ask(requests.overview(profile, as_of, unknown))

    async def question(
        self, profile: GivenProfile, *, as_of: AsOf = None, unknown: Sequence[str] = (), every: bool = False
    ) -> InterviewModel:
        """The question to ask next."""
        return await self.ask(requests.question(profile, as_of, unknown, every))

    async def changes(self, profile: GivenProfile, measures: Sequence[int], *, as_of: AsOf = None) -> ChangesModel:
        """What would open measures."""
        return await self.ask(requests.changes(profile, measures, as_of))

    async def compare(self, profiles: Mapping[str, GivenProfile]) -> ComparisonModel:
        """Several profiles side by side, each under its name."""
        return await self.ask(requests.compare(profiles))

    async def compare_across(self, profile: GivenProfile, fact: str, values: Sequence[object] = ()) -> ComparisonModel:
        """A profile with other values of one fact; all pilots for `city` without values."""
        return await self.ask(requests.compare_across(profile, fact, values))

    async def verify(self, profile: GivenProfile, claims: Claims, *, as_of: AsOf = None) -> VerificationModel:
        """The claims of a draft, checked."""
        return await self.ask(requests.verify(profile, claims, as_of))

    async def rulebook(self) -> RulebookInfoModel:
        """Which rules answer."""
        return await self.ask(requests.rulebook())

    async def measure(self, row: int) -> MeasureDetailModel:
        """One measure apart from any entity."""
        return await self.ask(requests.measure(row))

    async def reach_map(self, places: Sequence[str] | None = None, *, as_of: AsOf = None) -> ReachMapModel:
        """Where each measure can be open."""
        return await self.ask(requests.reach_map(places, as_of))

    async def diff(self, old_as_of: datetime.date, new_as_of: datetime.date) -> DifferenceModel:
        """What is decided differently on two days."""
        return await self.ask(requests.diff(old_as_of, new_as_of))

    async def batch(self, profiles: Iterable[GivenProfile]) -> AsyncIterator[dict[str, Any]]:
        """Many profiles: for each its line, with `verdicts` by row or with `problems`."""
        headers = {**self._headers, **_NDJSON}

        async def content() -> AsyncIterator[bytes]:
            for line in requests.lines_of(profiles):
                yield line

        async with self._http.stream("POST", "/v1/check/batch", content=content(), headers=headers) as response:
            if response.status_code != 200:
                raise refused(response.status_code, await response.aread(), response.headers.get("x-request-id", ""))
            async for line in response.aiter_lines():
                yield json.loads(line)
