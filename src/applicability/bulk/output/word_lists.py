"""The words that answer questions on a sheet of their own, each with what it means in the language asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from applicability.bulk.job import Job, Summary
from applicability.bulk.output.ask_words import FEW
from applicability.bulk.output.clerk_hints import with_types_listed
from applicability.model.facts import LISTS_IN_PART, FactDeclaration
from applicability.model.rulebook import Rulebook
from applicability.report.interview.register_form import Answer, answers, no_zone
from applicability.text import Lang, Text

_ALIASES = Text("也可写：{names}", "also: {names}")
_IN = Text("在{place}", "in {place}")
_COUNTS_AS = Text("也算：{names}", "counts as: {names}")
_NONE = Text("一项都没有", "none of these")
_NO_ACTIVITY = Text(
    "所列业务一项都不从事；所做的业务在表中没有对应的词的，也填这个词",
    "carries on none of these; also the word where what it does has no word on this sheet",
)
# Of more names than that a cell has the first ones, which registers use most, without codes and abbreviations.
_MANY = 20
_AND_OTHERS = Text(
    "{names}等；读不出的，填左边的词", "{names} and others; where one is not read, give the word on the left"
)


def word_lists(job: Job, summary: Summary, looked_up: Collection[str]) -> dict[str, Answer]:
    """The lists, each once, in the order of the rulebook: of what is asked and has many words, of what is not asked,
    and of facts whose words are to be looked up. Beside the zones stand their types, for a zone that is not listed.
    """
    told, facts = answers(job.rulebook, job.lang), job.rulebook.facts
    # Of what is not asked the sheet of questions tells no words, however few they are.
    unasked = {fact for fact, (senseless, _) in summary.unasked.items() if senseless}
    asked = {*summary.asks, *looked_up}
    if any(facts[one].type == "zones" for one in asked if one in facts):
        asked |= {name for name, one in facts.items() if one.type == "zone_types"}
    return {
        fact: told[fact]
        for fact in facts
        if told[fact].choices and (fact in unasked or (fact in asked and len(told[fact].choices) > FEW))
    }


def word_meanings(rulebook: Rulebook, fact: FactDeclaration, lang: Lang) -> Mapping[str, str]:
    """What the words of a fact mean; of one that says all by itself nothing is told."""
    between = "；" if lang == "zh" else "; "
    found = {word: between.join(filter(None, told)) for word, told in _told(rulebook, fact, lang)}
    if fact.type in LISTS_IN_PART:
        none = (_NO_ACTIVITY if fact.type == "activities" else _NONE).of(lang)
        none = with_types_listed(no_zone(rulebook, lang), rulebook, lang) if fact.type == "zones" else none
        found |= dict.fromkeys(("无", "none"), none)
    return found


def _told(rulebook: Rulebook, fact: FactDeclaration, lang: Lang) -> Iterator[tuple[str, Iterable[str]]]:
    gazetteer = rulebook.gazetteer
    match fact.type:
        case "activities":
            for activity in rulebook.sectors.activities.values():
                means = activity.means.of(lang) if activity.means is not None else ""
                yield activity.label.of(lang), (means, _named(_ALIASES, activity.aliases, lang))
        case "choice" | "choices":
            for choice in fact.values.values():
                yield choice.label.of(lang), (_named(_ALIASES, choice.aliases, lang),)
        case "zones":
            for zone in gazetteer.zones.values():
                word = zone.zh if lang == "zh" else zone.en
                places = _listed((gazetteer.full_name(one, lang) for one in zone.divisions), lang)
                kinds = _listed((gazetteer.name(one, lang) for one in zone.types), lang)
                yield word, (kinds, _IN.of(lang).format(place=places) if places else "")
        case "zone_types":
            for kind in gazetteer.zone_types.values():
                under = [gazetteer.name(one, lang) for one in kind.under]
                word = kind.zh if lang == "zh" else kind.en
                yield word, (_named(_ALIASES, kind.aliases, lang), _named(_COUNTS_AS, under, lang))
        case _:
            return


def _named(said: Text, names: Iterable[str], lang: Lang) -> str:
    """Words of the language behind what they are; empty without any."""
    own = [one for one in names if lang == "zh" or one.isascii()]
    told = _listed(own, lang)
    if len(own) > _MANY:
        told = _AND_OTHERS.of(lang).format(names=_listed([one for one in own if not one.isupper()][:_MANY], lang))
    return said.of(lang).format(names=told) if own else ""


def _listed(names: Iterable[str], lang: Lang) -> str:
    return ("、" if lang == "zh" else ", ").join(names)
