"""What requests send: the same words as the command line's options."""

from __future__ import annotations

import datetime
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from applicability.service.choices import ChangeTarget
from applicability.service.verify import ClaimModel

ProfileField = Annotated[
    dict[str, JsonValue], Field(description="a profile, as `applicability schema profile` describes it")
]
RowNumbers = Annotated[list[Annotated[int, Field(ge=1, le=100_000)]], Field(max_length=400)]
FactKeys = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=200)]
SearchWords = Annotated[str, Field(min_length=1, max_length=200)]

# Rows and chapters as parameters of an address.
RowQuery = Annotated[list[Annotated[int, Query(ge=1, le=100_000)]] | None, Query(max_length=400)]


class RequestModel(BaseModel):
    """A request; keys that it does not know are refused, so that a slip is not passed over."""

    model_config = ConfigDict(extra="forbid")


class QuestionsRequest(RequestModel):
    """Ask for the best next question; `unknown` are facts that the person cannot tell.

    What is implausible for the entity is asked only with `every`.
    """

    profile: ProfileField = {}
    unknown: FactKeys = []
    measures: RowNumbers | None = None
    every: bool = False
    as_of: datetime.date | None = None


class ChangesRequest(RequestModel):
    """Ask what would open some measures; `step` asks for the next verdict up."""

    profile: ProfileField = {}
    measures: Annotated[RowNumbers, Field(min_length=1, max_length=20)]
    to: ChangeTarget = "open"
    as_of: datetime.date | None = None


class AlternativeRequest(RequestModel):
    """One profile of several, under a name."""

    label: Annotated[str, Field(max_length=200)] = ""
    profile: ProfileField


class AcrossRequest(RequestModel):
    """What is to vary: `city` (by default all pilots), `zones` (those of its city), `as_of`, or values of a fact."""

    fact: Annotated[str, Field(max_length=200)]
    values: Annotated[list[JsonValue], Field(max_length=40)] = []
    own: Annotated[bool, Field(description="whether, of places that are named, the profile's own comes first")] = False


class CompareRequest(RequestModel):
    """Compare several profiles, or one across places, zones, days or the values of a fact."""

    profiles: Annotated[list[AlternativeRequest], Field(max_length=20)] = []
    profile: ProfileField | None = None
    across: AcrossRequest | None = None
    measures: RowNumbers | None = None
    chapters: RowNumbers | None = None
    as_of: datetime.date | None = None


class DiffRequest(RequestModel):
    """Ask what the rules decide differently on two days, for anybody."""

    old_as_of: datetime.date
    new_as_of: datetime.date


class SearchRequest(RequestModel):
    """Search words, in a body so that what somebody looks for is in no URL and no log."""

    q: SearchWords
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class VerifyRequest(RequestModel):
    """Check the claims of a draft for the entity of a profile."""

    profile: ProfileField = {}
    claims: Annotated[list[ClaimModel], Field(min_length=1, max_length=50)]
    as_of: datetime.date | None = None
