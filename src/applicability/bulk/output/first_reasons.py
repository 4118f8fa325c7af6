"""The first reason of a verdict, for a table: the leaf that decides it, worded for all companies of the same classes.

It is one of the leaves that a check would name, of several the one that tells most (`telling_leaves`); of an eligible
measure one that says something of the company rather than that the place is in the scope. A check adds what the company
itself stated; here a sentence is made once for all companies that the rules do not distinguish, so it states only what
the rule requires. Where authorities have to find something, it names the columns of a register that take their answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.distinct import distinct_combinations, distinct_rows, numbered
from applicability.bulk.engine.minmax_terms import ClassTable
from applicability.bulk.engine.pair_table import Codes, CombinationIndex, GrowingArray
from applicability.bulk.engine.verdict_tables import CodedTexts
from applicability.bulk.output.open_limits import LimitStyle, OpenLimits, limit_texts
from applicability.bulk.output.place_gaps import PlaceGaps, ToldPlace, reads_place
from applicability.bulk.output.telling_leaves import TellingLeaves
from applicability.lazy_dataclass import dataclass, field
from applicability.model.conditions import All, Any_, Condition, Judgement, Leaf, Limit, Not, fold, leaves
from applicability.model.frozen import FrozenDict
from applicability.model.leaf_kinds import FINDING
from applicability.model.measure import Measure
from applicability.model.verdict import Verdict
from applicability.report.language.reasons import limiting_words
from applicability.report.language.short_reason import short_reason
from applicability.text import Lang, Text

# The verdicts of each group's leaves (shape (classes, leaves) each), and one company's class in each group.
Vectors = Sequence[NDArray[np.uint8]]
Classes = dict[int, int]
# The verdict of a condition for a company of those classes, and the leaf (or negation) that decides it.
Holds = Callable[[Vectors, Classes], tuple[int, Condition]]
# … and the findings that it waits for.
_Findings = Callable[[Vectors, Classes], tuple[int, tuple[str, ...]]]
_T = TypeVar("_T")
# Where an answer goes that a verdict waits for.
_FOUND = Text(
    "{text}；答复后填入名册的 {names} 列（没有则新增），写“是”或“否”",
    "{text}; once it has answered, add the column {names} to the register, with yes or no",
)
# … of several, each question with the column of its own answer.
# Of a measure with several parts, those that are open.
_PARTS = Text("{text}（只就{parts}部分）", "{text} (for this alone: {parts})")
_EACH = Text("{number}{question}→ 填 `{name}` 列", "({number}) {question}: column `{name}`")
_FOUND_EACH = Text(
    "{questions}。答复后填入名册的各列（没有则新增），写“是”或“否”",
    "{questions}. Once each has answered, add these columns to the register, with yes or no",
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
# The one fact of its business that a company may lack, by the ways of `business_told`.
_BUSINESS: Sequence[Literal["sector", "activities"] | None] = (None, "sector", "activities")
_LACKS = len(_BUSINESS)
_ELIGIBLE, _INELIGIBLE = int(Verdict.ELIGIBLE), int(Verdict.INELIGIBLE)


class LeafKinds:
    """Merges a group's classes that some leaves do not distinguish into kinds, far fewer than the classes."""

    def __init__(self, places: tuple[int, ...]) -> None:
        self.first: list[int] = []  # one class of each kind
        self._places = list(places)
        self._kinds: dict[bytes, int] = {}
        self._of: Codes = np.zeros(0, np.int32)

    def of(self, vectors: NDArray[np.uint8]) -> Codes:
        """The kind of each class of the group so far (int32, shape (classes,))."""
        if len(self._of) < len(vectors):
            start = len(self._of)
            read = vectors[start:, self._places]
            firsts, which = distinct_rows([*np.ascontiguousarray(read.T)])
            kinds = np.empty(firsts.size, np.int32)
            for place, row in enumerate(firsts.tolist()):
                kinds[place] = self._kinds.setdefault(read[row].tobytes(), len(self.first))
                if kinds[place] == len(self.first):
                    self.first.append(start + row)
            self._of = np.concatenate((self._of, kinds[which]))
        return self._of


# The kinds of a group's classes, by the group and the places of the leaves that tell them apart.
KnownKinds = dict[tuple[int, tuple[int, ...]], LeafKinds]


def kinds_read(condition: Condition, table: ClassTable, known: KnownKinds) -> dict[int, LeafKinds]:
    """The groups that a condition reads, with the kinds of each; those in `known` are shared, new ones added."""
    places: dict[int, set[int]] = {}
    for leaf in leaves(condition):
        group, place = table.place(leaf)
        places.setdefault(group, set()).add(place)
    keys = [(group, tuple(sorted(places[group]))) for group in sorted(places)]
    return {key[0]: known.setdefault(key, LeafKinds(key[1])) for key in keys}


# What a text is told of: measure, leaf, verdict, whether of the scope, limits, findings and open parts.
_TextKey = tuple[int, Condition, int, bool, OpenLimits, tuple[str, ...], tuple[Text, ...]]


class Reasons:
    """The reasons of verdicts, computed once for the classes that a measure does not distinguish."""

    def __init__(self, table: ClassTable, measures: Sequence[Measure], lang: Lang) -> None:
        self.texts: list[str] = []
        self.limits: list[OpenLimits] = []
        # What is told of a verdict: the places of its reason in `texts`, by what a company lacks of its business, and
        # that of its limits in `limits`.
        self._told: list[tuple[int, int, int, int]] = []
        self._measures = measures
        self._lang = lang
        self._rulebook = table.rulebook
        self._ids: dict[_TextKey, int] = {}
        self._places: dict[str, int] = {}
        # Of what waits for the place, the measure, the condition and whether it is of the scope.
        self._of_place: list[tuple[Measure, Condition, bool] | None] = []
        self._gaps = PlaceGaps(table.rulebook)
        self._by_gaps: dict[tuple[int, int, tuple[str, ...]], int] = {}
        self._limit_places: dict[OpenLimits, int] = {}
        self._apart: KnownKinds = {}
        telling = TellingLeaves(table.rulebook)
        self._groups = [kinds_read(_whole(one), table, self._apart) for one in measures]
        self._numbers = [CombinationIndex(len(groups)) for groups in self._groups]
        self._found = [GrowingArray() for _ in measures]
        self._scopes = [_holds(_scope(one), table, telling) for one in measures]
        self._limbs = [[_holds(limb.when, table, telling) for limb in one.usable] for one in measures]
        self._words = [limiting_words(one) for one in measures]
        self._findings = [_findings(_whole(one), table) for one in measures]

    def of(
        self,
        vectors: Vectors,
        codes: Sequence[Codes],
        rows: NDArray[np.int64],
        measures: NDArray[np.int64],
        lacks: NDArray[np.int8] | None = None,
        table: Any = None,
    ) -> NDArray[np.int32]:
        """For each line the place of its reason in `texts` and of its limits in `limits` (int32, shape (2, n)).

        `rows` are rows of companies in `codes`, `measures` indices of measures (int64, shape (n,)), and `lacks`
        says what each company lacks of its business (int8); by the `table` of their facts a reason names what they lack
        of their place.
        """
        found = np.empty(rows.size, np.int32)
        order = np.argsort(measures.astype(np.int16), kind="stable")
        ends = np.cumsum(np.bincount(measures, minlength=1))
        for index, part in enumerate(np.split(order, ends[:-1])):
            if part.size:
                found[part] = self._of_one(index, vectors, codes, rows[part])
        told = np.array(self._told, np.int32).reshape(-1, _LACKS + 1)
        places = np.empty((2, rows.size), np.int32)
        for own, column in enumerate((0, _LACKS)):
            places[own] = told[:, column].take(found)
        # Few reasons are worded by what a company lacks.
        varied = (told[:, 1:_LACKS] != told[:, :1]).any(axis=1)
        if lacks is not None and varied.any():
            lines = np.flatnonzero(varied.take(found))
            places[0, lines] = told[found[lines], lacks[rows[lines]]]
        waits = np.array([one is not None for one in self._of_place], np.bool_)
        if table is not None and (lines := np.flatnonzero(waits.take(found))).size:
            own_lacks = np.zeros(lines.size, np.int8) if lacks is None else lacks[rows[lines]]
            places[0, lines] = self._named_gaps(found[lines], own_lacks, rows[lines], table)
        return places

    def _named_gaps(self, found: Codes, lacks: NDArray[np.int8], rows: NDArray[np.int64], table: Any) -> Codes:
        """The places in `texts` of the reasons that name what companies lack of their place."""
        own, at = numbered(rows)
        which, told = self._gaps.told(table, own)
        met = found, lacks, which[at]
        each, back = distinct_combinations(met)
        named = [self._with_gaps(told_of, lack, told[place]) for told_of, lack, place in each]
        places: Codes = np.array(named, np.int32)[back]
        return places

    def _with_gaps(self, told: int, lack: int, place: ToldPlace) -> int:
        waits = self._of_place[told]
        assert waits is not None
        measure, condition, of_scope = waits
        gaps = self._gaps.of(condition, place)
        key = told, lack, gaps
        if key not in self._by_gaps:
            text = short_reason(
                self._rulebook, measure, condition, Verdict.NEEDS_INFO, of_scope=of_scope, business=_BUSINESS[lack],
                place=gaps,
            )  # fmt: skip
            self._by_gaps[key] = _place(text.of(self._lang), self.texts, self._places)
        return self._by_gaps[key]

    def _of_one(self, index: int, vectors: Vectors, codes: Sequence[Codes], rows: NDArray[np.int64]) -> Codes:
        groups, known, numbers = self._groups[index], self._found[index], self._numbers[index]
        if not groups:
            return np.full(rows.size, self._made(index, vectors, {}), np.int32)
        which = numbers([apart.of(vectors[group]).take(codes[group].take(rows)) for group, apart in groups.items()])
        for parts in numbers.parts[len(known) :]:
            met = zip(groups.items(), parts, strict=True)
            known.append(self._made(index, vectors, {group: apart.first[kind] for (group, apart), kind in met}))
        return known.at(which)

    def _made(self, index: int, vectors: Vectors, classes: Classes) -> int:
        measure = self._measures[index]
        scope = self._scopes[index](vectors, classes)
        held = [limb(vectors, classes) for limb in self._limbs[index]]
        best = max(range(len(held)), key=lambda place: held[place][0])
        verdict, leaf = min(scope, held[best], key=_verdict)
        of_scope = leaf is scope[1]
        if verdict == _ELIGIBLE and not isinstance(held[best][1], (All, Any_, Limit)):
            of_scope, leaf = False, held[best][1]
        limits = self._open(index, held) if verdict >= Verdict.CONDITIONAL else OpenLimits()
        findings = self._findings[index](vectors, classes)[1] if verdict == Verdict.CONDITIONAL else ()
        parts = self._open_parts(index, held) if verdict >= Verdict.CONDITIONAL else ()
        key = (index, leaf, verdict, of_scope, limits, findings, parts)
        if key not in self._ids:
            texts = [
                _of_parts(
                    short_reason(self._rulebook, measure, leaf, Verdict(verdict), of_scope=of_scope, business=business),
                    parts,
                )
                for business in _BUSINESS
            ]
            if len(findings) == 1:
                names = f"`{FINDING}{findings[0]}`"
                texts = [
                    Text(_FOUND.zh.format(text=one.zh, names=names), _FOUND.en.format(text=one.en, names=names))
                    for one in texts
                ]
            elif findings:
                texts = [_of_parts(self._of_each(measure, findings), parts)] * len(texts)
            self._ids[key] = len(self._told)
            both, sector, activities = (_place(one.of(self._lang), self.texts, self._places) for one in texts)
            self._told.append((both, sector, activities, _place(limits, self.limits, self._limit_places)))
            waits = verdict == Verdict.NEEDS_INFO and reads_place(leaf)
            self._of_place.append((measure, leaf, of_scope) if waits else None)
        return self._ids[key]

    def _of_each(self, measure: Measure, findings: Sequence[str]) -> Text:
        """What authorities have to find, each with the column that takes the answer."""
        asked = {one.key: one for one in leaves(_whole(measure)) if isinstance(one, Judgement)}
        parts = []
        for number, key in enumerate(findings, 1):
            said = short_reason(self._rulebook, measure, asked[key], Verdict.CONDITIONAL, of_scope=False)
            circled = _CIRCLED[number - 1] if number <= len(_CIRCLED) else f"{number}. "
            name = f"{FINDING}{key}"
            parts.append(
                Text(
                    _EACH.zh.format(number=circled, question=said.zh, name=name),
                    _EACH.en.format(number=number, question=said.en, name=name),
                )
            )
        zh, en = "；".join(one.zh for one in parts), "; ".join(one.en for one in parts)
        return Text(_FOUND_EACH.zh.format(questions=zh), _FOUND_EACH.en.format(questions=en))

    def _open_parts(self, index: int, held: Sequence[tuple[int, Condition]]) -> tuple[Text, ...]:
        """The titles of the limbs with the highest verdict, where others of the measure are less open."""
        highest, measure = max(map(_verdict, held)), self._measures[index]
        limbs = zip(measure.usable, held, strict=True)
        own = tuple(limb.title for limb, (verdict, _) in limbs if verdict == highest)
        return own if len(own) < len(measure.limbs) else ()

    def _open(self, index: int, held: Sequence[tuple[int, Condition]]) -> OpenLimits:
        """The limits of all limbs with the highest verdict, each once."""
        highest = max(map(_verdict, held))
        limbs = zip(self._measures[index].usable, held, strict=True)
        own = {one.key: one for limb, (verdict, _) in limbs if verdict == highest for one in limb.limits}
        return OpenLimits(tuple(own.values()), self._words[index])


def _of_parts(text: Text, parts: Sequence[Text]) -> Text:
    """A reason with the parts of the measure that alone are open; as it is where all are."""
    if not parts:
        return text
    zh, en = "、".join(f"“{one.zh}”" for one in parts), "; ".join(one.en for one in parts)
    return Text(_PARTS.zh.format(text=text.zh, parts=zh), _PARTS.en.format(text=text.en, parts=en))


def _place(one: _T, held: list[_T], places: dict[_T, int]) -> int:
    """The place of something among those told so far."""
    place = places.setdefault(one, len(held))
    if place == len(held):
        held.append(one)
    return place


def _verdict(held: tuple[int, object]) -> int:
    return held[0]


def _holds(condition: Condition, table: ClassTable, telling: TellingLeaves) -> Holds:
    """What decides a condition: in `all` the lowest part, of several such the one that tells most, and in `any` the
    highest, of several such the first.
    """

    def leaf(one: Leaf) -> Holds:
        group, place = table.place(one)
        return lambda vectors, classes: (int(vectors[group][classes[group], place]), one)

    def negated(whole: Not, part: Holds) -> Holds:
        return lambda vectors, classes: (_ELIGIBLE - part(vectors, classes)[0], whole)

    return fold(
        condition,
        leaf,
        lambda parts: _first(min, parts, (_ELIGIBLE, All(())), lambda one: (one[0], telling.rank(one[1], one[0]))),
        lambda parts: _first(max, parts, (_INELIGIBLE, Any_(()))),
        negated,
    )


def _findings(condition: Condition, table: ClassTable) -> _Findings:
    """The findings, by key, that a condition waits for: of `all` those of each part, of `any` those of the first."""

    def leaf(one: Leaf) -> _Findings:
        group, place = table.place(one)
        own = (one.key,) if isinstance(one, Judgement) else ()
        return lambda vectors, classes: (int(vectors[group][classes[group], place]), own)

    def every(parts: Sequence[_Findings]) -> _Findings:
        def held(vectors: Vectors, classes: Classes) -> tuple[int, tuple[str, ...]]:
            told = [part(vectors, classes) for part in parts]
            verdict = min((one for one, _ in told), default=_ELIGIBLE)
            return verdict, tuple(dict.fromkeys(key for one, own in told if one == verdict for key in own))

        return held

    def best(parts: Sequence[_Findings]) -> _Findings:
        return lambda vectors, classes: max(
            (one(vectors, classes) for one in parts), key=_verdict, default=(_INELIGIBLE, ())
        )

    def negated(whole: Not, part: _Findings) -> _Findings:
        return lambda vectors, classes: (_ELIGIBLE - part(vectors, classes)[0], ())

    return fold(condition, leaf, every, best, negated)


def _first(
    best: Any, parts: Sequence[Holds], nothing: tuple[int, Condition], key: Callable[..., Any] = _verdict
) -> Holds:
    return lambda vectors, classes: best([part(vectors, classes) for part in parts], key=key, default=nothing)


@dataclass(frozen=True)
class LineText:
    """The texts of the lines of one batch; with a style also of the limits, by which companies keep them."""

    known: Reasons
    vectors: Vectors
    codes: Sequence[Codes]
    lang: Lang
    style: LimitStyle | None = None
    kept: Mapping[str, NDArray[np.bool_]] = field(default_factory=FrozenDict)
    lacks: NDArray[np.int8] | None = None
    table: Any = None

    def title(self, measure: Measure) -> str:
        """The title of a measure."""
        return measure.title.of(self.lang)

    def of(self, rows: NDArray[np.int64], measures: NDArray[np.int64]) -> tuple[CodedTexts, ...]:
        """The reason of each line, then its limits where they are told: indices into a list of texts, and it."""
        reasons, limits = self.known.of(self.vectors, self.codes, rows, measures, self.lacks, self.table)
        told = (reasons, self.known.texts)
        if self.style is None:
            return (told,)
        return told, limit_texts(self.known.limits, limits, rows, self.kept, self.style, self.lang)


def _whole(measure: Measure) -> Condition:
    assert measure.condition is not None
    return measure.condition


def _scope(measure: Measure) -> Condition:
    assert measure.scope is not None
    return measure.scope
