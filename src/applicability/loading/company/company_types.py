"""Company types: the facts that their wordings imply, those they exclude, and notes on them."""

from __future__ import annotations

import itertools
import math
import operator
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from applicability.lazy_dataclass import dataclass, field
from applicability.loading.company.share_values import NoShare, Share, ranged
from applicability.loading.company.shares import numbers_in, shares_of
from applicability.loading.profile.parts import whole_name
from applicability.model.bilingual import meanings
from applicability.model.frozen import FrozenDict
from applicability.model.headings import CompanyTypeWording
from applicability.model.partial import Interval, interval_of
from applicability.model.rulebook import Rulebook
from applicability.text import Text

# Whether a number is within a bound, by the name of the bound.
_WITHIN: Mapping[str, Callable[[float, float], bool]] = {
    "above": operator.gt, "at_least": operator.ge, "equals": operator.eq, "at_most": operator.le, "below": operator.lt,
}  # fmt: skip
# Stands for any number that no wording names.
_OTHER = math.inf
# The fact that a type which tells who owns a company leaves open in silence, unless a note says so.
_KIND = "entity_kind"
_NO_KIND = Text("类型未载明主体类型，须另填", "the type tells no kind of entity: it has to be given")
# What stands in brackets behind a type and tells nothing of who owns the company: whether its shares are listed.
_ASIDE = re.compile(r"\((?:上市|未上市|非上市|已上市|vie|listed|unlisted)\)$")

# An investor from one place abroad in the words of a type: 日资企业; 中日合资.
_OF_ORIGIN = re.compile(
    r"中(?P<side>[^外方])合[资作](?:经营)?(?:企业|公司)?|(?P<origin>[^()0-9a-z]{1,4})资(?:企业|公司)?"
)
_GENERAL = ("外", "港", "澳", "台")


@dataclass(frozen=True)
class TypeFacts:
    """What a company type implies, given the facts that the company states.

    `gives` are the facts it adds, in the order of the wordings; `notes` are notes, each with the fact it is about;
    `against` are the facts that contradict it, each with the value of an earlier wording, None for the company's own;
    `narrows` are facts that the company states in part, as they are known by both.
    """

    gives: Mapping[str, str]
    notes: tuple[tuple[str, Text], ...]
    against: tuple[tuple[str, str | None], ...]
    narrows: Mapping[str, str]


@dataclass(frozen=True)
class JointFacts:
    """What several company types of one company imply together.

    `gives` and `notes` have beside each fact the place of the type that says it; `against` are facts that contradict a
    type, with the value of an earlier wording and the place of the type; `apart` are facts that two types contradict
    each other about, with the places of both; `narrows` are facts that the company states in part, as `gives` has them;
    `unnamed` are facts that have no value for it.
    """

    gives: Mapping[str, tuple[str, int]]
    notes: tuple[tuple[str, Text, int], ...]
    against: tuple[tuple[str, str | None, int], ...]
    apart: tuple[tuple[str, int, int], ...] = ()
    narrows: Mapping[str, tuple[str, int]] = field(default_factory=FrozenDict)
    unnamed: frozenset[str] = frozenset()


class CompanyTypes:
    """Reads company types by the wordings of one rulebook; `columns` are the facts that a register can give.

    `facts` are those of them that a wording refers to, or parts of such a fact.
    """

    def __init__(self, rulebook: Rulebook, columns: Collection[str]) -> None:
        self._types = types = (*_own_names(rulebook), *rulebook.headings.types)
        asked = dict.fromkeys(
            _whole(fact) for one in types for fact in (*one.tells, *one.excludes, *one.only, *one.settles)
        )
        told = [(fact, value) for one in types for fact, value in one.gives.items()]
        told += [(fact, value) for one in types for fact, values in one.excludes.items() for value in values]
        named = ((*one.only.items(), *one.usually.items(), *one.seldom.items()) for one in types)
        told += [(fact, value) for own in named for fact, value in own]
        numbers: dict[str, set[float | None]] = {}
        for fact, value in told:
            numbers.setdefault(fact, set()).add(_number(value))
        self.facts = tuple(fact for fact in columns if _whole(fact) in asked)
        self._shares = shares_of(rulebook)
        self._percentages = {name for name, one in rulebook.facts.items() if one.type == "percent"}
        self._numbers = numbers
        self._holds = [tuple(map(_bare, one.holds)) for one in types]
        self._whole = [frozenset(map(_bare, one.whole)) for one in types]

    def wordings(self, cell: str) -> tuple[int, ...]:
        """The places of the wordings that a type holds, each with a fact that no earlier one has settled."""
        if (said := meanings(cell, lambda half: self._wordings(half) or None)) is not None:
            # In two languages the type has to be one: of two that contradict each other neither is known.
            return () if self.together(said, {}).apart else self._unsettled(sorted({*said[0], *said[1]}))
        return self._wordings(cell)

    def _wordings(self, cell: str) -> tuple[int, ...]:
        text = self._general(_bare(cell))
        alone = _ASIDE.sub("", text)
        found = enumerate(zip(self._holds, self._whole, strict=True))
        return self._unsettled(
            place
            for place, (holds, whole) in found
            if text in whole or alone in whole or any(one in text for one in holds)
        )

    def _general(self, text: str) -> str:
        """A type with 外资 and 中外 for the investors of one place abroad that it names: 日资企业, 中日合资."""
        found = _OF_ORIGIN.fullmatch(text)
        if found is None:
            return text
        if found["side"] is not None:
            return f"中外{text[2:]}" if self._shares.is_abroad(f"{found['side']}资") else text
        named = found["origin"] not in _GENERAL and self._shares.is_abroad(f"{found['origin']}资")
        return f"外资{text[len(found['origin']) + 1 :]}" if named else text

    @cached_property
    def _kinds(self) -> bool:
        """Whether types tell the kind of entity at all, by these rules."""
        return any(_KIND in (*one.tells, *one.settles) for one in self._types)

    def together(self, types: Sequence[tuple[int, ...]], told: Mapping[str, float | None]) -> JointFacts:
        """What types imply together, each given by its wordings, as one text that holds all of them would; what two of
        them contradict each other about is missing.
        """
        apart: dict[str, tuple[str, int, int]] = {}
        alone = [self.said(own, {}, presumes=False).gives for own in types]
        for one, gives in enumerate(alone):
            for other, own in enumerate(types):
                for fact in gives:
                    # A fact of its own column counts, as beside one type; only a share has to be the same.
                    if other != one and (fact not in told or fact == "foreign_share"):
                        differs = alone[other].get(fact, gives[fact]) != gives[fact]
                        if differs or self._contradicts(own, fact, gives[fact]):
                            apart.setdefault(_whole(fact), (_whole(fact), min(one, other), max(one, other)))
        of = {place: at for at in reversed(range(len(types))) for place in types[at]}
        places = self._unsettled(sorted(of))
        said = self.said(places, told)
        told_of = (*said.gives, *said.narrows, *(one[0] for one in (*said.notes, *said.against)))
        facts = dict.fromkeys(told_of)
        by = {
            fact: next((of[one] for one in sorted(of) if self._is_about(one, fact)), min(of.values())) for fact in facts
        }
        return JointFacts(
            {fact: (value, by[fact]) for fact, value in said.gives.items() if _whole(fact) not in apart},
            tuple((fact, note, by[fact]) for fact, note in said.notes if fact not in apart),
            tuple((fact, value, by[fact]) for fact, value in said.against if fact not in apart),
            tuple(apart.values()),
            {fact: (value, by[fact]) for fact, value in said.narrows.items() if fact not in apart},
            frozenset(fact for place in places for fact in self._types[place].unnamed if fact not in said.gives),
        )

    def only(self, types: Sequence[tuple[int, ...]]) -> frozenset[str]:
        """The facts of which types leave one value only, whatever they tell of it."""
        places = self._unsettled(sorted({place for own in types for place in own}))
        return frozenset(fact for place in places for fact in self._types[place].only)

    def _is_about(self, place: int, fact: str) -> bool:
        wording = self._types[place]
        told = (*wording.tells, *wording.excludes, *wording.only, *wording.settles, *wording.unnamed)
        return fact in map(_whole, wording.tells) or fact in told

    def _contradicts(self, wordings: tuple[int, ...], fact: str, value: str) -> bool:
        """Whether wordings exclude a value of a fact, or a part of it."""
        types = [self._types[place] for place in wordings]
        excluded = {_number(one) for own in types for one in own.excludes.get(fact, ())}
        others = (_is_other({fact: _number(value)}, whole, one) for own in types for whole, one in own.only.items())
        return _number(value) in excluded or any(others)

    def _unsettled(self, places: Iterable[int]) -> tuple[int, ...]:
        """Those of some wordings, in order, that have a fact which no earlier one has settled."""
        settled: set[str] = set()
        found = []
        for place in places:
            facts = {*map(_whole, self._types[place].tells), *self._types[place].settles, *self._types[place].unnamed}
            if not facts <= settled:
                found.append(place)
            settled |= facts
        return tuple(found)

    def weight(self, fact: str, value: object) -> float | None:
        """A value as the wordings distinguish it: its number, one stand-in for all numbers that none names, None for no
        number, or one that no percentage can be. A bound is its number.
        """
        number = _number(value)
        if number is not None and fact in self._percentages and not 0 <= number <= 100:
            return None
        alike = number is not None and _whole(fact) == fact and number not in self._numbers.get(fact, ())
        return _OTHER if alike else number

    def is_share(self, fact: str) -> bool:
        """Whether a fact is a percentage."""
        return fact in self._percentages

    def told(self, fact: str, value: object) -> dict[str, float | None]:
        """The weights of what a company states of a fact, by column: a share in words is a number, or its bounds."""
        if fact in self._percentages and isinstance(value, str) and _number(value) is None:
            share = self._shares.read(value)
            if isinstance(share, Share):
                said = {f"{fact}.{bound}": number for bound, number in share.ends} or {fact: share.number}
                return {column: self.weight(column, number) for column, number in said.items()}
        return {fact: self.weight(fact, value)}

    def hints(self, fact: str, value: object) -> frozenset[float]:
        """The numbers in a share that cannot be read, as the wordings distinguish them."""
        if fact not in self._percentages:
            return frozenset()
        share = self._shares.read(value)
        if isinstance(share, NoShare) and share.rest is not None:
            # 中方0% agrees with a type that says wholly foreign, and not with one that says wholly domestic.
            return self._as_told_apart(fact, {float(share.rest)})
        return self._as_told_apart(fact, numbers_in(value))

    def doubted(self, fact: str, value: object) -> frozenset[float]:
        """The numbers that a share may be which is a fraction or a percentage."""
        bare = [one for one in numbers_in(value) if one is not None]
        return self._as_told_apart(fact, {number for one in bare for number in (one, 100 * one)})

    def _as_told_apart(self, fact: str, numbers: Collection[float | None]) -> frozenset[float]:
        named = self._numbers.get(fact, set())
        return frozenset(_OTHER if one is None or one not in named else one for one in numbers)

    def allows(self, gives: Mapping[str, str], fact: str, hints: frozenset[float]) -> bool:
        """Whether what wordings give a fact may be so with the numbers in a cell that cannot be read."""
        if not hints:
            return True
        if (number := _number(gives.get(fact))) is not None:
            return number in hints
        bounds = _bounds(fact, gives)
        return _OTHER in hints or any(_can_be({"equals": one}, bounds) for one in hints)

    def said(self, wordings: tuple[int, ...], told: Mapping[str, float | None], *, presumes: bool = True) -> TypeFacts:
        """What these wordings imply for a company; `told` are the weights of the facts it states."""
        gives: dict[str, str] = {}
        notes: list[tuple[str, Text]] = []
        against: list[tuple[str, str | None]] = []
        narrows: dict[str, str] = {}
        stated, settled = {*map(_whole, told)}, set[str]()
        for wording in (self._types[place] for place in wordings):
            known = {*stated, *settled, *map(_whole, gives)}
            for fact, value in wording.gives.items():
                if _whole(fact) not in known:
                    gives[fact] = value
                elif fact == "foreign_share" and _held(fact, told, gives) not in (None, _number(value)):
                    against.append((fact, gives.get(fact)))
            for fact in dict.fromkeys(map(_whole, wording.gives)):
                own, bounds = _bounds(fact, wording.gives), _bounds(fact, told)
                if (number := _number(wording.gives.get(fact))) is not None:
                    own["equals"] = number
                if bounds and not _can_be(own, bounds):
                    against.append((fact, None))
                elif bounds and fact not in settled and (both := _together(own, bounds)) is not None:
                    narrows[fact] = both
            for fact, values in wording.excludes.items():
                if (fact in told or fact in gives) and _held(fact, told, gives) in {_number(value) for value in values}:
                    against.append((fact, gives.get(fact)))
            for fact, value in wording.only.items():
                if fact not in settled and _is_other(told, fact, value):
                    against.append((fact, None))
            for fact, value in wording.usually.items():
                if wording.check is not None and fact not in settled and _is_other(told, fact, value):
                    notes.append((fact, wording.check))
            for fact, value in wording.seldom.items():
                if wording.check is not None and fact not in settled and told.get(fact) == _number(value):
                    notes.append((fact, wording.check))
            untold = not any((fact in stated and fact not in narrows) or fact in gives for fact in wording.settles)
            if wording.note is not None and untold and not settled.issuperset(wording.settles):
                notes.append((wording.settles[0], wording.note))
            settled |= {*map(_whole, wording.gives), *wording.settles, *wording.unnamed}
        for wording in (self._types[place] for place in wordings) if presumes else ():
            known = {*stated, *settled, *map(_whole, gives)}
            gives |= {fact: value for fact, value in wording.presumes.items() if fact not in known}
        held = [self._types[place] for place in wordings] if presumes else []
        unnamed = {fact: note for one in held for fact, note in one.unnamed.items() if fact not in {*stated, *gives}}
        notes += unnamed.items()
        noted = any(one.note in [text for _, text in notes] and _KIND in one.settles for one in held)
        if held and self._kinds and not noted and _KIND not in {*stated, *gives, *unnamed}:
            notes.append((_KIND, _NO_KIND))
        return TypeFacts(gives, tuple(notes), tuple(against), narrows)


def _own_names(rulebook: Rulebook) -> Iterator[CompanyTypeWording]:
    """A wording for each value of a fact that types give: 事业单位 is a kind of entity by its own name."""
    for fact in dict.fromkeys(fact for one in rulebook.headings.types for fact in one.tells):
        if fact in rulebook.facts:
            names: dict[str, list[str]] = {}
            for name, value in rulebook.facts[fact].by_name.items():
                names.setdefault(value, []).append(name)
            yield from (CompanyTypeWording(whole=tuple(own), gives={fact: value}) for value, own in names.items())


def _whole(column: str) -> str:
    """The fact that a column tells, whole or in part."""
    return whole_name(column)[0]


def _held(fact: str, told: Mapping[str, float | None], gives: Mapping[str, str]) -> float | None:
    held = told.get(fact, gives.get(fact))
    return held if held is None or isinstance(held, float) else _number(held)


def _is_other(told: Mapping[str, float | None], fact: str, value: str) -> bool:
    """Whether a fact that is told, be it in part, is not this value for certain."""
    number = _number(value)
    if (held := told.get(fact)) is not None:
        return held != number
    bounds = _bounds(fact, told)
    return number is not None and bool(bounds) and not _can_be({"equals": number}, bounds)


def _bounds(fact: str, told: Mapping[str, object]) -> dict[str, float]:
    """The numbers that are said of a fact in part, by the bound."""
    found = {whole_name(column): _number(value) for column, value in told.items()}
    return {part: number for (name, part), number in found.items() if name == fact and part and number is not None}


def _can_be(*bounds: Mapping[str, float]) -> bool:
    """Whether a percentage is within all of these bounds."""
    said = [(key, number) for one in bounds for key, number in one.items()]
    ends = sorted({0.0, 100.0, *(number for _, number in said if 0 <= number <= 100)})
    tried = [*ends, *((one + other) / 2 for one, other in itertools.pairwise(ends))]
    return any(all(_WITHIN[key](number, bound) for key, bound in said) for number in tried)


def _together(own: Mapping[str, float], stated: Mapping[str, float]) -> str | None:
    """What a type and bounds that a company states say of a percentage, as a profile states it; None where the type
    adds nothing.
    """
    first, second = (interval_of((key, Decimal(str(number))) for key, number in one.items()) for one in (stated, own))
    if first.within(second):
        return None
    both = first.meet(second).value
    return (ranged(both.bounds.items()) if isinstance(both, Interval) else Share(both, True)).written


def _bare(text: str) -> str:
    """Text without case, spaces, hyphens and enumeration commas (港、澳、台), in half width."""
    return re.sub(r"[\s、-]+", "", unicodedata.normalize("NFKC", text)).casefold()


def _number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None
