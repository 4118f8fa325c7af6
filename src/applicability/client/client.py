"""The client that waits for each answer."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
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


class Client(ClientSettings):
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
            operation.method, operation.path, params=query, json=operation.body, headers=self.headers
        )
        if response.status_code != 200:
            raise refused(response.status_code, response.content, response.headers.get("x-request-id", ""))
        return operation.answer.model_validate_json(response.content)

    def check(
        self,
        profile: GivenProfile,
        *,
        as_of: AsOf = None,
        measures: Sequence[int] | None = None,
        chapters: Sequence[int] | None = None,
        explain: Lang | None = None,
    ) -> AssessmentModel:
        """The published assessment of a profile; with `explain` the derivation too, in that language."""
        return self.ask(requests.check(profile, as_of, measures, chapters, explain))

    def overview(
        self,
        profile: GivenProfile,
        *,
        as_of: AsOf = None,
        unknown: Sequence[str] = (),
        first: str | None = None,
    ) -> OverviewModel:
        """An answer at a glance; where `first` matters, it is asked for before other facts."""
        return self.ask(requests.overview(profile, as_of, unknown, first))

    def question(
        self,
        profile: GivenProfile,
        *,
        as_of: AsOf = None,
        unknown: Sequence[str] = (),
        measures: Sequence[int] | None = None,
        every: bool = False,
    ) -> InterviewModel:
        """The question to ask next; what is implausible for the entity only with `every`."""
        return self.ask(requests.question(profile, as_of, unknown, measures, every))

    def changes(
        self, profile: GivenProfile, measures: Sequence[int], *, to: ChangeTarget = "open", as_of: AsOf = None
    ) -> ChangesModel:
        """What would open measures, or with `to="step"` lead to the next verdict up."""
        return self.ask(requests.changes(profile, measures, to, as_of))

    def compare(
        self,
        profiles: Mapping[str, GivenProfile],
        *,
        measures: Sequence[int] | None = None,
        chapters: Sequence[int] | None = None,
        as_of: AsOf = None,
    ) -> ComparisonModel:
        """Several profiles side by side, each under its name."""
        return self.ask(requests.compare(profiles, measures, chapters, as_of))

    def compare_across(
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
        return self.ask(requests.compare_across(profile, fact, values, own, measures, chapters, as_of))

    def verify(self, profile: GivenProfile, claims: Claims, *, as_of: AsOf = None) -> VerificationModel:
        """The claims of a draft, checked."""
        return self.ask(requests.verify(profile, claims, as_of))

    def compare_report(
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
        return self._file(asked)

    def report(self, profile: GivenProfile, form: ReportFormat = "html", *, as_of: AsOf = None) -> bytes:
        """A paper about a profile, in the client's language."""
        return self._file(requests.report(profile, form, as_of))

    def rulebook(self) -> RulebookInfoModel:
        """Which rules answer."""
        return self.ask(requests.rulebook())

    def measures(self, words: str = "", *, chapters: Sequence[int] | None = None) -> MeasuresModel:
        """All measures, or those whose number, title or text holds all the words, or, where none does, those that
        everyday words mean."""
        return self.ask(requests.measures(words, chapters))

    def measure(self, row: int, *, document: str | None = None) -> MeasureDetailModel:
        """One measure apart from any entity."""
        return self.ask(requests.measure(row, document))

    def places(self, words: str, *, limit: int = 20) -> PlacesModel:
        """Places and zones by any of their names, the pilots first."""
        return self.ask(requests.places(words, limit))

    def zones(self, place: str) -> PlacesModel:
        """The zones of a place that is given by name or code."""
        return self.ask(requests.zones(place))

    def sectors(self, words: str, *, limit: int = 20) -> SectorsModel:
        """Sectors of GB/T 4754-2017 by code, name or everyday word, the likeliest first."""
        return self.ask(requests.sectors(words, limit))

    def activities(self, words: str = "", *, limit: int = 100) -> ActivitiesModel:
        """The activities that the measures speak of."""
        return self.ask(requests.activities(words, limit))

    def facts(self) -> FactsModel:
        """Every fact that a profile may give, with its question and its values."""
        return self.ask(requests.facts())

    def fact(self, name: str) -> FactModel:
        """One fact."""
        return self.ask(requests.fact(name))

    def limits(self, words: str = "", *, measures: Sequence[int] | None = None) -> LimitsModel:
        """What uses of the measures must keep."""
        return self.ask(requests.limits(measures, words))

    def reach_map(
        self, places: Sequence[str] | None = None, *, measures: Sequence[int] | None = None, as_of: AsOf = None
    ) -> ReachMapModel:
        """Where each measure, or each of some rows, can be open."""
        return self.ask(requests.reach_map(places, as_of, measures))

    def diff(self, old_as_of: datetime.date, new_as_of: datetime.date) -> DifferenceModel:
        """What is decided differently on two days."""
        return self.ask(requests.diff(old_as_of, new_as_of))

    def batch(
        self, profiles: Iterable[GivenProfile], *, measures: Sequence[int] | None = None, as_of: AsOf = None
    ) -> Iterator[dict[str, Any]]:
        """Many profiles: for each its line, with `verdicts` by row or with `problems`."""
        return self._lines(requests.batch(profiles, measures, as_of))

    def screen(
        self, name: str, content: bytes | Iterable[bytes], *, shares: ShareUnit | None = None
    ) -> Iterator[dict[str, Any]]:
        """A register of companies: how far it is read, then its summary and the workbook in base64, or `problems`."""
        return self._lines(requests.screen(name, content, shares))

    def _file(self, upload: Upload) -> bytes:
        with self._sent(upload) as response:
            return response.read()

    def _lines(self, upload: Upload) -> Iterator[dict[str, Any]]:
        with self._sent(upload) as response:
            for line in response.iter_lines():
                yield json.loads(line)

    @contextmanager
    def _sent(self, upload: Upload) -> Iterator[httpx2.Response]:
        headers = {**self.headers, "content-type": upload.content_type}
        query = tuple(upload.query)
        with self._http.stream("POST", upload.path, params=query, content=upload.content, headers=headers) as response:
            if response.status_code != 200:
                raise refused(response.status_code, response.read(), response.headers.get("x-request-id", ""))
            yield response
