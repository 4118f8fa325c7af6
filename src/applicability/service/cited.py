"""Parts of answers that rest on words: limits, judgements, reasons, each with the words in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from applicability.model.assessment import LimitState
from applicability.model.conditions import Judgement, Limit
from applicability.model.measure import Measure, Span
from applicability.model.rulebook import Rulebook
from applicability.report.assessment.json import JudgementModel, LimitModel, ReasonModel
from applicability.report.contract import Model, TextModel, text_model, word_of
from applicability.report.language.reasons import ReasonText


def in_english(rulebook: Rulebook, measure: Measure, words: str | None) -> str | None:
    """Words of a row in English, by an unofficial translation; None where there is none."""
    translation = rulebook.translation(measure.document)
    return translation.quote(words, measure.row) if translation is not None and words else None


def text_in_english(rulebook: Rulebook, measure: Measure) -> str | None:
    """The whole row in English, by an unofficial translation."""
    translation = rulebook.translation(measure.document)
    return translation.row(measure.row) if translation is not None else None


def limit_told(rulebook: Rulebook, measure: Measure, limit: Limit, state: LimitState | None) -> LimitModel:
    """What a use must keep."""
    quote = limit.ground.quote
    return LimitModel(
        words=quote, note=text_model(limit.label), key=limit.key, quote=quote, question=text_model(limit.question),
        state=state, words_en=in_english(rulebook, measure, quote),
    )  # fmt: skip


def span_told(rulebook: Rulebook, measure: Measure, span: Span) -> LimitModel:
    """Words where a grant ends, of which nobody can be asked."""
    return LimitModel(
        words=span.words, note=text_model(span.note) if span.note else None, key=None, quote=None, question=None,
        state=None, words_en=in_english(rulebook, measure, span.words),
    )  # fmt: skip


def judgement_told(rulebook: Rulebook, measure: Measure, one: Judgement) -> JudgementModel:
    """What is left to an authority."""
    return JudgementModel(
        quote=one.ground.quote, authority=text_model(one.authority), about=text_model(one.about), key=one.key,
        quote_en=in_english(rulebook, measure, one.ground.quote),
    )  # fmt: skip


def reason_told(rulebook: Rulebook, measure: Measure, one: ReasonText) -> ReasonModel:
    """A reason for a verdict."""
    return ReasonModel(
        kind=one.kind, verdict=word_of(one.verdict), message=text_model(one.message), fact=one.fact,
        quote=one.ground.quote or None, cites=one.ground.cites,
        quote_en=in_english(rulebook, measure, one.ground.quote),
    )  # fmt: skip


class ContactModel(Model):
    """Whom to ask about a measure.

    Named by words of the document (`quote`), on the register (`entry`), inferred, or by the rulebook's reading whoever
    makes a finding that the measure leaves to an authority (`finds`).
    """

    who: TextModel
    inferred: bool
    finds: bool = Field(default=False, description="it makes a finding, as the rulebook reads the words")
    quote: str | None
    quote_en: str | None = Field(description="the words in English, by an unofficial translation")
    entry: TextModel | None = Field(description="the entry of the register that names it")


def contacts_told(rulebook: Rulebook, measure: Measure, judged: Iterable[Judgement]) -> list[ContactModel]:
    """Whom to ask about a measure, first who makes the findings `judged`; empty where the rulebook knows nobody."""
    authorities = rulebook.authorities
    if authorities is None or authorities.document != measure.document:
        return []
    titles = {one.id: one.title for one in rulebook.register}
    contacts = authorities.contacts(measure.row)
    # An authority that the text does not name cannot be asked: those inferred take its place.
    finders = dict.fromkeys(one.authority for one in judged if one.authority not in authorities.unnamed)
    named = {one.who: one.inferred for one in contacts}
    return [
        *(
            ContactModel(who=text_model(one), inferred=one in named, finds=True, quote=None, quote_en=None, entry=None)
            for one in finders
            if named.get(one, True)
        ),
        *(
            ContactModel(
                who=text_model(one.who),
                inferred=one.inferred,
                quote=None if one.inferred or one.source.text is None else one.source.text.zh,
                quote_en=None if one.inferred or one.source.text is None else one.source.text.en,
                entry=None if one.source.entry is None else text_model(titles[one.source.entry]),
            )
            for one in contacts
            if one.who not in finders or not one.inferred
        ),
    ]
