"""What a draft says of the measures, checked claim by claim before anybody reads it.

A claim follows from the profile and the rules, contradicts them, depends on what the profile leaves open, or misquotes
the document. It depends exactly when some completion of the profile moves the verdict (`analysis.completions`).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field

from applicability.analysis.completions import Completed, Completions
from applicability.errors import ArgumentError, Location, Problem
from applicability.model.assessment import Assessment, Bucket, Finding, bucket_of
from applicability.model.leaf_kinds import limit_key
from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.report.assessment.json import ReasonModel
from applicability.report.contract import Model, TextModel, text_model
from applicability.report.language.labels import BUCKETS as BUCKET_NAMES
from applicability.report.language.reasons import FindingText
from applicability.service.cited import reason_told
from applicability.text import Text

Status = Literal["follows", "contradicts", "depends_on", "misquoted", "unknown_row"]
# Where a quote may leave words out.
_GAP = re.compile(r"…+|\.{3,}|⋯+")
_MARKS = "“”\"'‘’「」『』《》 \t\n"
# A row's text is split into clauses to find those nearest to a wrong quote.
_CLAUSE = re.compile(r"[^。；，、：]+[。；，、：]?")


class ClaimModel(Model):
    """What a draft says of one row: a verdict, words quoted, or both; one of the two at least."""

    measure: int = Field(ge=1, le=100_000, description="the row's number")
    verdict: Bucket | None = Field(default=None, description="what the draft says of the row for this entity")
    quote: str | None = Field(default=None, max_length=4000, description="words that the draft attributes to the row")


class DependsModel(Model):
    """A fact or a limit that could still move a verdict."""

    fact: str
    label: TextModel
    question: TextModel


class CheckedClaimModel(Model):
    """One claim, checked.

    `verdict` is the row's as the profile stands. `possible` are all verdicts that completions of the profile give, and
    `depends_on` what would move it. `words` are the words as they are, where a quote is not. `cite` is how to name the
    row. Of a row that is not there (`unknown_row`) only the message tells.
    """

    claim: ClaimModel
    status: Status
    message: TextModel
    verdict: Bucket | None
    title: TextModel | None
    cite: TextModel | None
    why: list[ReasonModel]
    depends_on: list[DependsModel]
    possible: list[Bucket]
    words: str | None


class VerificationModel(Model):
    """All claims of a draft, checked; `sound` says that every one of them follows."""

    sound: bool
    claims: list[CheckedClaimModel]


def verify(assessment: Assessment, claims: Sequence[ClaimModel]) -> VerificationModel:
    """Check the claims of a draft against an assessment; one on a row that is not there is told in its place.

    Raises ArgumentError for claims that say nothing, of which nothing could be checked.
    """
    _refuse_empty(claims)
    completions = Completions(assessment.facts, assessment.rulebook)
    rows = {one.measure.row for one in assessment.findings}
    checked = [
        _checked(one, assessment.finding(one.measure), completions) if one.measure in rows else _unknown(one)
        for one in claims
    ]
    return VerificationModel(sound=all(one.status == "follows" for one in checked), claims=checked)


def _refuse_empty(claims: Sequence[ClaimModel]) -> None:
    what = Text("须有 `verdict` 或 `quote`", "it needs a `verdict` or a `quote`")
    empty = [place for place, one in enumerate(claims) if one.verdict is None and one.quote is None]
    if empty:
        raise ArgumentError(Problem("H013", Location(f"claims[{place}]"), what) for place in empty)


def _unknown(claim: ClaimModel) -> CheckedClaimModel:
    """A claim on a row that no document has: nothing is known of it, and the others are checked all the same."""
    message = Text(f"没有第{claim.measure}行", f"there is no row {claim.measure}")
    return CheckedClaimModel(
        claim=claim, status="unknown_row", message=text_model(message), verdict=None, title=None, cite=None,
        why=[], depends_on=[], possible=[], words=None,
    )  # fmt: skip


def _checked(claim: ClaimModel, finding: Finding, completions: Completions) -> CheckedClaimModel:
    measure, book = finding.measure, finding.rulebook
    condition, now = measure.condition, finding.bucket
    completed = None if condition is None else completions.of(condition)
    facts: tuple[str, ...] = ()
    if condition is not None and completed is not None and not completed.settled:
        facts = completions.missing(condition, frozenset().union(*completed.moving))
    words = None if claim.quote is None else _misquoted(claim.quote, measure, book)
    status, message = _status(claim, now, words, facts, completed, book)
    told = FindingText(finding)
    document = book.documents[measure.document]
    return CheckedClaimModel(
        claim=claim,
        status=status,
        message=text_model(message),
        verdict=now,
        title=text_model(measure.title),
        cite=TextModel(zh=f"{document.number}第{measure.row}行", en=f"{document.number}, row {measure.row}"),
        why=[reason_told(book, measure, one) for one in told.reasons],
        depends_on=[
            DependsModel(
                fact=one.name, label=text_model(one.label), question=text_model(one.question)
            )
            for one in map(book.declaration, facts)
        ],
        possible=_possible(now, completed),
        words=words,
    )  # fmt: skip


def _possible(now: Bucket, completed: Completed | None) -> list[Bucket]:
    """The verdicts that completions give, the best first."""
    if completed is None:
        return [now]
    return [bucket_of(one) for one in sorted(completed.witnesses, reverse=True)]


def _status(
    claim: ClaimModel,
    now: Bucket,
    words: str | None,
    facts: Sequence[str],
    completed: Completed | None,
    book: Rulebook,
) -> tuple[Status, Text]:
    is_now = BUCKET_NAMES[now]
    if words is not None:
        shown = Text(f"原文作“{words}”", f"the words are “{words}”") if words else Text("原文缺失", "the text is lost")
        return "misquoted", Text(f"引文与原文不符：{shown.zh}", f"the row does not say so: {shown.en}")
    if claim.verdict is None:
        return "follows", Text("引文与原文一致", "the words stand in the row")
    if completed is not None and not completed.settled:
        names = [book.declaration(one).label for one in facts]
        kinds = {limit_key(one) is not None for one in facts}
        what = {
            frozenset((True,)): Text("是否遵守限制", "whether limits are kept"),
            frozenset((False,)): Text("尚缺的事实", "facts that are missing"),
        }.get(frozenset(kinds), Text("尚缺的事实和限制", "missing facts and limits"))
        listed = Text("、".join(one.zh for one in names), ", ".join(one.en for one in names))
        return "depends_on", Text(
            f"现为“{is_now.zh}”，但取决于{what.zh}：{listed.zh}",
            f"it is {now} as the profile stands, and depends on {what.en}: {listed.en}",
        )
    if claim.verdict != now:
        said = BUCKET_NAMES[claim.verdict]
        return "contradicts", Text(
            f"所称“{said.zh}”不成立：应为“{is_now.zh}”",
            f"it is not {claim.verdict}: it is {now}, whatever else is said",
        )
    return "follows", Text(f"确为“{is_now.zh}”", f"it is {now}")


def _misquoted(quote: str, measure: Measure, book: Rulebook) -> str | None:
    """The words that a wrong quote stands nearest to; None where the row, its scope or a note holds the quote."""
    sources = list(_sources(measure, book))
    parts = [part for piece in _GAP.split(quote) if (part := piece.strip(_MARKS))]
    if parts and any(_in_order(parts, source) for source in sources):
        return None
    return _nearest(quote.strip(_MARKS), [source for source in sources if source != measure.title.zh])


def _sources(measure: Measure, book: Rulebook) -> Iterator[str]:
    yield from (text for text in (measure.text, measure.cell, measure.title.zh) if text)
    yield from book.documents[measure.document].notes.values()


def _in_order(parts: Sequence[str], source: str) -> bool:
    place = 0
    for part in parts:
        found = source.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return True


def _nearest(quote: str, sources: Sequence[str]) -> str:
    """The consecutive clauses of a source that are most like a quote."""
    best, words = 0.0, next(iter(sources), "")
    for source in sources:
        clauses = _CLAUSE.findall(source)
        for start in range(len(clauses)):
            run = ""
            for clause in clauses[start:]:
                run += clause
                ratio = difflib.SequenceMatcher(None, quote, run, autojunk=False).ratio()
                if ratio > best:
                    best, words = ratio, run
                if len(run) > 2 * len(quote) + 40:
                    break
    return words
