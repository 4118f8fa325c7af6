"""The operations on a profile: check, overview, questions, changes, compare, verify, report."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from applicability.alternatives import Alternatives
from applicability.decisions import Candidate
from applicability.errors import ArgumentError, Location, Problem
from applicability.report.assessment.json import AssessmentModel
from applicability.report.changes.json import ChangesModel
from applicability.report.comparison.json import ComparisonModel
from applicability.report.interview.json import InterviewModel
from applicability.service.choices import ComparisonFormat, ReportFormat
from applicability.service.overview import OverviewModel
from applicability.service.service import Service
from applicability.service.verify import VerificationModel, verify
from applicability.text import Lang, Text
from applicability.web.answering import BodyProfile, Day, SharedAnswering, info_of, of_profile, sent_profile
from applicability.web.bodies import PROFILE_BODY
from applicability.web.downloads import described, download, download_comparison
from applicability.web.problems import could_be
from applicability.web.requests import ChangesRequest, CompareRequest, QuestionsRequest, RowQuery, VerifyRequest

router = APIRouter(prefix="/v1")
FactQuery = Annotated[list[Annotated[str, Query(max_length=200)]] | None, Query(max_length=200)]
_SENT = could_be(400, 412, 415, 422)


@router.post(
    "/check",
    response_model=AssessmentModel,
    responses=_SENT,
    openapi_extra=PROFILE_BODY,
    operation_id="check",
    summary="Which measures are open to the entity of a profile, and why",
    tags=["profile"],
)
async def check(
    request: Request,
    shared: SharedAnswering,
    profile: BodyProfile,
    measure: RowQuery = None,
    chapter: RowQuery = None,
    as_of: Day = None,
    explain: Lang | None = None,
) -> Response:
    """The published assessment, the same as `applicability check --format json` prints for that profile."""
    shared.pin(request)
    service = shared.service
    found = await shared.run(
        of_profile(
            profile,
            lambda: service.check(profile, as_of=as_of, measures=measure, chapters=chapter, explain=explain),
        )
    )
    return shared.tagged(request, found)


@router.post(
    "/overview",
    response_model=OverviewModel,
    responses=_SENT,
    openapi_extra=PROFILE_BODY,
    operation_id="overview",
    summary="An answer at a glance: counts, what is open, the next question",
    tags=["profile"],
)
async def overview(
    request: Request,
    shared: SharedAnswering,
    profile: BodyProfile,
    as_of: Day = None,
    unknown: FactQuery = None,
    first: Annotated[str | None, Query(max_length=200, description="a fact to ask for before others")] = None,
) -> Response:
    """A twentieth of the size of an assessment: what is open with its limits, and where each row stands."""
    shared.pin(request)
    service = shared.service
    work = of_profile(profile, lambda: service.overview(profile, as_of=as_of, unknown=unknown or (), first=first))
    return shared.tagged(request, await shared.run(work))


@router.post(
    "/questions",
    response_model=InterviewModel,
    responses=_SENT,
    operation_id="questions",
    summary="The question to ask next",
    tags=["profile"],
)
async def questions(request: Request, shared: SharedAnswering, body: QuestionsRequest) -> Response:
    """The best question now, with the values to choose from; null where nothing more could be settled."""
    shared.pin(request)
    profile, service = sent_profile(body.profile), shared.service
    work = of_profile(
        profile,
        lambda: service.question(
            profile, as_of=body.as_of, unknown=body.unknown, measures=body.measures, every=body.every
        ),
    )
    return shared.tagged(request, await shared.run(work))


@router.post(
    "/changes",
    response_model=ChangesModel,
    responses=_SENT,
    operation_id="changes",
    summary="What would open measures that are not open, and whose it is to do",
    tags=["profile"],
)
async def changes(request: Request, shared: SharedAnswering, body: ChangesRequest) -> Response:
    """Every minimal set of changes for each of the measures named."""
    shared.pin(request)
    profile, service = sent_profile(body.profile), shared.service
    work = of_profile(profile, lambda: service.changes(profile, body.measures, as_of=body.as_of, to=body.to))
    return shared.tagged(request, await shared.run(work))


@router.post(
    "/compare",
    response_model=ComparisonModel,
    responses=_SENT,
    operation_id="compare",
    summary="Alternatives side by side",
    tags=["profile"],
)
async def compare(request: Request, shared: SharedAnswering, body: CompareRequest) -> Response:
    """Several profiles, or one across places, zones, days or the values of a fact."""
    shared.pin(request)
    service = shared.service

    def work() -> ComparisonModel:
        return service.compare(_alternatives(service, body), measures=body.measures, chapters=body.chapters)

    return shared.tagged(request, await shared.run(work))


def _alternatives(service: Service, body: CompareRequest) -> Alternatives:
    """What a request lays side by side. Raises ArgumentError for one that says neither or both."""
    if body.across is not None and body.profile is not None and not body.profiles:
        across = body.across
        return service.across(sent_profile(body.profile), across.fact, across.values, body.as_of, own=across.own)
    if body.profiles and body.across is None and body.profile is None:
        return [
            Candidate(one.label or str(number), sent_profile(one.profile), body.as_of)
            for number, one in enumerate(body.profiles, 1)
        ]
    what = Text("写 `profiles`，或写 `profile` 和 `across`", "give `profiles`, or `profile` together with `across`")
    raise ArgumentError([Problem("U007", Location("body"), what)])


@router.post(
    "/compare/report",
    responses={
        200: described("The comparison as a file", get_args(ComparisonFormat)),
        **_SENT,
    },
    response_class=Response,
    operation_id="compare_report",
    summary="Alternatives side by side, as a file to keep",
    tags=["profile"],
)
async def compare_file(
    request: Request,
    shared: SharedAnswering,
    body: CompareRequest,
    format: ComparisonFormat = "html",
    lang: Literal["zh", "en"] | None = None,
) -> Response:
    """What `compare` answers, as a paper (HTML, PDF, DOCX, Markdown), a table (CSV), a workbook or JSON."""
    shared.pin(request)
    spoken, service = lang or info_of(request).lang, shared.service

    def work() -> Response:
        made = _alternatives(service, body)
        found = service.compared(made, measures=body.measures, chapters=body.chapters)
        return download_comparison(found, format, spoken)

    return await shared.run(work)


@router.post(
    "/verify",
    response_model=VerificationModel,
    responses=_SENT,
    operation_id="verify",
    summary="Check what a draft says of the measures",
    tags=["profile"],
)
async def verify_claims(request: Request, shared: SharedAnswering, body: VerifyRequest) -> Response:
    """Each claim follows, contradicts, depends on what is missing, misquotes the document, or is of no row."""
    shared.pin(request)
    profile, service = sent_profile(body.profile), shared.service

    def work() -> VerificationModel:
        return verify(service.assess(profile, body.as_of), body.claims)

    return shared.tagged(request, await shared.run(of_profile(profile, work)))


@router.post(
    "/report",
    responses={
        200: described("The report as a file", get_args(ReportFormat)),
        **_SENT,
    },
    response_class=Response,
    openapi_extra=PROFILE_BODY,
    operation_id="report",
    summary="The report of a profile as a file to keep",
    tags=["profile"],
)
async def report_file(
    request: Request,
    shared: SharedAnswering,
    profile: BodyProfile,
    format: ReportFormat = "html",
    lang: Literal["zh", "en"] | None = None,
    as_of: Day = None,
) -> Response:
    """What `check` answers, as a paper (HTML, PDF, DOCX, Markdown), text, a workbook, JSON or YAML."""
    shared.pin(request)
    spoken = lang or info_of(request).lang
    service = shared.service
    work = of_profile(profile, lambda: download(service.assess(profile, as_of), format, spoken))
    return await shared.run(work)
