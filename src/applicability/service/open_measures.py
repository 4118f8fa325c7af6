"""What an answer says of a measure that is open: its parts, limits, findings that it awaits, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from applicability.model.assessment import Bucket, Finding
from applicability.model.conditions import Does, leaves
from applicability.model.measure import Force
from applicability.model.partial import PartialSet
from applicability.model.rulebook import Entry
from applicability.report.assessment.json import JudgementModel, LimitModel
from applicability.report.contract import Model, TextModel, text_model
from applicability.report.language.for_others import for_others
from applicability.report.language.sentences import say
from applicability.report.papers.whom import Whom
from applicability.service.cited import ContactModel, contacts_told, judgement_told, limit_told, text_in_english
from applicability.text import Text

# Entries of the register that tell whoever would use a measure something; what is announced names no measure.
_TOLD = ("overtakes", "notes")
_INSTRUMENT = Text("{title}：{note}", "{title}: {note}")


class PartForOthersModel(Model):
    """A part of an open measure for somebody else than the entity, its staff or their family, with its limits."""

    title: TextModel
    who: TextModel
    limits: list[LimitModel]


class OpenMeasureModel(Model):
    """A measure that the entity can use now, or once an authority agrees, with what a use must keep."""

    document: str
    measure: int
    chapter: int
    title: TextModel
    verdict: Bucket
    force: Force | None = Field(description="the strongest of the parts that are open")
    parts: list[TextModel] = Field(description="the parts that are open; empty if all is")
    rest: list[TextModel] = Field(
        description="the other parts, without those for others than the entity and what is a duty of authorities"
    )
    because: list[TextModel] = Field(
        description="activities through which it is open, where the sector does not suggest them"
    )
    limits: list[LimitModel]
    for_others: list[PartForOthersModel] = Field(description="parts for others than the entity, which are not examined")
    judgements: list[JudgementModel] = Field(description="the findings that this answer waits for")
    instruments: list[TextModel] = Field(
        description="what the register has of it at this place and day: instruments that open it, and what it notes"
    )
    narrower: bool = Field(description="another reader could read the words so that they open less or nothing")
    reading: TextModel | None = Field(description="how the words are read, where they could be read more narrowly")
    quote: str | None = Field(description="the words that the answer rests on, to be cited with the row")
    quote_en: str | None = Field(description="the words in English, by an unofficial translation")
    contacts: list[ContactModel] = Field(description="whom to ask about it")


def open_measure(finding: Finding, unexpected: frozenset[str] = frozenset()) -> OpenMeasureModel:
    """A finding that is open, with its limits and what is left to an authority.

    Of activities that are unexpected of such an entity it tells that they open the measure.
    """
    measure, book = finding.measure, finding.rulebook
    awaited = Whom(book, finding).outstanding
    return OpenMeasureModel(
        document=measure.document,
        measure=measure.row,
        chapter=measure.chapter,
        title=text_model(measure.title),
        verdict=finding.bucket,
        force=finding.force,
        parts=[text_model(one.limb.title) for one in finding.best_limbs] if len(measure.limbs) > 1 else [],
        rest=[text_model(one) for one in _rest(finding)],
        because=[text_model(one) for one in _because(finding, unexpected)],
        contacts=contacts_told(book, measure, awaited),
        limits=[limit_told(book, measure, one.limit, one.state) for one in finding.limits],
        for_others=list(_for_others(finding)),
        judgements=[judgement_told(book, measure, one) for one in awaited],
        instruments=[text_model(_instrument(one)) for one in finding.notes if one.kind in _TOLD],
        narrower=measure.narrower_reading,
        reading=text_model(measure.interpretation) if measure.narrower_reading and measure.interpretation else None,
        quote=measure.text or None,
        quote_en=text_in_english(book, measure),
    )  # fmt: skip


def _because(finding: Finding, unexpected: frozenset[str]) -> list[Text]:
    """The activities through which it is open, where none is one that its sector suggests."""
    known, given = finding.rulebook.sectors.activities, finding.facts.values.get("activities")
    held = given.yes if isinstance(given, PartialSet) else given if isinstance(given, frozenset) else frozenset()
    found: dict[str, None] = {}
    for one in finding.best_limbs:
        for leaf in leaves(one.limb.when):
            if isinstance(leaf, Does) and (met := leaf.activities & held) and met <= unexpected:
                found |= dict.fromkeys(sorted(met))
    return [known[one].label for one in found]


def _rest(finding: Finding) -> Iterator[Text]:
    """The parts that could be taken for open and are not."""
    told = {one.limb.id for one in finding.best_limbs}
    told |= {one.limb.id for one in finding.limbs if for_others(finding, one) is not None}
    for limb in finding.measure.limbs if len(finding.measure.limbs) > 1 else ():
        if limb.id not in told and limb.force != "duty":
            yield limb.title


def _for_others(finding: Finding) -> Iterator[PartForOthersModel]:
    measure, book = finding.measure, finding.rulebook
    for one in finding.limbs if len(measure.limbs) > 1 else ():
        who = for_others(finding, one)
        if who is not None:
            limits = [limit_told(book, measure, limit, finding.state(limit)) for limit in one.limb.limits]
            yield PartForOthersModel(title=text_model(one.limb.title), who=text_model(who), limits=limits)


def _instrument(entry: Entry) -> Text:
    """An entry of the register in a line."""
    return entry.title if entry.note is None else say(_INSTRUMENT, title=entry.title, note=entry.note)
