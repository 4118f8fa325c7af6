"""What to confirm before a measure is used that rests on a zone whose lying in another is in doubt, and with whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from applicability.model.assessment import Finding
from applicability.model.place_relations import Zone
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.model.zone_doubts import verdict_without, zones_in_doubt
from applicability.report.language import sentences as s
from applicability.report.papers.texts import say
from applicability.report.papers.whom import in_both
from applicability.text import Text

_WORDS: Mapping[str, Text] = {
    "whether": Text("{zone}是否仍计入{around}", "whether {zone} still counts in {around}"),
    "who": Text("{around}的管理机构", "the administrative body of {around}"),
    "around": Text("{name}", "the {name}"),
    "first": Text("先核实：{whether}", "to be confirmed first: {whether}"),
    "depends": Text("视{whether}而定，须先核实", "depending on {whether}, to be confirmed first"),
    "ask": Text("{who}（推断，没有文件写明）：{whether}", "{who} (inferred; no text says who): {whether}"),
    "ask_short": Text("就须先核实的：{who}", "about what is to be confirmed first: {who}"),
    "step_shut": Text(
        "先核实：{whether}；不再计入的，{rows}不适用",
        "confirm this first: {whether}; if it does not, {rows} cannot be used",
    ),
    "step_other": Text(
        "先核实：{whether}；不再计入的，{rows}的结果不同",
        "confirm this first: {whether}; if it does not, {rows} come to another result",
    ),
    "counted": Text("核实{zones}仍计入的：{do}", "once this is confirmed of {zones}: {do}"),
}


def zones_of(finding: Finding) -> tuple[Zone, ...]:
    """The zones in doubt that the verdict of a finding rests on."""
    return zones_in_doubt(finding.measure, finding.facts, finding.rulebook)


def resting_on_each(findings: Iterable[Finding]) -> dict[Zone, list[Finding]]:
    """Zones in doubt, each with the findings whose verdicts rest on it."""
    found: dict[Zone, list[Finding]] = {}
    for one in findings:
        for zone in zones_of(one):
            found.setdefault(zone, []).append(one)
    return found


def to_confirm(finding: Finding) -> Iterator[Text]:
    """What is to be confirmed of each zone that a finding rests on."""
    for zone in zones_of(finding):
        yield s.say(_WORDS["first"], whether=whether_it_counts(zone, finding.rulebook))


def on_what(finding: Finding) -> Iterator[Text]:
    """The same, as what its result depends on."""
    for zone in zones_of(finding):
        yield depends_on(zone, finding.rulebook)


def depends_on(zone: Zone, rulebook: Rulebook) -> Text:
    """What a result depends on that rests on a zone in doubt."""
    return s.say(_WORDS["depends"], whether=whether_it_counts(zone, rulebook))


def asked_of(finding: Finding) -> Iterator[Text]:
    """With whom to confirm it, and what."""
    for zone in zones_of(finding):
        whether = whether_it_counts(zone, finding.rulebook)
        yield s.say(_WORDS["ask"], who=in_both(_body(zone, finding.rulebook)), whether=whether)


def asked_in_short(finding: Finding) -> Iterator[Text]:
    """With whom to confirm it, where what is told already."""
    for zone in zones_of(finding):
        yield s.say(_WORDS["ask_short"], who=body_of(zone, finding.rulebook))


def step_to_confirm(zone: Zone, rows: Text, findings: Iterable[Finding], rulebook: Rulebook) -> Text:
    """To confirm it before these measures are used, and what follows where it is not so."""
    without = [verdict_without(one.measure, one.facts, rulebook) for one in findings]
    key = "step_shut" if all(one is Verdict.INELIGIBLE for one in without) else "step_other"
    return s.say(_WORDS[key], whether=whether_it_counts(zone, rulebook), rows=rows)


def once_confirmed(finding: Finding, do: Text) -> Text:
    """What to do with a measure, after it is confirmed, where it rests on a zone in doubt."""
    zones = [Text(one.zh, one.en) for one in zones_of(finding)]
    return s.say(_WORDS["counted"], zones=s.listed(zones, s.AND), do=do) if zones else do


def whether_it_counts(zone: Zone, rulebook: Rulebook) -> Text:
    """The question whether a zone still counts in those around it."""
    return s.say(_WORDS["whether"], zone=Text(zone.zh, zone.en), around=_around(zone, rulebook))


def body_of(zone: Zone, rulebook: Rulebook) -> Text:
    """Who is inferred to tell it: who administers the zone around it; no text says who does."""
    return say("mark_inferred", who=in_both(_body(zone, rulebook)))


def _body(zone: Zone, rulebook: Rulebook) -> Text:
    return s.say(_WORDS["who"], around=_around(zone, rulebook))


def _around(zone: Zone, rulebook: Rulebook) -> Text:
    names = (rulebook.gazetteer.zones[one] for one in zone.part_of)
    return s.listed([s.say(_WORDS["around"], name=Text(one.zh, one.en)) for one in names], s.AND)
