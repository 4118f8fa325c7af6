"""Mutants of a rulebook: one rule, entry or derivation changed in one thing, as far as it bears on a verdict.

Mutated are the scope rules, the scope that a row uses, the conditions of limbs and of provisions, the derivations, and
the register's entries that settle something. A mutant holds what it changes, so that only that is decided again.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from applicability.analysis.mutants import Variant, variants
from applicability.analysis.neighbours import MutationKind, Neighbours
from applicability.errors import Location
from applicability.lazy_dataclass import dataclass, replace
from applicability.model.conditions import Any_, Condition, Judgement, Overtaken, Step, leaves, transform
from applicability.model.measure import AUTHORITY, Limb, Measure
from applicability.model.rulebook import Derivation, Entry, Provision, Rulebook, Scope
from applicability.model.step_register import with_entries

# What was changed: a condition, the places or the day of an entry, or a name; None: left out, or everywhere.
Changed = Condition | tuple[str, ...] | datetime.date | str | None


@dataclass(frozen=True)
class Mutant:
    """A rulebook with one thing changed. `rule` says which rule, in the words of `applicability test`.

    `measures` are the rows that it changes, as they then are; the other three replace the rulebook's where they are
    not None.
    """

    kind: MutationKind
    rule: str
    location: Location
    old: Changed
    new: Changed
    measures: tuple[Measure, ...] = ()
    register: tuple[Entry, ...] | None = None
    derivations: tuple[Derivation, ...] | None = None
    provision: Provision | None = None

    def applied(self, rulebook: Rulebook) -> Rulebook:
        """The rulebook with the change."""
        changed = {measure.key: measure for measure in self.measures}
        return replace(
            rulebook,
            measures=tuple(changed.get(measure.key, measure) for measure in rulebook.measures),
            register=rulebook.register if self.register is None else self.register,
            derivations=rulebook.derivations if self.derivations is None else self.derivations,
        )


def mutants(rulebook: Rulebook) -> Iterator[Mutant]:
    """Every mutant of a rulebook: scope rules, rows in order, provisions, derivations, entries."""
    near = Neighbours(rulebook)
    for scope in rulebook.scopes.values():
        yield from _of_scope(rulebook, scope, near)
    for measure in rulebook.measures:
        yield from _of_row_scope(rulebook, measure)
        for limb in measure.usable:
            yield from _of_limb(measure, limb, near)
    for provision in rulebook.provisions:
        for one in variants(provision.when, near):
            changed = replace(provision, when=one.condition)
            yield _mutant(one, f"provision {provision.id}", provision.location, provision=changed)
    for derivation in rulebook.derivations:
        yield from _of_derivation(rulebook, derivation, near)
    for entry in rulebook.register:
        if entry.kind in ("records", "overtakes"):
            yield from _of_entry(rulebook, entry, near)


def _mutant(
    one: Variant,
    rule: str,
    location: Location,
    measures: tuple[Measure, ...] = (),
    derivations: tuple[Derivation, ...] | None = None,
    provision: Provision | None = None,
) -> Mutant:
    """A mutant of a condition; what has no line of its own, such as an empty combination, is told by its rule's."""
    place = one.location if one.location.line else location
    return Mutant(one.kind, rule, place, one.old, one.new, measures, None, derivations, provision)


# Conditions ----------------------------------------------------------------------------------------------------------


def _of_scope(rulebook: Rulebook, scope: Scope, near: Neighbours) -> Iterator[Mutant]:
    """Mutants of a scope rule, in every row that uses it: their conditions are alike, so their mutants are too."""
    users = [one for one in rulebook.measures if one.scope is not None and one.scope_rule == scope.id]
    made = [[(one, changed) for changed in variants(_own_words(one), near)] for one in users]
    for together in zip(*made, strict=True):
        first = together[0][1]
        changed = tuple(_scoped(measure, own.condition) for measure, own in together)
        yield _mutant(first, f"scope {scope.id}", users[0].location, changed)


def _of_row_scope(rulebook: Rulebook, measure: Measure) -> Iterator[Mutant]:
    """The row with each of the other scope rules; those with judgements of their own are another row's."""
    if measure.scope is None:
        return
    for scope in rulebook.scopes.values():
        if scope.id != measure.scope_rule and not any(isinstance(leaf, Judgement) for leaf in leaves(scope.when)):
            changed = _scoped(measure, transform(scope.when, lambda leaf: _bound(leaf, measure)))
            rule = f"row {measure.row}"
            yield Mutant("another", rule, measure.location, measure.scope_rule, scope.id, (changed,))


def _bound(leaf: Condition, measure: Measure) -> Condition:
    return replace(leaf, row=measure.row, document=measure.document) if isinstance(leaf, Step) else leaf


def _own_words(measure: Measure) -> Condition:
    """A row's scope as its rule has it, without the instruments that the register adds."""
    scope = measure.scope
    assert scope is not None
    return scope.parts[0] if _overtaken(measure) else scope  # type: ignore[union-attr]


def _overtaken(measure: Measure) -> bool:
    return isinstance(measure.scope, Any_) and isinstance(measure.scope.parts[-1], Overtaken)


def _scoped(measure: Measure, own: Condition) -> Measure:
    """The row with another scope in its own words, beside the same instruments."""
    kept = measure.scope.parts[-1:] if _overtaken(measure) else ()  # type: ignore[union-attr]
    return replace(measure, scope=Any_((own, *kept)) if kept else own)


def _of_limb(measure: Measure, limb: Limb, near: Neighbours) -> Iterator[Mutant]:
    for one in variants(limb.when, near):
        changed = tuple(replace(limb, when=one.condition) if each is limb else each for each in measure.limbs)
        rule = f"row {measure.row}{limb.id}"
        yield _mutant(one, rule, measure.location, (replace(measure, limbs=changed),))


def use_mutants(rulebook: Rulebook) -> Iterator[Mutant]:
    """Every limb that somebody can use as a duty of authorities alone, and every such duty as open to whoever meets it.

    No condition says this, but the words of a limb do; `mutants` leaves it out.
    """
    for measure in rulebook.measures:
        for limb in measure.limbs:
            other = replace(limb, addressee=() if limb.binds_authorities_only else (AUTHORITY,))
            limbs = tuple(other if each is limb else each for each in measure.limbs)
            rule, changed = f"row {measure.row}{limb.id}", replace(measure, limbs=limbs)
            yield Mutant("another", rule, measure.location, limb.addressee, other.addressee, (changed,))


# Derivations and the register ----------------------------------------------------------------------------------------


def _of_derivation(rulebook: Rulebook, derivation: Derivation, near: Neighbours) -> Iterator[Mutant]:
    rule, here = f"derivation {derivation.id}", derivation.location

    def without(new: Derivation | None) -> tuple[Derivation, ...]:
        every = ((new if one is derivation else one) for one in rulebook.derivations)
        return tuple(one for one in every if one is not None)

    yield Mutant("drop", rule, here, derivation.id, None, derivations=without(None))
    if derivation.when is not None:
        for one in variants(derivation.when, near):
            yield _mutant(one, rule, here, derivations=without(replace(derivation, when=one.condition)))
    origins = next((one.values for one in rulebook.facts.values() if one.type == "investors"), {})
    # A word that leaves open which origin it is counts by those that it may be.
    known = [origin for origin, choice in origins.items() if not choice.may_be]
    for origin in known if derivation.kind == "total" else ():
        out = derivation.leave_out ^ {origin}
        changed = without(replace(derivation, leave_out=out))
        old, new = (tuple(sorted(some)) for some in (derivation.leave_out, out))
        yield Mutant("widen" if origin in derivation.leave_out else "narrow", rule, here, old, new, derivations=changed)


def _of_entry(rulebook: Rulebook, entry: Entry, near: Neighbours) -> Iterator[Mutant]:
    """An entry left out, at another place, begun or ended on another day."""
    day = datetime.timedelta(days=1)
    yield _entered(rulebook, entry, None, "drop", entry.id, None)
    for kind, begun in (("widen", entry.date - day), ("narrow", entry.date + day)):
        yield _entered(rulebook, entry, replace(entry, date=begun), kind, entry.date, begun)  # type: ignore[arg-type]
    if entry.expires is not None:
        yield _entered(rulebook, entry, replace(entry, expires=None), "widen", entry.expires, None)
        for kind, ended in (("narrow", entry.expires - day), ("widen", entry.expires + day)):
            changed = replace(entry, expires=ended)
            yield _entered(rulebook, entry, changed, kind, entry.expires, ended)  # type: ignore[arg-type]
    for kind, places in near.place_lists(entry.places):
        yield _entered(rulebook, entry, replace(entry, places=places), kind, entry.places, places)
    if entry.places:
        yield _entered(rulebook, entry, replace(entry, places=()), "widen", entry.places, None)
    for row in sorted(entry.rows or ()) if len(entry.rows or ()) > 1 else ():
        rows = (entry.rows or frozenset()) - {row}
        shown = tuple(str(one) for one in sorted(entry.rows or ()))
        left = tuple(str(one) for one in sorted(rows))
        yield _entered(rulebook, entry, replace(entry, rows=rows), "narrow", shown, left)


def _entered(
    rulebook: Rulebook, entry: Entry, new: Entry | None, kind: MutationKind, old: Changed, shown: Changed
) -> Mutant:
    """The rulebook with an entry changed, and the rows that the entry covers with the instruments that are left."""
    others = tuple(one for one in rulebook.register if one is not entry)
    covered = [one for one in rulebook.measures if entry.covers(*one.key)]
    still = [one for one in others if one.kind == "overtakes"]
    freed = tuple(
        replace(one, scope=_own_words(one))
        if one.scope is not None and not any(other.covers(*one.key) for other in still)
        else one
        for one in covered
    )
    bare = replace(rulebook, register=others, measures=freed)
    changed = bare if new is None else with_entries(bare, (new,))
    return Mutant(kind, f"register {entry.id}", entry.location, old, shown, changed.measures, changed.register)
