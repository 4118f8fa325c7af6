"""The derivation of an assessment: facts given, facts derived, every condition with its verdict, rules fired."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from applicability.model.assessment import Bucket, Finding, bucket_of
from applicability.model.conditions import All, Any_
from applicability.model.evaluate import Trace
from applicability.model.facts import Facts
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.report import Selection
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.firings import FiredText, firings
from applicability.report.language.render_condition import ConditionRenderer, cited, ground_of
from applicability.report.language.translated import beside_row
from applicability.report.layout.lines import Node, map_texts
from applicability.text import Lang, Text


def derivation(selection: Selection, lang: Lang) -> tuple[Node, ...]:
    """The derivation of the findings shown, in sections."""
    assessment = selection.assessment
    book, facts = assessment.rulebook, assessment.facts
    rows = tuple(row(finding, lang) for finding in selection.findings if finding.scope_trace is not None)
    parts = [
        _lines("given", given(facts, book), lang),
        _lines("derived", derived(facts, book), lang),
        Node(w.LABELS["trace"].of(lang), parts=rows),
    ]
    if assessment.derivation:
        rules = tuple(_fired(one, lang) for one in firings(assessment, selection.findings))
        parts.append(Node(w.LABELS["fired"].of(lang), parts=rules))
    return tuple(parts)


def _lines(label: str, lines: Iterable[Text], lang: Lang) -> Node:
    nodes = tuple(Node(line.of(lang)) for line in lines)
    return Node(w.LABELS[label].of(lang), parts=nodes or (Node(w.LABELS["no_facts"].of(lang)),))


def _fired(one: FiredText, lang: Lang) -> Node:
    premises = tuple(Node(premise.of(lang)) for premise in one.premises)
    return Node(("；" if lang == "zh" else "; ").join(text.of(lang) for text in one.conclusions), parts=premises)


def given(facts: Facts, rulebook: Rulebook) -> Iterator[Text]:
    """Every fact given, one line each."""
    words, whereabouts = ConditionRenderer(rulebook, facts), facts.whereabouts
    line = w.LABELS["given_line"]
    for name, place in zip(whereabouts.named, words.divisions, strict=True):
        yield s.say(line, fact=words.label(name), value=place)
    for name, declaration in rulebook.facts.items():
        held = whereabouts.listed(declaration.type)
        if held is not None:
            yield s.say(line, fact=words.label(name), value=words.value(name, held))
    for name, value in facts.given.values.items():
        yield s.say(line, fact=words.label(name), value=words.value(name, value))
    for key, found in facts.determinations.items():
        yield s.say(line, fact=Text(key, key), value=s.ANSWERS[found])
    for key, kept in facts.limits.items():
        yield s.say(line, fact=rulebook.limits[key].label, value=s.ANSWERS[kept])


def derived(facts: Facts, rulebook: Rulebook) -> Iterator[Text]:
    """Every derived fact, with its reason."""
    words = ConditionRenderer(rulebook, facts)
    reasons = {derivation.id: derivation.reason for derivation in rulebook.derivations}
    for name, id in facts.derived.items():
        value = words.value(name, facts.values[name])
        yield s.say(w.LABELS["derived_line"], fact=words.label(name), value=value, reason=reasons[id])


def row(finding: Finding, lang: Lang) -> Node:
    """Every condition of a row, with its verdict."""
    words = ConditionRenderer(finding.rulebook, finding.facts)
    number = s.say(w.LABELS["row"], row=str(finding.measure.row)).of(lang)
    parts = []
    if finding.scope_trace is not None:
        parts.append(_part(w.LABELS["scope"], finding.scope_trace, words, lang))
    for limb in finding.limbs:
        name = limb.limb.title if limb.limb.id else w.LABELS["conditions"]
        parts.append(_part(name, limb.trace, words, lang))
    put = beside_row(finding.rulebook, finding.measure, lang)
    parts = [map_texts(part, put) for part in parts]
    return Node(f"{number}  {finding.measure.title.of(lang)}", finding.bucket, tuple(parts))


def _part(name: Text, trace: Trace, words: ConditionRenderer, lang: Lang) -> Node:
    return Node(name.of(lang), _bucket(trace.verdict), (_node(trace, words, lang),))


def _node(trace: Trace, words: ConditionRenderer, lang: Lang) -> Node:
    if trace.parts:
        below = tuple(_node(part, words, lang) for part in trace.parts)
        return Node(words.requires(trace.condition).of(lang), _bucket(trace.verdict), below)
    if isinstance(trace.condition, (All, Any_)):
        return Node(words.requires(trace.condition).of(lang), _bucket(trace.verdict))
    ground = ground_of(trace.condition)
    says = words.says(trace.condition, trace.verdict).of(lang)
    where = f" [{cited(ground).of(lang)}]" if ground.quote else ""
    return Node(says + where, _bucket(trace.verdict))


def _bucket(verdict: Verdict) -> Bucket:
    return bucket_of(verdict)
