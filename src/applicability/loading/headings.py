"""Reads headings.yaml: every column and fact must exist, and a heading may mean only one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from applicability.errors import Location, Problem
from applicability.loading.profile.parts import keys_of, part_names
from applicability.loading.shapes import HeadingsShape, LooksLikeShape, WordingShape
from applicability.loading.yaml.reader import Tree
from applicability.loading.yaml.scalars import read_decimal
from applicability.messages import did_you_mean
from applicability.model.composed_headings import Composed, LooksLike, PartOfFact, every_heading, folded
from applicability.model.facts import FactDeclaration
from applicability.model.headings import INVESTOR_KEYS, PROFILE_KEYS, ROLES, CompanyTypeWording, Headings, plain
from applicability.text import Text


def read_headings(
    tree: Tree | None, shape: HeadingsShape | None, facts: Mapping[str, FactDeclaration], problems: list[Problem]
) -> Headings:
    """The headings of a rulebook; empty if it has no such file. Errors are added to `problems`."""
    if tree is None or shape is None:
        return Headings()
    seen: dict[str, str] = {}
    parts = [part for one in facts.values() for part in part_names(one)]
    tables = (("columns", shape.columns, (*ROLES, *facts, *parts)), ("profile", shape.profile, (*PROFILE_KEYS, *facts)))
    profile = {plain(name) for names in shape.profile.values() for name in names}
    every = [(table, role, names, known) for table, roles, known in tables for role, names in roles.items()]
    for table, role, names, known in every:
        if role not in known:
            problems.append(_unknown(tree.key_at(table, role), role, known))
        for index, name in enumerate(names):
            if seen.setdefault(plain(name), role) != role:
                problems.append(_twice(tree.at(table, role, index), name, seen[plain(name)]))
    for column, names in shape.may_hold.items():
        if column not in (*ROLES, *facts, *parts):
            problems.append(_unknown(tree.key_at("may_hold", column), column, (*ROLES, *facts, *parts)))
        for index, name in enumerate(names):
            if plain(name) in seen and plain(name) not in profile:
                here = tree.at("may_hold", column, index)
                message = Text(
                    f"列名 `{name}` 已读作 `{seen[plain(name)]}`", f"`{name}` is read as `{seen[plain(name)]}`"
                )
                problems.append(
                    Problem("R134", here, message, Text("一个列名只对应一列", "a heading names one column"))
                )
    columns = (*ROLES, *facts, *parts)
    problems += _unknown_words(tree, shape)
    for column, told in shape.composed.items():
        if column not in columns:
            problems.append(_unknown(tree.key_at("composed", column), column, columns))
        for name in every_heading(_composed(told, shape.words)):
            if seen.setdefault(name, column) != column:
                problems.append(_twice(tree.key_at("composed", column), name, seen[name]))
    problems += [
        _unknown(tree.key_at("looks_like", one), one, columns) for one in shape.looks_like if one not in columns
    ]
    problems += [_unknown(tree.key_at("parts", one), one, facts) for one in shape.parts if one not in facts]
    for column, part in shape.parts.items():
        for name in every_heading(_composed(part.headings, shape.words)):
            if name in seen:
                problems.append(_twice(tree.key_at("parts", column), name, seen[name]))
    asked = [name for name, one in facts.items() if one.type == "boolean"]
    problems += [_unknown(tree.key_at("answers", one), one, asked) for one in shape.answers if one not in asked]
    problems += [_unknown(tree.key_at("yes_only", one), one, asked) for one in shape.yes_only if one not in asked]
    problems += [_unknown(tree.key_at("leaves_open", one), one, asked) for one in shape.leaves_open if one not in asked]
    for index, wording in enumerate(shape.company_types):
        for key, fact in _facts(wording):
            here = tree.at("company_types", index, key)
            if fact not in facts:
                problems.append(_unknown(here, fact, facts))
            elif key not in ("unnamed", "settles"):
                here = tree.at("company_types", index, key, fact)
                problems += _impossible(here, facts[fact], getattr(wording, key)[fact])
    inside: dict[str, str] = {}
    for key, names in shape.investor.items():
        if key not in INVESTOR_KEYS:
            problems.append(_unknown(tree.key_at("investor", key), key, INVESTOR_KEYS))
        for index, name in enumerate(names):
            if (other := inside.setdefault(plain(name), key)) != key:
                problems.append(_twice(tree.at("investor", key, index), name, other))
    return Headings(
        {role: tuple(names) for role, names in shape.columns.items()},
        tuple(map(_wording, shape.company_types)),
        {key: tuple(names) for key, names in shape.profile.items()},
        {column: tuple(names) for column, names in shape.may_hold.items()},
        {fact: {word.casefold(): says for word, says in words.items()} for fact, words in shape.answers.items()},
        {key: tuple(names) for key, names in shape.investor.items()},
        {fact: tuple(names) for fact, names in shape.yes_only.items()},
        {fact: tuple(word.casefold() for word in words) for fact, words in shape.leaves_open.items()},
        {column: _composed(told, shape.words) for column, told in shape.composed.items()},
        {
            fact: PartOfFact(
                frozenset(every_heading(_composed(one.headings, shape.words))), tuple(map(folded, one.though))
            )
            for fact, one in shape.parts.items()
        },
        {column: tuple(map(_looks_like, told)) for column, told in shape.looks_like.items()},
        tuple(map(folded, shape.of_which)),
    )


def _composed(
    told: Sequence[Sequence[Sequence[str] | str]], words: Mapping[str, Sequence[str]]
) -> tuple[Composed, ...]:
    """Headings that are put together, with the words in place of what they are called; none with an unknown name."""
    return tuple(
        tuple(tuple(words.get(place, ()) if isinstance(place, str) else place) for place in places) for places in told
    )


def _unknown_words(tree: Tree, shape: HeadingsShape) -> Iterator[Problem]:
    """What is wrong with the names of words in headings that are put together."""
    told: list[tuple[tuple[str, ...], Sequence[Sequence[Sequence[str] | str]]]] = [
        *((("composed", column), one) for column, one in shape.composed.items()),
        *((("parts", fact, "headings"), one.headings) for fact, one in shape.parts.items()),
    ]
    for keys, headings in told:
        for index, places in enumerate(headings):
            for at, place in enumerate(places):
                if isinstance(place, str) and place not in shape.words:
                    what = Text(f"`words` 中没有 `{place}`", f"`words` has no `{place}`")
                    yield Problem("R101", tree.at(*keys, index, at), what, did_you_mean(place, shape.words))


def _looks_like(shape: LooksLikeShape) -> LooksLike:
    return LooksLike(tuple(tuple(map(folded, words)) for words in shape.all), tuple(map(folded, shape.none)))


def _twice(here: Location, name: str, other: str) -> Problem:
    """A heading or key that stands under two columns."""
    message = Text(f"列名 `{name}` 已列在 `{other}` 之下", f"the heading `{name}` already stands under `{other}`")
    return Problem("R134", here, message, Text("一个列名只对应一列", "a heading names one column"))


def _impossible(
    here: Location, fact: FactDeclaration, told: str | Sequence[str] | Mapping[str, str]
) -> Iterator[Problem]:
    """What is wrong with the values that a wording gives a fact, or excludes."""
    if isinstance(told, Mapping):
        keys = keys_of(fact.type)
        for key in (one for one in told if one not in keys):
            message = Text(f"`{fact.name}` 中不应有键 `{key}`", f"`{fact.name}` takes no key `{key}`")
            yield Problem("R135", here, message, did_you_mean(key, keys))
    words = [told] if isinstance(told, str) else [*told.values()] if isinstance(told, Mapping) else told
    for word in words:
        if isinstance(told, str) and fact.values and word not in fact.values:
            message = Text(f"查不到值 `{word}`", f"unknown value `{word}`")
            yield Problem("R135", here, message, did_you_mean(word, fact.values))
        elif fact.type == "percent" and not _is_percent(word):
            message = Text(f"`{word}` 不是百分比", f"`{word}` is not a percentage")
            yield Problem("R135", here, message, Text("填0至100的数字", "a number from 0 to 100"))


def _is_percent(word: str) -> bool:
    number = read_decimal(word)
    return number is not None and 0 <= number <= 100


def _facts(wording: WordingShape) -> Iterable[tuple[str, str]]:
    keys = ("gives", "presumes", "excludes", "only", "usually", "seldom", "unnamed", "settles")
    told = {key: getattr(wording, key) for key in keys}
    for key, names in told.items():
        for name in names:
            yield key, name


def _wording(shape: WordingShape) -> CompanyTypeWording:
    excludes = {fact: tuple(values) for fact, values in shape.excludes.items()}
    note = shape.note.text() if shape.note else None
    gives: dict[str, str] = {}
    for fact, told in shape.gives.items():
        gives |= {fact: told} if isinstance(told, str) else {f"{fact}.{key}": value for key, value in told.items()}
    return CompanyTypeWording(
        tuple(shape.holds),
        tuple(shape.whole),
        gives,
        excludes,
        tuple(shape.settles),
        note,
        shape.presumes,
        shape.only,
        shape.usually,
        shape.check.text() if shape.check else None,
        {fact: note.text() for fact, note in shape.unnamed.items()},
        shape.seldom,
    )


def _unknown(place: Location, name: str, known: Iterable[str]) -> Problem:
    return Problem(
        "R101",
        place,
        Text(f"查不到列或事实 `{name}`", f"unknown column or fact `{name}`"),
        did_you_mean(name, known) or Text("见 `applicability facts`", "see `applicability facts`"),
    )
