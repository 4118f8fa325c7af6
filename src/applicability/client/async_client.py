"""The client whose answers are awaited."""

from __future__ import annotations

import datetime
import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Self

import httpx2

from applicability.client import requests
from applicability.client.requests import (
    DEFAULT_URL,
    AnswerT,
    AsOf,
    Claims,
    ClientSettings,
    GivenProfile,
    Operation,
    Upload,
    refused,
)
from applicability.report.assessment.json import AssessmentModel
from applicability.report.changes.json import ChangesModel
from applicability.report.comparison.json import ComparisonModel
from applicability.report.difference.json import DifferenceModel
from applicability.report.interview.json import InterviewModel
from applicability.report.reach_map.json import ReachMapModel
from applicability.service.choices import ChangeTarget, ComparisonFormat, ReportFormat, ShareUnit
from applicability.service.listing import FactModel, MeasureDetailModel, RulebookInfoModel
from applicability.service.lists import (
    ActivitiesModel,
    FactsModel,
    LimitsModel,
    MeasuresModel,
    PlacesModel,
    SectorsModel,
)
from applicability.service.overview import OverviewModel
from applicability.service.verify import VerificationModel
from applicability.text import Lang


class AsyncClient(ClientSettings):
    """Asks a service, its answers awaited; all else is as `Client` has it."""

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
            operation.method, operation.path, params=query, json=operation.body, headers=self.headers
        )
        if response.status_code != 200:
            raise refused(response.status_code, response.content, response.headers.get("x-request-id", ""))
        return operation.answer.model_validate_json(response.content)

    async def check(
        self,
        profile: GivenProfile,
        *,
        as_of: AsOf = None,
        measures: Sequence[int] | None = None,
        chapters: Sequence[int] | None = None,
        explain: Lang | None = None,
    ) -> AssessmentModel:
        """The published assessment of a profile; with `explain` the derivation too, in that language."""
        return await self.ask(requests.check(profile, as_of, measures, chapters, explain))

    async def overview(
        self,
        profile: GivenProfile,
        *,
        as_of: AsOf = None,
        unknown: Sequence[str] = (),
        first: str | None = None,
    ) -> OverviewModel:
        """An answer at a glance; where `first` matters, it is asked for before other facts."""
        return await self.ask(requests.overview(profile, as_of, unknown, first))

    async def question(
        self,
        profile: GivenProfile,
        *,
        as_of: AsOf = None,
        unknown: Sequence[str] = (),
        measures: Sequence[int] | None = None,
        every: bool = False,
    ) -> InterviewModel:
        """The question to ask next; what is implausible for the entity only with `every`."""
        return await self.ask(requests.question(profile, as_of, unknown, measures, every))

    async def changes(
        self, profile: GivenProfile, measures: Sequence[int], *, to: ChangeTarget = "open", as_of: AsOf = None
    ) -> ChangesModel:
        """What would open measures, or with `to="step"` lead to the next verdict up."""
        return await self.ask(requests.changes(profile, measures, to, as_of))

    async def compare(
        self,
        profiles: Mapping[str, GivenProfile],
        *,
        measures: Sequence[int] | None = None,
        chapters: Sequence[int] | None = None,
        as_of: AsOf = None,
    ) -> ComparisonModel:
        """Several profiles side by side, each under its name."""
        return await self.ask(requests.compare(profiles, measures, chapters, as_of))

    async def compare_across(
        self,
        profile: GivenProfile,
        fact: str,
        values: Sequence[object] = (),
        *,
        own: bool = False,
        measures: Sequence[int] | None = None,
        chapters: Sequence[int] | None = None,
        as_of: AsOf = None,
    ) -> ComparisonModel:
        """A profile with other values of one fact; all pilots for `city` without values.

        `own`: of places that are named, the profile's own comes first.
        """
        return await self.ask(requests.compare_across(profile, fact, values, own, measures, chapters, as_of))

    async def verify(self, profile: GivenProfile, claims: Claims, *, as_of: AsOf = None) -> VerificationModel:
        """The claims of a draft, checked."""
        return await self.ask(requests.verify(profile, claims, as_of))

    async def compare_report(
        self,
        profile: GivenProfile | None = None,
        fact: str = "city",
        values: Sequence[object] = (),
        form: ComparisonFormat = "html",
        *,
        profiles: Mapping[str, GivenProfile] | None = None,
        own: bool = False,
        measures: Sequence[int] | None = None,
        chapters: Sequence[int] | None = None,
        as_of: AsOf = None,
    ) -> bytes:
        """What `compare_across`, or with `profiles` what `compare` answers, as a file in the client's language."""
        asked = requests.compare_report(profile, fact, values, form, profiles, own, measures, chapters, as_of)
        return await self._file(asked)

    async def report(self, profile: GivenProfile, form: ReportFormat = "html", *, as_of: AsOf = None) -> bytes:
        """A paper about a profile, in the client's language."""
        return await self._file(requests.report(profile, form, as_of))

    async def rulebook(self) -> RulebookInfoModel:
        """Which rules answer."""
        return await self.ask(requests.rulebook())

    async def measures(self, words: str = "", *, chapters: Sequence[int] | None = None) -> MeasuresModel:
        """All measures, or those whose number, title or text holds all the words, or, where none does, those that
        everyday words mean."""
        return await self.ask(requests.measures(words, chapters))

    async def measure(self, row: int, *, document: str | None = None) -> MeasureDetailModel:
        """One measure apart from any entity."""
        return await self.ask(requests.measure(row, document))

    async def places(self, words: str, *, limit: int = 20) -> PlacesModel:
        """Places and zones by any of their names, the pilots first."""
        return await self.ask(requests.places(words, limit))

    async def zones(self, place: str) -> PlacesModel:
        """The zones of a place that is given by name or code."""
        return await self.ask(requests.zones(place))

    async def sectors(self, words: str, *, limit: int = 20) -> SectorsModel:
        """Sectors of GB/T 4754-2017 by code, name or everyday word, the likeliest first."""
        return await self.ask(requests.sectors(words, limit))

    async def activities(self, words: str = "", *, limit: int = 100) -> ActivitiesModel:
        """The activities that the measures speak of."""
        return await self.ask(requests.activities(words, limit))

    async def facts(self) -> FactsModel:
        """Every fact that a profile may give, with its question and its values."""
        return await self.ask(requests.facts())

    async def fact(self, name: str) -> FactModel:
        """One fact."""
        return await self.ask(requests.fact(name))

    async def limits(self, words: str = "", *, measures: Sequence[int] | None = None) -> LimitsModel:
        """What uses of the measures must keep."""
        return await self.ask(requests.limits(measures, words))

    async def reach_map(
        self, places: Sequence[str] | None = None, *, measures: Sequence[int] | None = None, as_of: AsOf = None
    ) -> ReachMapModel:
        """Where each measure, or each of some rows, can be open."""
        return await self.ask(requests.reach_map(places, as_of, measures))

    async def diff(self, old_as_of: datetime.date, new_as_of: datetime.date) -> DifferenceModel:
        """What is decided differently on two days."""
        return await self.ask(requests.diff(old_as_of, new_as_of))

    def batch(
        self, profiles: Iterable[GivenProfile], *, measures: Sequence[int] | None = None, as_of: AsOf = None
    ) -> AsyncIterator[dict[str, Any]]:
        """Many profiles: for each its line, with `verdicts` by row or with `problems`."""
        return self._lines(requests.batch(profiles, measures, as_of))

    def screen(
        self, name: str, content: bytes | Iterable[bytes], *, shares: ShareUnit | None = None
    ) -> AsyncIterator[dict[str, Any]]:
        """A register of companies: how far it is read, then its summary and the workbook in base64, or `problems`."""
        return self._lines(requests.screen(name, content, shares))

    async def _file(self, upload: Upload) -> bytes:
        async with self._sent(upload) as response:
            return await response.aread()

    async def _lines(self, upload: Upload) -> AsyncIterator[dict[str, Any]]:
        async with self._sent(upload) as response:
            async for line in response.aiter_lines():
                yield json.loads(line)

    @asynccontextmanager
    async def _sent(self, upload: Upload) -> AsyncIterator[httpx2.Response]:
        headers = {**self.headers, "content-type": upload.content_type}
        query, content = tuple(upload.query), _awaited(upload.content)
        async with self._http.stream("POST", upload.path, params=query, content=content, headers=headers) as response:
            if response.status_code != 200:
                raise refused(response.status_code, await response.aread(), response.headers.get("x-request-id", ""))
            yield response


def _awaited(content: bytes | Iterable[bytes]) -> bytes | AsyncIterator[bytes]:
    if isinstance(content, bytes):
        return content

    async def parts() -> AsyncIterator[bytes]:
        for part in content:
            yield part

    return parts()
