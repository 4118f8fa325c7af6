"""Compiles conditions to forward-chaining rules: a name for every formula, and rules that conclude it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from applicability.analysis.levels import FALSE, LEVELS, TRUE, And, Atom, Formula, Mode, Or, at_least, simplify
from applicability.engines.rete.fact_names import FactNames
from applicability.engines.rete.names import PART, conclusion, derivation_label, leaf_name, reached
from applicability.engines.rete.rules import Pattern, Rule
from applicability.model.conditions import (
    Bound,
    Condition,
    Does,
    InSector,
    Judgement,
    Leaf,
    Limit,
    Number,
    OneOf,
    Overtaken,
    Step,
    Within,
    ZoneType,
    bare,
)
from applicability.model.leaf_kinds import kind_of, requires
from applicability.model.rulebook import Entry, Rulebook

# For each level the name that is concluded if it is reached; True or False if that is known beforehand.
Levels = tuple[str | bool, ...]


class Compiler:
    """Compiles the conditions of a rulebook; without `limits` every limit counts as kept."""

    def __init__(self, rulebook: Rulebook, names: FactNames | None = None, *, limits: bool = True) -> None:
        self.rulebook = rulebook
        self._limits = limits
        self._atoms: dict[Atom, str] = {}
        self._nodes: dict[Formula, str] = {}
        self._taken: set[str] = set()
        self._unsure: set[str] = set()
        self._groups = {places: name for name, places in rulebook.groups.items()}
        self._leaf_rules: list[Rule] = []
        self._parts: Counter[str] = Counter()
        self.names = names or FactNames(rulebook)

    # Rules -------------------------------------------------------------------------------------------------------

    def levels(self, label: str, condition: Condition, rules: list[Rule]) -> Levels:
        """The names of "this is at least k" for each level; the rules that conclude them are added to `rules`."""
        own = bare(condition)
        # Highest level first, so that a formula shared by several levels is named after the highest.
        return tuple(reversed([self._level(label, own, level, rules) for level in reversed(LEVELS)]))

    def _level(self, label: str, condition: Condition, level: int, rules: list[Rule]) -> str | bool:
        formula = simplify(at_least(condition, level), self._settled)
        if formula in (TRUE, FALSE):
            return formula == TRUE
        return self._node(formula, reached(label, level), rules)

    def least(self, label: str, scope: Levels, limbs: list[Levels], rules: list[Rule]) -> Levels:
        """The levels of a measure: its scope, and any of its limbs."""
        found: dict[tuple[str | bool, ...], str | bool] = {}
        columns = list(zip(LEVELS, zip(scope, *limbs, strict=True), strict=True))
        for level, parts in reversed(columns):
            if parts not in found:
                found[parts] = self._both(reached(label, level), parts[0], parts[1:], rules)
        return tuple(found[parts] for _, parts in columns)

    def _both(self, name: str, scope: str | bool, limbs: tuple[str | bool, ...], rules: list[Rule]) -> str | bool:
        live = [limb for limb in limbs if limb is not False]
        if scope is False or not live:
            return False
        if True in live:
            return scope
        if scope is True and len(live) == 1:
            return live[0]
        for limb in live:
            parts = (part for part in (scope, limb) if isinstance(part, str))
            rules.append(Rule(name, tuple(Pattern(part) for part in parts), (name,)))
        return name

    def _settled(self, atom: Atom) -> bool | None:
        """Whether an atom is known beforehand: a step that no entry of the register could record is false."""
        if isinstance(atom.leaf, Limit) and not self._limits:
            return atom.mode in ("true", "possible")
        if kind_of(atom.leaf).nature == "step" and atom.mode in ("true", "possible"):
            return None if any(self._ways(atom.leaf, atom.mode)) else False
        return None

    def _node(self, formula: Formula, name: str, rules: list[Rule]) -> str:
        """The name of a formula; one shared by several parts is concluded once."""
        if isinstance(formula, Atom):
            return self._atom(formula)
        if formula not in self._nodes:
            self._nodes[formula] = name
            for branch in [formula.parts] if isinstance(formula, And) else _branches(formula):
                parts = tuple(Pattern(self._part(part, name, rules)) for part in branch)
                rules.append(Rule(name, parts, (name,)))
        return self._nodes[formula]

    def _part(self, formula: Formula, whole: str, rules: list[Rule]) -> str:
        """The name of a part of a formula: its own, or that of the formula and a number."""
        if isinstance(formula, Atom) or formula in self._nodes:
            return self._node(formula, whole, rules)
        self._parts[whole] += 1
        return self._node(formula, f"{whole}{PART}{self._parts[whole]}", rules)

    def leaves(self) -> list[Rule]:
        """The rules that decide every leaf compiled so far."""
        return self._leaf_rules

    def _atom(self, atom: Atom) -> str:
        if atom not in self._atoms:
            name = f"{leaf_name(atom.leaf, self._groups)}: {atom.mode}"
            if name in self._taken:
                name = f"{name} ({len(self._atoms)})"
            self._taken.add(name)
            self._atoms[atom] = name
            for patterns in self._ways(atom.leaf, atom.mode):
                self._leaf_rules.append(Rule(name, patterns, (name,)))
        return self._atoms[atom]

    def _ways(self, leaf: Leaf, mode: Mode) -> Iterator[tuple[Pattern, ...]]:
        """Each way in which a leaf is true in a mode: patterns that must all match."""
        missing = mode in ("possible", "doubtful")
        positive = mode in ("true", "possible")
        match leaf:
            case Number(fact):
                ranks = self._ranks(leaf) if positive else self._other_ranks(leaf)
                for low, high in ranks:
                    yield (Pattern(fact, low, high),)
                yield from self._bounded(leaf, mode)
                if missing:
                    yield (Pattern(f"{fact} is missing"),)
            case OneOf(fact, values) if self.rulebook.facts[fact].type == "choices":
                yield from self._any_of("has", [f"{fact}={value}" for value in sorted(values)], mode, "have")
                if missing:
                    yield (Pattern(f"{fact} is missing"),)
            case OneOf(fact, values):
                yield from _each("has", [f"{fact}={value}" for value in sorted(values)], positive)
                if missing:
                    yield (Pattern(f"{fact} is missing"),)
            case Within() | ZoneType() | InSector():
                yield from self._any_of(_VERBS[type(leaf)], requires(leaf), mode)
            case Does():
                yield from self._any_of("does", requires(leaf), mode, "do")
            case Step(step, row, document):
                entries = self.rulebook.entries("records", document, row)
                yield from self._held([e for e in entries if e.step in (None, step)], missing)
            case Overtaken(row, document):
                yield from self._held(self.rulebook.entries("overtakes", document, row), missing)
            case Judgement(key):
                yield (Pattern(f"{key} is granted"),)
                if mode != "true":
                    yield (Pattern(f"{key} is open"),)
                if missing:
                    yield (Pattern(f"{key} may be granted"),)
            case Limit(key):
                kept, unkept = Pattern(f"{key} is kept"), Pattern(f"{key} is not kept")
                yield (kept if positive else unkept,)
                if missing:
                    yield (Pattern(f"{key} may be kept"),)

    def _any_of(
        self, verb: str, objects: Iterable[str], mode: Mode, infinitive: str = ""
    ) -> Iterator[tuple[Pattern, ...]]:
        """The ways in which any of several objects matches; one may be certain while another is open."""
        may, every = f"may {infinitive or f'be {verb}'}", list(objects)
        match mode:
            case "true" | "false":
                yield from _each(verb, every, mode == "true")
            case "possible":
                yield from ((Pattern(f"{how} {each}"),) for each in every for how in (verb, may))
            case "doubtful":
                for each in every:
                    unsure = f"not surely {verb} {each}"
                    if unsure not in self._unsure:
                        self._unsure.add(unsure)
                        for how in (f"not {verb}", may):
                            self._leaf_rules.append(Rule(unsure, (Pattern(f"{how} {each}"),), (unsure,)))
                yield tuple(Pattern(f"not surely {verb} {each}") for each in every)

    def _held(self, entries: Iterable[Entry], missing: bool) -> Iterator[tuple[Pattern, ...]]:
        for entry in entries:
            force = Pattern(f"{entry.id} is in force")
            if not entry.places:
                yield (force,)
            for place in entry.places:
                yield force, Pattern(f"in {place}")
                if missing:
                    yield force, Pattern(f"may be in {place}")

    def derivations(self) -> tuple[list[Rule], list[Rule]]:
        """The rules for leaves of the derivations, and the rules that derive facts from facts."""
        rules: list[Rule] = []
        for derivation in self.rulebook.derivations:
            if derivation.when is not None:
                formula = at_least(bare(derivation.when), 4)
                held = Pattern(self._node(formula, derivation_label(derivation), rules))
                rules.append(Rule(derivation.id, (held,), (conclusion(derivation),)))
        leaf_rules = self._leaf_rules
        # The main program decides its leaves again, since they may read facts derived here.
        self._leaf_rules, self._atoms, self._nodes, self._unsure = [], {}, {}, set()
        return leaf_rules, rules

    # Numbers -----------------------------------------------------------------------------------------------------

    def _ranks(self, leaf: Number) -> list[tuple[int, int]]:
        low, high = 0, 2 * len(self.names.limits[leaf.fact])
        for bound, limit in leaf.bounds:
            at = self.names.rank(leaf.fact, limit)
            low, high = max(low, _LOWS[bound](at)), min(high, _HIGHS[bound](at, high))
        return [(low, high)] if low <= high else []

    def _bounded(self, leaf: Leaf, mode: Mode) -> Iterator[tuple[Pattern, ...]]:
        """The ways in which a number that is known within bounds is so: all, some, none or not all of these meet it."""
        assert isinstance(leaf, Number)
        least, greatest, top = f"{leaf.fact} from", f"{leaf.fact} to", 2 * len(self.names.limits[leaf.fact])
        ranks = self._ranks(leaf)
        if not ranks:
            if mode in ("false", "doubtful"):
                yield (Pattern(least, 0, top),)
            return
        ((low, high),) = ranks
        match mode:
            case "true":
                yield Pattern(least, low, top), Pattern(greatest, 0, high)
            case "possible":
                yield Pattern(least, 0, high), Pattern(greatest, low, top)
            case "false" | "doubtful":
                below, above = (greatest, least) if mode == "false" else (least, greatest)
                if low > 0:
                    yield (Pattern(below, 0, low - 1),)
                if high < top:
                    yield (Pattern(above, high + 1, top),)

    def _other_ranks(self, leaf: Number) -> list[tuple[int, int]]:
        top = 2 * len(self.names.limits[leaf.fact])
        ranks = self._ranks(leaf)
        if not ranks:
            return [(0, top)]
        ((low, high),) = ranks
        return [span for span in ((0, low - 1), (high + 1, top)) if span[0] <= span[1]]


# Verbs for the names of place and sector facts; "may be" is put before them for uncertain ones.
_VERBS: dict[type[Leaf], str] = {Within: "in", ZoneType: "in type", InSector: "in sector"}
_LOWS: dict[Bound, Callable[[int], int]] = {
    "above": lambda at: at + 1,
    "at_least": lambda at: at,
    "equals": lambda at: at,
    "at_most": lambda at: 0,
    "below": lambda at: 0,
}
_HIGHS: dict[Bound, Callable[[int, int], int]] = {
    "above": lambda at, top: top,
    "at_least": lambda at, top: top,
    "equals": lambda at, top: at,
    "at_most": lambda at, top: at,
    "below": lambda at, top: at - 1,
}


def _branches(formula: Formula) -> list[tuple[Formula, ...]]:
    """The ways in which a formula can be true: an `or` has one for each part."""
    if not isinstance(formula, Or):
        return [(formula,)]
    return [part.parts if isinstance(part, And) else (part,) for part in formula.parts]


def _each(verb: str, objects: list[str], positive: bool) -> Iterator[tuple[Pattern, ...]]:
    """Any of the objects; or, negated, none of them."""
    if positive:
        yield from ((Pattern(f"{verb} {each}"),) for each in objects)
    else:
        yield tuple(Pattern(f"not {verb} {each}") for each in objects)
