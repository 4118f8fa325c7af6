"""Reads the value of a fact that is no place, by its type."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Mapping
from decimal import Decimal

from applicability.errors import Location
from applicability.lazy_dataclass import dataclass
from applicability.loading.company.share_values import NoShare
from applicability.loading.company.shares import shares_of
from applicability.loading.profile.lazy_mistakes import mistakes
from applicability.loading.profile.read_places import WhereaboutsReader
from applicability.loading.profile.written import is_none, narrow
from applicability.loading.yaml.scalars import read_date, read_decimal, read_truth
from applicability.model.catalogue import is_residual
from applicability.model.derive import WHOLE
from applicability.model.facts import FactDeclaration, Investor, Value
from applicability.model.headings import INVESTOR_KEYS, plain
from applicability.model.partial import Interval, PartialSet, interval_of
from applicability.model.places import fold
from applicability.text import Text

# Fewer Latin letters stand in any label.
_RUN = 5


@dataclass
class ValueReader(WhereaboutsReader):
    """Reads the values of one profile."""

    def value(self, declaration: FactDeclaration, written: object) -> Value | None:
        name, here = declaration.name, self.profile.at(declaration.name)
        match declaration.type:
            case "percent" | "number" if isinstance(written, Mapping):
                return self.bounds(declaration, written)
            case "percent" if isinstance(written, str):
                return self.share(declaration, written, here)
            case "percent" | "number":
                return self.number(declaration, written, here)
            case "date":
                return self.day(name)
            case "boolean":
                truth = read_truth(written)
                if truth is None:
                    self.add(here, mistakes.no_truth(name, written))
                return None if truth is None else "true" if truth else "false"
            case "choice":
                return self.choice(declaration, written, here)
            case "choices":
                return self.several(name, lambda place, word: self.choice(declaration, word, place))
            case "sector":
                return self.sectors(name)
            case "activities":
                return self.several(name, self.activity)
            case "investors":
                return self.investors(declaration, written)
            case "registration":
                return self.registration(name, written)
        return None

    def bounds(self, declaration: FactDeclaration, written: Mapping[object, object]) -> Interval | Decimal | None:
        """The numbers that keep to all bounds, and to the range of the fact."""
        name, said = declaration.name, self.parts(declaration, written)
        read = [(key, self.number(declaration, one, self.profile.at(name, key))) for key, one in said.items()]
        known = [(key, limit) for key, limit in read if limit is not None]
        low, high = declaration.ends
        found = interval_of(known).meet(Interval(low, False, high, False))
        if found.empty:
            shown = ", ".join(f"{key}: {limit:f}" for key, limit in known)
            self.add(self.profile.at(name), mistakes.no_number_within(name, f"{{{shown}}}"))
        return found.value if len(known) == len(read) and known and not found.empty else None

    def share(self, declaration: FactDeclaration, written: str, here: Location) -> Interval | Decimal | None:
        """A share in the words of registers: 外方49%, 不低于50%."""
        bare = narrow(written).strip().rstrip("%").rstrip()
        if not bare.lstrip("+-").strip(".0123456789") or is_none(bare):
            return self.number(declaration, written, here)
        share = shares_of(self.rulebook).read(written)
        if isinstance(share, NoShare):
            self.add(here, mistakes.no_share_of_all(declaration.name, written, share.why))
            return None
        if share is None:
            self.add(here, mistakes.no_number(declaration.name, written))
            return None
        numbers = [self.number(declaration, one, here) for one in share.numbers]
        if None in numbers or not share.bound:
            return numbers[0]
        low, high = declaration.ends
        found = share.interval.meet(Interval(low, False, high, False))
        if found.empty:
            self.add(here, mistakes.no_number_within(declaration.name, written))
        return None if found.empty else found.value

    def number(self, declaration: FactDeclaration, written: object, here: Location) -> Decimal | None:
        name = declaration.name
        percent = declaration.type == "percent"
        text = narrow(written).strip() if isinstance(written, str) else written
        if percent and isinstance(text, str):
            text = "0" if is_none(text) else text.rstrip("%").rstrip()
        number = read_decimal(text)
        if number is None:
            self.add(here, mistakes.no_number(name, written))
            return None
        low, high = declaration.ends
        if (low is not None and number < low) or (high is not None and number > high):
            unit = Text("百分比", "percent") if percent else declaration.unit or Text("", "")
            self.add(here, mistakes.out_of_range(name, written, low, high, unit))
            return None
        return number

    def day(self, name: str) -> datetime.date | None:
        written = self.profile.facts.get(name)
        if written is None:
            return None
        day = read_date(written)
        if day is None:
            self.add(self.profile.at(name), mistakes.no_date(name, written))
        return day

    def choice(self, declaration: FactDeclaration, written: object, here: Location) -> str | None:
        found = declaration.value_of(written) if isinstance(written, str) else None
        if found is None and (instead := declaration.instead_of(str(written))):
            shown = [(one.key, one.label) for one in instead]
            self.add(here, mistakes.word_not_taken(declaration.name, str(written), shown))
        elif found is None and (others := self.values_of_others(declaration, str(written))):
            self.add(here, mistakes.word_of_other_fact(declaration.name, str(written), others))
        elif found is None:
            known = [
                word for key, value in declaration.values.items() for word in (key, value.label.zh, *value.aliases)
            ]
            none = self.rulebook.headings.no_value(declaration.name, str(written))
            near = none or self.meant(str(written), lambda: known)
            # A hint shows the first of many: those first that the word is likest.
            liked = sorted(declaration.values.items(), key=lambda item: -_alike(str(written), item[1].label))
            values = [f"`{key}` {value.label.zh}" for key, value in liked]
            self.add(here, mistakes.unknown_value(declaration.name, str(written), near, values))
        return found

    def values_of_others(self, declaration: FactDeclaration, word: str) -> list[tuple[str, str, Text]]:
        """The other choices of which a word is a value: the name of each, the value, and the label of the fact."""
        every = (one for one in self.rulebook.facts.values() if one.type in ("choice", "choices"))
        named = ((one, one.by_name.get(fold(word))) for one in every if one.values.keys() != declaration.values.keys())
        return [(one.name, value, one.label) for one, value in named if value is not None]

    def sectors(self, name: str) -> tuple[str, ...] | None:
        sectors = self.rulebook.sectors
        found: list[str] = []
        for index, written in enumerate(self.listed(name, self.profile.facts.get(name)) or ()):
            here = self.profile.at(name, index)
            word = str(written)
            codes = sectors.sectors_of(word)
            if len(codes) == 1:
                found.append(codes[0])
            elif codes:
                shown = [sectors.named(code) for code in codes]
                self.add(here, mistakes.several_sectors(word, shown, sectors.around(codes)))
            elif (odds := sectors.at_odds(word)) is not None:
                self.add(here, mistakes.sector_at_odds(word, *map(sectors.named, odds)))
            elif other := sectors.other_services(word):
                self.add(here, mistakes.other_services(word, sectors.named(other[0])))
            else:
                near = sectors.near(word) if self.suggests else ()
                wrong = mistakes.residual_sector if is_residual(word) else mistakes.unknown_sector
                self.add(here, wrong(word, near))
        return tuple(found) or None

    def activity(self, here: Location, word: str) -> str | None:
        sectors = self.rulebook.sectors
        found = sectors.activity_of(word)
        if found is None and (instead := sectors.instead_of(word)):
            self.add(here, mistakes.word_not_taken("activities", word, [(one.id, one.label) for one in instead]))
        elif found is None and (limits := self.rulebook.limits_instead_of(word)):
            self.add(here, mistakes.word_of_limits("activities", word, [(one.key, one.label) for one in limits]))
        elif found is None:
            near = self.misspelt(word, sectors.activity_words) or self.meant(word, lambda: sectors.activity_words)
            self.add(here, mistakes.unknown_word("activities", word, near))
        return found

    def investors(self, declaration: FactDeclaration, written: object) -> tuple[Investor, ...] | None:
        name = declaration.name
        if not isinstance(written, (list, tuple)):
            self.add(self.profile.at(name), mistakes.no_investors(name))
            return None
        found: list[Investor] = []
        for index, item in enumerate(written):
            here = self.profile.at(name, index)
            if not isinstance(item, Mapping):
                self.add(here, mistakes.no_investor())
                continue
            item = self.investor_keys(item, index)
            for key in map(str, item):
                if key not in INVESTOR_KEYS:
                    near = self.near(key, lambda: INVESTOR_KEYS)
                    self.add(self.profile.key_at(name, index, key), mistakes.unknown_key(key, near))
            if item.get("origin") is None:
                self.add(here, mistakes.no_origin())
                continue
            origin = self.choice(declaration, item.get("origin"), self.profile.at(name, index, "origin"))
            share = item.get("share")
            number = (
                None if share is None else read_decimal(narrow(share).rstrip("% ") if isinstance(share, str) else share)
            )
            if share is not None and (number is None or not 0 <= number <= 100):
                self.add(self.profile.at(name, index, "share"), mistakes.no_share(share))
            if origin is not None:
                found.append(Investor(origin, number))
        total = sum((one.share for one in found if one.share is not None), Decimal(0))
        if total > WHOLE:
            self.add(self.profile.at(name), mistakes.shares_over(total))
        if total == WHOLE:
            for index, one in enumerate(found):
                if one.share is None:
                    self.add(self.profile.at(name, index), mistakes.nothing_left(name))
        return tuple(found)

    def investor_keys(self, item: Mapping[object, object], index: int) -> Mapping[object, object]:
        """An investor with its keys in the words of the program."""
        found: dict[object, object] = {}
        first: dict[object, object] = {}
        for key, value in item.items():
            name = self.rulebook.meaning_of_investor_key.get(plain(key), key) if isinstance(key, str) else key
            if (other := first.setdefault(name, key)) != key:
                self.add(self.profile.key_at("investors", index, str(key)), mistakes.key_twice(str(other), str(key)))
            found.setdefault(name, value)
        return found

    def several(self, name: str, read: Callable[[Location, str], str | None]) -> frozenset[str] | PartialSet:
        """A list fact as facts hold it."""
        yes, no = self.words(name)
        held = self.known_words(yes, read) or frozenset()
        if no is None:
            return held
        outside: frozenset[str] = frozenset()
        for here, word in no:
            found = read(here, str(word))
            if found is not None:
                without = self.rulebook.sectors.closed_down((found,)) if name == "activities" else frozenset((found,))
                outside |= without
                if without & held:
                    self.add(here, mistakes.yes_and_no(name, str(word)))
        return PartialSet(held, outside)


def _alike(word: str, label: Text) -> int:
    """How many pairs of characters, or runs of five Latin letters, a word has that stand in a label too."""
    letters, shown = fold(word[:40]), _folded(label.zh, label.en)
    length = _RUN if letters.isascii() else 2
    return sum(letters[at : at + length] in shown for at in range(len(letters) - length + 1))


@functools.lru_cache(maxsize=1024)
def _folded(zh: str, en: str) -> str:
    return fold(f"{zh}|{en}")
