"""The description of the interface: OpenAPI 3.1 from the models of the published contract, with real examples."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from starlette.responses import Response

from applicability.api import day_of
from applicability.errors import ProfileError
from applicability.model.profile import Profile
from applicability.model.selection import select_measures
from applicability.report.contract import rulebook_model
from applicability.report.schema import schema
from applicability.service import listing
from applicability.service.lists import (
    ActivitiesModel,
    FactsModel,
    LimitsModel,
    MeasuresModel,
    PlacesModel,
    SectorsModel,
)
from applicability.service.place_search import find_places, zones_in
from applicability.service.service import Service
from applicability.service.verify import ClaimModel, verify
from applicability.web.bodies import EXAMPLE, LINES
from applicability.web.downloads import download, download_comparison
from applicability.web.file_names import screened_name
from applicability.web.problems import MEDIA_TYPE, ProblemDetailsModel, details

_DESCRIPTION = """Which openings of China's services pilots an enterprise can use, on what terms, and why not others.

Texts stand in Chinese and in English side by side. Problems are told as RFC 9457 has it, in the language of
`Accept-Language`. Answers about the rules have an `ETag`; every answer names the rulebook in `Rulebook-Digest`, and a
request that sends one is refused (412) where another is loaded. This is no legal advice."""

_JSON = "application/json"
_REGISTER = "企业名称,城市,行业代码,外资比例\n成都环球国际旅行社有限公司,成都,7291,40%\n"
# The first bytes of a workbook, which is a ZIP file: the whole would be longer than all else.
_WORKBOOK = "UEsDBBQAAAAI…"


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
    for operations in made["paths"].values():
        for operation in operations.values():
            example = examples.get(operation.get("operationId", ""))
            if example is not None:
                example.put(operation)
            if "profile" in operation.get("tags", ()):
                operation["responses"]["422"]["content"][MEDIA_TYPE].setdefault("example", refusal)
    return made


@dataclass(frozen=True)
class _Example:
    """A request of an operation and what comes of it, each in one media type."""

    answer: Any
    body: Any = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    sent_as: str = _JSON
    answered_as: str = _JSON

    def put(self, operation: dict[str, Any]) -> None:
        """Set it beside the operation's parameters, body and answer."""
        for one in operation.get("parameters", ()):
            if one["name"] in self.parameters:
                one["example"] = self.parameters[one["name"]]
        if self.body is not None:
            operation["requestBody"]["content"][self.sent_as]["example"] = self.body
        operation["responses"]["200"]["content"].setdefault(self.answered_as, {})["example"] = self.answer


def _refusal(service: Service) -> dict[str, Any]:
    """What this service answers to a profile that cannot be read."""
    profile = Profile.of({**EXAMPLE, "city": "天浸"})
    try:
        service.assess(profile)
    except ProfileError as error:
        return details(422, error.problems, "en", "0", profile).model_dump(mode="json")
    raise AssertionError("there is no such city")


def _examples(service: Service) -> Mapping[str, _Example]:
    """By operation: what is sent, and what this service answers to it."""
    return {**_of_profiles(service), **_of_rules(service), **_of_batches(service)}


def _of_profiles(service: Service) -> dict[str, _Example]:
    profile, rows = service.profile(EXAMPLE), _rows(service)
    shut = {**EXAMPLE, "foreign_share": 0}
    asked = {name: value for name, value in EXAMPLE.items() if name != "activities"}
    across = {"fact": "city", "values": ["成都", "天津"]}
    comparing = {"profile": dict(EXAMPLE), "across": across, "measures": rows}
    alternatives = service.across(profile, "city", ["成都", "天津"])
    claims = [ClaimModel(measure=rows[0], verdict="eligible")]
    return {
        "check": _Example(
            service.check(profile, measures=rows).to_dict(), dict(EXAMPLE), {"measure": rows},
        ),
        "overview": _Example(service.overview(profile).model_dump(mode="json"), dict(EXAMPLE)),
        "questions": _Example(service.question(service.profile(asked)).to_dict(), {"profile": asked}),
        "changes": _Example(
            service.changes(service.profile(shut), rows).to_dict(), {"profile": shut, "measures": rows}
        ),
        "compare": _Example(service.compare(alternatives, measures=rows).to_dict(), comparing),
        "compare_report": _Example(
            _text(download_comparison(service.compared(alternatives, measures=rows), "csv", "en")), comparing,
            {"format": "csv", "lang": "en"}, answered_as="text/csv",
        ),
        "verify": _Example(
            verify(service.assess(profile), claims).to_dict(),
            {"profile": dict(EXAMPLE), "claims": [one.model_dump() for one in claims]},
        ),
        "report": _Example(
            _text(download(service.assess(profile), "markdown", "en")), dict(EXAMPLE),
            {"format": "markdown", "lang": "en"}, answered_as="text/markdown",
        ),
    }  # fmt: skip


def _of_rules(service: Service) -> dict[str, _Example]:
    book, rows = service.rulebook, _rows(service)
    measures = select_measures(book, rows)
    title = measures[0].title.zh
    days = datetime.date(2025, 12, 17), datetime.date(2025, 12, 18)  # Hainan is a zone from the second
    chengdu = {"q": "chengdu", "limit": 5}, PlacesModel(places=find_places(book, "chengdu", 5))
    agencies = {"q": "旅行社", "limit": 5}, SectorsModel(sectors=listing.find_sectors(book.sectors, "旅行社", 5))
    fact = next(iter(book.facts))

    def of(answer: BaseModel, body: Any = None, parameters: Mapping[str, Any] | None = None) -> _Example:
        return _Example(answer.model_dump(mode="json"), body, parameters or {})

    return {
        "rulebook": of(listing.rulebook_info(book)),
        "measures": of(MeasuresModel(measures=listing.measure_heads(book, title)), None, {"q": title}),
        "measure": of(listing.measure_detail(book, measures[0]), None, {"row": rows[0]}),
        "places": of(chengdu[1], None, chengdu[0]),
        "search_places": of(chengdu[1], chengdu[0]),
        "zones": of(PlacesModel(places=zones_in(book, "成都")), {"q": "成都"}),
        "sectors": of(agencies[1], None, agencies[0]),
        "search_sectors": of(agencies[1], agencies[0]),
        "activities": of(
            ActivitiesModel(activities=listing.find_activities(book, "travel", 5)), None, {"q": "travel", "limit": 5}
        ),
        "facts": of(FactsModel(facts=listing.facts_of_rulebook(book))),
        "fact": of(listing.fact_model(book, book.facts[fact]), None, {"name": fact}),
        "limits": of(LimitsModel(limits=listing.limit_rows(book, measures, "")), None, {"measure": rows}),
        "reach_map": of(service.reach_map(["成都"], measures=rows), None, {"place": ["成都"], "measure": rows}),
        "diff": of(service.diff(*days), {"old_as_of": str(days[0]), "new_as_of": str(days[1])}),
    }


def _of_batches(service: Service) -> dict[str, _Example]:
    """Of what streams; none where the extra that screens is not installed, as then it is refused.

    They are told without Arrow and NumPy, which take longer to load than all else here: a line of a batch is what a
    check of its profile says, and of the summary of a register the first fields stand.
    """
    if any(find_spec(name) is None for name in ("numpy", "pyarrow", "xlsxwriter")):
        return {}
    rows = _rows(service)
    batch = "".join(
        json.dumps({"line": number, **_told(service, json.loads(line), rows)}, ensure_ascii=False) + "\n"
        for number, line in enumerate(LINES.splitlines(), 1)
    )
    summary = {
        "source": "register", "rulebook": rulebook_model(service.rulebook).model_dump(mode="json"),
        "as_of": day_of(service.rulebook, None).isoformat(), "read": 1, "companies": 1, "rejected": 0, "notes": 0,
    }  # fmt: skip
    ended = {"summary": summary, "workbook": _WORKBOOK, "name": screened_name("companies.csv", "en")}
    events = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in ({"read": 1}, ended))
    kind = "application/x-ndjson"
    return {
        "batch": _Example(batch, LINES, {"measure": rows, "lang": "en"}, kind, kind),
        "screen": _Example(
            events, _REGISTER, {"name": "companies.csv", "lang": "en"}, "application/octet-stream", kind
        ),
    }


def _told(service: Service, line: Mapping[str, object], rows: list[int]) -> dict[str, Any]:
    """What a batch says of a profile."""
    try:
        findings = service.assess(service.profile(line)).findings
    except ProfileError as error:
        told = details(422, error.problems, "en", "0").problems
        return {"problems": [one.model_dump(exclude={"line", "column"}) for one in told]}
    return {"verdicts": {str(one.measure.row): str(one.verdict) for one in findings if one.measure.row in rows}}


def _text(response: Response) -> str:
    return bytes(response.body).decode("utf-8")


def _rows(service: Service) -> list[int]:
    """The row of the examples: the first that is open to the example's entity, or else the first of all."""
    opened = [one.measure.row for one in service.assess(service.profile(EXAMPLE)).open if one.limits]
    return (opened or [one.row for one in service.rulebook.measures])[:1]
