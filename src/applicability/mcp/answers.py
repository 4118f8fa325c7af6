"""What the tools answer: bounded in size, and every sentence with the words and the row to cite."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from pydantic import Field, JsonValue

from applicability.model.assessment import BUCKETS, Bucket, Finding
from applicability.model.measure import Force
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.report.assessment.json import ReasonModel
from applicability.report.changes.json import ChangesModel
from applicability.report.comparison.json import ComparisonModel
from applicability.report.contract import Model, TextModel, text_model
from applicability.report.interview.json import AnswerModel
from applicability.report.language.limb_words import limb_words
from applicability.report.language.reasons import FindingText
from applicability.report.papers.texts import is_planned
from applicability.report.papers.whom import Whom
from applicability.service.cited import ContactModel, contacts_told, reason_told, text_in_english
from applicability.service.overview import NextQuestionModel
from applicability.service.service import CheckedProfile

# The most of each kind of thing that one answer holds; `more` says how many were left out.
OPEN, QUESTIONS, OPTIONS, CHANGES, EDITS, ROWS = 25, 3, 40, 5, 6, 30


class CitedLimitModel(Model):
    """What a use must keep, and the words that set it."""

    key: str
    label: TextModel
    quote: str
    state: str


class CitedMeasureModel(Model):
    """A measure that is open: what to call it, what to quote, how to cite it."""

    measure: int
    title: TextModel
    verdict: Bucket
    force: Force | None
    quote: str | None
    cite: str
    limits: list[CitedLimitModel]
    judgements: list[TextModel]


class AskModel(Model):
    """A question to put to the person, and the values to choose from; answers go into the profile under `fact`.

    Where values are `not_offered`, being implausible, an answer is `{yes: [...], no: [...]}` of the options alone.
    """

    fact: str
    type: str
    question: TextModel
    help: TextModel
    why: TextModel
    options: list[AnswerModel]
    more_options: int
    not_offered: int


class CheckAnswerModel(Model):
    """What a check comes to: counts, what is open, what to ask next. All else is a tool call away."""

    as_of: datetime.date
    rulebook: str
    digest: str
    counts: dict[Bucket, int]
    open: list[CitedMeasureModel]
    more_open: int
    ask: AskModel | None
    missing: list[str] = Field(description="the missing facts, the most useful first")
    undecided: list[int] = Field(description="rows that wait on a missing fact")
    unasked: list[int] = Field(description="those of them that are not asked about: implausible for the entity")
    note: TextModel


class PartModel(Model):
    """One part of a row that has several: its verdict and its own reasons, whatever the row's verdict is."""

    part: str
    title: TextModel
    verdict: Bucket
    quote: str = Field(description="the words of the part")
    why: list[ReasonModel]


class ExplainedModel(Model):
    """One measure for one profile: its words, the verdict, and each reason with the words it rests on.

    Of a row that binds authorities only, `place` tells whether it reaches the place of the entity, and `contacts` whom
    to ask where it does.
    """

    measure: int
    title: TextModel
    chapter: int
    text: str
    text_en: str | None = Field(description="the text in English, by an unofficial translation")
    scope: str
    verdict: Bucket
    cite: str
    why: list[ReasonModel]
    place: list[ReasonModel]
    contacts: list[ContactModel]
    parts: list[PartModel]
    limits: list[CitedLimitModel]
    judgements: list[TextModel]
    missing: list[str]
    interpretation: TextModel | None
    doubts: list[TextModel]


class EditAnswerModel(Model):
    """One thing that would have to be otherwise, and whose it is to do."""

    text: TextModel
    owner: TextModel
    yours: bool
    facts: list[dict[str, JsonValue]]


class ChangeAnswerModel(Model):
    """A smallest set of changes, and the verdict that it leads to."""

    verdict: str
    yours: bool
    edits: list[EditAnswerModel]


class ChangesAnswerModel(Model):
    """What would open one measure; `reason` where nothing that the entity does opens it."""

    measure: int
    title: TextModel
    verdict: str | None
    cite: str
    reason: TextModel | None
    changes: list[ChangeAnswerModel]
    more_changes: int


class PlaceRankModel(Model):
    """An alternative in its place, and why it stands there."""

    place: int
    label: TextModel
    open: int
    reason: TextModel


class DifferingRowModel(Model):
    """A measure that does not stand alike everywhere: its bucket in each alternative."""

    measure: int
    title: TextModel
    buckets: dict[str, Bucket]


class ComparedModel(Model):
    """Alternatives from the most open down, and the rows in which they differ."""

    ranking: list[PlaceRankModel]
    rows: list[DifferingRowModel]
    more_rows: int


NOTE = TextModel(
    zh="请附引文和行号；本结果不是法律意见。发送前用 verify_answer 核对草稿。",
    en="Cite the quote and the row. This is not legal advice. Check a draft with verify_answer before you send it.",
)
PLANNED_NOTE = TextModel(
    zh=f"该企业尚未设立：所列各项是设立后可以适用的，不要说成现在已可适用。{NOTE.zh}",
    en=f"The company is not set up yet: tell what is open as what would be open once it is. {NOTE.en}",
)


def cite(rulebook: Rulebook, document: str, row: int) -> str:
    """How to name a row."""
    return f"{rulebook.documents[document].number} 第{row}行 / row {row}"


def check_answer(found: CheckedProfile) -> CheckAnswerModel:
    """A check, bounded."""
    assessment, book = found.assessment, found.assessment.rulebook
    counts = assessment.counts
    return CheckAnswerModel(
        as_of=assessment.as_of,
        rulebook=f"{book.id} {book.version}",
        digest=book.digest,
        counts={bucket: counts[bucket] for bucket in BUCKETS},
        open=[_cited_measure(one) for one in assessment.open[:OPEN]],
        more_open=max(0, len(assessment.open) - OPEN),
        ask=None if found.question is None else ask(found.question),
        missing=[one.fact for one in found.plan.questions[: 4 * QUESTIONS]],
        undecided=[one.measure.row for one in assessment.findings if one.bucket == "needs_info"],
        unasked=[row for _, row in found.plan.unasked],
        note=PLANNED_NOTE if is_planned(assessment) else NOTE,
    )


def _cited_measure(finding: Finding) -> CitedMeasureModel:
    measure, book = finding.measure, finding.rulebook
    return CitedMeasureModel(
        measure=measure.row,
        title=text_model(measure.title),
        verdict=finding.bucket,
        force=finding.force,
        quote=measure.text or None,
        cite=cite(book, measure.document, measure.row),
        limits=_cited_limits(finding),
        judgements=[text_model(one.about) for one in Whom(book, finding).outstanding],
    )


def _cited_limits(finding: Finding) -> list[CitedLimitModel]:
    return [
        CitedLimitModel(
            key=one.limit.key, label=text_model(one.limit.label), quote=one.limit.ground.quote, state=one.state
        )
        for one in finding.limits
    ]


def ask(question: NextQuestionModel) -> AskModel:
    """A question, bounded."""
    return AskModel(
        fact=question.fact, type=question.type, question=question.question, help=question.help, why=question.why,
        options=question.options[:OPTIONS], more_options=max(0, len(question.options) - OPTIONS),
        not_offered=question.not_offered,
    )  # fmt: skip


def explained(finding: Finding) -> ExplainedModel:
    """A finding with its reasons."""
    told, measure, book = FindingText(finding), finding.measure, finding.rulebook
    reached = bool(told.place) and finding.scope_verdict is Verdict.ELIGIBLE
    return ExplainedModel(
        measure=measure.row,
        title=text_model(measure.title),
        chapter=measure.chapter,
        text=measure.text,
        text_en=text_in_english(book, measure),
        scope=measure.cell,
        verdict=finding.bucket,
        cite=cite(book, measure.document, measure.row),
        why=[reason_told(book, measure, one) for one in told.why],
        place=[reason_told(book, measure, one) for one in told.place],
        contacts=contacts_told(book, measure, Whom(book, finding).outstanding) if reached else [],
        parts=[
            PartModel(
                part=one.limb.id, title=text_model(one.limb.title), verdict=one.bucket,
                quote=limb_words(measure, one.limb), why=[reason_told(book, measure, each) for each in one.why],
            )
            for one in told.parts
        ],
        limits=_cited_limits(finding),
        judgements=[text_model(one.about) for one in finding.judgements],
        missing=list(finding.missing),
        interpretation=text_model(measure.interpretation) if measure.interpretation else None,
        doubts=[text_model(one) for one in told.doubts],
    )  # fmt: skip


def changes_answer(found: ChangesModel, rulebook: Rulebook) -> Iterable[ChangesAnswerModel]:
    """What would open measures, bounded."""
    for one in found.measures:
        yield ChangesAnswerModel(
            measure=one.measure,
            title=one.title,
            verdict=one.verdict,
            cite=cite(rulebook, one.document, one.measure),
            reason=one.reason,
            changes=[
                ChangeAnswerModel(
                    verdict=change.verdict,
                    yours=change.yours,
                    edits=[
                        EditAnswerModel(
                            text=edit.text, owner=edit.owner, yours=edit.yours,
                            facts=[option.facts for option in edit.options[:EDITS]],
                        )
                        for edit in change.edits
                    ],
                )
                for change in one.changes[:CHANGES]
            ],
            more_changes=max(0, len(one.changes) - CHANGES),
        )  # fmt: skip


def compared(found: ComparisonModel) -> ComparedModel:
    """A comparison, bounded to the rows that differ."""
    labels = [one.label for one in found.alternatives]
    differ = [one for one in found.rows if one.differs]
    return ComparedModel(
        ranking=[
            PlaceRankModel(place=one.place, label=labels[one.alternative], open=one.open, reason=one.reason)
            for one in found.ranking
        ],
        rows=[
            DifferingRowModel(
                measure=one.measure, title=one.title,
                buckets={label.zh: bucket for label, bucket in zip(labels, one.buckets, strict=True)},
            )
            for one in differ[:ROWS]
        ],
        more_rows=max(0, len(differ) - ROWS),
    )  # fmt: skip
