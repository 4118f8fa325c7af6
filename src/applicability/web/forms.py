"""A form without script as a profile, and back: what was typed, chosen, answered, confirmed or passed over."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from applicability.loading.profile.written import narrow
from applicability.model.facts import LISTS_IN_PART
from applicability.model.leaf_kinds import limit_key
from applicability.model.partial import NO, YES
from applicability.model.rulebook import Rulebook
from applicability.web.plain_words import of_places

# The facts that have fields of their own; the others are answers to questions.
FIELDS = ("name", "planned", "city", "zones", "sector", "foreign_share")
_BETWEEN = re.compile("[,，、;；]")
_BELOW_ONE = re.compile(r"\+?0\.[0-9]*[1-9][0-9]*")
_MOST = 400


@dataclass(frozen=True)
class DoubtfulShare:
    """A share as it was typed, which may be either of two percentages: 0.3 is 30% or 0.3%."""

    typed: str
    fraction: str
    percent: str


@dataclass(frozen=True)
class FormProfile:
    """What a form says: the facts of a profile, what the person could not tell, and the places to compare."""

    facts: Mapping[str, Any]
    unknown: tuple[str, ...] = ()
    unanswered: str | None = None  # a question that was sent without any choice
    doubt: DoubtfulShare | None = None  # a share that is left out until the person says which of two is meant
    places: tuple[str, ...] = ()
    was: str = ""  # the city of the answer before this one
    first: str | None = None  # a question that was passed over and is to be answered now

    @property
    def fields(self) -> dict[str, Any]:
        """What stands in the fields."""
        found = {name: self.facts.get(name, "") for name in FIELDS}
        zones = found["zones"]
        found["no_zones"] = zones == []
        found["planned"] = self.facts.get("planned") is True
        found["zones"] = ", ".join(str(one) for one in zones) if isinstance(zones, list) else zones
        if self.doubt is not None:
            found["foreign_share"] = self.doubt.typed
        return found

    @property
    def more(self) -> list[tuple[str, str]]:
        """The other facts, as the form hands them on."""
        rest = {name: value for name, value in self.facts.items() if name not in (*FIELDS, "limits")}
        return [(name, json.dumps(value, ensure_ascii=False)) for name, value in rest.items()]


def read_form(items: Sequence[tuple[str, str]], rulebook: Rulebook) -> FormProfile:
    """The profile of a form's fields; what is left empty is not said."""
    facts: dict[str, Any] = {}
    offered: list[str] = []
    unknown: list[str] = []
    limits: dict[str, bool] = {}
    places: list[str] = []
    asked, answers, passed, given, means, stands, again = "", [], False, False, "", None, None
    was, dropped, none, reasked = "", False, False, ""
    for name, raw in items[:_MOST]:
        value = raw.strip()
        if name in ("name", "city", "sector", "foreign_share") and value:
            facts[name] = value
        elif name == "zones" and value:
            facts["zones"] = _words(value)
        elif name == "places" and value:
            places += _words(value)
        elif name == "share_means":
            means = value
        elif name == "was":
            was = value
        elif name == "drop_kept":
            dropped = True
        elif name == "again" and value:
            again = value
        elif name == "reask" and value:
            again = reasked = value
        elif name == "as_zone" and value in (zones := rulebook.gazetteer.zones):
            stands = zones[value].id
        elif name == "no_zones" and value:
            facts["zones"] = []
        elif name == "planned" and value:
            facts["planned"] = True
        elif name == "fact":
            key, _, held = value.partition("=")
            if key in rulebook.facts or key == "as_of":
                facts[key] = _plain(held)
        elif name == "unknown" and value:
            unknown.append(value)
        elif (limit := limit_key(name)) is not None and value in ("true", "false"):
            limits[limit] = value == "true"
        elif name == "asked":
            asked = value
        elif name == "answer" and value:
            answers.append(value)
        elif name == "offered" and value:
            offered.append(value)
        elif name == "pass":
            passed = True
        elif name == "none":  # a button of its own, whatever is ticked
            none = True
        elif name == "give":
            given = True
    if dropped:  # what was said of another place
        facts = {name: value for name, value in facts.items() if name not in of_places(rulebook)}
    if reasked in facts:  # its question is asked again, with what is not in a list
        held_before = facts.pop(reasked)
        yes_before = held_before.get(YES) if isinstance(held_before, dict) else held_before
        if isinstance(yes_before, list) and yes_before:
            facts[reasked] = {YES: yes_before, NO: []}
    if stands is not None:  # a zone that was given as the city: with the place where it lies
        around = rulebook.gazetteer.division_of(stands)
        facts |= {"zones": [stands]} if around is None else {"city": around, "zones": [stands]}
    if none:
        answers = ["[]"]
    several = asked in rulebook.facts and rulebook.facts[asked].type in LISTS_IN_PART
    if asked and passed:
        unknown.append(asked)
    elif asked and answers:
        asked_limit = limit_key(asked)
        if asked_limit is not None:
            limits[asked_limit] = answers[0] == "true"
        elif asked in rulebook.facts:
            before = facts.get(asked)  # of what is known in part the answer is the rest
            partly: Mapping[str, object] = before if isinstance(before, dict) else {}
            yes, no = ([*part] if isinstance(part := partly.get(key), list) else [] for key in (YES, NO))
            chosen = [*yes, *(one for one in answers if one != "[]")]
            facts[asked] = chosen if several else answers[0]
            if offered and rulebook.facts[asked].type == "activities":  # the others were not asked about
                known = [one for one in chosen if one in rulebook.sectors.activities]
                facts[asked] = {YES: chosen, NO: list(rulebook.sectors.not_chosen([*offered, *no], known))}
    if limits:
        facts["limits"] = limits
    doubt = doubtful_share(facts.get("foreign_share"))
    if doubt is not None:
        del facts["foreign_share"]
        for meant in (doubt.fraction, doubt.percent):
            if means == f"{doubt.typed}={meant}":  # the choice was made for this number, not for an earlier one
                facts["foreign_share"], doubt = meant, None
                break
    unanswered = asked if given and asked and not answers and not passed else None
    passed_over = tuple(one for one in dict.fromkeys(unknown) if one != again)
    return FormProfile(facts, passed_over, unanswered, doubt, tuple(dict.fromkeys(places)), was, again)


def doubtful_share(typed: object) -> DoubtfulShare | None:
    """What a number below one without its sign may mean; None where it is clear. The page's `share.js` asks the same.

    >>> doubtful_share("0.305"), doubtful_share("0.3%"), doubtful_share("1"), doubtful_share("0")
    (DoubtfulShare(typed='0.305', fraction='30.5%', percent='0.305%'), None, None, None)
    """
    if not isinstance(typed, str) or not _BELOW_ONE.fullmatch(bare := narrow(typed).strip()):
        return None
    number = Decimal(bare)
    return DoubtfulShare(typed, f"{(number * 100).normalize():f}%", f"{number.normalize():f}%")


def _words(value: str) -> list[str]:
    return [word for part in _BETWEEN.split(value) if (word := part.strip())]


def _plain(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
