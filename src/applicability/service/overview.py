"""What an answer comes to at a glance: counts, what is open with its limits, where each row stands, the next question.

A check answers with every row; this holds what a person or an assistant needs first, in a twentieth of the size.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence

from pydantic import Field, JsonValue

from applicability.analysis.line_of_business import LinesOfBusiness
from applicability.analysis.plausibility import MOST, Plausibility
from applicability.analysis.questions import Question, QuestionPlan
from applicability.days import Today
from applicability.interview import Interview
from applicability.model.assessment import BUCKETS, Assessment, Bucket, Finding
from applicability.model.conditions import Does, Leaf
from applicability.model.facts import Facts
from applicability.model.measure import Measure, MeasureKey
from applicability.model.partial import PartialSet
from applicability.model.rulebook import Rulebook
from applicability.report.assessment.json import FactNoteModel, QuestionModel
from applicability.report.contract import (
    AlikeRowsModel,
    Model,
    ProvisionModel,
    RulebookModel,
    TextModel,
    UnaskedModel,
    alike_rows,
    given_facts,
    provision_models,
    rulebook_model,
    text_model,
    unasked_model,
)
from applicability.report.interview.json import OpenQuestionModel, question_json
from applicability.report.language.plausible import describe
from applicability.report.language.reasons import FindingText, alike
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.language.sentences import AND, listed, say
from applicability.service.open_measures import OpenMeasureModel, open_measure
from applicability.service.place_search import PlaceHitModel, zone_named
from applicability.text import Text

_TOO_WIDE = Text(
    "{place}范围太大：其中只有{pilots}是试点，请填到市",
    "{place} is too wide: of the places in it these alone are pilots: {pilots}; give the city",
)
_NO_PILOT = Text(
    "{place}不在试点地区之列：方案的多数措施不适用于当地",
    "{place} is not among the pilots: most of the plan's measures do not reach it",
)
_COVERED = Text(
    "{place}全域属于{zones}：填了“不在任何功能区”，仍计入",
    "the whole of {place} belongs to {zones}: this counts although no zone is said",
)
# Rows that are named as the reason of a question.
_NAMED = 6
# Facts of which one value is chosen: two such questions are answered at a glance.
_SHORT = ("choice", "boolean")
# Activities of the line of business that are as quickly answered.
_FEW = 3
_SHUT: tuple[Bucket, ...] = ("pending", "ineligible")


class RowBucketModel(Model):
    """Where one row stands."""

    document: str
    measure: int
    bucket: Bucket
    own_line: bool = Field(description="it speaks of the activities or the sector of the entity in particular")
    unlikely: bool = Field(
        description="it needs information or waits for a step, and such an entity is unlikely to use it even then"
    )


class WaitingRowModel(Model):
    """A row that waits on a question, and the words for whose sake it is asked."""

    measure: int
    title: TextModel
    quotes: list[str]


class NextQuestionModel(OpenQuestionModel):
    """The question that is expected to settle most, and why it is asked; `likely` are options it most likely takes, and
    the first `plausible` of the options make sense for such an entity; of activities, are of its line of business.
    """

    why: TextModel
    likely: list[str]
    plausible: int
    waiting: list[WaitingRowModel]
    also_waiting: list[int] = Field(description="the rows that wait beside those")


class PassedOverModel(Model):
    """A question that was passed over, and the rows that depend on it."""

    fact: str
    question: TextModel
    rows: list[int]


class ShutRowsModel(AlikeRowsModel):
    """Rows that are shut for the same reasons, with the facts that these reasons read."""

    facts: list[str]


class OverviewModel(Model):
    """An answer at a glance; `questions` are the missing facts, the most useful first."""

    rulebook: RulebookModel
    engine: str
    as_of: datetime.date
    as_of_is_today: bool
    profile: dict[str, JsonValue]
    counts: dict[Bucket, int]
    to_confirm: int
    open: list[OpenMeasureModel]
    rows: list[RowBucketModel]
    own_line: list[ShutRowsModel] = Field(
        description="what is of the entity's own line of business and not open: first what waits, the nearest first"
    )
    question: NextQuestionModel | None
    beside: list[NextQuestionModel] = Field(
        description="questions that a page may ask on one card with it: each of them takes one value"
    )
    to_settle: int = Field(
        description="undecided rows that questions can settle; the others wait on what was passed over or is unlikely"
    )
    questions: list[QuestionModel]
    unasked: UnaskedModel | None
    passed_over: list[PassedOverModel] = Field(
        description="facts that the person cannot tell and rows still wait for; those of most rows first"
    )
    notes: list[FactNoteModel]
    provisions: list[ProvisionModel] = Field(description="what the documents say of the whole answer")
    zone: PlaceHitModel | None = Field(description="the zone that was given as the city, which says only where it lies")


def overview_of(
    assessment: Assessment,
    question: NextQuestionModel | None,
    plan: QuestionPlan,
    lines: LinesOfBusiness,
    unknown: Collection[str] = (),
    beside: Sequence[NextQuestionModel] = (),
) -> OverviewModel:
    """The overview of an assessment."""
    book, counts = assessment.rulebook, assessment.counts
    plausibility, words = Plausibility(assessment.facts, book), ConditionRenderer(book, assessment.facts)
    own = lines.of(plausibility)
    findings = {one.measure.key: one for one in assessment.findings}
    shut = [findings[key] for bucket in _SHUT for key in own if findings[key].bucket == bucket]
    return OverviewModel(
        rulebook=rulebook_model(book),
        engine=assessment.engine,
        as_of=assessment.as_of,
        as_of_is_today=isinstance(assessment.as_of, Today),
        profile=given_facts(assessment.profile.facts, book.facts),
        counts={bucket: counts[bucket] for bucket in BUCKETS},
        to_confirm=len(assessment.to_confirm),
        open=[open_measure(finding, _unexpected(plausibility)) for finding in assessment.open],
        rows=[
            RowBucketModel(
                document=one.measure.document,
                measure=one.measure.row,
                bucket=one.bucket,
                own_line=one.measure.key in own,
                unlikely=one.measure.key in plan.unasked
                or (one.bucket == "pending" and plausibility.unlikely(one.measure)),
            )
            for one in assessment.findings
        ],
        own_line=list(_shut_rows(shut)),
        question=question,
        beside=list(beside),
        to_settle=len({row for one in plan.questions for row in one.rows}),
        questions=[
            QuestionModel(
                fact=one.fact,
                question=text_model(book.declaration(one.fact).question),
                rows=[row for _, row in one.rows],
            )
            for one in plan.questions
        ],
        unasked=unasked_model(plan.unasked, plan.unasked_facts, describe(plausibility, words)),
        passed_over=_passed_over(assessment, plan, unknown),
        notes=[
            *(FactNoteModel(fact=one.fact, message=text_model(one.message)) for one in assessment.facts.notes),
            *_too_wide(assessment.facts, book),
            *_no_pilot(assessment.facts, book),
            *_covered(assessment.facts, book),
        ],
        provisions=provision_models(assessment.provisions, book),
        zone=zone_named(book, assessment.profile.facts.get("city")),
    )


def _shut_rows(found: Sequence[Finding]) -> Iterator[ShutRowsModel]:
    """Findings by where they stand and why."""
    reading = {one.measure.row: [reason.fact for reason in FindingText(one).reasons] for one in found}
    for one in alike_rows(alike(found)):
        facts = dict.fromkeys(fact for row in one.rows for fact in reading[row] if fact is not None)
        yield ShutRowsModel(**one.model_dump(), facts=list(facts))


def _unexpected(plausibility: Plausibility) -> frozenset[str]:
    """The activities that an entity says it does although its sector does not suggest them."""
    held = plausibility.facts.given.values.get("activities")
    given = held.yes if isinstance(held, PartialSet) else held if isinstance(held, frozenset) else frozenset()
    return frozenset(map(str, given)) - plausibility.likely


def _passed_over(assessment: Assessment, plan: QuestionPlan, unknown: Collection[str]) -> list[PassedOverModel]:
    book, implausible = assessment.rulebook, frozenset(plan.unasked)
    waiting = [one for one in assessment.undecided if one.measure.key not in implausible]
    found = [
        PassedOverModel(fact=fact, question=text_model(book.declaration(fact).question), rows=rows)
        for fact in unknown
        if (rows := [one.measure.row for one in waiting if fact in one.missing])
    ]
    return sorted(found, key=lambda one: -len(one.rows))


def _too_wide(facts: Facts, rulebook: Rulebook) -> Iterator[FactNoteModel]:
    """That a province is given of which some cities only are pilots: nothing can be said of it as a whole."""
    gazetteer = rulebook.gazetteer
    for code in facts.whereabouts.divisions[:1]:
        inside = [one for one in rulebook.pilots if one != code and gazetteer.lies_in(one, code)]
        if gazetteer.level(code) == "province" and inside and code not in rulebook.pilots:
            named = [Text(gazetteer.name(one), gazetteer.name(one, "en")) for one in inside]
            yield FactNoteModel(
                fact="city",
                message=text_model(
                    say(
                        _TOO_WIDE,
                        place=Text(gazetteer.name(code), gazetteer.name(code, "en")),
                        pilots=listed(named, AND),
                    )
                ),
            )


def _no_pilot(facts: Facts, rulebook: Rulebook) -> Iterator[FactNoteModel]:
    """That a city is given which is none of the pilots, lies in none, and has none in it."""
    gazetteer, said = rulebook.gazetteer, facts.whereabouts
    divisions = said.divisions
    if not divisions or said.zones:
        return
    for pilot in rulebook.pilots:
        if any(gazetteer.lies_in(one, pilot) or gazetteer.lies_in(pilot, one) for one in divisions[-1:]):
            return
    place = Text(gazetteer.name(divisions[-1]), gazetteer.name(divisions[-1], "en"))
    yield FactNoteModel(fact="city", message=text_model(say(_NO_PILOT, place=place)))


def _covered(facts: Facts, rulebook: Rulebook) -> Iterator[FactNoteModel]:
    """That a zone counts which covers the whole place, where it is said that the entity is in none."""
    gazetteer, said = rulebook.gazetteer, facts.whereabouts
    if said.zones or said.zones is None or said.no_zones is not None:
        return
    names = [Text(gazetteer.name(one), gazetteer.name(one, "en")) for one in gazetteer.covering(said)]
    if names:
        here = Text(gazetteer.name(said.divisions[-1]), gazetteer.name(said.divisions[-1], "en"))
        yield FactNoteModel(fact="zones", message=text_model(say(_COVERED, place=here, zones=listed(names, AND))))


def next_question(interview: Interview, lines: LinesOfBusiness, first: str | None = None) -> NextQuestionModel | None:
    """The best question of an interview, with its options and why it is asked; None when none is left.

    `first` is a fact that is asked for before others, while it can decide anything. Of the rows that wait, those of
    the entity's own line of business are named first.
    """
    question = next((one for one in interview.plan.questions if one.fact == first), interview.question)
    return None if question is None else _asked(interview, lines, question)


def questions_beside(
    interview: Interview, lines: LinesOfBusiness, question: NextQuestionModel | None
) -> list[NextQuestionModel]:
    """The best questions that can stand on one card with another: of each, one of a few values is chosen.

    They stand beside one of their own kind, and beside activities of which few are of the line of business.
    """
    if question is None or not (question.type in _SHORT or _is_brief(question)):
        return []
    declared = interview.rulebook.facts
    short = (one for one in interview.plan.questions if one.fact in declared and declared[one.fact].type in _SHORT)
    others = [one for one in short if one.fact != question.fact][: 1 if question.type in _SHORT else 2]
    return [_asked(interview, lines, one) for one in others]


def _is_brief(question: NextQuestionModel) -> bool:
    return question.type == "activities" and question.plausible <= _FEW < len(question.options)


def _asked(interview: Interview, lines: LinesOfBusiness, question: Question) -> NextQuestionModel:
    options = interview.options(question)
    offered = frozenset(options)
    sensible = [one for one in options if _makes_sense(interview, question.fact, one)]
    reasons, line = interview.reasons(question), lines.of(interview.plausibility)
    more = [one for one in _of_own_line(reasons, line) if one in offered and one not in sensible]
    if sensible and len(sensible) + len(more) <= _FEW:
        sensible += more
    first = frozenset(sensible)
    options = (*sensible, *(one for one in options if one not in first))
    asked = question_json(interview.rulebook, question, options, interview.not_offered(question))
    own = {key: place for place, key in enumerate(line)}
    reasons = tuple(sorted(reasons, key=lambda one: own.get(one[0].key, len(own))))
    return NextQuestionModel(
        # As it is, and not as plain data: its parts were checked when they were made.
        **{name: getattr(asked, name) for name in OpenQuestionModel.model_fields},
        why=text_model(_why([measure for measure, _ in reasons])),
        likely=[one for one in options if one in interview.plausibility.likely],
        plausible=len(sensible) or len(options),
        waiting=[
            WaitingRowModel(
                measure=measure.row,
                title=text_model(measure.title),
                quotes=list(dict.fromkeys(leaf.ground.quote for leaf in leaves if leaf.ground.quote)),
            )
            for measure, leaves in reasons[:_NAMED]
        ],
        also_waiting=[measure.row for measure, _ in reasons[_NAMED:]],
    )


def _of_own_line(reasons: Iterable[tuple[Measure, tuple[Leaf, ...]]], line: Collection[MeasureKey]) -> Iterator[str]:
    """The activities on which measures of the own line of business hang."""
    for measure, found in reasons:
        if measure.key in line:
            yield from sorted(one for leaf in found if isinstance(leaf, Does) for one in leaf.activities)


def _makes_sense(interview: Interview, fact: str, value: str) -> bool:
    declared = interview.rulebook.facts.get(fact)
    if declared is not None and declared.type == "activities" and not interview.every:
        shared = interview.plausibility.breadth(fact, value)
        return interview.plausibility.open or (shared is not None and shared <= MOST)
    chosen = declared is not None and declared.type in ("choice", "choices") and not interview.every
    return not chosen or interview.plausibility.open or interview.plausibility.value(fact, value)


def _why(measures: Sequence[Measure]) -> Text:
    """How many rows wait on a question, and the first of them."""
    count = len(measures)
    first = measures[0].title if measures else Text("", "")
    if count == 1:
        return Text(
            f"一项措施待此判断：第{measures[0].row}项 {first.zh}", f"item {measures[0].row} waits on it: {first.en}"
        )
    return Text(
        f"{count}项措施待此判断，如第{measures[0].row}项 {first.zh}",
        f"{count} measures wait on it, such as item {measures[0].row}: {first.en}",
    )
