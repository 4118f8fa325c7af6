"""A measure's text and rules, independent of any entity: `applicability show`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from applicability.model.conditions import All, Condition, Judgement, Limit, leaves
from applicability.model.facts import Facts
from applicability.model.measure import Limb, Measure
from applicability.model.places import Whereabouts
from applicability.model.rulebook import Rulebook
from applicability.report import Options
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.addressees import addressees
from applicability.report.language.condition_tree import condition_tree
from applicability.report.language.place_meant import places_meant
from applicability.report.language.reasons import concerns
from applicability.report.language.render_condition import ConditionRenderer, cited
from applicability.report.language.translated import beside_row, english_text
from applicability.report.layout.lines import LineWriter, Node, map_texts
from applicability.text import Lang, Text


def render(rulebook: Rulebook, measures: list[Measure], options: Options) -> str:
    """Renders the measures, one below another."""
    nobody = Facts({}, Whereabouts(), datetime.date.min)  # no entity: texts of the rules only
    out = LineWriter(options.width, options.color)
    for measure in measures:
        out.blank()
        _measure(out, measure, ConditionRenderer(rulebook, nobody), options.lang)
    return out.text()


def _measure(out: LineWriter, measure: Measure, words: ConditionRenderer, lang: Lang) -> None:
    rulebook = words.rulebook
    document = rulebook.documents[measure.document]
    out.line(measure.title.of(lang), "bold", f"{measure.row}  ", "bold")
    chapter = document.chapters.get(measure.chapter, Text("", ""))
    out.line(s.say(w.LABELS["chapter"], number=str(measure.chapter), title=chapter).of(lang), "dim")
    named = Text(f"{document.title.zh}（{document.number}）", f"{document.title.en} ({document.number})")
    out.line(named.of(lang), "dim")
    put = beside_row(rulebook, measure, lang)
    for label, lines in _parts(measure, words, lang):
        found = [map_texts(line, put) if isinstance(line, Node) else put(line) for line in lines]
        if found:
            out.blank()
            out.line(w.LABELS[label].of(lang), "bold")
        for line in found:
            if isinstance(line, Node):
                out.tree((line,), 1)
            else:
                out.line(line, lead="  ")


def _parts(measure: Measure, words: ConditionRenderer, lang: Lang) -> Iterator[tuple[str, Iterator[str | Node]]]:
    english = english_text(words.rulebook, measure, lang)
    text = [measure.text or w.MEANINGS["text_lost"].of(lang), *([english] if english else [])]
    yield "text", iter(text)
    yield "scope", _scope(measure, words, lang)
    yield "conditions", _limbs(measure, words, lang)
    yield "place_meant", (one.of(lang) for one in places_meant(words.rulebook, measure))
    yield "limit", _limits(measure, lang)
    yield "duty", _spans(measure, "duty", lang)
    yield "judgement", _judgements(measure, lang)
    yield "reading", iter([measure.interpretation.of(lang)] if measure.interpretation else [])
    yield "doubt", (doubt.text.of(lang) for doubt in measure.doubts)
    yield "register", _register(measure, words.rulebook, lang)


def _scope(measure: Measure, words: ConditionRenderer, lang: Lang) -> Iterator[str | Node]:
    if measure.cell:
        yield s.say(w.LABELS["quoted"], words=measure.cell).of(lang)
    if measure.capture != "captured":
        yield w.CAPTURES[measure.capture].of(lang)
    rule = words.rulebook.scopes.get(measure.scope_rule)
    if rule is not None and measure.scope is not None:
        yield s.say(w.LABELS["reads_as"], title=rule.title, rule=rule.id).of(lang)
        yield condition_tree(measure.scope, words, lang)


def _limbs(measure: Measure, words: ConditionRenderer, lang: Lang) -> Iterator[str | Node]:
    if not measure.limbs and not measure.lost:
        yield w.MEANINGS["not_encoded"].of(lang)
    for limb in measure.limbs:
        yield _limb_line(words.rulebook, measure, limb, lang)
        yield condition_tree(_of_the_entity(limb), words, lang)


def _of_the_entity(limb: Limb) -> Condition:
    """Its condition without limits, which are listed separately."""
    if not limb.limits:
        return limb.when
    assert isinstance(limb.when, All)
    return All(tuple(part for part in limb.when.parts if not isinstance(part, Limit)))


def _limb_line(rulebook: Rulebook, measure: Measure, limb: Limb, lang: Lang) -> str:
    who = addressees(rulebook, measure, limb, s.AND)
    slots: dict[str, Text | str] = {"force": w.FORCES[limb.force], "who": who}
    if limb.id:
        return s.say(w.LABELS["limb_terms"], id=limb.id, title=limb.title, **slots).of(lang)
    return s.say(w.LABELS["terms"], **slots).of(lang)


def _spans(measure: Measure, kind: str, lang: Lang) -> Iterator[str | Node]:
    spans = (*measure.spans, *(span for limb in measure.limbs for span in limb.spans))
    for span in spans:
        if span.kind == kind:
            key = "limit_line" if span.note else "quoted"
            yield s.say(w.LABELS[key], words=span.words, note=span.note or "").of(lang)


def _limits(measure: Measure, lang: Lang) -> Iterator[str | Node]:
    """The limits on uses, each with its key, and then limits for information only."""
    for one in dict.fromkeys(limit for limb in measure.limbs for limit in limb.limits):
        yield s.say(w.LABELS["limit_keyed"], label=one.label, cited=cited(one.ground), key=one.key).of(lang)
    yield from _spans(measure, "limit", lang)


def _judgements(measure: Measure, lang: Lang) -> Iterator[str | Node]:
    found = dict.fromkeys(leaf for one in measure.conditions for leaf in leaves(one) if isinstance(leaf, Judgement))
    for one in found:
        yield s.say(w.LABELS["judgement_line"], about=one.about, authority=one.authority, key=one.key).of(lang)


def _register(measure: Measure, rulebook: Rulebook, lang: Lang) -> Iterator[str | Node]:
    for entry in rulebook.register:
        if concerns(entry, measure):
            slots: dict[str, Text | str] = {
                "date": entry.date.isoformat(), "title": entry.title, "source": entry.source,
                "weight": s.WEIGHTS[entry.weight], "note": entry.note or "",
            }  # fmt: skip
            yield s.say(w.LABELS["entry_note" if entry.note else "entry_line"], **slots).of(lang)
