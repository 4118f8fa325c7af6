"""What addresses are searched for: all names, their characters, and the beginnings that settle an address at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from applicability.lazy_dataclass import dataclass
from applicability.loading.company.address_names import AddressNames, begun_by, names_in, plain
from applicability.loading.company.address_patterns import BETWEEN, PATTERNS, STREET, WORDS, ZONE_ENDS
from applicability.model.places import Gazetteer


@dataclass(frozen=True)
class SearchedNames:
    """The names of one gazetteer, as the parser of addresses searches for them."""

    gazetteer: Gazetteer
    names: AddressNames

    @cached_property
    def zone_names(self) -> frozenset[str]:
        """The zone names that are searched for, normalised by `plain`."""
        return frozenset(names_in(self.names.zones))

    @property
    def zone_marks(self) -> frozenset[str]:
        """Texts of which one is in every address whose zones matter: names of zones, and what ends one."""
        found: list[str] = []
        # One that holds another is found by that: the names that follow from a zone's would make a slow pattern.
        for mark in sorted({*self.zone_names, *self.names.kind_names, *ZONE_ENDS.split("|")}, key=len):
            if not any(one in mark for one in found):
                found.append(mark)
        return frozenset(found)

    @cached_property
    def letters(self) -> frozenset[str]:
        """The characters of all names and patterns that are searched for."""
        return frozenset("".join((*self._looked_for, *PATTERNS)))

    @cached_property
    def _looked_for(self) -> frozenset[str]:
        """All names that are searched for."""
        divisions = {
            name for found in (*self.names.full.values(), *self.names.short.values()) for name in names_in(found)
        }
        divisions |= {one.zh for inside in self.names.former.values() for named in inside.values() for one in named}
        divisions |= {name for part in self.gazetteer.moved.values() for name in part.names}
        types = (plain(name) for one in self.gazetteer.zone_types.values() for name in (one.zh, *one.aliases))
        return frozenset((*divisions, *self.names.official.values(), *self.zone_names, *types))

    @cached_property
    def settled(self) -> Mapping[str, str]:
        """Complete chains of official names, each with the division without subdivisions that it leads to; only a zone
        may change that.

        Nothing is searched for after such a chain, and no name before it extends past its end.
        """
        begun = {name[:length] for name in (*self._looked_for, *WORDS) for length in range(1, len(name))}
        found: dict[str, str] = {}
        for code in self.gazetteer.divisions:
            path = tuple(reversed(self.gazetteer.path(code)))
            if code not in self.names.full and code not in self.names.short and code not in self.names.former:
                for first in range(len(path) - 1):
                    text = "".join(self.names.official[one] for one in path[first:])
                    if self._leads(text, path[first:]) and not any(text[at:] in begun for at in range(len(text))):
                        found[text] = code
        return found

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """The lengths of those chains, the most common first."""
        return tuple(length for length, _ in Counter(map(len, self.settled)).most_common())

    def _leads(self, text: str, path: Sequence[str]) -> bool:
        """Whether a text follows a path by official names alone."""
        inside = None
        for code in path:
            if inside is not None and (text.startswith(self.names.official[inside]) or BETWEEN.match(text)):
                return False
            name, found = next(begun_by(self.names.full.get(inside, {}), text), ("", None))
            if (
                found != code
                or (inside, name) in self.names.once_cities
                or (not inside and STREET.match(text, len(name)))
            ):
                return False
            text, inside = text[len(name) :], code
        return True
