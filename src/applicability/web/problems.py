"""What is wrong with a request, as RFC 9457 tells it, in the language that was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import Field
from starlette.responses import Response

from applicability.errors import (
    ApplicabilityError,
    ArgumentError,
    DisagreementError,
    EngineError,
    Location,
    Problem,
    ProfileError,
)  # fmt: skip
from applicability.identity import masked
from applicability.model.profile import Profile
from applicability.report.contract import Model
from applicability.text import LANG_TAGS, Lang, Text

MEDIA_TYPE = "application/problem+json"


class FieldProblemModel(Model):
    """One thing that is wrong: a code (docs/errors.md), the field or line where, what it is, and how to fix it."""

    code: str
    field: str
    line: int | None
    column: int | None
    message: str
    hint: str


class ProblemDetailsModel(Model):
    """Problem details (RFC 9457); `problems` holds every single thing that is wrong."""

    type: str = Field(description="a name, and no address: `urn:applicability:problem:NAME`")
    title: str
    status: int
    detail: str
    instance: str = Field(description="the request: `urn:applicability:request:ID`")
    problems: list[FieldProblemModel]


class RefusedRequest(Exception):
    """A request that is refused before it reaches a use case: its status and the problem."""

    def __init__(self, status: int, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        self.status, self.problems, self.headers = status, (problem,), dict(headers or {})
        super().__init__(str(problem))


_KINDS: Mapping[int, tuple[str, Text]] = {
    400: ("malformed", Text("请求无法读取", "The request cannot be read")),
    401: ("key", Text("需要密钥", "A key is needed")),
    404: ("not-found", Text("没有这个地址", "There is nothing here")),
    405: ("method", Text("此地址不接受该方法", "This address does not take that method")),
    406: ("not-acceptable", Text("没有所要的格式", "It cannot be had in that format")),
    408: ("slow-request", Text("请求发送过慢", "The request came too slowly")),
    412: ("other-rulebook", Text("加载的不是所指定的规则库", "Another rulebook is loaded than the one asked for")),
    413: ("too-large", Text("请求过大", "The request is too large")),
    415: ("media-type", Text("不接受此种内容", "Content of that kind is not taken")),
    421: ("host", Text("不以此名称提供服务", "It is not called by that name")),
    422: ("unprocessable", Text("内容有误", "The request contains errors")),
    429: ("rate", Text("请求过于频繁", "Too many requests")),
    500: ("fault", Text("程序出错", "A fault of the program")),
    503: ("unavailable", Text("暂时无法回答", "No answer can be given now")),
}


def details(status: int, problems: Iterable[Problem], lang: Lang, request_id: str, profile: Profile | None = None) -> (
    ProblemDetailsModel
):  # fmt: skip
    """The problem details of some problems; those in a profile name the field where they are."""
    found = tuple(problems)
    name, title = _KINDS.get(status, _KINDS[500])
    first = found[0].told_message(lang) if found else title.of(lang)
    return ProblemDetailsModel(
        type=f"urn:applicability:problem:{name}",
        title=title.of(lang),
        status=status,
        detail=first,
        instance=f"urn:applicability:request:{request_id}",
        problems=[_field_problem(one, lang, profile) for one in found],
    )


def _field_problem(problem: Problem, lang: Lang, profile: Profile | None) -> FieldProblemModel:
    where = problem.location.on("page")
    return FieldProblemModel(
        code=problem.code,
        field=field_of(where, profile),
        line=where.line or None,
        column=where.column or None,
        message=problem.told_message(lang),
        hint=problem.told_hint(lang, "page"),
    )


def field_of(where: Location, profile: Profile | None) -> str:
    """The part of a profile where a problem stands, as `investors[0].share`; else what the problem calls its place."""
    if profile is None or not where.line:
        return where.shown
    path = profile.path_at(where)
    return where.shown if path is None else masked(path)


def problem_response(
    status: int,
    problems: Iterable[Problem],
    lang: Lang,
    request_id: str,
    headers: Mapping[str, str] | None = None,
    profile: Profile | None = None,
) -> Response:
    """The response that tells the problems."""
    body = details(status, problems, lang, request_id, profile).model_dump_json().encode()
    own = {"content-language": LANG_TAGS[lang], "vary": "accept-language", **(headers or {})}
    return Response(body, status, own, MEDIA_TYPE)


def status_of(error: ApplicabilityError) -> int:
    """The status that tells whose fault an error is."""
    match error:
        case ProfileError() | ArgumentError():
            return 422
        case EngineError():
            return 503
        case DisagreementError():
            return 500
        case _:
            return 500


RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"description": title.en, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for status, (_, title) in _KINDS.items()
}


def could_be(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What an operation declares of the statuses that it can answer with, besides those that any can."""
    return {status: RESPONSES[status] for status in sorted({401, 408, 413, 421, 429, 500, 503, *statuses})}
