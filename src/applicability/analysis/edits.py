"""Enumerates the edits of an entity's facts that some conditions distinguish, each of one fact.

An edit gives a fact another class of values, adds or removes one entry of a list, moves elsewhere, or stands for a step
that others must take. Values of one class are options of one edit: any of them will do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Literal, cast

from applicability.analysis.classes import Sample, Vector, fact_samples, sector_codes, within
from applicability.analysis.place_classes import PLACE_FACTS, PlaceLeaves, destinations
from applicability.analysis.plausibility import Plausibility
from applicability.lazy_dataclass import dataclass, replace
from applicability.model.conditions import (
    Condition,
    Does,
    InSector,
    Judgement,
    Leaf,
    Limit,
    Number,
    OneOf,
    Step,
    bare_leaf,
    leaves,
)  # fmt: skip
from applicability.model.evaluate import leaf_verdict
from applicability.model.facts import FactDeclaration, Facts, Value
from applicability.model.leaf_kinds import BUSINESS, LIMITS, PLACE, column_of, reads
from applicability.model.partial import Interval, PartialSet, as_written
from applicability.model.places import Whereabouts
from applicability.model.registration import registrations, with_registration
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict

# `answer`: supply a missing fact; `set`, `add`, `drop`, `move`, `keep` (a limit): change a fact; `step`, `finding`:
# taken by others.
EditKind = Literal["answer", "set", "add", "drop", "move", "keep", "step", "finding"]
# Who can make it: the entity at a cost, its owners at a cost, nobody, the public authorities (a step), an authority
# (a finding).
Movable = Literal["cost", "owners", "fixed", "public", "authority"]


@dataclass(frozen=True)
class Option:
    """One way to make an edit: as a profile gives it (None removes a fact), and as facts hold it."""

    given: Mapping[str, object]
    sample: Sample


@dataclass(frozen=True)
class Edit:
    """One change; any of the options will do.

    `fact` is the fact it concerns (`city` for a place), None for a step, a finding or a limit; `entry` is set if the
    options are entries to add to a list or remove; `leaf` is the step, the judgement or the limit. The first
    `plausible` options are plausible for the entity; with None, all or none are.
    """

    kind: EditKind
    movable: Movable
    fact: str | None
    options: tuple[Option, ...] = ()
    entry: bool = False
    leaf: Leaf | None = None
    plausible: int | None = None

    @property
    def closes(self) -> bool:
        """Whether it says of a list known in part that there are no others."""
        return self.entry and any(not value for one in self.options for value in one.sample.values.values())

    @property
    def yours(self) -> bool:
        """Whether the entity or its owners can make it: supply an answer, or change something at a cost."""
        return self.kind == "answer" or self.movable in ("cost", "owners")


class Edits:
    """All edits of one entity. Caches what several conditions share."""

    def __init__(self, facts: Facts, rulebook: Rulebook) -> None:
        self.facts, self.rulebook = facts, rulebook
        self._plausibility = Plausibility(facts, rulebook)
        # What the facts that conditions read are derived from.
        self._behind = [bare_leaf(leaf) for one in rulebook.derivations if one.when for leaf in leaves(one.when)]
        self._moved: dict[object, tuple[Edit, ...]] = {}
        self._verdicts_by_code: dict[Leaf, Sequence[Verdict]] = {}
        # What follows from where it is registered, and the fact that says where.
        self.settled = {one.settles: one.name for one in registrations(rulebook) if one.name in facts.values}

    def of(self, condition: Condition, target: Verdict) -> Iterator[Edit]:
        """Every edit that the (bare) condition distinguishes, towards the target."""
        own = tuple(dict.fromkeys(leaves(condition)))
        places = tuple(leaf for leaf in own if column_of(leaf) == PLACE)
        moves = self._moves(places, any(column_of(leaf) in self.settled for leaf in own)) if places else ()
        yield from moves
        away = any(edit.kind == "move" for edit in moves)
        for name in self._facts(condition):
            declaration = self.rulebook.facts[name]
            every = (*own, *self._behind)
            if declaration.type in ("choices", "activities"):
                yield from self._entries(declaration, every)
            elif declaration.type == "sector":
                yield from self._sectors(declaration, every)
            else:
                yield from self._values(declaration, every)
        for leaf in own:
            if not isinstance(leaf, (Judgement, Step, Limit)):
                continue
            held = leaf_verdict(leaf, self.facts, self.rulebook)
            if isinstance(leaf, Limit) and held is not Verdict.ELIGIBLE:
                sample = Sample({LIMITS: {leaf.key: True}}, limits={leaf.key: True})
                kind: EditKind = "answer" if held is Verdict.NEEDS_INFO else "keep"
                yield Edit(kind, "cost", None, (Option({}, sample),), leaf=leaf)
            if isinstance(leaf, Judgement) and (min(held, Verdict.CONDITIONAL) if away else held) < target:
                sample = Sample({}, findings={leaf.key: True})
                yield Edit("finding", "authority", None, (Option({}, sample),), leaf=leaf)
            if isinstance(leaf, Step) and held is not Verdict.ELIGIBLE:
                yield Edit("step", "public", None, leaf=leaf)

    def _facts(self, condition: Condition) -> tuple[str, ...]:
        """The facts other than places that the condition reads, directly or through derivations."""
        names: dict[str, None] = {}
        conditions = [condition]
        while conditions:
            for leaf in leaves(conditions.pop()):
                for name in reads(leaf):
                    if name not in names and name in self.rulebook.facts and column_of(leaf) != PLACE:
                        names[name] = None
                        behind = (one.when for one in self.rulebook.derivations if one.gives == name)
                        conditions += [when for when in behind if when is not None]
        return tuple(sorted(names, key=list(self.rulebook.facts).index))

    def _values(self, declaration: FactDeclaration, every: Sequence[Leaf]) -> Iterator[Edit]:
        """Every other class of a number, a choice or a boolean."""
        name = declaration.name
        own = [leaf for leaf in every if isinstance(leaf, (Number, OneOf)) and leaf.fact == name]
        held = self.facts.values.get(name)
        every_sample = [sample for sample in fact_samples(declaration, own) if sample.values]
        # What a number known within bounds could be is told, where another is only to be had by a change.
        answers = self._grouped(own, within(every_sample, held)) if held is None or isinstance(held, Interval) else {}
        if name in self.settled:
            answers = {}  # to say otherwise is to be registered elsewhere
        grouped = {**self._grouped(own, every_sample), **answers}
        now = self._read(own, self.facts)
        for vector, samples in grouped.items():
            if held is None or vector != now or name in self.settled:
                if isinstance(held, Decimal):  # the smallest step first
                    samples.sort(key=lambda sample: abs(cast(Decimal, sample.values[name]) - held))
                if vector in answers:
                    yield Edit("answer", declaration.movable, name, tuple(map(_as_it_is, samples)))
                else:
                    kind: EditKind = "answer" if held is None and self.facts.whereabouts.named else "set"
                    yield Edit(kind, declaration.movable, name, tuple(map(self._option, samples)))

    def _grouped(self, own: Sequence[Leaf], samples: Iterable[Sample]) -> dict[Vector, list[Sample]]:
        """Samples of a fact by how leaves read them."""
        grouped: dict[Vector, list[Sample]] = {}
        for sample in samples:
            facts = replace(self.facts, values={**self.facts.values, **sample.values})
            grouped.setdefault(self._read(own, facts), []).append(sample)
        return grouped

    def _entries(self, declaration: FactDeclaration, every: Sequence[Leaf]) -> Iterator[Edit]:
        """Every entry that a list could gain or lose; entries that no leaf distinguishes are one edit."""
        name = declaration.name
        sets = [leaf.activities for leaf in every if isinstance(leaf, Does) and name == "activities"]
        sets += [leaf.values for leaf in every if isinstance(leaf, OneOf) and leaf.fact == name]
        every_value = self.rulebook.sectors.activities if name == "activities" else declaration.values
        kinds: dict[frozenset[int], list[str]] = {}
        for value in every_value:
            kinds.setdefault(frozenset(i for i, wanted in enumerate(sets) if value in wanted), []).append(value)
        held = self.facts.values.get(name)
        known = held if isinstance(held, PartialSet) else PartialSet()
        given = held if isinstance(held, frozenset) else known.yes
        open_ = not isinstance(held, frozenset)
        if open_:  # there are none, or, of a list known in part, no others: beside entries that are put in or taken out
            closing = Option({name: sorted(known.yes)}, _listed(name, frozenset()))
            yield Edit("answer", declaration.movable, name, (closing,), entry=held is not None)
        for met, values in kinds.items():
            inside = frozenset(values) & given
            if met and not inside:
                values = self._plausibility.first(name, values)
                said = [value for value in values if not open_ or value in known.no]
                unsaid = [value for value in values if value not in said]
                if unsaid:
                    options = tuple(_as_it_is(_listed(name, frozenset((value,)))) for value in unsaid)
                    first = self._plausible(name, unsaid)
                    yield Edit("answer", declaration.movable, name, options, entry=True, plausible=first)
                if said:
                    options = tuple(self._option(_listed(name, frozenset((value,)))) for value in said)
                    first = self._plausible(name, said)
                    yield Edit("add", declaration.movable, name, options, entry=True, plausible=first)
            if met and inside:
                options = (self._option(_listed(name, inside)),)
                yield Edit("drop", declaration.movable, name, options, entry=True)

    def _plausible(self, name: str, values: Sequence[str]) -> int | None:
        """The number of values that are plausible, if some are and others are not."""
        if self._plausibility.open:
            return None
        count = sum(self._plausibility.value(name, one) for one in values)
        return count if 0 < count < len(values) else None

    def _sectors(self, declaration: FactDeclaration, every: Sequence[Leaf]) -> Iterator[Edit]:
        """Every other class of sectors, by the widest codes of each."""
        own = [leaf for leaf in every if isinstance(leaf, (Does, InSector))]
        given = isinstance(self.facts.values.get("activities"), frozenset)
        if given and not any(isinstance(leaf, InSector) for leaf in own):
            return  # the activities are given; the sector decides nothing
        grouped: dict[Vector, dict[str, Sample]] = {}
        for (code, (sample, _)), *read in zip(self._codes.items(), *map(self._by_code, own), strict=True):
            grouped.setdefault(tuple(read), {})[code] = sample
        now = self._read(own, self.facts)
        kind: EditKind = "answer" if self.facts.values.get("sector") is None else "set"
        sectors = self.rulebook.sectors
        for vector, samples in grouped.items():
            if vector != now:
                inside = [code for code in samples if any(around in samples for around in sectors.path(code)[1:])]
                widest = [samples[code] for code in samples if code in sectors.codes and code not in inside]
                options = widest or list(samples.values())[:1]
                yield Edit(kind, declaration.movable, "sector", tuple(map(self._option, options)))

    @cached_property
    def _codes(self) -> Mapping[str, tuple[Sample, Facts]]:
        """Every code that rules tell apart, as the only sector of this entity."""
        samples = {code: Sample({"sector": [code]}, {"sector": (code,)}) for code in sector_codes([self.rulebook])}
        values = {code: {**self.facts.values, **sample.values} for code, sample in samples.items()}
        return {code: (sample, replace(self.facts, values=values[code])) for code, sample in samples.items()}

    def _by_code(self, leaf: Leaf) -> Sequence[Verdict]:
        """The verdicts of a leaf with each of those codes."""
        if leaf not in self._verdicts_by_code:
            read = (leaf_verdict(leaf, facts, self.rulebook) for _, facts in self._codes.values())
            self._verdicts_by_code[leaf] = tuple(read)
        return self._verdicts_by_code[leaf]

    def _moves(self, own: tuple[Leaf, ...], registered: bool) -> tuple[Edit, ...]:
        """Every other place to stand in: in or near where it stands, as an answer, or elsewhere.

        With `registered`, places are told apart as well by whether it is registered there.
        """
        key = PlaceLeaves(self.rulebook, own).key, registered
        if key not in self._moved:
            here = self.facts.whereabouts
            now = self._read(own, self.facts), self._registered(here) if registered else ()
            found = destinations((self.rulebook, own), self.facts.as_of)
            settled = {(there.whereabouts, refines): there for there, refines in map(self._settled, found)}
            grouped: dict[tuple[object, bool], list[Sample]] = {}
            for (whereabouts, refines), there in settled.items():
                vector = self._read(own, replace(self.facts, whereabouts=whereabouts))
                read = vector, self._registered(whereabouts) if registered else ()
                if read != now:
                    grouped.setdefault((read, refines), []).append(there)
            self._moved[key] = tuple(
                Edit("answer" if refines else "move", "cost", "city", tuple(map(self._option, self._coarsest(samples))))
                for (_, refines), samples in grouped.items()
            )
        return self._moved[key]

    def _registered(self, whereabouts: Whereabouts) -> tuple[Value | None, ...]:
        """Whether it is registered where it would stand."""
        values = with_registration(self.facts.values, whereabouts, self.rulebook)
        return tuple(values.get(name) for name in self.settled)

    def _read(self, own: Sequence[Leaf], facts: Facts) -> Vector:
        return tuple(leaf_verdict(leaf, facts, self.rulebook) for leaf in own)

    def _settled(self, sample: Sample) -> tuple[Sample, bool]:
        """The sample as this entity's place, and whether that only refines the present one."""
        gazetteer, held, new = self.rulebook.gazetteer, self.facts.whereabouts, sample.whereabouts
        known = (*held.divisions, *(held.zones or ()))
        near = all(gazetteer.overlap(a, b) for a in known for b in (*new.divisions, *(new.zones or ())))
        room = len(held.divisions) < 2 or set(new.divisions) <= set(held.divisions) or not new.divisions
        if near and room and (not held.all_zones or new.zones is None) and not held.all_zone_types:
            finer = [code for code in new.divisions if not any(gazetteer.lies_in(one, code) for one in held.divisions)]
            divisions = (*held.divisions, *finer)[:2] if held.divisions else new.divisions
            no, types = held.no_zones, (held.zone_types, held.no_zone_types)
            zones = held.zones
            if new.zones is not None:  # which zones it is in is then told, all of them if it is in none besides
                zones, no = (zones or frozenset()) | new.zones, no if new.zones else None
            there = _at(divisions, zones, no, types)
            if not gazetteer.ruled_out(there.whereabouts):
                return there, True
        # Who says which zones it is in says so of the new place as well: in none, unless one is chosen.
        silent = not held.all_zones and not held.all_zone_types
        return _at(new.divisions, new.zones if new.zones is not None or silent else frozenset()), False

    def _coarsest(self, samples: Sequence[Sample]) -> list[Sample]:
        """Drops samples that lie in another one, or equal it plus a zone."""
        gazetteer = self.rulebook.gazetteer
        kept = {sample.whereabouts: sample for sample in samples}
        # The divisions and the zones that each lies in.
        around = {
            one: (
                frozenset(code for division in one.divisions for code in gazetteer.path(division)),
                frozenset(zone for held in one.zones or () for zone in gazetteer.around(held)),
            )
            for one in kept
        }

        def inside(one: Whereabouts, other: Whereabouts) -> bool:
            divisions, zones = around[one]
            return (
                divisions.issuperset(other.divisions)
                and (other.zones is None or (one.zones is not None and bool(one.zones) == bool(other.zones)))
                and zones.issuperset(other.zones or ())
                and one != other
            )

        return [sample for one, sample in kept.items() if not any(inside(one, other) for other in kept)]

    def _option(self, sample: Sample) -> Option:
        return Option(self._without_sources(sample), sample)

    def _without_sources(self, sample: Sample) -> dict[str, object]:
        """A profile's facts: one that was derived from the investors can only change if their list is removed."""
        given: dict[str, object] = dict(sample.given)
        given.update({source: None for fact, source in self.settled.items() if fact in sample.values})
        sources = [one for one in self.rulebook.derivations if one.when is None and one.gives in self.facts.derived]
        if any(one.gives in sample.values for one in sources):
            given.update({name: None for name, one in self.rulebook.facts.items() if one.type == "investors"})
            for one in sources:
                given.setdefault(one.gives, as_written(self.facts.values[one.gives]))
        if "city" in given or "zones" in given:
            given = {"city": None, "district": None, "zones": None, "zone_types": None, **given}
        return given


def _as_it_is(sample: Sample) -> Option:
    """An answer, which says more of a fact than was known and contradicts nothing that it follows from."""
    return Option(dict(sample.given), sample)


def _listed(name: str, values: frozenset[str]) -> Sample:
    return Sample({name: sorted(values)}, {name: values})


def column_edited(edit: Edit) -> str:
    """The column that an edit changes."""
    if edit.leaf is not None:
        return column_of(edit.leaf)
    match edit.fact:
        case "city":
            return PLACE
        case "sector" | "activities":
            return BUSINESS
        case _:
            return edit.fact or ""


def taken(leaf: Leaf, chosen: Sequence[Edit]) -> bool:
    """Whether one of the edits is that step."""
    return any(edit.kind == "step" and edit.leaf == leaf for edit in chosen)


def _at(
    divisions: tuple[str, ...],
    zones: frozenset[str] | None,
    no_zones: frozenset[str] | None = None,
    types: tuple[frozenset[str] | None, frozenset[str] | None] = (None, None),
) -> Sample:
    """Somebody who stands there, as a profile would say it."""
    given: dict[str, object] = dict(zip(PLACE_FACTS, divisions, strict=False))
    there = Whereabouts(divisions, zones, types[0], PLACE_FACTS[: len(divisions)], no_zones, types[1])
    for name in ("zones", "zone_types"):
        if (held := there.listed(name)) is not None:
            given[name] = as_written(held)
    return Sample(given, whereabouts=there)
