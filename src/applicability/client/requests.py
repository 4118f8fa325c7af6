"""What both clients send and understand: the operations of the interface, each with what it answers."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from pydantic import BaseModel

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
from applicability.service.verify import ClaimModel, VerificationModel
from applicability.text import Lang

AnswerT = TypeVar("AnswerT", bound=BaseModel)
GivenProfile = Mapping[str, Any]
Claims = Iterable[ClaimModel | Mapping[str, object]]
AsOf = datetime.date | None
NDJSON = "application/x-ndjson"
DEFAULT_URL = "http://127.0.0.1:8155"


@dataclass(frozen=True)
class ServiceProblem:
    """One thing that is wrong with a request: its code, the field, what it is, and how to fix it."""

    code: str
    field: str
    message: str
    hint: str


class ServiceError(Exception):
    """The service refused or could not answer: its status, and everything that is wrong."""

    def __init__(self, status: int, detail: str, problems: Sequence[ServiceProblem], request: str) -> None:
        self.status, self.detail, self.problems, self.request = status, detail, tuple(problems), request
        super().__init__(f"{status}: {detail}")


@dataclass(frozen=True)
class Upload:
    """A file to be sent, which is answered by a file or by lines."""

    path: str
    content_type: str
    content: bytes | Iterable[bytes]
    query: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Operation(Generic[AnswerT]):
    """A request to be sent, and what its answer is."""

    method: str
    path: str
    answer: type[AnswerT]
    body: object = None
    query: Sequence[tuple[str, str]] = field(default=())


class ClientSettings:
    """What both clients are told: where the service is, the key, the language of problems, the rulebook pinned."""

    def __init__(self, key: str | None, lang: Lang, pinned: str | None) -> None:
        self._key, self._lang, self.pinned = key, lang, pinned

    @property
    def headers(self) -> dict[str, str]:
        """What every request says."""
        return _headers(self._key, self._lang, self.pinned)


def refused(status: int, content: bytes, request: str) -> ServiceError:
    """The error of an answer that is none."""
    try:
        told: dict[str, Any] = json.loads(content)
        problems = [
            ServiceProblem(one["code"], one["field"], one["message"], one["hint"]) for one in told.get("problems", ())
        ]
        return ServiceError(status, str(told.get("detail", "")), problems, request)
    except (ValueError, AttributeError, KeyError, TypeError):  # a proxy's own page, say
        return ServiceError(status, content[:200].decode("utf-8", "replace"), (), request)


def _headers(key: str | None, lang: str, pinned: str | None) -> dict[str, str]:
    """What every request says."""
    found = {"accept-language": lang}
    if key is not None:
        found["authorization"] = f"Bearer {key}"
    if pinned is not None:
        found["rulebook-digest"] = pinned
    return found


def _query(**values: object) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in values.items():
        match value:
            case None:
                continue
            case list() | tuple():
                found += [(name, str(one)) for one in value]
            case _:
                found.append((name, str(value)))
    return found


def _body(**values: object) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, datetime.date) else value
        for name, value in values.items()
        if value is not None
    }


def check(
    profile: GivenProfile,
    as_of: AsOf,
    measures: Sequence[int] | None,
    chapters: Sequence[int] | None,
    explain: Lang | None,
) -> Operation[AssessmentModel]:
    """The published assessment of a profile."""
    query = _query(as_of=as_of, measure=measures, chapter=chapters, explain=explain)
    return Operation("POST", "/v1/check", AssessmentModel, dict(profile), query)


def overview(profile: GivenProfile, as_of: AsOf, unknown: Sequence[str], first: str | None) -> Operation[OverviewModel]:
    """An answer at a glance."""
    query = _query(as_of=as_of, unknown=tuple(unknown), first=first)
    return Operation("POST", "/v1/overview", OverviewModel, dict(profile), query)


def question(
    profile: GivenProfile, as_of: AsOf, unknown: Sequence[str], measures: Sequence[int] | None, every: bool
) -> Operation[InterviewModel]:
    """The question to ask next."""
    body = _body(profile=dict(profile), unknown=list(unknown), measures=measures, every=every, as_of=as_of)
    return Operation("POST", "/v1/questions", InterviewModel, body)


def changes(profile: GivenProfile, measures: Sequence[int], to: ChangeTarget, as_of: AsOf) -> Operation[ChangesModel]:
    """What would open measures."""
    body = _body(profile=dict(profile), measures=measures, to=to, as_of=as_of)
    return Operation("POST", "/v1/changes", ChangesModel, body)


def compare(
    profiles: Mapping[str, GivenProfile],
    measures: Sequence[int] | None,
    chapters: Sequence[int] | None,
    as_of: AsOf,
) -> Operation[ComparisonModel]:
    """Several profiles side by side, each under its name."""
    named = [{"label": label, "profile": dict(profile)} for label, profile in profiles.items()]
    body = _body(profiles=named, measures=measures, chapters=chapters, as_of=as_of)
    return Operation("POST", "/v1/compare", ComparisonModel, body)


def compare_across(
    profile: GivenProfile,
    fact: str,
    values: Sequence[object],
    own: bool,
    measures: Sequence[int] | None,
    chapters: Sequence[int] | None,
    as_of: AsOf,
) -> Operation[ComparisonModel]:
    """A profile with other values of one fact, `city` and `zones` among them."""
    across = {"fact": fact, "values": list(values), "own": own}
    body = _body(profile=dict(profile), across=across, measures=measures, chapters=chapters, as_of=as_of)
    return Operation("POST", "/v1/compare", ComparisonModel, body)


def verify(profile: GivenProfile, claims: Claims, as_of: AsOf) -> Operation[VerificationModel]:
    """The claims of a draft, checked."""
    told = [one.model_dump() if isinstance(one, ClaimModel) else dict(one) for one in claims]
    body = _body(profile=dict(profile), claims=told, as_of=as_of)
    return Operation("POST", "/v1/verify", VerificationModel, body)


def report(profile: GivenProfile, form: ReportFormat, as_of: AsOf) -> Upload:
    """A paper about a profile."""
    content = json.dumps(dict(profile), ensure_ascii=False, default=str).encode()
    return Upload("/v1/report", "application/json", content, _query(format=form, as_of=as_of))


def compare_report(
    profile: GivenProfile | None,
    fact: str,
    values: Sequence[object],
    form: ComparisonFormat,
    profiles: Mapping[str, GivenProfile] | None,
    own: bool,
    measures: Sequence[int] | None,
    chapters: Sequence[int] | None,
    as_of: AsOf,
) -> Upload:
    """A comparison as a file: one profile across the values of a fact, or several profiles."""
    if profiles is not None:
        asked = compare(profiles, measures, chapters, as_of)
    else:
        asked = compare_across(profile or {}, fact, values, own, measures, chapters, as_of)
    content = json.dumps(asked.body, ensure_ascii=False, default=str).encode()
    return Upload("/v1/compare/report", "application/json", content, _query(format=form))


def batch(profiles: Iterable[GivenProfile], measures: Sequence[int] | None, as_of: AsOf) -> Upload:
    """Many profiles as JSON Lines."""
    lines = (json.dumps(dict(one), ensure_ascii=False, default=str).encode() + b"\n" for one in profiles)
    return Upload("/v1/check/batch", NDJSON, lines, _query(measure=measures, as_of=as_of))


def screen(name: str, content: bytes | Iterable[bytes], shares: ShareUnit | None) -> Upload:
    """A register of companies, to be screened."""
    return Upload("/v1/screen", "application/octet-stream", content, _query(name=name, shares=shares))


def rulebook() -> Operation[RulebookInfoModel]:
    """Which rules answer."""
    return Operation("GET", "/v1/rulebook", RulebookInfoModel)


def measures(words: str, chapters: Sequence[int] | None) -> Operation[MeasuresModel]:
    """The measures, or those that hold all the words."""
    return Operation("GET", "/v1/measures", MeasuresModel, query=_query(q=words or None, chapter=chapters))


def measure(row: int, document: str | None) -> Operation[MeasureDetailModel]:
    """One measure apart from any entity."""
    return Operation("GET", f"/v1/measures/{row}", MeasureDetailModel, query=_query(document=document))


def places(words: str, limit: int) -> Operation[PlacesModel]:
    """Places and zones by any of their names; the words go in the body, which no log keeps."""
    return Operation("POST", "/v1/places", PlacesModel, {"q": words, "limit": limit})


def zones(place: str) -> Operation[PlacesModel]:
    """The zones of a place."""
    return Operation("POST", "/v1/zones", PlacesModel, {"q": place})


def sectors(words: str, limit: int) -> Operation[SectorsModel]:
    """Sectors by code, name or everyday word; the words go in the body, which no log keeps."""
    return Operation("POST", "/v1/sectors", SectorsModel, {"q": words, "limit": limit})


def activities(words: str, limit: int) -> Operation[ActivitiesModel]:
    """The activities that the measures speak of."""
    return Operation("GET", "/v1/activities", ActivitiesModel, query=_query(q=words or None, limit=limit))


def facts() -> Operation[FactsModel]:
    """Every fact that a profile may give."""
    return Operation("GET", "/v1/facts", FactsModel)


def fact(name: str) -> Operation[FactModel]:
    """One fact."""
    return Operation("GET", f"/v1/facts/{quote(name, safe='')}", FactModel)


def limits(measures: Sequence[int] | None, words: str) -> Operation[LimitsModel]:
    """What uses of measures must keep."""
    return Operation("GET", "/v1/limits", LimitsModel, query=_query(measure=measures, q=words or None))


def reach_map(places: Sequence[str] | None, as_of: AsOf, measures: Sequence[int] | None) -> Operation[ReachMapModel]:
    """Where each measure can be open."""
    return Operation("GET", "/v1/map", ReachMapModel, query=_query(place=places, as_of=as_of, measure=measures))


def diff(old_as_of: datetime.date, new_as_of: datetime.date) -> Operation[DifferenceModel]:
    """What is decided differently on two days."""
    body = _body(old_as_of=old_as_of, new_as_of=new_as_of)
    return Operation("POST", "/v1/diff", DifferenceModel, body)
