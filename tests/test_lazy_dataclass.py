"""A lazy dataclass is what the standard library makes of the same class."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from applicability import Text
from applicability.lazy_dataclass import dataclass, field, replace
from applicability.model.text_table import PackedTable

Kinds = list[dict[str, bool]]
KINDS: Kinds = [{}, {"frozen": True}, {"frozen": True, "eq": False}, {"frozen": True, "slots": True}, {"eq": False}]


def declared(make: Callable[..., Any], told: Callable[..., Any], settings: dict[str, bool]) -> Any:
    """The same class, by one of the two decorators."""

    @make(**settings)
    class Thing:
        """A thing."""

        a: int
        b: tuple[str, ...] = ("x",)
        c: list[int] = told(default_factory=list)
        d: str = told(default="d", repr=False, compare=False)
        e: dict[str, int] = told(default_factory=dict, init=False, repr=False, compare=False)

        def __post_init__(self) -> None:
            self.e["made"] = self.a

        @property
        def twice(self) -> int:
            return 2 * self.a

    return Thing


@pytest.mark.parametrize("settings", KINDS, ids=str)
def test_it_behaves_as_one_of_the_standard_library(settings: dict[str, bool]) -> None:
    ours, theirs = (
        declared(make, told, settings)
        for make, told in ((dataclass, field), (dataclasses.dataclass, dataclasses.field))
    )

    def say(thing: Any) -> tuple[object, ...]:
        return repr(thing), thing.a, thing.b, thing.c, thing.d, thing.e, thing.twice

    calls: list[tuple[tuple[Any, ...], dict[str, Any]]]
    calls = [((1,), {}), ((1, ("y",)), {"d": "z"}), ((), {"a": 3, "c": [4]})]
    for arguments, named in calls:
        assert say(ours(*arguments, **named)) == say(theirs(*arguments, **named))
    for arguments in [(), (1, 2, 3, 4, 5)]:
        with pytest.raises(TypeError) as caught:
            theirs(*arguments)
        with pytest.raises(TypeError) as other:
            ours(*arguments)
        assert str(other.value) == str(caught.value)
    for one in (ours, theirs):
        assert (one(1) == one(1)) == settings.get("eq", True)
        assert one(1) != one(2)
        assert (one(1) == one(1, d="other")) == settings.get("eq", True)
        assert one(1) != 1
        assert dataclasses.replace(one(1), a=2).a == 2
        with pytest.raises((TypeError, ValueError), match="init=False"):
            dataclasses.replace(one(1), e={})
        assert [told.name for told in dataclasses.fields(one)] == ["a", "b", "c", "d", "e"]
        assert dataclasses.asdict(one(1)) == {"a": 1, "b": ("x",), "c": [], "d": "d", "e": {"made": 1}}
        assert one.__match_args__ == ("a", "b", "c", "d")
        assert str(inspect.signature(one)).startswith("(a: 'int', b: 'tuple[str, ...]' = ('x',), c: 'list[int]' = ")
        assert hasattr(one(1), "__dict__") is not settings.get("slots", False)
    assert replace(ours(1), a=2).a == 2
    with pytest.raises((TypeError, ValueError), match="init=False"):
        replace(ours(1), e={})
    assert (ours.__hash__ is None) == (theirs.__hash__ is None)
    assert (ours.__doc__, ours.__qualname__, ours.__module__) == (
        theirs.__doc__,
        theirs.__qualname__,
        theirs.__module__,
    )


@pytest.mark.parametrize("slots", [False, True])
def test_a_frozen_one_does_not_change(slots: bool) -> None:
    thing = declared(dataclass, field, {"frozen": True, "slots": slots})(1)
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'a'"):
        thing.a = 2
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'a'"):
        del thing.a
    assert thing.a == 1
    with pytest.raises((dataclasses.FrozenInstanceError, AttributeError)):
        thing.other = 1


def test_it_is_hashed_by_what_is_compared() -> None:
    @dataclass(frozen=True)
    class Point:
        x: int
        y: int
        label: str = field(default="", compare=False)

    assert hash(Point(1, 2, "a")) == hash(Point(1, 2, "b")) == hash((1, 2))
    assert {Point(1, 2), Point(1, 2, "b"), Point(2, 1)} == {Point(1, 2), Point(2, 1)}


def test_one_that_inherits_has_the_fields_of_both() -> None:
    @dataclass(frozen=True)
    class Base:
        a: int
        b: int = 2

    @dataclass(frozen=True)
    class More(Base):
        c: int = 3

    assert (repr(More(1)).endswith("More(a=1, b=2, c=3)"), More(1) == More(1), More(1) == Base(1)) == (
        True,
        True,
        False,
    )


def test_no_method_is_compiled_before_it_is_used() -> None:
    @dataclass(frozen=True)
    class Thing:
        a: int

    assert not inspect.isfunction(Thing.__dict__["__init__"])
    Thing(1)
    assert inspect.isfunction(Thing.__dict__["__init__"])
    assert not inspect.isfunction(Thing.__dict__["__eq__"])


def test_values_are_pickled_and_copied() -> None:
    text = Text("一", "one")
    for other in (pickle.loads(pickle.dumps(text)), copy.copy(text), copy.deepcopy(text)):
        assert other == text
        assert (other.zh, other.en) == ("一", "one")


def test_a_table_of_texts_is_the_mapping_it_was_made_of() -> None:
    rows: dict[str, tuple[str, ...]] = {f"k{number}": (f"a{number}", "b") for number in range(500)}

    def make(_: str, row: str) -> tuple[str, ...]:
        return tuple(row.split(" "))

    table = PackedTable.of(rows, " ".join, make)
    assert isinstance(table, PackedTable)
    for number in range(0, 600, 2):  # at first row by row, then from the whole
        assert table.get(f"k{number}") == rows.get(f"k{number}")
        assert table.get(f"k{number}", ("none",)) == rows.get(f"k{number}", ("none",))
    assert "a1" not in table
    assert "k1\ta1" not in table
    assert dict(table) == rows
    assert list(table) == list(rows)
    assert len(table) == 500


@pytest.mark.parametrize("rows", [{"a": ("x y",)}, {"a": ("x\n",)}, {"a\tb": ("x",)}, {"a\nb": ("x",)}])
def test_rows_that_a_text_cannot_hold_stay_as_they_are(rows: dict[str, tuple[str, ...]]) -> None:
    assert PackedTable.of(rows, " ".join, lambda _, row: tuple(row.split(" "))) is rows


def test_a_table_without_rows_is_empty() -> None:
    table: PackedTable[str] = PackedTable("\n", lambda _, row: row)
    assert (list(table), "a" in table, len(table)) == ([], False, 0)
