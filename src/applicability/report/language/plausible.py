"""What is said of plausibility: for whom something is implausible, and which word a list of activities may lack."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from applicability.analysis.plausibility import Plausibility
from applicability.model.assessment import Finding
from applicability.report.language import sentences as s
from applicability.report.language.render_condition import ConditionRenderer
from applicability.text import Text

_WORDS = {
    "sector": Text("行业{sectors}", "sector {sectors}"),
    "unasked": Text(
        "有{count}项措施没有问：一般不涉及{who}", "not asked about: {count} measures, unlikely for {who}"
    ),
    "unlisted": Text(
        "所填业务活动不含“{activity}”，而{because}通常从事它；如从事，请补上",
        "the activities given lack “{activity}”, which is likely for {because}; add it if that is carried on",
    ),
}  # fmt: skip


def describe(plausibility: Plausibility, words: ConditionRenderer) -> Text:
    """The entity by what tells what is plausible for it: its sectors, else its kind, and what it holds."""
    facts, book = plausibility.facts, plausibility.rulebook
    parts: list[Text] = []
    if isinstance(sectors := facts.values.get("sector"), tuple):
        parts.append(s.say(_WORDS["sector"], sectors=words.sectors(sectors)))
    for fact, value in sorted(plausibility.traits.values):
        choice = book.facts[fact].values.get(value)
        if choice is not None and choice.sectors is not None:
            parts.append(choice.label)
    return s.listed(parts or [words.labels(sorted({fact for fact, _ in plausibility.traits.values}))], s.AND)


def unasked(count: int, plausibility: Plausibility, words: ConditionRenderer) -> Text:
    """How many measures are not asked about, and for whom that would be implausible."""
    return s.say(_WORDS["unasked"], count=str(count), who=describe(plausibility, words))


def unlisted(finding: Finding, plausibility: Plausibility, words: ConditionRenderer) -> tuple[Text, ...]:
    """Activities that are missing from a complete list, likely for the entity, and all that shuts a measure."""
    return tuple(lacking_text(one, plausibility, words) for one in lacking(finding, plausibility))


def lacking(finding: Finding, plausibility: Plausibility) -> Sequence[str]:
    """The likely activities that a complete list lacks, and without which the measure of a finding is shut."""
    return plausibility.unlisted(finding.measure) if finding.bucket == "ineligible" else ()


def lacking_text(activity: str, plausibility: Plausibility, words: ConditionRenderer) -> Text:
    """That a list lacks an activity, and what makes it likely."""
    return lacking_because(activity, plausibility.because(activity), words)


def lacking_because(activity: str, found: Collection[tuple[str, str]], words: ConditionRenderer) -> Text:
    """That a list lacks an activity, which these facts and values make likely."""
    label = words.rulebook.sectors.activities[activity].label
    return s.say(_WORDS["unlisted"], activity=label, because=because(found, words))


def because(found: Collection[tuple[str, str]], words: ConditionRenderer) -> Text:
    """What makes an activity likely: a sector, a licence, another activity."""
    sectors = [value for fact, value in found if fact == "sector"]
    parts = [s.say(_WORDS["sector"], sectors=words.sectors(sectors))] if sectors else []
    for fact, value in found:
        if fact == "activities":
            parts.append(words.activities([value]))
        elif fact != "sector":
            parts.append(words.rulebook.facts[fact].values[value].label)
    return s.listed(parts, s.AND)
