"""The operations on the rules, which are about nobody: measures, places, sectors, facts, limits, map, differences."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from applicability.errors import Location, Problem
from applicability.loading.profile.mistakes import no_fact
from applicability.messages import did_you_mean
from applicability.model.selection import select_measures
from applicability.report.difference.json import DifferenceModel
from applicability.report.reach_map.json import ReachMapModel
from applicability.service import listing
from applicability.service.listing import FactModel, MeasureDetailModel, RulebookInfoModel
from applicability.service.lists import (
    ActivitiesModel,
    FactsModel,
    LimitsModel,
    MeasuresModel,
    PlacesModel,
    SectorsModel,
)
from applicability.service.place_search import find_places, zones_in
from applicability.text import Text
from applicability.web.answering import Day, SharedAnswering
from applicability.web.problems import RefusedRequest, could_be
from applicability.web.requests import DiffRequest, RowQuery, SearchRequest

router = APIRouter(prefix="/v1")
SearchQuery = Annotated[str, Query(max_length=200, description="words in Chinese, pinyin or English, or a code")]
HitCount = Annotated[int, Query(ge=1, le=100)]
RowPath = Annotated[int, Path(ge=1, le=100_000)]
_ASKED = could_be(412, 422)
_NAMED = could_be(404, 412, 422)
_SENT = could_be(400, 412, 415, 422)


@router.get("/rulebook", response_model=RulebookInfoModel, responses=_ASKED, operation_id="rulebook", tags=["rules"])
async def rulebook(request: Request, shared: SharedAnswering) -> Response:
    """Which rules answer: their digest, documents and pilots."""
    shared.pin(request)
    found = await shared.run(lambda: listing.rulebook_info(shared.service.rulebook))
    return shared.tagged(request, found, shared.service.etag())


@router.get("/measures", response_model=MeasuresModel, responses=_ASKED, operation_id="measures", tags=["rules"])
async def measures(
    request: Request, shared: SharedAnswering, q: SearchQuery = "", chapter: RowQuery = None
) -> Response:
    """All measures, or those whose number, title or text holds all the words, or, where none does, those that everyday
    words mean."""
    shared.pin(request)
    book = shared.service.rulebook
    found = await shared.run(
        lambda: MeasuresModel(measures=listing.measure_heads(book, q, select_measures(book, None, chapter)))
    )
    return shared.tagged(request, found, shared.service.etag(None, q, chapter))


@router.get(
    "/measures/{row}", response_model=MeasureDetailModel, responses=_NAMED, operation_id="measure", tags=["rules"]
)
async def measure(request: Request, shared: SharedAnswering, row: RowPath, document: str | None = None) -> Response:
    """One measure apart from any entity: its words, scope, conditions, limits and doubts."""
    shared.pin(request)
    book = shared.service.rulebook
    named = next((one for one in book.measures if one.row == row and document in (None, one.document)), None)
    if named is None:
        first, last = min(one.row for one in book.measures), max(one.row for one in book.measures)
        what = Text(
            f"没有第{row}行：应在{first}至{last}之间", f"there is no row {row}: they run from {first} to {last}"
        )
        raise RefusedRequest(404, Problem("U001", Location("row"), what))
    found = await shared.run(lambda: listing.measure_detail(book, named))
    return shared.tagged(request, found, shared.service.etag(None, named.key))


@router.get("/places", response_model=PlacesModel, responses=_ASKED, operation_id="places", tags=["rules"])
async def places(request: Request, shared: SharedAnswering, q: SearchQuery, limit: HitCount = 20) -> Response:
    """Places and zones by any of their names, the pilots first."""
    shared.pin(request)
    return await _places(request, shared, q, limit)


@router.post("/places", response_model=PlacesModel, responses=_SENT, operation_id="search_places", tags=["rules"])
async def search_places(request: Request, shared: SharedAnswering, body: SearchRequest) -> Response:
    """The same, with the words in the body."""
    shared.pin(request)
    return await _places(request, shared, body.q, body.limit)


async def _places(request: Request, shared: SharedAnswering, q: str, limit: int) -> Response:
    found = await shared.run(lambda: PlacesModel(places=find_places(shared.service.rulebook, q, limit)))
    return shared.tagged(request, found, shared.service.etag(None, "places", q, limit))


@router.post("/zones", response_model=PlacesModel, responses=_SENT, operation_id="zones", tags=["rules"])
async def zones(request: Request, shared: SharedAnswering, body: SearchRequest) -> Response:
    """The zones of a place that is given by name or code."""
    shared.pin(request)
    found = await shared.run(lambda: PlacesModel(places=zones_in(shared.service.rulebook, body.q)))
    return shared.tagged(request, found, shared.service.etag(None, "zones", body.q))


@router.get("/sectors", response_model=SectorsModel, responses=_ASKED, operation_id="sectors", tags=["rules"])
async def sectors(request: Request, shared: SharedAnswering, q: SearchQuery, limit: HitCount = 20) -> Response:
    """Sectors of GB/T 4754-2017 by code, name or everyday word, the likeliest first.

    Their English names are an unofficial translation.
    """
    shared.pin(request)
    return await _sectors(request, shared, q, limit)


@router.post("/sectors", response_model=SectorsModel, responses=_SENT, operation_id="search_sectors", tags=["rules"])
async def search_sectors(request: Request, shared: SharedAnswering, body: SearchRequest) -> Response:
    """The same, with the words in the body."""
    shared.pin(request)
    return await _sectors(request, shared, body.q, body.limit)


async def _sectors(request: Request, shared: SharedAnswering, q: str, limit: int) -> Response:
    book = shared.service.rulebook
    found = await shared.run(lambda: SectorsModel(sectors=listing.find_sectors(book.sectors, q, limit)))
    return shared.tagged(request, found, shared.service.etag(None, "sectors", q, limit))


@router.get("/activities", response_model=ActivitiesModel, responses=_ASKED, operation_id="activities", tags=["rules"])
async def activities(request: Request, shared: SharedAnswering, q: SearchQuery = "", limit: HitCount = 100) -> Response:
    """The activities that the measures speak of."""
    shared.pin(request)
    book = shared.service.rulebook
    found = await shared.run(lambda: ActivitiesModel(activities=listing.find_activities(book, q, limit)))
    return shared.tagged(request, found, shared.service.etag(None, "activities", q, limit))


@router.get("/facts", response_model=FactsModel, responses=_ASKED, operation_id="facts", tags=["rules"])
async def facts(request: Request, shared: SharedAnswering) -> Response:
    """Every fact that a profile may give, with its question and its values."""
    shared.pin(request)
    found = await shared.run(lambda: FactsModel(facts=listing.facts_of_rulebook(shared.service.rulebook)))
    return shared.tagged(request, found, shared.service.etag())


@router.get("/facts/{name}", response_model=FactModel, responses=_NAMED, operation_id="fact", tags=["rules"])
async def fact(request: Request, shared: SharedAnswering, name: Annotated[str, Path(max_length=200)]) -> Response:
    """One fact."""
    shared.pin(request)
    book = shared.service.rulebook
    if name not in book.facts:
        problem = Problem("P101", Location("name"), no_fact(name), did_you_mean(name, book.facts))
        raise RefusedRequest(404, problem)
    found = await shared.run(lambda: listing.fact_model(book, book.facts[name]))
    return shared.tagged(request, found, shared.service.etag(None, name))


@router.get("/limits", response_model=LimitsModel, responses=_ASKED, operation_id="limits", tags=["rules"])
async def limits(request: Request, shared: SharedAnswering, measure: RowQuery = None, q: SearchQuery = "") -> Response:
    """What uses of the measures must keep, each with its key and the words that set it."""
    shared.pin(request)
    book = shared.service.rulebook
    found = await shared.run(lambda: LimitsModel(limits=listing.limit_rows(book, select_measures(book, measure), q)))
    return shared.tagged(request, found, shared.service.etag(None, measure, q))


@router.get("/map", response_model=ReachMapModel, responses=_ASKED, operation_id="reach_map", tags=["rules"])
async def reach_map(
    request: Request,
    shared: SharedAnswering,
    place: Annotated[list[Annotated[str, Query(max_length=200)]] | None, Query(max_length=40)] = None,
    as_of: Day = None,
    measure: RowQuery = None,
) -> Response:
    """Where each measure, or some of them, can be open and to whom; by default in all pilots."""
    shared.pin(request)
    found = await shared.run(lambda: shared.service.reach_map(place, as_of, measure))
    return shared.tagged(request, found, shared.service.etag(found.as_of, "map", place, measure))


@router.post("/diff", response_model=DifferenceModel, responses=_SENT, operation_id="diff", tags=["rules"])
async def diff(request: Request, shared: SharedAnswering, body: DiffRequest) -> Response:
    """What the rules and the register decide differently on two days, for any entity."""
    shared.pin(request)
    found = await shared.run(lambda: shared.service.diff(body.old_as_of, body.new_as_of))
    return shared.tagged(request, found, shared.service.etag(body.new_as_of, "diff", body.old_as_of))
