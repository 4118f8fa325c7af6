"""The description of the interface: OpenAPI 3.1 from the models of the published contract, with real examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from applicability.errors import ProfileError
from applicability.model.profile import Profile
from applicability.report.schema import schema
from applicability.service.service import Service
from applicability.service.verify import ClaimModel, verify
from applicability.web.bodies import EXAMPLE
from applicability.web.problems import MEDIA_TYPE, ProblemDetailsModel, details

_DESCRIPTION = """Which openings of China's services pilots an enterprise can use, on what terms, and why not others.

Texts stand in Chinese and in English side by side. Problems are told as RFC 9457 has it, in the language of
`Accept-Language`. Answers about the rules have an `ETag`; every answer names the rulebook in `Rulebook-Digest`, and a
request that sends one is refused (412) where another is loaded. This is no legal advice."""


def describe(app: FastAPI, service: Service) -> dict[str, Any]:
    """The description, made once."""
    made = get_openapi(
        title="applicability",
        version=service.rulebook.version,
        openapi_version="3.1.0",
        description=_DESCRIPTION,
        routes=app.routes,
    )
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    profile = schema("profile", service.rulebook)
    schemas["Profile"] = {name: value for name, value in profile.items() if name != "$schema"}
    problem = ProblemDetailsModel.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    examples, refusal = _examples(service), _refusal(service)
    for path, operations in made["paths"].items():
        for operation in operations.values():
            _example(operation, refusal, *examples.get((path, operation.get("operationId", "")), (None, None)))
    return made


def _example(operation: dict[str, Any], refusal: Any, sent: Any, answer: Any) -> None:
    """Put real examples to an operation: what is sent, what comes of it, and a refusal."""
    if sent is not None:
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is not None:
            content.setdefault("example", sent)
    if answer is not None:
        content = operation["responses"]["200"].setdefault("content", {}).setdefault("application/json", {})
        content["example"] = answer
    for name, response in operation["responses"].items():
        if name == "422":
            response["content"][MEDIA_TYPE].setdefault("example", refusal)


def _refusal(service: Service) -> dict[str, Any]:
    """What this service answers to a profile that cannot be read."""
    profile = Profile.of({**EXAMPLE, "city": "天浸"})
    try:
        service.assess(profile)
    except ProfileError as error:
        return details(422, error.problems, "en", "0", profile).model_dump(mode="json")
    raise AssertionError("there is no such city")


def _examples(service: Service) -> Mapping[tuple[str, str], tuple[Any, Any]]:
    """By path and operation: what is sent, and what this service answers to it."""
    profile = service.profile(EXAMPLE)
    rows = _rows(service)
    asked = {name: value for name, value in EXAMPLE.items() if name != "activities"}
    claims = [ClaimModel(measure=rows[0], verdict="eligible")]
    return {
        ("/v1/check", "check"): (None, service.check(profile, measures=rows).to_dict()),
        ("/v1/overview", "overview"): (None, None),
        ("/v1/questions", "questions"): (
            {"profile": asked},
            service.question(service.profile(asked)).to_dict(),
        ),
        ("/v1/changes", "changes"): (
            {"profile": {**EXAMPLE, "foreign_share": 0}, "measures": rows},
            service.changes(service.profile({**EXAMPLE, "foreign_share": 0}), rows).to_dict(),
        ),
        ("/v1/compare", "compare"): (
            {"profile": dict(EXAMPLE), "across": {"fact": "city", "values": ["成都", "天津"]}, "measures": rows},
            service.compare(service.across(profile, "city", ["成都", "天津"]), measures=rows).to_dict(),
        ),
        ("/v1/compare/report", "compare_report"): (
            {"profile": dict(EXAMPLE), "across": {"fact": "city", "values": ["成都", "天津"]}, "measures": rows},
            None,
        ),
        ("/v1/verify", "verify"): (
            {"profile": dict(EXAMPLE), "claims": [one.model_dump() for one in claims]},
            verify(service.assess(profile), claims).to_dict(),
        ),
        ("/v1/diff", "diff"): ({"old_as_of": "2025-12-17", "new_as_of": "2025-12-18"}, None),
        ("/v1/places", "search_places"): ({"q": "chengdu", "limit": 5}, None),
        ("/v1/zones", "zones"): ({"q": "成都"}, None),
        ("/v1/sectors", "search_sectors"): ({"q": "旅行社", "limit": 5}, None),
    }


def _rows(service: Service) -> list[int]:
    """The row of the examples: the first that is open to the example's entity, or else the first of all."""
    opened = [one.measure.row for one in service.assess(service.profile(EXAMPLE)).open if one.limits]
    return (opened or [one.row for one in service.rulebook.measures])[:1]
