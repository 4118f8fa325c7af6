"""Renders conditions: fills the sentences of `sentences` with names and values from the rulebook."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import assert_never

from applicability.lazy_dataclass import dataclass, replace
from applicability.model.conditions import (
    All,
    Any_,
    Bound,
    Condition,
    Does,
    Ground,
    InSector,
    Judgement,
    Leaf,
    Limit,
    Not,
    Number,
    OneOf,
    Overtaken,
    Step,
    Within,
    ZoneType,
    leaves,
)  # fmt: skip
from applicability.model.evaluate import leaf_verdict, verdict as verdict_of
from applicability.model.facts import FactDeclaration, Facts, Investor, Value
from applicability.model.leaf_kinds import kind_of
from applicability.model.partial import Interval, PartialSet
from applicability.model.rulebook import Entry, EntryKind, Rulebook
from applicability.model.verdict import Verdict
from applicability.report.language import sentences as s
from applicability.text import Text

Slots = dict[str, Text | str]


@dataclass(frozen=True)
class ConditionRenderer:
    """Renders the conditions of one rulebook on the facts of one entity."""

    rulebook: Rulebook
    facts: Facts

    # Names -------------------------------------------------------------------------------------------------------

    def place(self, place: str) -> Text:
        """The name of a division, zone or zone type."""
        gazetteer = self.rulebook.gazetteer
        return Text(gazetteer.name(place), gazetteer.name(place, "en"))

    @cached_property
    def divisions(self) -> tuple[Text, ...]:
        """The divisions as given; a district, of whose name there may be several, with its city where none is given."""
        gazetteer, given = self.rulebook.gazetteer, self.facts.whereabouts.divisions
        found = []
        for code in given:
            above = gazetteer.path(code)[1:2]
            alone = gazetteer.level(code) == "county" and not set(above) & set(given)
            found.append(
                Text(gazetteer.full_name(code), gazetteer.full_name(code, "en")) if alone else self.place(code)
            )
        return tuple(found)

    @cached_property
    def here(self) -> Text | None:
        """The entity's place as given: city, district and zones."""
        whereabouts = self.facts.whereabouts
        parts = list(dict.fromkeys(self.divisions))
        area = Text("".join(one.zh for one in parts), ", ".join(one.en for one in reversed(parts)))
        zones = [self.place(zone) for zone in sorted(whereabouts.zones or ())]
        named = [area, *zones] if parts else zones
        return Text("，".join(one.zh for one in named), "; ".join(one.en for one in named)) if named else None

    def label(self, fact: str) -> Text:
        """The label of a fact."""
        declaration = self.rulebook.facts.get(fact)
        return declaration.label if declaration else Text(fact, fact)

    def labels(self, facts: Iterable[str]) -> Text:
        """The labels of several facts."""
        return s.listed([self.label(fact) for fact in facts], s.AND)

    def sectors(self, codes: Iterable[object]) -> Text:
        """GB/T 4754 codes with their names."""
        return s.listed([self._sector(str(code)) for code in codes], s.OR)

    def _sector(self, code: str) -> Text:
        """A code with its name; one that no table lists with that of what it counts as a part of."""
        if code not in self._sectors:
            self._sectors[code] = self._named(code)
        return self._sectors[code]

    @cached_property
    def _sectors(self) -> dict[str, Text]:
        """Filled as codes are met; it cannot outgrow what the rules and the profile name."""
        return {}

    def _named(self, code: str) -> Text:
        sectors = self.rulebook.sectors
        listed = sectors.nearest_listed(code)
        one = sectors.named(listed)
        if listed == code:
            return Text(f"{code} {one.zh}", f"{code} {one.en}")
        return Text(f"{code}，属{listed} {one.zh}", f"{code}, part of {listed} {one.en}")

    def activities(self, ids: Iterable[str], last: Text = s.OR) -> Text:
        """The labels of activities."""
        known, order = self.rulebook.sectors.activities, self._order
        wanted = sorted((id for id in set(ids) if id in order), key=order.__getitem__)
        return s.listed([known[id].label for id in wanted], last)

    @cached_property
    def _order(self) -> dict[str, int]:
        """The place of each activity in the rulebook."""
        return {id: place for place, id in enumerate(self.rulebook.sectors.activities)}

    def value(self, fact: str, value: Value) -> Text:
        """A value of a fact as people write it."""
        declaration = self.rulebook.facts[fact]
        match value:
            case Decimal():
                return number(declaration, value)
            case str() if declaration.type == "registration":
                return self.place(value)
            case str():
                return self._choice(declaration, value)
            case Interval():
                return interval_text(value, declaration)
            case PartialSet(yes, no):
                said = {"yes": self.words(declaration, yes, s.AND), "no": self.words(declaration, no, s.OR)}
                return s.say(s.PARTS[bool(yes), bool(no)], **said)
            case frozenset():
                return self.words(declaration, value, s.AND)
            case tuple():
                held = [self._investor(declaration, one) for one in value if isinstance(one, Investor)]
                return s.listed(held, s.AND) if held else self.sectors(value)
            case _:
                return Text(str(value), str(value))

    def words(self, declaration: FactDeclaration, held: frozenset[str], last: Text) -> Text:
        """The words of a list."""
        match declaration.type:
            case "activities":
                return self.activities(held, last)
            case "zones" | "zone_types":
                return s.listed([self.place(one) for one in sorted(held)], last)
            case _:
                return s.listed([self._choice(declaration, key) for key in sorted(held)], last)

    def _choice(self, declaration: FactDeclaration, key: str) -> Text:
        choice = declaration.values.get(key)
        return choice.label if choice else s.TRUTHS.get(key, Text(key, key))

    def _investor(self, declaration: FactDeclaration, one: Investor) -> Text:
        origin = self._choice(declaration, one.origin)
        share = "" if one.share is None else f" {one.share.normalize():f}%"
        return Text(f"{origin.zh}{share}", f"{origin.en}{share}")

    # Sentences ---------------------------------------------------------------------------------------------------

    def says(self, leaf: Condition, verdict: Verdict) -> Text:
        """The sentence of a leaf with that verdict: its own message if it fails or a fact is missing."""
        own = ground_of(leaf).message
        if own is not None and verdict in (Verdict.INELIGIBLE, Verdict.NEEDS_INFO):
            return own
        kind = self.kind(leaf)
        slots = self.asked(leaf) | self._given(leaf)
        match leaf:
            case Does() | Number() | OneOf() | Within() | ZoneType() if verdict is not Verdict.ELIGIBLE:
                kind = self._in_part(leaf, verdict, kind)
            case Step() | Overtaken():
                return self._of_register(leaf, verdict, slots)
            case Does(activities) if verdict is Verdict.ELIGIBLE:
                slots["activities"] = self._of_those(activities)
            case ZoneType(types) if by := self.rulebook.gazetteer.type_by_around(self.facts.whereabouts, types):
                zone, around = by
                source = self.rulebook.gazetteer.zones[zone].source
                kind = "ZoneTypeAround" if source is not None else "ZoneTypeAroundBare"
                slots |= {"zone": self.place(zone), "around": self.place(around), "source": source or ""}
            case Limit(key) if verdict is Verdict.ELIGIBLE and key in self.facts.limits:
                kind = "LimitKept"
            case _:
                pass
        return s.say(s.LEAVES[kind, verdict], **slots)

    def _of_those(self, asked: frozenset[str]) -> Text:
        """The activities of the entity among those asked for."""
        held = self.facts.values.get("activities")
        given = held.yes if isinstance(held, PartialSet) else held if isinstance(held, frozenset) else frozenset()
        own = self.rulebook.sectors.most_general(asked & given)
        return self.activities(own or self.rulebook.sectors.most_general(asked), s.AND)

    def _in_part(self, leaf: Does | Number | OneOf | Within | ZoneType, verdict: Verdict, kind: str) -> str:
        """The name of the sentence where what is known in part keeps a leaf open, or closes it."""
        values, whereabouts = self.facts.values, self.facts.whereabouts
        fails, open_ = verdict is Verdict.INELIGIBLE, verdict is Verdict.NEEDS_INFO
        match leaf:
            case Does(activities):
                held = values.get("activities")
                if isinstance(held, PartialSet) and activities <= held.no:
                    return "DoesNot" if fails else kind
                return "DoesBySector" if fails and not isinstance(held, frozenset) else kind
            case Number(fact) | OneOf(fact):
                return f"{kind}Part" if open_ and fact in values else kind
            case Within() | ZoneType():
                if open_ and isinstance(leaf, ZoneType):
                    return "ZoneTypePart" if whereabouts.zones is not None else kind
                if fails and (whereabouts.no_zones or whereabouts.no_zone_types):
                    nothing: frozenset[str] = frozenset()
                    silent = replace(
                        whereabouts,
                        no_zones=None if whereabouts.no_zones is None else nothing,
                        no_zone_types=None if whereabouts.no_zone_types is None else nothing,
                    )
                    before = replace(self.facts, whereabouts=silent)
                    if leaf_verdict(leaf, before, self.rulebook) is not verdict:
                        return f"{kind}Not"
        return kind

    def requires(self, condition: Condition) -> Text:
        """The requirement of a condition, as a clause."""
        kind = self.kind(condition)
        if condition == All(()):
            kind = "Nothing"
        return s.say(s.REQUIREMENTS[kind], **self.asked(condition))

    def must(self, leaf: Condition) -> Text:
        """The requirement of a leaf as what must be, for whoever does not meet it."""
        told = s.MUST.get(self.kind(leaf))
        return self.requires(leaf) if told is None else s.say(told, **self.asked(leaf))

    def kind(self, condition: Condition) -> str:
        """The key of its sentences in the tables; for a choice it depends on the type of its fact."""
        if isinstance(condition, OneOf):
            return {"boolean": "Truth", "choices": "Some"}.get(self.rulebook.facts[condition.fact].type, "OneOf")
        return type(condition).__name__

    def asked(self, condition: Condition) -> Slots:
        """The slots filled from the rule."""
        match condition:
            case Number(fact, bounds):
                return {"label": self.label(fact), "bounds": self._bounds(self.rulebook.facts[fact], dict(bounds))}
            case OneOf(fact, values):
                declaration = self.rulebook.facts[fact]
                order = [key for key in (*declaration.values, "true", "false") if key in values]
                named = s.listed([self._choice(declaration, key) for key in order], s.OR)
                return {"label": declaration.label, "values": named}
            case Within(places):
                return {"places": s.listed([self.place(place) for place in places], s.OR)}
            case ZoneType(types):
                return {"types": s.listed([self.place(one) for one in sorted(types)], s.OR)}
            case Does(activities):
                return {"activities": self.activities(self.rulebook.sectors.most_general(activities))}
            case InSector(codes):
                return {"sectors": self.sectors(codes)}
            case Step(step):
                kind = self.rulebook.steps[step]
                return {"step": kind.label, "pending": kind.pending, "recorded": kind.recorded}
            case Judgement(_, about, authority):
                return {"about": about, "authority": authority}
            case Limit(_, _, label):
                return {"label": label}
            case Not(part):
                return {"requirement": self._clause(part)}
            case Overtaken() | All() | Any_():
                return {}
            case _:
                assert_never(condition)

    def _clause(self, part: Condition) -> Text:
        """A negated part, as one clause."""
        if isinstance(part, (All, Any_)):
            return s.listed([self._clause(one) for one in part.parts], s.AND if isinstance(part, All) else s.OR)
        return self.requires(part)

    def _bounds(self, declaration: FactDeclaration, bounds: dict[Bound, Decimal]) -> Text:
        named = {bound: number(declaration, limit) for bound, limit in bounds.items()}
        whole = s.BOUNDS.get(frozenset(named))
        if whole is not None:
            return s.say(whole, **dict(named.items()))
        return s.listed([s.say(s.BOUNDS[frozenset({bound})], **{bound: text}) for bound, text in named.items()], s.AND)

    def _given(self, leaf: Condition) -> Slots:
        """The slots filled from the profile."""
        values, whereabouts = self.facts.values, self.facts.whereabouts
        match leaf:
            case Number(fact) | OneOf(fact):
                held = values.get(fact)
                if isinstance(held, PartialSet) and held.yes & getattr(leaf, "values", frozenset()):
                    held = held.yes  # it is met by these
                return {"given": s.NOT_GIVEN if held is None else self.value(fact, held)}
            case Within():
                return {"here": self.here or s.NOT_GIVEN}
            case ZoneType():
                named = [
                    self.place(one) for one in (*sorted(whereabouts.zones or ()), *sorted(whereabouts.zone_types or ()))
                ]
                return {"zones": s.listed(named, s.AND) if named else s.NO_ZONES}
            case Does() | InSector():
                codes = values.get("sector")
                return {"sector": self.sectors(codes) if isinstance(codes, tuple) else s.NOT_GIVEN}
            case _:
                return {}

    # The register ------------------------------------------------------------------------------------------------

    def _of_register(self, leaf: Step | Overtaken, verdict: Verdict, slots: Slots) -> Text:
        kind = self.kind(leaf)
        entry = self.entry_for(leaf, verdict)
        if entry is None:
            return s.say(s.LEAVES[kind, verdict], **slots)
        slots |= self.entry_slots(entry)
        if verdict is Verdict.PENDING:
            kind = "StepAnnounced" if entry.kind == "announces" else "StepLater"
            slots["note"] = entry.note or entry.title
        if isinstance(leaf, Overtaken) and verdict is Verdict.ELIGIBLE and self._in_own_words(leaf):
            kind = "OvertakenToo"
        return s.say(s.LEAVES[kind, verdict], **slots)

    def _in_own_words(self, leaf: Overtaken) -> bool:
        """Whether the row's own scope is met as well, without what an instrument of the register adds to it."""
        own = self.rulebook.measure(leaf.row, leaf.document).own_scope
        return own is not None and verdict_of(own, self.facts, self.rulebook) is Verdict.ELIGIBLE

    def entry_slots(self, entry: Entry) -> Slots:
        """The slots of a register entry."""
        return {
            "title": entry.title, "date": entry.date.isoformat(), "source": entry.source,
            "origin": s.origin(entry.source, entry.weight),
        }  # fmt: skip

    def entry_for(self, leaf: Step | Overtaken, verdict: Verdict) -> Entry | None:
        """The entry that a step's sentence names: the one that settles it, will settle it, or announces it."""
        today = self.facts.as_of
        own = self._speaking(leaf, kind_of(leaf).entries)
        if verdict is not Verdict.PENDING:
            sure = {Verdict.ELIGIBLE: (True,), Verdict.NEEDS_INFO: (None,)}.get(verdict, ())
            return next((entry for entry in own if entry.date <= today and self._reaches(entry) in sure), None)
        return self.coming(leaf) or next(
            (e for e in self._speaking(leaf, "announces") if e.date <= today and self._reaches(e) is True), None
        )

    def coming(self, leaf: Step | Overtaken) -> Entry | None:
        """The next entry that will open the row at the entity's place."""
        own = self._speaking(leaf, kind_of(leaf).entries)
        later = [entry for entry in own if entry.date > self.facts.as_of and self._reaches(entry) is True]
        return min(later, key=lambda entry: entry.date, default=None)

    def _speaking(self, leaf: Step | Overtaken, kind: EntryKind | None) -> list[Entry]:
        """The entries of that kind about the leaf's row and step."""
        entries = self.rulebook.entries(kind, leaf.document, leaf.row) if kind is not None else ()
        return [e for e in entries if not isinstance(leaf, Step) or e.step in (None, leaf.step)]

    def _reaches(self, entry: Entry) -> bool | None:
        """Whether the entry applies at the entity's place; None if the profile does not decide that."""
        answers = [self.rulebook.gazetteer.within(self.facts.whereabouts, place) for place in entry.places]
        if not answers or True in answers:
            return True
        return None if None in answers else False


def interval_text(one: Interval, declaration: FactDeclaration) -> Text:
    """Numbers within bounds, in the words that conditions are told in."""
    if one.low is not None and one.low == one.high:
        return number(declaration, one.low)
    least, most = declaration.ends
    bounds: dict[Bound, Decimal] = {}
    if one.low is not None and (one.low_open or one.low != least):
        bounds["above" if one.low_open else "at_least"] = one.low
    if one.high is not None and (one.high_open or one.high != most):
        bounds["below" if one.high_open else "at_most"] = one.high
    named = {bound: number(declaration, limit) for bound, limit in bounds.items()}
    return s.say(s.BOUNDS[frozenset(named)], **dict(named.items())) if named else s.ANY_NUMBER


def number(declaration: FactDeclaration, value: Decimal) -> Text:
    """A number with its unit: percent or the unit that the fact declares."""
    digits = f"{value.normalize():f}"
    if declaration.type == "percent":
        return Text(f"{digits}%", f"{digits}%")
    if declaration.unit is None:
        return Text(digits, digits)
    return Text(f"{digits}{declaration.unit.zh}", f"{digits} {declaration.unit.en}")


def ground_of(condition: Condition) -> Ground:
    """The ground of a leaf; of a combination, that of its first leaf."""
    if isinstance(condition, (Not, All, Any_)):
        inner = leaves(condition)
        return inner[0].ground if inner else Ground()
    leaf: Leaf = condition
    return leaf.ground


def cited(ground: Ground) -> Text:
    """The citation of a quote: 注2, 适用范围栏“…”."""
    note = re.fullmatch(r"note-(\d+)", ground.cites)
    if note:
        return s.say(s.CITATIONS["note"], number=note[1])
    return s.say(s.CITATIONS[ground.cites], quote=ground.quote)
