"""A compiled program: the rulebook's leaves, named, and each measure as a verdict over them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from applicability.export.expressions import (
    Constant,
    Greatest,
    LeafVerdict,
    Least,
    Opposite,
    VerdictExpression,
    renamed,
)
from applicability.export.leaves import ELIGIBLE, INELIGIBLE, LeafExpressions
from applicability.lazy_dataclass import dataclass, replace
from applicability.model.conditions import Condition, Leaf, bare_leaf, fold
from applicability.model.facts import Facts
from applicability.model.measure import Measure
from applicability.model.places import Whereabouts
from applicability.model.rulebook import Rulebook
from applicability.report.language.render_condition import ConditionRenderer
from applicability.text import Lang

_NOBODY = Facts({}, Whereabouts(), datetime.date.min, {})


@dataclass(frozen=True)
class NamedLeaf:
    """A leaf with its name, its verdict, and its requirement as text."""

    name: str
    verdict: VerdictExpression
    asks: str


@dataclass(frozen=True)
class CompiledMeasure:
    """A measure that has verdicts, over named leaves."""

    measure: Measure
    name: str
    verdict: VerdictExpression


@dataclass(frozen=True)
class Program:
    """Leaves and measures, in order of first use."""

    rulebook: Rulebook
    day: datetime.date
    leaves: tuple[NamedLeaf, ...]
    measures: tuple[CompiledMeasure, ...]


def program_of(rulebook: Rulebook, measures: Sequence[Measure], day: datetime.date, lang: Lang) -> Program:
    """Compiles the rules of some measures, for a day."""
    compiler = _MeasureCompiler(LeafExpressions(rulebook, day), lang, {})
    several = len({measure.document for measure in rulebook.measures}) > 1
    found = []
    for measure in measures:
        if measure.condition is not None:
            name = f"{measure.document}:{measure.row}" if several else str(measure.row)
            found.append(CompiledMeasure(measure, name, compiler.over(measure.condition)))
    return Program(rulebook, day, tuple(compiler.leaves.values()), tuple(found))


def clear_of(program: Program, taken: Iterable[str]) -> Program:
    """The program with its leaves renamed to avoid the taken names, ignoring case."""
    names = {name.casefold() for name in taken}
    prefix = ""
    while any(f"{prefix}{leaf.name}".casefold() in names for leaf in program.leaves):
        prefix += "_"
    if not prefix:
        return program
    new = {leaf.name: f"{prefix}{leaf.name}" for leaf in program.leaves}
    leaves = tuple(replace(leaf, name=new[leaf.name]) for leaf in program.leaves)
    measures = tuple(replace(one, verdict=renamed(one.verdict, new)) for one in program.measures)
    return replace(program, leaves=leaves, measures=measures)


@dataclass
class _MeasureCompiler:
    expressions: LeafExpressions
    lang: Lang
    leaves: dict[VerdictExpression, NamedLeaf]

    def over(self, condition: Condition) -> VerdictExpression:
        return fold(
            condition,
            lambda leaf: LeafVerdict(self._leaf(leaf).name),
            lambda parts: _joined(Least, parts, ELIGIBLE),
            lambda parts: _joined(Greatest, parts, INELIGIBLE),
            lambda _, part: Opposite(part),
        )

    def _leaf(self, leaf: Leaf) -> NamedLeaf:
        """The named leaf; equivalent leaves share one."""
        verdict = self.expressions.of(leaf)
        if verdict not in self.leaves:
            words = ConditionRenderer(self.expressions.rulebook, _NOBODY).requires(bare_leaf(leaf)).of(self.lang)
            self.leaves[verdict] = NamedLeaf(f"leaf_{len(self.leaves) + 1}", verdict, words)
        return self.leaves[verdict]


def _joined(how: type[Least] | type[Greatest], parts: Sequence[VerdictExpression], nothing: int) -> VerdictExpression:
    if not parts:
        return Constant(nothing)
    return parts[0] if len(parts) == 1 else how(tuple(parts))
