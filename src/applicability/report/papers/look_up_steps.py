"""The step to look up what a report does not examine: what the body refers to, and the places' own rules."""

from __future__ import annotations

from collections.abc import Iterator

from applicability.model.assessment import Assessment
from applicability.report.language import sentences as s
from applicability.report.layout.paper import same
from applicability.report.papers.comparison_labels import is_of_places
from applicability.report.papers.elsewhere import Elsewhere
from applicability.report.papers.facts import places_with_rules, zones_around
from applicability.report.papers.stages import NextStep
from applicability.report.papers.texts import is_planned, joined, say
from applicability.text import Text

_WORDS = {
    "look_up": Text("另请查阅本报告没有审查的：{told}", "also look up what this report did not examine: {told}"),
    "look_up_first": Text(
        "选定地方之前，查阅本报告没有审查的：{told}",
        "before choosing, look up what this report did not examine: {told}",
    ),
    "body": Text("正文所指的{title}（{section}）", "what the plan's body refers to: {title} ({section})"),
    "body_at": Text("{title}（{section}；{places}）", "{title} ({section}; {places})"),
    "rules": Text("当地和所在功能区自身的规定", "the own rules of the place and of any zone that it lies in"),
    "rules_each": Text("各地自身的规定", "the own rules of each place"),
    "rules_zones": Text("{place}并查{zones}的", "for {place} also of {zones}"),
}


def to_look_up(assessment: Assessment, elsewhere: Elsewhere | None) -> Iterator[NextStep]:
    """What the body of a document refers to for such an entity, and the own rules of its place, which are not in the
    rules; of an entity to be set up in one of several places, those of each of them, before it is chosen.
    """
    chosen = elsewhere is not None and is_planned(assessment) and is_of_places(elsewhere.comparison)
    told = [*_of_each(assessment, elsewhere)] if elsewhere is not None and chosen else [*_of_own(assessment)]
    if told:
        authorities = assessment.rulebook.authorities
        who = say("mark_inferred", who=authorities.otherwise.who) if authorities is not None else same("–")
        do = s.say(_WORDS["look_up_first" if chosen else "look_up"], told=joined(told))
        yield NextStep(do, same("–"), who, stage="ask" if chosen else "before")


def _of_own(assessment: Assessment) -> Iterator[Text]:
    for one in assessment.provisions:
        yield s.say(_WORDS["body"], title=one.title, section=one.section)
    if places_with_rules(assessment.facts, assessment.rulebook):
        yield _WORDS["rules"]


def _of_each(assessment: Assessment, elsewhere: Elsewhere) -> Iterator[Text]:
    every = [(elsewhere.own, assessment), *((one.label, one.assessment) for one in elsewhere.others)]
    if not elsewhere.is_named:  # then the place given is none of those among which is chosen
        every = every[1:] or every
    by_provision: dict[tuple[Text, Text], list[Text]] = {}
    for label, one in every:
        for each in one.provisions:
            by_provision.setdefault((each.title, each.section), []).append(label)
    for (title, section), labels in by_provision.items():
        yield s.say(_WORDS["body_at"], title=title, section=section, places=s.listed(labels, s.AND))
    yield _WORDS["rules_each"]
    for label, one in every:
        zones = zones_around(one.facts, one.rulebook)
        if zones:
            yield s.say(_WORDS["rules_zones"], place=label, zones=s.listed(zones, s.AND))
