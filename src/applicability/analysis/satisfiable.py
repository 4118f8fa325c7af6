"""Whether any entity could meet a condition.

`can_hold` answers no only where that is certain: from bounds of numbers, values of choices, nesting of places, and
excluded sets. An official step or a judgement can always succeed, and a limit can always be kept. Used by `lint`, by no
engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import assert_never

from applicability.model.conditions import (
    All,
    Any_,
    Bound,
    Condition,
    Does,
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
)  # fmt: skip
from applicability.model.rulebook import Rulebook

Signed = tuple[Condition, bool]
_LIMIT = 20_000  # branches tried before giving up and answering yes

_OPPOSITE: dict[Bound, Bound] = {"above": "at_most", "at_least": "below", "at_most": "above", "below": "at_least"}


def can_hold(rulebook: Rulebook, *conditions: Condition) -> bool:
    """Whether all the conditions can be met together, for some entity on some day."""
    return _AlternativeSearch(rulebook).run([(condition, True) for condition in conditions], [])


class _AlternativeSearch:
    """Backtracking search over alternatives; a branch ends at the first leaf that contradicts those before it."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.tried = 0

    def run(self, todo: list[Signed], held: list[tuple[Leaf, bool]]) -> bool:
        self.tried += 1
        if self.tried > _LIMIT:
            return True
        todo, held = list(todo), list(held)
        choices: list[tuple[bool, tuple[Condition, ...]]] = []
        fresh = False
        while todo:
            condition, sign = todo.pop()
            match condition:
                case Not(part):
                    todo.append((part, not sign))
                case All(parts) if sign:
                    todo.extend((part, sign) for part in parts)
                case Any_(parts) if not sign:
                    todo.extend((part, sign) for part in parts)
                case All(parts) | Any_(parts):
                    choices.append((sign, parts))
                case _:
                    held.append((condition, sign))
                    fresh = True
        if fresh and not _consistent(self.rulebook, held):
            return False
        if not choices:
            return True
        (sign, parts), *rest = choices
        later: list[Signed] = [((Any_ if each else All)(others), each) for each, others in rest]
        return any(self.run([(part, sign), *later], held) for part in parts)


def _consistent(rulebook: Rulebook, held: list[tuple[Leaf, bool]]) -> bool:
    numbers: dict[str, list[tuple[Bound, Decimal]]] = {}
    choices: dict[str, list[tuple[frozenset[str], bool]]] = {}
    places: list[tuple[tuple[str, ...], bool]] = []
    for leaf, sign in held:
        match leaf:
            case Number(fact, bounds):
                if sign:
                    numbers.setdefault(fact, []).extend(bounds)
                elif len(bounds) == 1 and bounds[0][0] in _OPPOSITE:
                    numbers.setdefault(fact, []).append((_OPPOSITE[bounds[0][0]], bounds[0][1]))
            case OneOf(fact, values):
                choices.setdefault(fact, []).append((values, sign))
            case Does(activities):
                choices.setdefault("activities", []).append((activities, sign))
            case ZoneType(types):
                choices.setdefault("zone_types", []).append((types, sign))
            case InSector(codes):
                choices.setdefault("sector", []).append((frozenset(codes), sign))
            case Within(wanted):
                places.append((wanted, sign))
            case Overtaken(row, document):
                entries = rulebook.entries("overtakes", document, row)
                if sign and all(entry.places for entry in entries):
                    places.append((tuple(place for entry in entries for place in entry.places), True))
            case Step() | Judgement() | Limit():
                pass
            case _:
                assert_never(leaf)
    return (
        all(_number(rulebook, fact, bounds) for fact, bounds in numbers.items())
        and all(_chosen(rulebook, fact, sets) for fact, sets in choices.items())
        and _somewhere(rulebook, places)
    )


def _number(rulebook: Rulebook, fact: str, bounds: list[tuple[Bound, Decimal]]) -> bool:
    """Whether some number in the fact's range satisfies all bounds.

    Every lower bound must leave room below every upper one; of equal bounds neither may be strict.
    """
    declaration = rulebook.facts[fact]
    percent = declaration.type == "percent"
    least = Decimal(0) if percent and declaration.minimum is None else declaration.minimum
    most = Decimal(100) if percent and declaration.maximum is None else declaration.maximum
    low = [(least, False)] if least is not None else []
    high = [(most, False)] if most is not None else []
    for bound, limit in bounds:
        if bound in ("above", "at_least", "equals"):
            low.append((limit, bound == "above"))
        if bound in ("below", "at_most", "equals"):
            high.append((limit, bound == "below"))
    return all(one < other or (one == other and not (open_ or shut)) for one, open_ in low for other, shut in high)


def _chosen(rulebook: Rulebook, fact: str, sets: list[tuple[frozenset[str], bool]]) -> bool:
    """Whether the fact can have a value of every wanted set and of no refused set."""
    wanted = [values for values, sign in sets if sign]
    refused = [value for values, sign in sets if not sign for value in values]
    declaration = rulebook.facts.get(fact)
    if declaration is not None and declaration.type in ("choice", "boolean"):
        known = declaration.values if declaration.type == "choice" else ("true", "false")
        return bool(frozenset(known).intersection(*wanted) - frozenset(refused))
    return all(any(not _covered(rulebook, fact, value, refused) for value in values) for values in wanted)


def _covered(rulebook: Rulebook, fact: str, value: str, refused: Iterable[str]) -> bool:
    """Whether having the value implies having one of those refused."""
    match fact:
        case "sector":
            return any(rulebook.sectors.lies_in(value, one) for one in refused)
        case "zone_types":
            return bool(rulebook.gazetteer.kinds(value) & frozenset(refused))
        case _:
            return value in refused


def _somewhere(rulebook: Rulebook, places: list[tuple[tuple[str, ...], bool]]) -> bool:
    """Whether one place can lie in a place of every wanted list, and in none of a refused list."""
    gazetteer = rulebook.gazetteer
    region: tuple[str, ...] | None = None
    for wanted in (one for one, sign in places if sign):
        if region is None:
            region = tuple(dict.fromkeys(wanted))
            continue
        pairs = ((here, place) for here in region for place in wanted if gazetteer.overlap(here, place))
        region = tuple(dict.fromkeys(place if _inside(rulebook, place, here) else here for here, place in pairs))
    if region is None:
        return True
    refused = tuple(place for one, sign in places if not sign for place in one)
    return any(not any(_inside(rulebook, here, place) for place in refused) for here in region)


def _inside(rulebook: Rulebook, inner: str, outer: str) -> bool:
    """Whether one place lies entirely in the other."""
    gazetteer = rulebook.gazetteer
    if inner in gazetteer.zones and outer in gazetteer.around(inner):
        return True
    zone = gazetteer.zones.get(outer)
    if zone is not None and not zone.whole:
        return inner == outer
    return all(any(gazetteer.lies_in(a, b) for b in gazetteer.areas(outer)) for a in gazetteer.areas(inner))
