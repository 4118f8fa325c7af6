"""Searches and lists of a rulebook: places, sectors, facts and their values, limits, measures, the rulebook itself."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal
from operator import itemgetter
from typing import Any

from pydantic import Field

from applicability.model.catalogue import Hit
from applicability.model.conditions import Judgement, leaves
from applicability.model.facts import FactDeclaration, Facts, FactType
from applicability.model.measure import AUTHORITY, Capture, Force, Limb, Measure
from applicability.model.places import Whereabouts
from applicability.model.rulebook import Rulebook
from applicability.model.sectors import Activity, Sectors
from applicability.model.word_match import holds, holds_whole
from applicability.report.assessment.explanation_json import NodeModel, node_model
from applicability.report.assessment.json import JudgementModel, LimitModel, NoteModel
from applicability.report.contract import Model, RulebookModel, TextModel, rulebook_model, text_model
from applicability.report.language import labels as w
from applicability.report.language.addressees import addressee_note
from applicability.report.language.condition_tree import condition_tree
from applicability.report.language.reasons import concerns
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.language.silences import silent_on
from applicability.service.cited import (
    ContactModel,
    contacts_told,
    in_english,
    judgement_told,
    limit_told,
    span_told,
    text_in_english,
)
from applicability.service.measure_search import found_measures
from applicability.service.place_search import PlaceHitModel, place_hit
from applicability.text import Text

_NOBODY = Facts({}, Whereabouts(), datetime.date.min)  # the words of the rules alone


class SectorHitModel(Model):
    """A sector that a search found, by GB/T 4754-2017."""

    code: str
    name: TextModel = Field(description="the standard's name; in English by an unofficial translation")
    word: str | None = Field(description="the everyday word that it was found by")


class ValueModel(Model):
    """A value that a fact takes, its name and other names."""

    value: str
    label: TextModel
    aliases: list[str]


class FactModel(Model):
    """A fact that a profile may give; `values` is empty where the answer is free or found by a search."""

    name: str
    type: FactType
    label: TextModel
    takes: TextModel
    question: TextModel
    help: TextModel
    unit: TextModel | None
    minimum: float | None
    maximum: float | None
    values: list[ValueModel]


class LimitRowModel(Model):
    """What uses of one row must keep."""

    key: str
    document: str
    measure: int
    label: TextModel
    question: TextModel
    quote: str
    quote_en: str | None = Field(description="the words in English, by an unofficial translation")


class MeasureHeadModel(Model):
    """A measure in a list: its words, where they stand, and whom they speak to."""

    document: str
    measure: int
    chapter: int
    title: TextModel
    text: str
    force: Force | None
    addressee: list[str]
    encoded: bool
    binds_authorities_only: bool
    text_lost: bool


class MeasureLimbModel(Model):
    """One thing that a row opens, with its condition in words of each language."""

    id: str
    title: TextModel
    force: Force
    addressee: list[TextModel]
    addressee_note: TextModel | None = Field(
        description="that the addressee is no condition, where none asks for the kind of entity"
    )
    condition_zh: NodeModel
    condition_en: NodeModel


class MeasureDetailModel(MeasureHeadModel):
    """A measure apart from any entity: its words, scope, conditions, limits, doubts, and what has happened since."""

    text_en: str | None = Field(description="the text in English, by an unofficial translation")
    chapter_title: TextModel
    document_title: TextModel
    document_number: str
    scope_text: str
    scope_capture: Capture
    scope_note: TextModel | None
    limbs: list[MeasureLimbModel]
    limits: list[LimitModel]
    judgements: list[JudgementModel]
    interpretation: TextModel | None
    doubts: list[TextModel]
    notes: list[NoteModel]
    contacts: list[ContactModel] = Field(description="whom to ask about it")
    silent_on: list[TextModel] = Field(description="what its words do not say")


class DocumentInfoModel(Model):
    """A policy document whose rows are encoded; `notes` are those of its scope, by number."""

    id: str
    title: TextModel
    number: str
    in_force: datetime.date | None
    checked_on: datetime.date
    rows: int
    notes: dict[str, str]
    chapters: dict[str, TextModel]


class RulebookInfoModel(RulebookModel):
    """The rulebook that answers: to be stored beside every answer."""

    title: TextModel
    begins: datetime.date | None
    documents: list[DocumentInfoModel]
    pilots: list[PlaceHitModel]
    measures: int


def find_sectors(sectors: Sectors, words: str, most: int) -> list[SectorHitModel]:
    """Sectors by code, name and everyday word, the likeliest first; where none holds the words, those spelt alike."""
    hits = sectors.catalogue.search(words) or tuple(Hit(one) for one in sectors.near(words))
    return [
        SectorHitModel(
            code=hit.sector.code,
            name=TextModel(zh=hit.sector.zh, en=hit.sector.en),
            word=hit.words[0] if hit.words else None,
        )
        for hit in hits[:most]
    ]


def facts_of_rulebook(rulebook: Rulebook) -> list[FactModel]:
    """Every fact that a profile may give."""
    return [fact_model(rulebook, one) for one in rulebook.facts.values()]


def fact_model(rulebook: Rulebook, one: FactDeclaration) -> FactModel:
    """A fact, with its values where they can be listed."""

    def number(value: Decimal | None) -> float | None:
        return None if value is None else float(value)

    return FactModel(
        name=one.name,
        type=one.type,
        label=text_model(one.label),
        takes=text_model(w.FACT_TYPES[one.type]),
        question=text_model(one.question),
        help=text_model(one.help),
        unit=None if one.unit is None else text_model(one.unit),
        minimum=number(one.minimum),
        maximum=number(one.maximum),
        values=list(_values(rulebook, one)),
    )


def _values(rulebook: Rulebook, one: FactDeclaration) -> Iterator[ValueModel]:
    match one.type:
        case "activities":
            for id, activity in rulebook.sectors.activities.items():
                yield ValueModel(value=id, label=text_model(activity.label), aliases=list(activity.aliases))
        case "zone_types":
            for id, kind in rulebook.gazetteer.zone_types.items():
                label = TextModel(zh=rulebook.gazetteer.name(id), en=rulebook.gazetteer.name(id, "en"))
                yield ValueModel(value=id, label=label, aliases=list(kind.aliases))
        case _:
            for key, choice in one.values.items():
                yield ValueModel(value=key, label=text_model(choice.label), aliases=list(choice.aliases))


def find_activities(rulebook: Rulebook, words: str, most: int) -> list[ValueModel]:
    """The activities one of whose names holds the words, then those that a wider word may mean; all without words."""
    known = rulebook.sectors.activities
    every = _values(rulebook, next(one for one in rulebook.facts.values() if one.type == "activities"))
    ranked = [(rank, one) for one in every if (rank := _rank(known[one.value], words)) is not None]
    return [one for _, one in sorted(ranked, key=itemgetter(0))[:most]]


def _rank(one: Activity, words: str) -> int | None:
    """How well a search meets an activity: by a name as whole words, a name, or a word that may mean it."""
    named = [name for name in one.names if holds(name, words)]
    if named:
        return 0 if any(holds_whole(name, words) for name in named) else 1
    return 2 if any(holds(word, words) for word in one.instead_of) else None


def limit_rows(rulebook: Rulebook, measures: Iterable[Measure], words: str = "") -> list[LimitRowModel]:
    """What uses of some measures must keep, each limit once; those that hold the words."""
    found = {
        limit.key: LimitRowModel(
            key=limit.key, document=measure.document, measure=measure.row, label=text_model(limit.label),
            question=text_model(limit.question), quote=limit.ground.quote,
            quote_en=in_english(rulebook, measure, limit.ground.quote),
        )
        for measure in measures
        for limb in measure.usable
        for limit in limb.limits
    }  # fmt: skip
    return [one for one in found.values() if any(holds(text, words) for text in _limit_texts(one))]


def _limit_texts(one: LimitRowModel) -> Iterable[str]:
    return (one.key, one.label.zh, one.label.en, one.question.zh, one.question.en, one.quote)


def measure_heads(
    rulebook: Rulebook, words: str = "", measures: Iterable[Measure] | None = None
) -> list[MeasureHeadModel]:
    """Measures in a list, by default of all: those that a search finds."""
    every = rulebook.measures if measures is None else measures
    return [MeasureHeadModel(**_head(one)) for one in found_measures(rulebook, words, every)]


def _head(one: Measure) -> dict[str, Any]:
    return {
        "document": one.document,
        "measure": one.row,
        "chapter": one.chapter,
        "title": text_model(one.title),
        "text": one.text,
        "force": one.force,
        "addressee": list(one.addressee),
        "encoded": one.encoded,
        "binds_authorities_only": one.binds_authorities_only,
        "text_lost": one.lost,
    }


def measure_detail(rulebook: Rulebook, measure: Measure) -> MeasureDetailModel:
    """A measure with all that is known of it apart from any entity."""
    document = rulebook.documents[measure.document]
    rule = rulebook.scopes.get(measure.scope_rule)
    words = ConditionRenderer(rulebook, _NOBODY)
    judged = dict.fromkeys(leaf for one in measure.conditions for leaf in leaves(one) if isinstance(leaf, Judgement))
    kept = dict.fromkeys(limit for limb in measure.limbs for limit in limb.limits)
    spans = (*measure.spans, *(span for limb in measure.limbs for span in limb.spans))
    return MeasureDetailModel.model_validate(
        {
            **_head(measure),
            "text_en": text_in_english(rulebook, measure),
            "chapter_title": text_model(document.chapters.get(measure.chapter, Text("", ""))),
            "document_title": text_model(document.title),
            "document_number": document.number,
            "scope_text": measure.cell,
            "scope_capture": measure.capture,
            "scope_note": None if rule is None else text_model(rule.title),
            "limbs": [_limb(measure, one, words) for one in measure.limbs],
            "limits": [
                *(limit_told(rulebook, measure, one, None) for one in kept),
                *(span_told(rulebook, measure, one) for one in spans if one.kind == "limit"),
            ],
            "judgements": [judgement_told(rulebook, measure, one) for one in judged],
            "interpretation": text_model(measure.interpretation) if measure.interpretation else None,
            "doubts": [text_model(one.text) for one in measure.doubts],
            "notes": [
                NoteModel(
                    date=one.date, title=text_model(one.title), source=text_model(one.source), weight=one.weight,
                    text=text_model(one.note) if one.note else None,
                )
                for one in rulebook.register
                if concerns(one, measure)
            ],
            "contacts": contacts_told(rulebook, measure, judged),
            "silent_on": [text_model(one) for one in silent_on(rulebook, measure)],
        }
    )  # fmt: skip


def _limb(measure: Measure, limb: Limb, words: ConditionRenderer) -> MeasureLimbModel:
    note = addressee_note(words.rulebook, measure, limb)
    return MeasureLimbModel(
        id=limb.id,
        title=text_model(limb.title),
        force=limb.force,
        addressee=[text_model(w.ADDRESSEES.get(one, Text(one, one))) for one in limb.addressee or (AUTHORITY,)],
        addressee_note=None if note is None else text_model(note),
        condition_zh=node_model(condition_tree(limb.when, words, "zh")),
        condition_en=node_model(condition_tree(limb.when, words, "en")),
    )


def rulebook_info(rulebook: Rulebook) -> RulebookInfoModel:
    """Which rules answer."""
    return RulebookInfoModel(
        **rulebook_model(rulebook).model_dump(),
        title=text_model(rulebook.title),
        begins=rulebook.begins,
        documents=[
            DocumentInfoModel(
                id=one.id,
                title=text_model(one.title),
                number=one.number,
                in_force=one.dates.get("in_force"),
                checked_on=one.checked_on,
                rows=sum(measure.document == one.id for measure in rulebook.measures),
                notes={str(number): text for number, text in one.notes.items()},
                chapters={str(number): text_model(title) for number, title in one.chapters.items()},
            )
            for one in rulebook.documents.values()
        ],
        pilots=[place_hit(rulebook, one) for one in rulebook.pilots],
        measures=len(rulebook.measures),
    )
