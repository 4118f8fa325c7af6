"""What is compared, as sentences name it: in a place, with a value, on a day, or for an entity."""

from __future__ import annotations

from collections.abc import Sequence

from applicability.analysis.comparison import Comparison
from applicability.lazy_dataclass import replace
from applicability.report.language import sentences as s
from applicability.report.language.own_label import plain_label
from applicability.text import Text

_AT = {
    "place": Text("在{labels}", "in {labels}"),
    "value": Text("在{labels}时", "with {labels}"),
    "day": Text("在{labels}", "on {labels}"),
    "entity": Text("对{labels}", "for {labels}"),
}


def in_sentences(comparison: Comparison) -> Comparison:
    """The comparison with labels that read well within a sentence."""
    told = tuple(replace(one, label=plain_label(one.label)) for one in comparison.alternatives)
    return replace(comparison, alternatives=told)


def at(labels: Sequence[Text], comparison: Comparison) -> Text:
    """Where or for whom something is so, of some of what is compared."""
    told = s.say(_AT[_kind(comparison)], labels=s.listed(list(labels), s.AND))
    return Text(told.zh.replace("在不在", "不在"), told.en.replace("in in ", "in "))  # of those in no zone


def is_of_one(comparison: Comparison) -> bool:
    """Whether one entity is compared with itself."""
    return len({str(one.assessment.profile.facts.get("name")) for one in comparison.alternatives}) == 1


def is_of_places(comparison: Comparison) -> bool:
    """Whether one entity is compared with itself in several places."""
    return _kind(comparison) == "place"


def _kind(comparison: Comparison) -> str:
    if not is_of_one(comparison):
        return "entity"
    every = [one.assessment for one in comparison.alternatives]
    if any(one.facts.whereabouts != every[0].facts.whereabouts for one in every):
        return "place"
    return "day" if any(one.as_of != every[0].as_of for one in every) else "value"
