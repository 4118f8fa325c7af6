"""The tools and resources for assistants, on the official SDK. A tool translates and never decides.

No tool changes anything or keeps anything: profiles are given with each call, and forgotten with its answer.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from importlib import metadata
from typing import Annotated, Any, TypeVar

import anyio.to_thread
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.server.mcpserver.tools import Tool
from pydantic import Field, JsonValue

from applicability.errors import ApplicabilityError
from applicability.mcp.answers import (
    AskModel,
    ChangesAnswerModel,
    CheckAnswerModel,
    ComparedModel,
    ExplainedModel,
    ask,
    changes_answer,
    check_answer,
    compared,
    explained,
)
from applicability.mcp.tools import ToolFunction, tool_of
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.service import listing
from applicability.service.choices import ChangeTarget
from applicability.service.listing import LimitRowModel, MeasureHeadModel, SectorHitModel, ValueModel
from applicability.service.place_search import PlaceHitModel, find_places
from applicability.service.service import Service
from applicability.service.verify import ClaimModel, VerificationModel, verify
from applicability.text import Lang

_T = TypeVar("_T")
# Takes a title; what it gives decorates the function of a tool.
AddTool = Callable[[str], Callable[[ToolFunction], ToolFunction]]
INSTRUCTIONS = """Which of the {count} measures of China's services-opening pilots an enterprise can use.

1. Put what the person said into a profile: city, zones, sector, foreign_share (percent), and more as asked.
   Leave out what was not said: a missing fact is not false. Use search_places and search_sectors for names.
2. check_profile gives counts, what is open and the best next question. Ask that question and check again.
3. Explain with explain_measure; say what would open a measure with find_changes.
4. Cite: give the quote and the row with every statement. Limits are to be told with every open measure.
5. Before you answer, send each statement (row, verdict, quote) to verify_answer, and mend what does not follow.
Verdicts: eligible; conditional (an authority decides); needs_info (a fact is missing); pending (an official step is
awaited); ineligible; authorities_only (nobody can apply). This is not legal advice."""
ProfileArgument = Annotated[
    dict[str, JsonValue],
    Field(
        description=(
            'facts of one entity, e.g. {"city": "成都", "sector": "7291", "foreign_share": 40, '
            '"zones": [], "limits": {"57.taiwan": true}}; leave out what is not known; "planned": true says that the '
            "company is not set up yet, which changes no result"
        )
    ),
]
DayArgument = Annotated[datetime.date | None, Field(description="the day asked about; today in Beijing by default")]
ToolWords = Annotated[str, Field(min_length=1, max_length=200, description="in Chinese, pinyin or English, or a code")]
_LANGS: tuple[Lang, ...] = ("en", "zh")
# Rows that may be asked for at once, as over HTTP.
_MOST_ROWS = 400
ToolCount = Annotated[int, Field(ge=1, le=50)]


def server(service: Service) -> MCPServer[Any]:
    """The server of one service."""
    tools: list[Tool] = []
    tool: AddTool = functools.partial(_tool, tools)
    _add_profile_tools(tool, service)
    _add_place_and_draft_tools(tool, service)
    _add_searches(tool, service.rulebook)
    _add_searches_of_measures(tool, service)
    made: MCPServer[Any] = MCPServer(
        "applicability",
        title="Services opening: what an enterprise can use",
        instructions=INSTRUCTIONS.format(count=len(service.rulebook.measures)),
        version=_version(),
        tools=tools,
        log_level="WARNING",
    )
    _add_resources(made, service)
    return made


def _version() -> str:
    try:
        return metadata.version("applicability")
    except metadata.PackageNotFoundError:  # not installed: run from its source
        return ""


async def _in_thread(work: Callable[[], _T]) -> _T:
    """Do some work in a thread; the assistant is told the first ten problems with its arguments."""
    try:
        return await anyio.to_thread.run_sync(work)
    except ApplicabilityError as error:
        told = (one.told(lang, "assistant") for one in error.problems[:10] for lang in _LANGS)
        raise ToolError("\n".join(told)) from None


def _add_profile_tools(tool: AddTool, service: Service) -> None:
    """The tools that answer for one entity as it is."""

    @tool("Check a profile")
    async def check_profile(profile: ProfileArgument, as_of: DayArgument = None) -> CheckAnswerModel:
        """What an entity can use now: counts by verdict, the open measures with quote, row and limits, and the best
        next question. Rows that are not open are counted and not listed: explain_measure tells of any one of them."""
        return await _in_thread(lambda: check_answer(service.check_and_ask(Profile.of(profile), as_of=as_of)))

    @tool("Ask the next question")
    async def next_question(
        profile: ProfileArgument,
        unknown: Annotated[list[str], Field(max_length=100, description="facts that the person cannot tell")] = [],  # noqa: B006 the schema shows it
        measures: Annotated[
            list[int] | None, Field(max_length=_MOST_ROWS, description="ask for these rows only")
        ] = None,
        every: Annotated[bool, Field(description="ask what is implausible for the entity as well")] = False,
        as_of: DayArgument = None,
    ) -> AskModel | None:
        """The question whose answer is expected to settle most measures, with its options; null when none is left."""

        def work() -> AskModel | None:
            found = service.next_question(
                Profile.of(profile), as_of=as_of, unknown=unknown, measures=measures, every=every
            )
            return None if found is None else ask(found)

        return await _in_thread(work)

    @tool("Explain a measure")
    async def explain_measure(
        measure: Annotated[int, Field(ge=1, description="the row's number")],
        profile: ProfileArgument = {},  # noqa: B006 the schema shows it
        as_of: DayArgument = None,
    ) -> ExplainedModel:
        """The words of one row, its verdict for the profile, and every reason with the words that it rests on."""
        return await _in_thread(lambda: explained(service.finding(Profile.of(profile), measure, as_of)))


def _add_place_and_draft_tools(tool: AddTool, service: Service) -> None:
    """The tools for what could be otherwise, and for what is about to be said."""
    book = service.rulebook

    @tool("Find changes")
    async def find_changes(
        profile: ProfileArgument,
        measures: Annotated[list[int], Field(min_length=1, max_length=5)],
        to: ChangeTarget = "open",
        as_of: DayArgument = None,
    ) -> list[ChangesAnswerModel]:
        """What would open measures that are not open: the smallest sets of changes, and whose each is to make."""

        def work() -> list[ChangesAnswerModel]:
            found = service.changes(Profile.of(profile), measures, as_of=as_of, to=to)
            return list(changes_answer(found, book))

        return await _in_thread(work)

    @tool("Compare places")
    async def compare_places(
        profile: ProfileArgument,
        places: Annotated[list[str], Field(max_length=20, description="all pilots where none is named")] = [],  # noqa: B006 the schema shows it
        as_of: DayArgument = None,
    ) -> ComparedModel:
        """The same entity in other places, from the most open down, with the measures in which the places differ."""
        return await _in_thread(
            lambda: compared(service.compare(service.across(Profile.of(profile), "city", places, as_of)))
        )

    @tool("Verify a draft answer")
    async def verify_answer(
        profile: ProfileArgument,
        claims: Annotated[list[ClaimModel], Field(min_length=1, max_length=30)],
        as_of: DayArgument = None,
    ) -> VerificationModel:
        """Check the statements of a draft before it is sent. Each follows, contradicts (with why), depends_on (which
        missing fact or unsaid limit could move the verdict) or is misquoted (with the words as they
        are), or it is of an unknown_row."""

        def work() -> VerificationModel:
            return verify(service.assess(Profile.of(profile), as_of), claims)

        return await _in_thread(work)


def _add_searches(tool: AddTool, book: Rulebook) -> None:
    """The searches for what goes into a profile."""

    @tool("Search places")
    async def search_places(words: ToolWords, limit: ToolCount = 10) -> list[PlaceHitModel]:
        """Places and zones by any of their names; `code` goes into a profile as city, district or zones."""
        return await _in_thread(lambda: find_places(book, words, limit))

    @tool("Search sectors")
    async def search_sectors(words: ToolWords, limit: ToolCount = 10) -> list[SectorHitModel]:
        """Sectors of GB/T 4754-2017 by code, name or everyday word; `code` goes into a profile as sector.

        Their English names are an unofficial translation.
        """
        return await _in_thread(lambda: listing.find_sectors(book.sectors, words, limit))

    @tool("Search activities")
    async def search_activities(
        words: Annotated[str, Field(max_length=200)] = "", limit: ToolCount = 20
    ) -> list[ValueModel]:
        """The activities that measures speak of; `value` goes into a profile under activities."""
        return await _in_thread(lambda: listing.find_activities(book, words, limit))


def _add_searches_of_measures(tool: AddTool, service: Service) -> None:
    """The searches for measures and what their uses must keep."""
    book = service.rulebook

    @tool("Search limits")
    async def search_limits(
        words: Annotated[str, Field(max_length=200)] = "",
        measure: Annotated[int | None, Field(ge=1)] = None,
        limit: ToolCount = 20,
    ) -> list[LimitRowModel]:
        """What uses of measures must keep; `key` goes into a profile under limits, true where it is kept."""

        def work() -> list[LimitRowModel]:
            chosen = book.measures if measure is None else (service.measure(measure),)
            return listing.limit_rows(book, chosen, words)[:limit]

        return await _in_thread(work)

    @tool("Search measures")
    async def search_measures(words: ToolWords, limit: ToolCount = 10) -> list[MeasureHeadModel]:
        """Measures whose number, title or text holds all the words, or, where none does, those that everyday words
        mean."""
        return await _in_thread(lambda: listing.measure_heads(book, words)[:limit])


def _tool(tools: list[Tool], title: str) -> Callable[[ToolFunction], ToolFunction]:
    """Adds the function that is decorated to the tools, under a title."""

    def added(function: ToolFunction) -> ToolFunction:
        tools.append(tool_of(function, title))
        return function

    return added


def _add_resources(made: MCPServer[Any], service: Service) -> None:
    book = service.rulebook

    @made.resource("plan://{document}/rows/{row}", mime_type="text/plain", title="A row of the plan, verbatim")
    def row_text(document: str, row: str) -> str:
        """The words of one row as the document has them, and its scope column."""
        measure = next((one for one in book.measures if one.document == document and str(one.row) == row), None)
        if measure is None:
            raise ResourceNotFoundError(f"there is no row {row} in {document}")
        return "\n".join(part for part in (measure.text, measure.cell) if part)

    @made.resource("plan://{document}/notes/{number}", mime_type="text/plain", title="A note on the scope, verbatim")
    def note_text(document: str, number: str) -> str:
        """One of the notes that say where rows apply."""
        found = book.documents.get(document)
        text = None if found is None or not number.isdecimal() else found.notes.get(int(number))
        if text is None:
            raise ResourceNotFoundError(f"there is no note {number} in {document}")
        return text

    @made.resource("plan://rulebook", mime_type="application/json", title="Which rules answer")
    def rulebook_text() -> str:
        """The digest, the documents with their notes and chapters, and the pilots."""
        return listing.rulebook_info(book).model_dump_json()

    @made.resource("plan://facts", mime_type="application/json", title="Every fact that a profile may give")
    def facts_text() -> str:
        """Names, questions and values of all facts but activities, which search_activities finds."""
        every = [one.model_dump(mode="json") for one in listing.facts_of_rulebook(book) if one.type != "activities"]
        import json

        return json.dumps(every, ensure_ascii=False)
