"""Whom to ask about a measure, in one line each: named by words, named on the register, or inferred."""

from __future__ import annotations

from applicability.model.authorities import Contact
from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.report.language import sentences as s
from applicability.text import Text

INFERRED = Text("{who}（推断，原文没有指明）", "{who} (inferred: the words name nobody)")
NAMED_IN = Text("{who}（见{title}）", "{who} (named in {title})")
_NAMED_BY = Text("{who}（“{words}”）", "{who} (“{words}”)")


def contacts(rulebook: Rulebook, measure: Measure) -> list[Text]:
    """Whom to ask; empty where the rulebook knows nobody for the measure's document."""
    authorities = rulebook.authorities
    if authorities is None or authorities.document != measure.document:
        return []
    return [_contact(rulebook, one) for one in authorities.contacts(measure.row)]


def _contact(rulebook: Rulebook, one: Contact) -> Text:
    if one.inferred:
        return s.say(INFERRED, who=one.who)
    if one.source.entry is not None:
        entry = next(each for each in rulebook.register if each.id == one.source.entry)
        return s.say(NAMED_IN, who=one.who, title=entry.title)
    return one.who if one.source.text is None else s.say(_NAMED_BY, who=one.who, words=one.source.text)
