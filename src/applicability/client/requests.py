"""What both clients send and understand: the operations of the interface, each with what it answers."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from applicability.report.assessment.json import AssessmentModel
from applicability.report.changes.json import ChangesModel
from applicability.report.comparison.json import ComparisonModel
from applicability.report.difference.json import DifferenceModel
from applicability.report.interview.json import InterviewModel
from applicability.report.reach_map.json import ReachMapModel
from applicability.service.listing import MeasureDetailModel, RulebookInfoModel
from applicability.service.overview import OverviewModel
from applicability.service.verify import ClaimModel, VerificationModel

AnswerT = TypeVar("AnswerT", bound=BaseModel)
GivenProfile = Mapping[str, Any]
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
class Operation(Generic[AnswerT]):
    """A request to be sent, and what its answer is."""

    method: str
    path: str
    answer: type[AnswerT]
    body: object = None
    query: Sequence[tuple[str, str]] = field(default=())


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


def headers(key: str | None, lang: str, pinned: str | None) -> dict[str, str]:
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
    profile: GivenProfile, as_of: datetime.date | None, measures: Sequence[int] | None
) -> Operation[AssessmentModel]:
    """The published assessment of a profile."""
    return Operation("POST", "/v1/check", AssessmentModel, dict(profile), _query(as_of=as_of, measure=measures))


def overview(profile: GivenProfile, as_of: datetime.date | None, unknown: Sequence[str]) -> Operation[OverviewModel]:
    """An answer at a glance."""
    return Operation("POST", "/v1/overview", OverviewModel, dict(profile), _query(as_of=as_of, unknown=tuple(unknown)))


def question(
    profile: GivenProfile, as_of: datetime.date | None, unknown: Sequence[str], every: bool
) -> Operation[InterviewModel]:
    """The question to ask next."""
    body = _body(profile=dict(profile), unknown=list(unknown), every=every, as_of=as_of)
    return Operation("POST", "/v1/questions", InterviewModel, body)


def changes(profile: GivenProfile, measures: Sequence[int], as_of: datetime.date | None) -> Operation[ChangesModel]:
    """What would open measures."""
    body = _body(profile=dict(profile), measures=list(measures), as_of=as_of)
    return Operation("POST", "/v1/changes", ChangesModel, body)


def compare(profiles: Mapping[str, GivenProfile]) -> Operation[ComparisonModel]:
    """Several profiles side by side, each under its name."""
    named = [{"label": label, "profile": dict(profile)} for label, profile in profiles.items()]
    return Operation("POST", "/v1/compare", ComparisonModel, {"profiles": named})


def compare_across(profile: GivenProfile, fact: str, values: Sequence[object]) -> Operation[ComparisonModel]:
    """A profile with other values of one fact, `city` and `zones` among them."""
    body = {"profile": dict(profile), "across": {"fact": fact, "values": list(values)}}
    return Operation("POST", "/v1/compare", ComparisonModel, body)


def verify(
    profile: GivenProfile, claims: Iterable[ClaimModel | Mapping[str, object]], as_of: datetime.date | None
) -> Operation[VerificationModel]:
    """The claims of a draft, checked."""
    told = [one.model_dump() if isinstance(one, ClaimModel) else dict(one) for one in claims]
    body = _body(profile=dict(profile), claims=told, as_of=as_of)
    return Operation("POST", "/v1/verify", VerificationModel, body)


def rulebook() -> Operation[RulebookInfoModel]:
    """Which rules answer."""
    return Operation("GET", "/v1/rulebook", RulebookInfoModel)


def measure(row: int) -> Operation[MeasureDetailModel]:
    """One measure apart from any entity."""
    return Operation("GET", f"/v1/measures/{row}", MeasureDetailModel)


def reach_map(places: Sequence[str] | None, as_of: datetime.date | None) -> Operation[ReachMapModel]:
    """Where each measure can be open."""
    return Operation("GET", "/v1/map", ReachMapModel, query=_query(place=places, as_of=as_of))


def diff(old_as_of: datetime.date, new_as_of: datetime.date) -> Operation[DifferenceModel]:
    """What is decided differently on two days."""
    body = _body(old_as_of=old_as_of, new_as_of=new_as_of)
    return Operation("POST", "/v1/diff", DifferenceModel, body)


def lines_of(profiles: Iterable[GivenProfile]) -> Iterable[bytes]:
    """Profiles as JSON Lines."""
    return (json.dumps(dict(one), ensure_ascii=False, default=str).encode() + b"\n" for one in profiles)
