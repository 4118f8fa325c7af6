"""Sectors by GB/T 4754-2017 and the finer activities under them.

A code is a section letter, or two, three or four digits. A sector that cannot carry an activity decides it; one that
could leaves it to be asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from applicability.bounded import BoundedCache
from applicability.errors import LONGEST_WORD, SIMILAR, nearest
from applicability.lazy_dataclass import dataclass, field
from applicability.lazy_pattern import lazy_pattern
from applicability.model.bilingual import halves, in_both, meanings, pair
from applicability.model.catalogue import RESIDUAL, Catalogue, Named, is_other_services, is_residual
from applicability.model.facts import Traits
from applicability.model.frozen import freeze
from applicability.model.label_heads import heads
from applicability.model.places import fold, with_all
from applicability.model.word_match import in_letters
from applicability.text import Text

# A code with or without its section's letter, alone; with its name behind it, or in front of it.
_CODE = lazy_pattern(r"([A-T]?)[\s.\-]*([0-9]{2,4})|([A-T])", re.IGNORECASE)
_CODE_AND_NAME = lazy_pattern(r"([A-T]?[\s.\-]*[0-9]{2,4}|[A-T](?![A-Z]))([\s:\-—·.、)\]]*)(\D.*)", re.IGNORECASE)
_NAME_AND_CODE = lazy_pattern(r"(\D.*?)[\s:\-—(\[]*([A-T]?[0-9]{2,4}|(?<=[(\[])[A-T])[)\]]?", re.IGNORECASE)
# What could be another code, or a list of them.
_MORE = lazy_pattern(r"[0-9A-Za-z;|]")


@dataclass(frozen=True)
class Sector:
    """A section, division, group or class; `section` is the letter of its section."""

    code: str
    zh: str
    en: str
    section: str


# What stands between names that are listed.
_AND = lazy_pattern(r",\s*and\s+|\s+and\s+|\s*[&,，、]\s*|[和与及]")

# Words whose activities are cached, and what stands for one that is not yet.
_REMEMBERED, _UNREAD = 1 << 14, ""
# What the name of an activity may end in.
_SERVICE = ("业务", "服务")
# How similar a word in letters must be to be the one misspelt: other words share many letters, as price and police.
_MISSPELT = 0.8


@dataclass(frozen=True)
class Activity:
    """Something the measures mention that is finer than a class; `under` are the codes that can carry it.

    `means` says what is in and what is not. `part_of` are more general activities: whoever carries on this one carries
    on those. `instead_of` are words that are not taken, for which the error names it. `plausible_for` is of whom it
    makes sense to ask it (None: of all), `likely_for` who most likely carries it on. `place_meant` says which place is
    to be given for rows that read it, where that is another than for most.
    """

    id: str
    label: Text
    under: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    means: Text | None = None
    part_of: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()
    plausible_for: Traits | None = None
    likely_for: Traits | None = None
    place_meant: Text | None = None

    def __post_init__(self) -> None:
        freeze(self, *(name for name in ("plausible_for", "likely_for") if getattr(self, name) is not None))

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called."""
        return (*self.aliases, self.label.zh, self.label.en, self.id)

    @property
    def words(self) -> tuple[str, ...]:
        """All that a search of activities looks through: names, words that may mean it, codes and the definition."""
        means = () if self.means is None else (self.means.zh, self.means.en)
        return (*self.names, *self.instead_of, *self.under, *means)


@dataclass(frozen=True)
class Sectors:
    """The classification and the activities of a rulebook.

    `codes` are those that rules may name; the catalogue has the names of these and of all others.
    """

    codes: Mapping[str, Sector]
    activities: Mapping[str, Activity]
    catalogue: Catalogue = field(default_factory=Catalogue)

    def __post_init__(self) -> None:
        freeze(self, "codes", "activities")

    def section(self, code: str) -> str:
        """The section of a code; codes finer than the table are in the section of their division."""
        return code if code.isalpha() else self.codes[code[:2]].section

    def lies_in(self, inner: str, outer: str) -> bool:
        """Whether one code is the other or is under it.

        Digits nest by prefix; a section contains the divisions listed after it.
        """
        return inner.startswith(outer) or (outer.isalpha() and self.section(inner) == outer)

    def related(self, one: str, other: str) -> bool:
        """Whether one code is under the other, either way round."""
        return self.lies_in(one, other) or self.lies_in(other, one)

    def can_carry(self, code: str, activity: str) -> bool:
        """Whether an entity of that sector could carry on the activity."""
        return activity in self.carried_by(code)

    def carried_by(self, code: str) -> frozenset[str]:
        """The activities that an entity of that sector could carry on."""
        if code not in self._carried:
            around = (self._under.get(one, frozenset()) for one in self.path(code))
            self._carried[code] = self._below.get(code, frozenset()).union(*around)
        return self._carried[code]

    def path(self, code: str) -> tuple[str, ...]:
        """The code and all codes above it, finest first."""
        if code.isalpha():
            return (code,)
        return (*(code[:length] for length in range(len(code), 1, -1)), self.section(code))

    @cached_property
    def _under(self) -> dict[str, frozenset[str]]:
        """The activities that name a code."""
        found: dict[str, set[str]] = {}
        for id, activity in self.activities.items():
            for code in activity.under:
                found.setdefault(code, set()).add(id)
        return {code: frozenset(ids) for code, ids in found.items()}

    @cached_property
    def _below(self) -> dict[str, frozenset[str]]:
        """The activities that name a code or one under it."""
        found: dict[str, set[str]] = {}
        for code, ids in self._under.items():
            for one in self.path(code):
                found.setdefault(one, set()).update(ids)
        return {code: frozenset(ids) for code, ids in found.items()}

    @cached_property
    def _carried(self) -> dict[str, frozenset[str]]:
        """Cache; bounded by the classification."""
        return {}

    def closed_up(self, activities: Iterable[str]) -> frozenset[str]:
        """The activities and all more general ones: what an entity carries on that carries on those."""
        return frozenset().union(*(self._generals.get(one, {one}) for one in activities))

    def closed_down(self, activities: Iterable[str]) -> frozenset[str]:
        """The activities and all that are part of them: what an entity does not carry on that carries on none of those.

        A condition asks for these, so that a list answers it as if it were closed upwards.
        """
        return frozenset().union(*(self._parts.get(one, {one}) for one in activities))

    def not_chosen(self, offered: Collection[str], chosen: Iterable[str]) -> tuple[str, ...]:
        """Of activities that were offered, those that whoever carries on the chosen ones alone does not carry on."""
        carried = self.closed_up(chosen)
        return tuple(one for one in self.activities if one in offered and one not in carried)

    def most_general(self, activities: Collection[str]) -> tuple[str, ...]:
        """The activities without those that are part of another of them, in order."""
        wanted = frozenset(activities)
        return tuple(one for one in activities if not (self._generals[one] - {one}) & wanted)

    def parts_of(self, activity: str) -> tuple[str, ...]:
        """The activities that name it as what they are part of, in order."""
        return tuple(id for id, one in self.activities.items() if activity in one.part_of)

    @cached_property
    def _generals(self) -> dict[str, frozenset[str]]:
        """Each activity and all that it is part of."""
        return {id: with_all(id, lambda one: self.activities[one].part_of) for id in self.activities}

    @cached_property
    def _parts(self) -> dict[str, frozenset[str]]:
        """Each activity and all that are part of it."""
        found: dict[str, set[str]] = {id: set() for id in self.activities}
        for id, generals in self._generals.items():
            for one in generals:
                found[one].add(id)
        return {id: frozenset(ids) for id, ids in found.items()}

    @cached_property
    def _activity_names(self) -> dict[str, str]:
        """The activities by each of their names; an id that reads like a word which is not taken is none of them."""
        names = {fold(name): id for id, activity in self.activities.items() for name in activity.names}
        labels = ((id, activity.label) for id, activity in self.activities.items())
        every = {**names, **heads(labels, {*names, *self._instead})}
        return {name: id for name, id in every.items() if name not in self._instead}

    def named(self, code: str) -> Named:
        """A code with its names; an unlisted one has those of the listed code above it."""
        found = self.catalogue.find(code)
        if found is None:
            around = self.named(self.nearest_listed(code))
            return Named(code, f"{around.code} {around.zh}", f"{around.code} {around.en}")
        return found

    def nearest_listed(self, code: str) -> str:
        """The code itself, or the listed code above it."""
        return next(one for one in self.path(code) if self.catalogue.find(one) is not None)

    def sectors_of(self, name: str) -> tuple[str, ...]:
        """The codes that a code, a name or an everyday word means: none if unknown, several if ambiguous.

        `I65` and `65 软件和信息技术服务业` read as `65`; `A65` and `65 餐饮业` contradict themselves: nothing.
        其他服务业 without its code is nothing either: it is a division, and what any other service is called.
        """
        return () if self.other_services(name) else self._read(name)[0]

    def other_services(self, name: str) -> tuple[str, ...]:
        """The division of other services, where a name is only its name, which people write for any other service."""
        text = unicodedata.normalize("NFKC", name).strip()
        if len(text) > LONGEST_WORD or not all(map(is_other_services, halves(text) or (text,))):
            return ()
        return self._read(name)[0]

    def at_odds(self, name: str) -> tuple[str, str] | None:
        """The code that is written and the one that its letter or name implies, if they contradict each other."""
        return self._read(name)[1]

    def near(self, name: str, limit: int = 3) -> tuple[Named, ...]:
        """The sectors that a name most likely means: by names and everyday words, else by spelling."""
        text = unicodedata.normalize("NFKC", name).strip()
        if len(text) > LONGEST_WORD:
            return ()
        if is_residual(text):  # the official names that begin so, whichever such word it is
            return tuple(hit.sector for hit in self.catalogue.search(RESIDUAL)[:limit])
        hits = self.catalogue.search(text)
        if not hits and not text.isdigit():
            least = _MISSPELT if in_letters(text) else SIMILAR
            known = self.catalogue.all_names()
            spelt = [one for word in nearest(text, known, 1, least) for one in self._of_name(word)]
            return tuple(self.named(code) for code in dict.fromkeys(spelt))[:limit]
        return tuple(hit.sector for hit in hits[:limit])

    def around(self, codes: tuple[str, ...]) -> str | None:
        """The finest code that contains all of them; None if they share no section."""
        shared = (one for one in self.path(codes[0]) if all(self.lies_in(code, one) for code in codes))
        return next(shared, None)

    def _read(self, name: str) -> tuple[tuple[str, ...], tuple[str, str] | None]:
        text = unicodedata.normalize("NFKC", name).strip()
        if re.fullmatch(r"[0-9]{3}\.0+", text):  # a class may have lost its zero when it became a float
            return tuple(one for one in (text[:3], f"0{text[:3]}") if self.catalogue.find(one) is not None), None
        if len(text) > LONGEST_WORD or re.search(r"\d[^\w\s]\d", text):
            return (), None  # 72.9 is not a code, though it would be one without the point
        if _CODE.fullmatch(text):
            return self._of_code(text)
        if found := self._of_name(text):
            return found, None
        if parts := _CODE_AND_NAME.fullmatch(text):
            return self._of_both(parts[1], parts[3], apart=bool(parts[2]))
        if parts := _NAME_AND_CODE.fullmatch(text):
            return self._of_both(parts[2], parts[1], apart=self._is_part(parts[1], parts[2]))
        return self._of_parts(text)

    def _of_parts(self, text: str) -> tuple[tuple[str, ...], tuple[str, str] | None]:
        """The codes of a text in two languages, or of a name beside one that it lies in: the finer of what they mean;
        and of names that all mean the same: accounting, auditing and tax services.
        """
        both = halves(text)
        if two := both or pair(text):
            one, other = (self._read(part)[0] for part in two)
            close = [(a, b) for a in one for b in other if self.related(a, b)]
            apart = (one[0], other[0]) if both and one and other and not close else None
            return tuple(dict.fromkeys(max(codes, key=self._depth) for codes in close)), apart
        if _AND.search(text) is None:
            return (), None
        parts = _AND.split(text)
        told = {self._of_name(part) for part in parts}
        return (next(iter(told)), None) if len(told) == 1 else ((), None)

    def _depth(self, code: str) -> int:
        return len(self.path(code))

    def _is_part(self, name: str, code: str) -> bool:
        """Whether the name in front of a code is some words of the code's own name: 汽车修理 8111."""
        found = self._of_code(code)[0]
        return len(name) > 1 and any(name.strip() in self.named(one).zh for one in found)

    def _of_code(self, text: str) -> tuple[tuple[str, ...], tuple[str, str] | None]:
        parts = _CODE.fullmatch(text)
        assert parts is not None
        letter, code = parts[1], parts[2] or parts[3].upper()
        # A code finer than the table is valid too; its division decides what it can carry.
        if code not in self.codes and (code.isalpha() or len(code) < 3 or code[:2] not in self.codes):
            return (), None
        if letter and letter.upper() != self.section(code):
            return (), (code, self.section(code))
        return (code,), None

    def _of_name(self, name: str) -> tuple[str, ...]:
        """The codes of a name; of nested codes, such as a group and its only class, the coarser."""
        found = self.catalogue.codes_of(name)
        return tuple(code for code in found if not any(code != other and self.lies_in(code, other) for other in found))

    def _of_both(self, code: str, name: str, *, apart: bool) -> tuple[tuple[str, ...], tuple[str, str] | None]:
        """The codes of a code with a name; an unknown name is ignored if it is separate and contains no other code."""
        found, odds = self._of_code(code)
        named = self._of_name(name) or self._of_parts(name)[0]
        if not found:
            return (), odds if named else None
        if not named:
            return (found if is_residual(name) or (apart and not _MORE.search(name)) else ()), None
        if any(self.related(found[0], one) for one in named):
            return found, None
        known = apart or self.catalogue.find(found[0]) is not None
        return (), (found[0], named[0]) if known else None

    def activity_of(self, name: str) -> str | None:
        """The activity with that id, name or alias, or that both halves of a name in two languages mean; licences leave
        out the 业务 that a name ends in, and write 服务 or 业务 behind one that has neither.
        """
        found = self._words_read.get(name, _UNREAD)
        if found is _UNREAD:
            found = self._activity_of(name)
            if len(name) <= LONGEST_WORD:
                self._words_read[name] = found
        return found

    @cached_property
    def _words_read(self) -> BoundedCache[str, str | None]:
        """Cache: registers say the same few words in ever other combinations."""
        return BoundedCache(_REMEMBERED)

    def _activity_of(self, name: str) -> str | None:
        if (id := name.strip().casefold()) in self.activities:
            return id
        word = fold(name)
        if word in self._instead:
            return None
        found = next((self._activity_names[one] for one in _forms(word) if one in self._activity_names), None)
        found = found or (self._activity_stems.get(_stem(word)) if word.endswith(_SERVICE) else None)
        return found or in_both(name, self.activity_of)

    @cached_property
    def _activity_stems(self) -> dict[str, str]:
        """The activities by their labels without what these end in; an alias may be that of a thing (医疗器械)."""
        return {_stem(fold(one.label.zh)): id for id, one in self.activities.items()}

    def instead_of(self, word: str) -> tuple[Activity, ...]:
        """The activities to suggest for a rejected word, or for one whose halves differ."""
        named = next((self._instead[one] for one in _forms(fold(word)) if one in self._instead), ())
        found = named or dict.fromkeys(meanings(word, self.activity_of) or ())
        return tuple(self.activities[id] for id in found)

    @cached_property
    def _instead(self) -> dict[str, tuple[str, ...]]:
        """The activities that name each word as one not to take."""
        found: dict[str, tuple[str, ...]] = {}
        for id, activity in self.activities.items():
            for word in dict.fromkeys(map(fold, activity.instead_of)):
                found[word] = (*found.get(word, ()), id)
        return found

    @cached_property
    def activity_words(self) -> tuple[str, ...]:
        """Names of activities to suggest from."""
        every = ((id, one.label.zh, one.label.en, *one.aliases) for id, one in self.activities.items())
        return tuple(name for names in every for name in names)


def _forms(word: str) -> tuple[str, str, str]:
    """A folded word as licences write it too: with 业务 behind it, or without."""
    return word, f"{word}业务", word.removesuffix("业务")


def _stem(name: str) -> str:
    """The name of an activity without 业务 and 服务 behind it."""
    while len(name) > 2 and name.endswith(_SERVICE):
        name = name[:-2]
    return name
