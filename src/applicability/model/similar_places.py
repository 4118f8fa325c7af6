"""The divisions that a misspelt name may be meant for: those that differ from it in one sign, and sound alike first.

How a sign sounds is taken from the divisions that have it, whose names stand beside their Pinyin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from applicability.bounded import BoundedCache
from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern
from applicability.model.near_names import NearNames, edited_at
from applicability.model.place_names import common_name
from applicability.model.places import Gazetteer

# Names that are told, and the sign of the shortest name of a county that stands without its kind.
_MOST, _SHORT = 3, 2
# How far a sign sounds from another where they are not known to sound alike.
_APART = 2
_REMEMBERED = 1 << 15
# Names that are looked at for how a sign is read.
_LOOKED_AT = 8
_SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ueng|ang|eng|ong|ian|iao|ing|uai|uan|ai|ei|ao|ou|an|en|er|ia|ie|iu|in|ua|uo|ui|un|ve|ue|a|o|e|i|u|v)"
)
_NEXT = lazy_pattern(_SYLLABLE)
_LEVELS = {"province": 0, "prefecture": 1, "county": 2}


@dataclass(frozen=True)
class SimilarPlaces:
    """Finds the divisions of one gazetteer by misspelt names."""

    gazetteer: Gazetteer

    def named(self, name: str, near: Iterable[str]) -> tuple[str, ...]:
        """The names of the divisions that may be meant, of those in the places near it; none if there are too many."""
        key = name, tuple(near)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._named(*key)
        return found

    def _named(self, name: str, near: tuple[str, ...]) -> tuple[str, ...]:
        if name.isascii():
            return ()
        gazetteer = self.gazetteer
        ranks: dict[str, tuple[int, int, bool, str]] = {}
        for other in self._names.of(name):
            sound = self.sound(name, other)
            for code in self._codes[other]:
                if all(gazetteer.overlap(code, one) for one in near):
                    rank = sound, _LEVELS[gazetteer.level(code)], other[0] != name[0], code
                    ranks[code] = min(rank, ranks.get(code, rank))
        if not ranks:
            return ()
        order = sorted(ranks, key=lambda code: ranks[code])
        best = ranks[order[0]]
        # Where one sounds like the name, the others are none that anybody meant.
        kept = [code for code in order if best[0] == ranks[code][0] and (best[0] < _APART or best[1] == ranks[code][1])]
        names = tuple(dict.fromkeys(gazetteer.name(code) for code in kept))
        return names if len(names) <= _MOST else ()

    def sound(self, word: str, name: str) -> int:
        """How far the one sign that differs sounds like that of a name: 0 the same, 1 alike, 2 not, or unknown."""
        at = edited_at(word, name)
        if at is None or len(word) != len(name) or word[at + 1 :] != name[at + 1 :]:
            return _APART
        one, other = self._syllables(word[at]), self._syllables(name[at])
        if one & other:
            return 0
        return 1 if {*map(_blurred, one)} & {*map(_blurred, other)} else _APART

    def _syllables(self, sign: str) -> frozenset[str]:
        """How a sign is read in the names of divisions."""
        found = self._read.get(sign)
        if found is None:
            told = set()
            for name, pinyin in self._with_sign.get(sign, ()):
                if len(spelt := _taken_apart(pinyin, len(name))) == 1:
                    told.add(spelt[0][name.index(sign)])
            found = self._read[sign] = frozenset(told)
        return found

    @cached_property
    def _found(self) -> BoundedCache[tuple[str, tuple[str, ...]], tuple[str, ...]]:
        """Cache."""
        return BoundedCache(_REMEMBERED)

    @cached_property
    def _read(self) -> BoundedCache[str, frozenset[str]]:
        """Cache."""
        return BoundedCache(_REMEMBERED)

    @cached_property
    def _codes(self) -> Mapping[str, list[str]]:
        """The divisions by their Chinese names; those of counties with their kind, since others are like many."""
        found: dict[str, list[str]] = {}
        for code, one in self.gazetteer.divisions.items():
            short = common_name(one)
            names = [one.zh, *(alias for alias in one.aliases if not alias.isascii()), short]
            for name in dict.fromkeys(names):
                if name and (len(name) > _SHORT or self.gazetteer.level(code) != "county"):
                    found.setdefault(name, []).append(code)
        return found

    @cached_property
    def _with_sign(self) -> Mapping[str, list[tuple[str, str]]]:
        """Some names that a sign stands in, each with its Pinyin."""
        found: dict[str, list[tuple[str, str]]] = {}
        for one in self.gazetteer.divisions.values():
            for sign in one.zh:
                if len(held := found.setdefault(sign, [])) < _LOOKED_AT:
                    held.append((one.zh, one.pinyin))
        return found

    @cached_property
    def _names(self) -> NearNames:
        return NearNames(self._codes)


def _taken_apart(pinyin: str, count: int) -> list[list[str]]:
    """The ways in which a name in Pinyin is so many syllables."""
    letters = re.sub("[^a-z]", "", pinyin.casefold().replace("ü", "v"))
    ways: list[tuple[int, list[str]]] = [(0, [])]
    for _ in range(count):
        ways = [
            (begin + end, [*told, letters[begin : begin + end]])
            for begin, told in ways
            for end in range(1, 7)
            if begin + end <= len(letters) and _NEXT.fullmatch(letters[begin : begin + end])
        ]
    return [told for begin, told in ways if begin == len(letters)]


def _blurred(syllable: str) -> str:
    """A syllable as it sounds to many: without the h of zh, ch, sh and the g of ang, eng, ing, and with l for n."""
    blurred = re.sub("^([zcs])h", r"\1", re.sub("(?<=[aei]n)g$", "", syllable))
    return f"l{blurred[1:]}" if blurred.startswith("n") else blurred


# By the identity of their gazetteers, which they hold.
_FINDERS: BoundedCache[int, SimilarPlaces] = BoundedCache(8)


def similar_places(gazetteer: Gazetteer, name: str, near: Iterable[str] = ()) -> tuple[str, ...]:
    """The divisions that an unknown name may be meant for, by their names.

    `near` are places that it has to lie in or around.
    """
    return _finder(gazetteer).named(name.strip(), near)


def sound_the_same(gazetteer: Gazetteer, word: str, name: str) -> bool:
    """Whether a word differs from a name in one sign that is read the same."""
    return _finder(gazetteer).sound(word, name) == 0


def _finder(gazetteer: Gazetteer) -> SimilarPlaces:
    found = _FINDERS.get(id(gazetteer))
    if found is None:
        found = _FINDERS[id(gazetteer)] = SimilarPlaces(gazetteer)
    return found
