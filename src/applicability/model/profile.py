"""A profile: the facts given for one entity, before they are read against a rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from applicability.errors import Location, shortened

_FIELD = 200  # characters of a part's name, which a program may give at any length


class Profile:
    """The facts given for one entity, immutable: `Profile(city="天津", foreign_share=50)`.

    Keys are the facts that the rulebook declares, and `name`, `planned`, `as_of`, `determinations` and `limits`. Values
    are plain: text, numbers, booleans, dates, lists. They are parsed when the profile is checked, which reports every
    problem in them.
    """

    __slots__ = ("_facts", "_keys", "_places", "source")

    _facts: Mapping[str, object]
    _places: Mapping[tuple[str | int, ...], Location]
    _keys: Mapping[tuple[str | int, ...], Location]
    source: str

    def __init__(self, **facts: object) -> None:
        self._set(facts, "profile", {}, {})

    @classmethod
    def of(
        cls,
        facts: Mapping[str, object],
        source: str = "profile",
        places: Mapping[tuple[str | int, ...], Location] | None = None,
        keys: Mapping[tuple[str | int, ...], Location] | None = None,
    ) -> Profile:
        """A profile from a mapping; `source` and `places` give the locations of its parts for errors."""
        self = cls.__new__(cls)
        self._set(facts, source, places or {}, keys or {})
        return self

    def _set(
        self,
        facts: Mapping[str, object],
        source: str,
        places: Mapping[tuple[str | int, ...], Location],
        keys: Mapping[tuple[str | int, ...], Location],
    ) -> None:
        for name, value in (
            ("_facts", MappingProxyType(dict(facts))), ("source", source), ("_places", places), ("_keys", keys),
        ):  # fmt: skip
            object.__setattr__(self, name, value)

    def __reduce__(self) -> tuple[object, ...]:
        return Profile.of, (dict(self._facts), self.source, dict(self._places), dict(self._keys))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a profile does not change: make a new one with `but`")

    @property
    def facts(self) -> Mapping[str, object]:
        """The facts as given, read-only."""
        return self._facts

    def but(self, **facts: object) -> Profile:
        """The same profile with some facts replaced; None removes a fact."""
        merged = {**self.facts, **facts}
        kept = {name: value for name, value in merged.items() if value is not None}
        stay = {path: place for path, place in self._places.items() if not path or path[0] not in facts}
        keys = {path: place for path, place in self._keys.items() if not path or path[0] not in facts}
        return Profile.of(kept, self.source, stay, keys)

    def renamed(self, names: Mapping[str, str | None]) -> Profile:
        """The same profile with other keys, each where it stood; a key without a name goes."""
        if not names:
            return self
        facts = {names.get(key, key): value for key, value in self._facts.items()}
        places = {_moved(path, names): place for path, place in self._places.items()}
        keys = {_moved(path, names): place for path, place in self._keys.items()}
        kept = {key: value for key, value in facts.items() if key is not None}
        return Profile.of(kept, self.source, places, keys)

    def with_fact(self, name: str, value: object, place: Location) -> Profile:
        """The same profile with one fact replaced; errors in it are located at `place`."""
        changed = self.but(**{name: value})
        if value is None:
            return changed
        spot: dict[tuple[str | int, ...], Location] = {(name,): place}
        return Profile.of(changed.facts, self.source, {**changed._places, **spot}, {**changed._keys, **spot})

    def at(self, *path: str | int) -> Location:
        """The location of a part of the profile, or of the nearest part around it.

        A profile that is not from a file has no lines: the fact is the location, as in `foreign_share` or
        `investors[0].share`.
        """
        near = path
        while near and near not in self._places:
            near = near[:-1]
        found = self._places.get(near)
        if found is not None:
            return found
        return Location(shortened(_field(path), _FIELD) if path and () not in self._places else self.source)

    def path_at(self, where: Location) -> str | None:
        """The part of the profile that stands at a place, as a program would name it; None where nothing does."""
        found = [path for held in (self._keys, self._places) for path, place in held.items() if path and place == where]
        return _field(max(found, key=len)) if found else None

    def key_at(self, *path: str | int) -> Location:
        """The location of a key of the profile."""
        return self._keys.get(path) or self.at(*path)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Profile) and self.facts == other.facts

    def __hash__(self) -> int:
        return hash(frozenset(self.facts))

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={_shown(value)}" for name, value in self.facts.items())
        return f"Profile({inside})"


def _moved(path: tuple[str | int, ...], names: Mapping[str, str | None]) -> tuple[str | int, ...]:
    first = path[0] if path else None
    name = names.get(first) if isinstance(first, str) else None
    return path if name is None else (name, *path[1:])


def _shown(value: object) -> str:
    try:
        return repr(value)
    except ValueError:  # an integer with too many digits to print
        return "…"


def _field(path: tuple[str | int, ...]) -> str:
    """A part of a profile, as a program would write it."""
    first, *rest = path
    name = first if isinstance(first, str) else _shown(first)
    return name + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in rest)
