"""The published contract of a screening's summary as JSON. Keys are only ever added to it."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field

from applicability.report.contract import Model, ProvisionModel, ResultModel, RulebookModel, TextModel


class CountsModel(Model):
    """How often each verdict was given."""

    eligible: int
    conditional: int
    needs_info: int
    pending: int
    ineligible: int


class CompanyModel(Model):
    """A company of the register: the number of its row, and its name there."""

    line: int
    name: str | None = Field(description="as the register has it; null: it names none")


class OpenCompanyModel(CompanyModel):
    """A company that has something open, and what: each as `document:row`."""

    measures: list[str]


class FindingTallyModel(Model):
    """A finding that a measure asks for, and how many companies with that verdict cannot use it without this one."""

    key: str = Field(description="as in the rules, and under `determinations` of a profile")
    companies: int


class TallyModel(Model):
    """A measure, and how many companies have each verdict on it."""

    document: str
    row: int
    title: TextModel
    eligible: int
    conditional: int
    needs_info: int
    pending: int
    ineligible: int
    by_entries: int | None = Field(
        default=None,
        description="how many of those open are so only by an instrument of the register; null: there is none",
    )
    only_steps: int | None = Field(
        default=None,
        description="how many of those pending meet all but official steps, if need be once an authority agrees; "
        "of the other pending ones facts are missing besides; null where it was not counted",
    )
    worth_asking: int | None = Field(
        default=None,
        description="how many of those that need information it seems sensible to ask for it; null where it was not "
        "counted",
    )
    findings: list[FindingTallyModel] = Field(
        default_factory=list, description="the findings that companies wait for; empty where they were not counted"
    )
    first: list[CompanyModel] = Field(
        default_factory=list,
        description="the first companies that it is open to, now or once found; empty where they were not listed",
    )


class WaitModel(Model):
    """A fact that undecided verdicts wait for: how many, and of how many companies."""

    fact: str
    label: TextModel
    question: TextModel
    verdicts: int
    companies: int


class PlaceTallyModel(Model):
    """How many companies lie in one of the groups of places that the rules tell apart."""

    kind: Literal["pilots", "elsewhere", "unknown"] = Field(
        description="in a group of the pilots; in none of them; not told, or not closely enough to say"
    )
    codes: list[str] = Field(description="the pilots of the group; empty for the other kinds")
    label: TextModel
    companies: int
    served: int = Field(description="how many of those have a measure open, now or once found")
    served_by_scope: int | None = Field(
        default=None,
        description="how many of those have one by its own scope; null in a summary of before it was counted",
    )


class NamedPlaceModel(Model):
    """How many companies of the register name a city, a district or a zone; a company may name one of each."""

    kind: Literal["city", "district", "zone"]
    code: str
    label: TextModel
    companies: int
    served: int = Field(description="how many of those have a measure open, now or once found")
    served_by_scope: int = Field(description="how many of those have one by its own scope")


class NoteKindModel(Model):
    """A kind of note: how many there are about a column (about rows if it is ""), of how many companies, and the first
    as an example.
    """

    column: str
    code: str | None = Field(description="what could not be read or contradicts; null: how something was read")
    count: int
    companies: int | None = Field(
        default=None,
        description="companies that have such a note, one or several; null in a summary of before it was counted",
    )
    example: str
    hint: str = Field(description="how to mend the example; empty where there is nothing to say")


class CountedProvisionModel(ProvisionModel):
    """A provision of a document's body, and to how many companies it applies."""

    companies: int


class DerivedModel(Model):
    """A fact that a column which is not its own tells, and of how many companies."""

    fact: str
    label: TextModel
    column: str
    companies: int


class SummaryModel(ResultModel):
    """The summary of a screening. `read` is companies plus rejected; `without_verdicts` are `document:row`.

    `served` companies have a measure open; `asks` are the facts that undecided verdicts wait for, most awaited first.
    `rejected` are rows that are no company. A cell that cannot be read is a note, and its company is screened.
    """

    source: str
    rulebook: RulebookModel
    as_of: datetime.date
    as_of_is_today: bool = Field(description="no day was given: it is today in Beijing (UTC+8)")
    read: int
    companies: int
    rejected: int
    notes: int
    noted: int | None = Field(
        default=None, description="companies that have a note; null in a summary of before it was counted"
    )
    unread: int | None = Field(
        default=None,
        description="companies of which something was not read; null in a summary of before it was counted",
    )
    kinds_of_notes: list[NoteKindModel]
    ignored_columns: list[str]
    notices: list[TextModel] = Field(default_factory=list, description="what of the register was passed over")
    served: int | None = Field(default=None, description="companies with at least one measure open, now or once found")
    served_by_scope: int | None = Field(
        default=None,
        description="how many of those have one by its own scope; the rest by instruments of the register alone",
    )
    certain_by_scope: int | None = Field(
        default=None,
        description="how many of `served_by_scope` are eligible for one by its own scope; the rest need an authority's "
        "finding for each; null in a summary of before it was counted",
    )
    served_by_any_reading: int | None = Field(
        default=None,
        description="how many of `served_by_scope` have one by its own scope that no narrower reading takes from some "
        "of them; null in a summary of before it was counted",
    )
    asks: list[WaitModel] = Field(default_factory=list, description="empty where they were not counted")
    by_place: list[PlaceTallyModel] = Field(
        default_factory=list, description="every company once; empty where it was not counted"
    )
    named_places: list[NamedPlaceModel] = Field(
        default_factory=list,
        description="the cities, districts and zones that rows name, those with most companies first; empty where "
        "they were not counted",
    )
    derived: list[DerivedModel] = Field(default_factory=list, description="facts told by a column not their own")
    provisions: list[CountedProvisionModel] = Field(
        default_factory=list, description="those that apply to some company, as far as the rules tell companies apart"
    )
    verdicts: CountsModel
    measures: list[TallyModel]
    open_companies: list[OpenCompanyModel] = Field(
        default_factory=list,
        description="the first 500 companies of the register that have a measure open, now or once found, with all "
        "that is open to each; empty where they were not listed",
    )
    without_verdicts: list[str]
