"""Adds entries to a rulebook's register, and determines the step of those that do not state one.

An entry that lists rows for a place takes the step that their scope waits for there. A row whose scope excludes the
place is opened by being listed, as by an instrument of the place's own. Steps in a row's own words, such as a study,
are taken only if nothing in the scope is waiting: a city being allowed to try what is to be studied is not a result of
the study.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from applicability.lazy_dataclass import replace
from applicability.model.conditions import All, Any_, Condition, Ground, Overtaken, Step, leaves
from applicability.model.evaluate import verdict
from applicability.model.facts import Facts
from applicability.model.measure import Measure
from applicability.model.places import Whereabouts
from applicability.model.rulebook import Entry, Rulebook
from applicability.model.verdict import Verdict

# The effect of an entry on a row: its kind, and the step that it takes.
_EntryEffect = tuple[str, str | None]


def with_entries(rulebook: Rulebook, entries: tuple[Entry, ...]) -> Rulebook:
    """The rulebook with further entries on its register; rows that they overtake get an `Overtaken` alternative."""
    added = tuple(_numbered(_resolved(entries, rulebook), {entry.id for entry in rulebook.register}))
    overtaken = {
        measure.key
        for entry in added
        for measure in rulebook.measures
        if entry.kind == "overtakes" and entry.covers(*measure.key)
    }
    measures = tuple(
        replace(one, scope=_or_overtaken(one)) if one.key in overtaken else one for one in rulebook.measures
    )
    return replace(rulebook, measures=measures, register=(*rulebook.register, *added))


def _or_overtaken(measure: Measure) -> Condition | None:
    if measure.scope is None or any(isinstance(leaf, Overtaken) for leaf in leaves(measure.scope)):
        return measure.scope
    return Any_((measure.scope, Overtaken(measure.row, measure.document, Ground(cites="register"))))


def _resolved(entries: tuple[Entry, ...], rulebook: Rulebook) -> Iterator[Entry]:
    """The entries; those without a step are replaced by what they do for their rows and places."""
    for entry in entries:
        if entry.kind != "records" or entry.step is not None or not entry.places:
            yield entry
            continue
        rows: dict[tuple[_EntryEffect, tuple[str, ...]], set[int]] = {}
        for measure in rulebook.measures:
            if entry.covers(*measure.key):
                places: dict[_EntryEffect, list[str]] = {}
                for place in entry.places:
                    for does in _does(measure, place, entry, rulebook):
                        places.setdefault(does, []).append(place)
                for does, listed in places.items():
                    rows.setdefault((does, tuple(listed)), set()).add(measure.row)
        for ((kind, step), where), own in rows.items():
            yield replace(entry, kind=kind, step=step, places=where, rows=frozenset(own))  # type: ignore[arg-type]


def _numbered(entries: Iterator[Entry], taken: set[str]) -> Iterator[Entry]:
    """The entries with unique ids, since entry ids are part of what scopes are cached by."""
    for entry in entries:
        numbers = (f"{entry.id}#{number}" for number in count(2))
        id = entry.id if entry.id not in taken else next(one for one in numbers if one not in taken)
        taken.add(id)
        yield entry if id == entry.id else replace(entry, id=id)


def _does(measure: Measure, place: str, entry: Entry, rulebook: Rulebook) -> Iterator[_EntryEffect]:
    if measure.scope is None:
        return
    whereabouts = (
        Whereabouts((place,)) if place in rulebook.gazetteer.divisions else Whereabouts((), frozenset((place,)))
    )
    facts = Facts({}, whereabouts, entry.date, {})
    steps = tuple(dict.fromkeys(_steps(measure.scope, facts, rulebook)))
    if steps:
        yield from (("records", step) for step in steps)
    elif verdict(measure.own_scope or measure.scope, facts, rulebook) is Verdict.INELIGIBLE:
        yield "overtakes", None
    else:
        yield "records", None


def _steps(condition: Condition, facts: Facts, rulebook: Rulebook) -> Iterator[str]:
    """The steps that a scope waits for at a place."""
    match condition:
        case Step(step):
            yield step
        case Any_(parts):
            for part in parts:
                yield from _steps(part, facts, rulebook)
        case All(parts):
            if all(
                isinstance(part, Step) or verdict(part, facts, rulebook) is not Verdict.INELIGIBLE for part in parts
            ):
                for part in parts:
                    yield from _steps(part, facts, rulebook)
        case _:
            return
