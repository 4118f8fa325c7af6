"""The published contract of an assessment as JSON. Keys are only ever added to it."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from pydantic import Field, JsonValue

from applicability.analysis.plausibility import Plausibility
from applicability.analysis.questions import QuestionPlanner, plan_questions
from applicability.days import Today
from applicability.model.assessment import BUCKETS, Assessment, Bucket, Finding, LimitFinding, LimitState, ReasonKind
from applicability.model.measure import Capture, Force, Limb, Span
from applicability.model.rulebook import Weight
from applicability.report import Options, Selection
from applicability.report.assessment.explanation_json import ExplanationModel, explanation_json
from applicability.report.contract import (
    Model,
    ProvisionModel,
    ResultModel,
    RulebookModel,
    TextModel,
    UnaskedModel,
    VerdictWord,
    contract_model,
    given_facts,
    provision_models,
    rulebook_model,
    text_model,
    unasked_model,
    word,
    word_of,
)
from applicability.report.language.for_others import for_others
from applicability.report.language.plausible import describe, lacking, lacking_text
from applicability.report.language.reasons import FindingText, ReasonText, concerns
from applicability.report.language.render_condition import ConditionRenderer
from applicability.text import Lang

_English = Callable[[str], str | None]


class ScopeModel(Model):
    """The place condition of the scope column and the notes alone; `text` is the column as scanned.

    `why` tells whether a row without a verdict reaches the place, and on which words; of every other row the finding's
    own `why` does.
    """

    verdict: VerdictWord | None
    text: str
    note: TextModel | None
    rule: str | None
    capture: Capture
    text_en: str | None
    why: list[ReasonModel]


class ReasonModel(Model):
    """One reason for the verdict; `quote` holds the words it rests on, `cites` where they stand.

    `quote_en` is the quote in English, by an unofficial translation; null where there is none.
    """

    kind: ReasonKind
    verdict: VerdictWord
    message: TextModel
    fact: str | None
    quote: str | None
    cites: str
    quote_en: str | None


class JudgementModel(Model):
    """What an authority must find; `key` is the profile's key for it under `determinations`."""

    quote: str
    authority: TextModel
    about: TextModel
    key: str
    quote_en: str | None


class LimbModel(Model):
    """One of several things a row opens. `verdict` is of its own condition, null if it binds authorities only.

    `verdict_in_scope` is its verdict within the row's place, and `why` has the reasons of that.
    """

    id: str
    title: TextModel
    verdict: VerdictWord | None
    force: Force
    addressee: list[str]
    verdict_in_scope: VerdictWord | None
    why: list[ReasonModel]
    for_others: TextModel | None = Field(
        default=None, description="whom it is for where that is not the entity itself; that is not examined"
    )


class NoteModel(Model):
    """A register entry about the row."""

    date: datetime.date
    title: TextModel
    source: TextModel
    weight: Weight
    text: TextModel | None


class LimitModel(Model):
    """Words of the text that limit what is granted.

    With a `key` it is a limit that a use must keep: a profile states under `limits` whether it does, and `state` is
    what this profile says. Without one it is for information only.
    """

    words: str
    note: TextModel | None
    key: str | None
    quote: str | None
    question: TextModel | None
    state: LimitState | None
    words_en: str | None


class UnlistedModel(Model):
    """An activity that a complete list lacks, with what makes it likely."""

    activity: str
    text: TextModel


class FindingModel(Model):
    """One row. `verdict` is null if there is none: authorities only, text lost, not yet encoded.

    `unlisted` are activities likely for the entity that a complete list lacks, and whose lack alone shuts the row.
    """

    document: str
    measure: int
    chapter: int
    verdict: VerdictWord | None
    force: Force | None
    addressee: list[str]
    encoded: bool
    binds_authorities_only: bool
    text_lost: bool
    title: TextModel
    text: str
    text_en: str | None = Field(description="the text in English, by an unofficial translation")
    scope: ScopeModel
    why: list[ReasonModel]
    missing: list[str]
    judgements: list[JudgementModel]
    limbs: list[LimbModel]
    limits: list[LimitModel]
    notes: list[NoteModel]
    interpretation: TextModel | None
    narrower_reading: bool = Field(
        default=False, description="the interpretation names another reading, by which the row opens less or nothing"
    )
    doubts: list[TextModel]
    unlisted: list[UnlistedModel]


class QuestionModel(Model):
    """A missing fact, and the rows that it helps to decide; the most useful first."""

    fact: str
    question: TextModel
    rows: list[int]


class FactNoteModel(Model):
    """How a fact of the profile was interpreted, if that is not obvious: a former district read as today's."""

    fact: str
    message: TextModel


class AssessmentModel(ResultModel):
    """The result of a check: all rows of the rulebook, unless rows were selected. `counts` always covers all."""

    rulebook: RulebookModel
    engine: str
    as_of: datetime.date
    as_of_is_today: bool = Field(description="no day was given: it is today in Beijing (UTC+8)")
    profile: dict[str, JsonValue]
    counts: dict[Bucket, int]
    to_confirm: int = Field(description="how many open measures still have limits to confirm")
    questions: list[QuestionModel]
    unasked: UnaskedModel | None = Field(description="what is not asked since it is implausible; it stays missing")
    findings: list[FindingModel]
    explanation: ExplanationModel | None
    provisions: list[ProvisionModel]
    notes: list[FactNoteModel]


def render(selection: Selection, options: Options) -> str:
    """Renders the assessment as JSON."""
    return model_of(selection, options).to_json()


def model_of(selection: Selection, options: Options) -> AssessmentModel:
    """The contract model of a selection, with the derivation if the options ask for it."""
    explain = options.lang if options.explain else None
    return assessment_json(selection.assessment, selection.findings, explain)


def assessment_json(
    assessment: Assessment,
    findings: tuple[Finding, ...] | None = None,
    explain: Lang | None = None,
    planner: QuestionPlanner | None = None,
) -> AssessmentModel:
    """The contract model of an assessment, with every text in both languages.

    `findings` are the rows to show, by default all; `explain` is the language of the derivation, by default left out;
    `planner` is one of the whole rulebook that has been made before.
    """
    shown = assessment.findings if findings is None else findings
    book = assessment.rulebook
    counts = assessment.counts
    plan = plan_questions(assessment, planner)
    plausibility, words = Plausibility(assessment.facts, book), ConditionRenderer(book, assessment.facts)
    return AssessmentModel(
        contract=contract_model("assessment"),
        rulebook=rulebook_model(book),
        engine=assessment.engine,
        as_of=assessment.as_of,
        as_of_is_today=isinstance(assessment.as_of, Today),
        profile=given_facts(assessment.profile.facts, assessment.rulebook.facts),
        counts={bucket: counts[bucket] for bucket in BUCKETS},
        to_confirm=len(assessment.to_confirm),
        questions=[
            QuestionModel(
                fact=one.fact,
                question=text_model(book.declaration(one.fact).question),
                rows=[row for _, row in one.rows],
            )
            for one in plan.questions
        ],
        unasked=unasked_model(plan.unasked, plan.unasked_facts, describe(plausibility, words)),
        findings=[_finding(finding, plausibility, words) for finding in shown],
        explanation=None if explain is None else explanation_json(assessment, shown, explain),
        provisions=provision_models(assessment.provisions, book),
        notes=[FactNoteModel(fact=one.fact, message=text_model(one.message)) for one in assessment.facts.notes],
    )  # fmt: skip


def _others(finding: Finding, limb: Limb) -> TextModel | None:
    found = next((one for one in finding.limbs if one.limb.id == limb.id), None)
    whom = None if found is None or len(finding.measure.limbs) == 1 else for_others(finding, found)
    return None if whom is None else text_model(whom)


def _finding(finding: Finding, plausibility: Plausibility, words: ConditionRenderer) -> FindingModel:
    told, measure = FindingText(finding, words), finding.measure
    translation = finding.rulebook.translation(measure.document)

    def english(words: str) -> str | None:
        return translation.quote(words, measure.row) if translation is not None and words else None

    rule = finding.rulebook.scopes.get(measure.scope_rule)
    models: dict[int, ReasonModel] = {}  # by the identity of the text, which `told` keeps: parts share their reasons

    def reasons(every: tuple[ReasonText, ...]) -> list[ReasonModel]:
        for one in every:
            if id(one) not in models:
                models[id(one)] = _reason(one, english)
        return [models[id(one)] for one in every]

    limbs = {one.limb.id: one.verdict for one in finding.limbs}
    return FindingModel(
        document=measure.document,
        measure=measure.row,
        chapter=measure.chapter,
        verdict=word(finding.verdict),
        force=finding.force,
        addressee=list(measure.addressee),
        encoded=measure.encoded,
        binds_authorities_only=measure.binds_authorities_only,
        text_lost=measure.lost,
        title=text_model(measure.title),
        text=measure.text,
        text_en=translation.row(measure.row) if translation is not None else None,
        scope=ScopeModel(
            verdict=word(finding.scope_verdict),
            text=measure.cell,
            note=text_model(rule.title) if rule else None,
            rule=rule.id if rule else None,
            capture=measure.capture,
            text_en=english(measure.cell),
            why=reasons(told.place),
        ),
        why=reasons(told.why),
        missing=list(finding.missing),
        judgements=[
            JudgementModel(
                quote=one.ground.quote, authority=text_model(one.authority), about=text_model(one.about), key=one.key,
                quote_en=english(one.ground.quote),
            )
            for one in finding.judgements
        ],
        limbs=[
            LimbModel(
                id=one.limb.id, title=text_model(one.limb.title), verdict=word(limbs.get(one.limb.id)),
                force=one.limb.force, addressee=list(one.limb.addressee), verdict_in_scope=word(one.verdict),
                why=reasons(one.why), for_others=_others(finding, one.limb),
            )
            for one in told.parts
        ],
        limits=[
            *(_limit(one, english) for one in finding.limits), *(_span(one, english) for one in told.limits),
        ],
        notes=[
            NoteModel(
                date=one.date, title=text_model(one.title), source=text_model(one.source), weight=one.weight,
                text=text_model(one.note) if one.note else None,
            )
            for one in finding.notes
            if concerns(one, measure)
        ],
        interpretation=text_model(measure.interpretation) if measure.interpretation else None,
        narrower_reading=measure.narrower_reading,
        doubts=[text_model(one) for one in told.doubts],
        unlisted=[
            UnlistedModel(activity=one, text=text_model(lacking_text(one, plausibility, words)))
            for one in lacking(finding, plausibility)
        ],
    )  # fmt: skip


def _limit(one: LimitFinding, english: _English) -> LimitModel:
    limit = one.limit
    quote, question = limit.ground.quote, text_model(limit.question)
    label = text_model(limit.label)
    return LimitModel(
        words=quote, note=label, key=limit.key, quote=quote, question=question, state=one.state,
        words_en=english(quote),
    )  # fmt: skip


def _span(one: Span, english: _English) -> LimitModel:
    note = text_model(one.note) if one.note else None
    return LimitModel(
        words=one.words, note=note, key=None, quote=None, question=None, state=None, words_en=english(one.words)
    )


def _reason(one: ReasonText, english: _English) -> ReasonModel:
    return ReasonModel(
        kind=one.kind,
        verdict=word_of(one.verdict),
        message=text_model(one.message),
        fact=one.fact,
        quote=one.ground.quote or None,
        cites=one.ground.cites,
        quote_en=english(one.ground.quote),
    )
