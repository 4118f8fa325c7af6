"""The later instruments that open measures, in a paper: where they reach, and that their words are not in the rules."""

from __future__ import annotations

from applicability.model.assessment import Finding, Reason
from applicability.model.conditions import Overtaken
from applicability.model.evaluate import verdict
from applicability.model.rulebook import Entry, Rulebook
from applicability.model.verdict import Verdict
from applicability.report.language import sentences as s
from applicability.text import Text

_WORDS = {
    "opened": Text(
        "自{date}起，{reach}不论方案的适用范围：{title}（来源：{origin}）。其原文不在本报告的规则库内，据以办理前请先查阅",
        "from {date}, {reach}, whatever the plan's scope: {title} (source: {origin}). Its words are not in this "
        "report's rules: look them up before relying on it",
    ),
    "in_short": Text(
        "自{date}起，{reach}不论范围：{title}（其原文不在本报告的规则库内）",
        "from {date}, {reach}, whatever the scope: {title} (its words are not in this report's rules)",
    ),
    "everywhere": Text("在全国各地", "everywhere in the country"),
    "everywhere_but": Text("在全国各地（{places}除外）", "everywhere in the country (but for {places})"),
    "in": Text("在{places}", "in {places}"),
}


def opened_by(finding: Finding) -> list[Text]:
    """For each instrument that opens a measure to the entity: since when, where, and that its words are not here."""
    return [_told("opened", one, finding.rulebook) for one in finding.notes if one.kind == "overtakes"]


def rests_on_one(finding: Finding) -> bool:
    """Whether a measure is open to the entity by a later instrument alone, beyond its own scope."""
    own, told = finding.measure.own_scope, opened_by(finding)
    return bool(told) and own is not None and verdict(own, finding.facts, finding.rulebook) < Verdict.CONDITIONAL


def without_instruments(finding: Finding) -> tuple[Reason, ...]:
    """The reasons of a result but for later instruments, where its own scope reaches the entity without them."""
    if rests_on_one(finding):
        return finding.why
    kept = tuple(one for one in finding.why if not isinstance(one.condition, Overtaken))
    return kept or finding.why


def in_short(entry: Entry, rulebook: Rulebook) -> Text:
    """The same of one instrument, for a cell."""
    return _told("in_short", entry, rulebook)


def reach_of(entry: Entry, rulebook: Rulebook) -> Text:
    """Where an instrument reaches."""
    gazetteer = rulebook.gazetteer
    provinces = [code for code in gazetteer.divisions if gazetteer.parent(code) is None]
    left = [one for one in provinces if entry.places and one not in entry.places]
    if not left:
        return _WORDS["everywhere"]
    but = len(left) < len(provinces) - len(left)  # of nearly all, those are named that are left out
    names = [Text(gazetteer.name(one), gazetteer.name(one, "en")) for one in (left if but else entry.places)]
    return s.say(_WORDS["everywhere_but" if but else "in"], places=s.listed(names, s.AND))


def _told(key: str, entry: Entry, rulebook: Rulebook) -> Text:
    return s.say(
        _WORDS[key], date=entry.date.isoformat(), reach=reach_of(entry, rulebook), title=entry.title,
        origin=s.origin(entry.source, entry.weight),
    )  # fmt: skip
