"""What a profile knows of a fact in part: `{yes: […], no: […]}` of a list, `{above: 0, at_most: 50}` of a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, get_args

from applicability.errors import Location
from applicability.loading.profile.lazy_mistakes import mistakes
from applicability.model.conditions import Bound
from applicability.model.facts import LISTS_IN_PART, NUMBERS, FactDeclaration, FactType
from applicability.model.partial import NO, YES
from applicability.model.profile import Profile
from applicability.text import Text

if TYPE_CHECKING:
    from applicability.loading.profile.mistakes import Mistake

# YAML 1.1, as PyYAML reads it, takes the words for truth values.
_READ_AS_TRUTH = {True: YES, False: NO}
BOUNDS: tuple[str, ...] = get_args(Bound)
Near = Callable[[str, Callable[[], Iterable[str]]], Text | None]
Found = tuple[Location, "Mistake"]


class Whole(Enum):
    """What a table holds under the fact's own name, beside a part of it; no file can say it."""

    TOLD = "told"

    def __str__(self) -> str:
        return self.value


def keys_of(type_: FactType) -> tuple[str, ...]:
    """The keys under which parts of a fact of that type are said; none where it is known whole or not at all."""
    return (YES, NO) if type_ in LISTS_IN_PART else BOUNDS if type_ in NUMBERS else ()


def part_names(declaration: FactDeclaration) -> tuple[str, ...]:
    """The columns of a table that hold parts of a fact: `activities.yes`."""
    return tuple(f"{declaration.name}.{key}" for key in keys_of(declaration.type))


def whole_name(column: str) -> tuple[str, str]:
    """The fact that a column tells, and which part of it; "" where it tells it whole."""
    fact, _, part = column.partition(".")
    return (fact, part) if part in (YES, NO, *BOUNDS) else (column, "")


def parts_given(cells: Mapping[str, object]) -> dict[str, object]:
    """Facts as a profile would say them, from cells by the names of their columns: the parts of one as one."""
    given: dict[str, object] = {}
    parts: dict[str, dict[object, object]] = {}
    for column, cell in cells.items():
        fact, part = whole_name(column)
        if part:
            parts.setdefault(fact, {})[part] = cell
        else:
            given[fact] = cell
    for fact, said in parts.items():
        if fact in given:
            said[Whole.TOLD] = given[fact]
        given[fact] = said
    return given


def parts_said(
    profile: Profile, declaration: FactDeclaration, written: Mapping[object, object], near: Near
) -> tuple[dict[str, object], list[Found]]:
    """The parts of a fact that a profile says, by their keys, and what is wrong with the keys."""
    name, keys = declaration.name, keys_of(declaration.type)
    written = {_READ_AS_TRUTH.get(key, key) if isinstance(key, bool) else key: one for key, one in written.items()}
    wrong = list(_wrong_keys(profile, name, keys, written, near))
    said = {key: written[key] for key in keys if written.get(key) is not None}
    if not said and not wrong:
        wrong.append((profile.at(name), mistakes.no_parts(name, keys)))
    return said, wrong


def _wrong_keys(
    profile: Profile, name: str, keys: Sequence[str], written: Mapping[object, object], near: Near
) -> Iterator[Found]:
    for key in written:
        if key is Whole.TOLD:
            yield profile.at(name), mistakes.whole_and_part(name, [str(one) for one in written if one is not key])
        elif key not in keys:
            hint = near(str(key), lambda: keys)
            yield profile.key_at(name, str(key)), mistakes.unknown_part(name, str(key), keys, hint)
