"""Tells the rules of a derivation in words: what each concludes, and what it concludes it from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from applicability.analysis.levels import Atom
from applicability.engines.rete.meanings import (
    Certainty,
    Derived,
    InForce,
    LevelReached,
    Meaning,
    Meanings,
    Membership,
    Said,
    Stated,
    Subject,
)  # fmt: skip
from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Assessment, Finding, Fired, bucket_of
from applicability.model.conditions import Leaf, OneOf, Overtaken, Step
from applicability.model.verdict import Verdict
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.render_condition import ConditionRenderer
from applicability.text import Text


@dataclass(frozen=True)
class FiredText:
    """A rule that fired, in words."""

    fired: Fired
    premises: tuple[Text, ...]
    conclusions: tuple[Text, ...]


def firings(assessment: Assessment, findings: Iterable[Finding]) -> tuple[FiredText, ...]:
    """The rules that fired for the findings shown, in order: those of their rows, and those they build on."""
    if not assessment.derivation:
        return ()
    meanings = Meanings(assessment.rulebook)
    words = _FiringRenderer(ConditionRenderer(assessment.rulebook, assessment.facts), meanings)
    return tuple(words.fired(one) for one in _behind(assessment.derivation, findings, meanings))


def _behind(derivation: tuple[Fired, ...], findings: Iterable[Finding], meanings: Meanings) -> tuple[Fired, ...]:
    shown = {finding.measure.key for finding in findings}
    wanted: set[str] = set()
    kept = []
    for one in reversed(derivation):
        subjects = map(meanings.subject, one.concluded)
        own = any(subject and subject.measure and subject.measure.key in shown for subject in subjects)
        if own or not wanted.isdisjoint(one.concluded):
            kept.append(one)
            wanted.update(one.because)
    return tuple(reversed(kept))


class _FiringRenderer:
    def __init__(self, words: ConditionRenderer, meanings: Meanings) -> None:
        self._words, self._meanings = words, meanings

    def fired(self, one: Fired) -> FiredText:
        return FiredText(one, self._all(one.because), self._all(one.concluded))

    def _all(self, names: Iterable[str]) -> tuple[Text, ...]:
        # Each text once: what is known of the least and of the greatest value of a number is one statement.
        return tuple(dict.fromkeys(self._text(self._meanings.of(name)) for name in names))

    def _text(self, meaning: Meaning) -> Text:
        words = self._words
        match meaning:
            case Stated(fact, given):
                held = words.facts.values.get(fact) if given else None
                value = s.NOT_GIVEN if held is None else words.value(fact, held)
                return s.say(w.LABELS["given_line"], fact=words.label(fact), value=value)
            case Membership(leaf, certainty):
                return self._known(leaf, certainty)
            case InForce(entry):
                return s.say(s.REACHED["entry"], date=entry.date.isoformat(), title=entry.title)
            case Said(leaf, verdict):
                return words.says(leaf, verdict)
            case Atom(leaf, mode):
                return s.say(s.MODES[mode], requirement=self._requirement(leaf))
            case Derived(derivation):
                value = Text("", "") if derivation.value is None else words.value(derivation.gives, derivation.value)
                return s.say(
                    w.LABELS["derived_line"], fact=words.label(derivation.gives), value=value, reason=derivation.reason
                )
            case LevelReached(subject, verdict, parts):
                whole = self._reached(subject, verdict)
                return s.say(s.REACHED["part"], whole=whole, part=".".join(map(str, parts))) if parts else whole
            case _:
                assert_never(meaning)

    def _known(self, leaf: Leaf, certainty: Certainty) -> Text:
        words = self._words
        if isinstance(leaf, OneOf) and words.rulebook.facts[leaf.fact].type != "choices":
            return self._text(Stated(leaf.fact))  # a fact with one value: that says whether it is this one
        return s.say(s.KNOWN[words.kind(leaf), certainty], **words.asked(leaf))

    def _requirement(self, leaf: Leaf) -> Text:
        requirement = self._words.requires(leaf)
        if isinstance(leaf, (Step, Overtaken)):
            return s.say(s.REACHED["of_row"], requirement=requirement, row=self._row(leaf.document, leaf.row))
        return requirement

    def _reached(self, subject: Subject, verdict: Verdict) -> Text:
        measure, limb, derivation = subject.measure, subject.limb, subject.derivation
        if derivation is not None:
            return s.say(s.REACHED["derivation"], reason=derivation.reason)
        assert measure is not None, "a level is of a row or of a derivation"
        slots = {"row": self._row(measure.document, measure.row), "level": _level(verdict)}
        if subject.kind == "scope":
            kind = "scope" if subject.shared else "scope_of_row"
            return s.say(s.REACHED[kind], title=self._words.rulebook.scopes[measure.scope_rule].title, **slots)
        if limb is not None:
            kind = "limb" if limb.id else "conditions"
            return s.say(s.REACHED[kind], **({"title": limb.title} if limb.id else {}), **slots)
        return s.say(s.REACHED["row"], **slots)

    def _row(self, document: str, row: int) -> Text:
        documents = self._words.rulebook.documents
        if len(documents) == 1:
            return s.say(s.REACHED["row_name"], row=str(row))
        return s.say(s.REACHED["row_of_document"], document=documents[document].number, row=str(row))


def _level(verdict: Verdict) -> Text:
    return s.say(s.LEVELS[verdict], verdict=w.BUCKETS[bucket_of(verdict)])
