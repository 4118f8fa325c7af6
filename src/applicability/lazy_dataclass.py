"""Dataclasses that compile each method when it is first used.

`dataclasses` compiles half a dozen methods for every class as it is imported, which takes longer than everything else
that a short command does. Here a class costs next to nothing until it is used, and most are only read from the cache.
The decorator takes the arguments of `dataclasses.dataclass` that this package uses and means the same by them; type
checkers are shown the one of the standard library. `dataclasses.fields`, `asdict` and `replace` take such a class too.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    _Held = TypeVar("_Held")

__all__ = ["dataclass", "field", "replace"]

_OWN = "__lazy_fields__"


class _Missing:
    """No default."""

    def __repr__(self) -> str:
        return "MISSING"


_MISSING = _Missing()


class _Field:
    """What a class says of one of its fields."""

    __slots__ = ("annotation", "compare", "default", "factory", "init", "name", "repr")

    def __init__(self, default: object, factory: object, init: bool, repr: bool, compare: bool) -> None:
        self.name, self.annotation = "", ""
        self.default, self.factory = default, factory
        self.init, self.repr, self.compare = init, repr, compare


def _field(
    *,
    default: object = _MISSING,
    default_factory: object = _MISSING,
    init: bool = True,
    repr: bool = True,
    compare: bool = True,
) -> Any:
    """What `dataclasses.field` is."""
    return _Field(default, default_factory, init, repr, compare)


class _Lazy:
    """Stands for a method until it is first looked up, and is then replaced by it."""

    def __init__(self, cls: type, name: str, make: Callable[[type], Any]) -> None:
        self._cls, self._name, self._make = cls, name, make

    def __get__(self, instance: object, owner: type | None = None) -> Any:
        made = self._cls.__dict__[self._name]
        if made is self:
            made = self._make(self._cls)
            setattr(self._cls, self._name, made)
        return made.__get__(instance, owner) if hasattr(made, "__get__") else made


def _dataclass(
    cls: type | None = None, /, *, init: bool = True, eq: bool = True, frozen: bool = False, slots: bool = False
) -> Any:
    """What `dataclasses.dataclass` is."""
    if cls is None:
        return lambda one: _made(one, init, eq, frozen, slots)
    return _made(cls, init, eq, frozen, slots)


def _made(cls: type, init: bool, eq: bool, frozen: bool, slots: bool) -> type:
    own = _declared(cls)
    fields = {**{name: one for base in reversed(cls.__mro__[1:]) for name, one in _fields(base).items()}, **own}
    if slots:
        cls = _slotted(cls, tuple(own))
    setattr(cls, _OWN, fields)
    lazy: dict[str, Callable[[type], Any]] = {"__repr__": _repr, "__dataclass_fields__": _standard_fields}
    if init:
        lazy["__init__"] = _init
    if eq:
        lazy["__eq__"] = _eq
    if eq and frozen:
        lazy["__hash__"] = _hash
    for name, make in lazy.items():
        if name not in cls.__dict__ or (name == "__hash__" and cls.__dict__[name] is None):
            setattr(cls, name, _Lazy(cls, name, make))
    if eq and not frozen and "__hash__" not in cls.__dict__:
        cls.__hash__ = None  # type: ignore[assignment]
    if frozen:
        _freeze(cls, frozenset(fields))
    if slots and "__reduce__" not in cls.__dict__:
        cls.__reduce__ = _reduce  # type: ignore[method-assign, assignment]
    cls.__match_args__ = tuple(one.name for one in fields.values() if one.init)  # type: ignore[attr-defined, misc]
    cls.__replace__ = _replace  # type: ignore[attr-defined]
    return cls


def _fields(cls: type) -> dict[str, _Field]:
    found: dict[str, _Field] = cls.__dict__.get(_OWN, {})
    return found


def _declared(cls: type) -> dict[str, _Field]:
    """The fields that a class declares itself; its defaults stand as attributes of it."""
    found = {}
    for name, annotation in cls.__annotations__.items():  # of the class alone, also where it inherits
        if str(annotation).startswith("ClassVar"):
            continue
        one = cls.__dict__.get(name, _MISSING)
        if not isinstance(one, _Field):
            one = _Field(one, _MISSING, True, True, True)
        elif one.default is _MISSING:
            delattr(cls, name)
        else:
            setattr(cls, name, one.default)
        one.name, one.annotation = name, annotation
        found[name] = one
    return found


def _slotted(cls: type, names: tuple[str, ...]) -> type:
    """The same class without `__dict__`."""
    held = {key: value for key, value in cls.__dict__.items() if key not in (*names, "__dict__", "__weakref__")}
    return type(cls)(cls.__name__, cls.__bases__, {**held, "__slots__": names, "__qualname__": cls.__qualname__})


def _freeze(cls: type, names: frozenset[str]) -> None:
    def refuse(self: object, name: str, verb: str) -> None:
        if type(self) is cls or name in names:
            from dataclasses import FrozenInstanceError  # nobody needs it until something is wrong

            raise FrozenInstanceError(f"cannot {verb} field {name!r}")

    def set_attribute(self: object, name: str, value: object) -> None:
        refuse(self, name, "assign to")
        super(cls, self).__setattr__(name, value)  # type: ignore[arg-type]

    def delete_attribute(self: object, name: str) -> None:
        refuse(self, name, "delete")
        super(cls, self).__delattr__(name)  # type: ignore[arg-type]

    cls.__setattr__ = set_attribute  # type: ignore[method-assign, assignment]
    cls.__delattr__ = delete_attribute  # type: ignore[method-assign, assignment]


def _reduce(self: Any) -> tuple[object, ...]:
    """A slotted value as the call that makes it."""
    return type(self), tuple(getattr(self, name) for name in _fields_of(self))


def _fields_of(value: object) -> dict[str, _Field]:
    found: dict[str, _Field] = getattr(value, _OWN)
    return found


def _replace(value: Any, /, **changes: object) -> Any:
    """What `dataclasses.replace` is."""
    for name, one in _fields_of(value).items():
        if one.init and name not in changes:
            changes[name] = getattr(value, name)
        elif not one.init and name in changes:
            raise ValueError(f"field {name} is declared with init=False, it cannot be specified with replace()")
    return type(value)(**changes)


def _compiled(cls: type, name: str, parameters: str, lines: list[str], known: dict[str, object]) -> Any:
    """A method of a class, which sees what its module sees and the `known` names."""
    body = "".join(f"\n  {line}" for line in lines) or "\n  pass"
    source = f"def make({', '.join(known)}):\n def {name}({parameters}):{body}\n return {name}"
    made: dict[str, Any] = {}
    exec(source, sys.modules[cls.__module__].__dict__, made)
    method = made["make"](**known)
    method.__qualname__ = f"{cls.__qualname__}.{name}"
    return method


def _init(cls: type) -> Any:
    fields = _fields_of(cls)
    frozen = "__setattr__" in cls.__dict__
    known: dict[str, object] = {"_missing": _MISSING, "_set": object.__setattr__}
    parameters, lines = ["self"], []
    for name, one in fields.items():
        value = name
        if one.factory is not _MISSING:
            known[f"_make_{name}"] = one.factory
            value = f"_make_{name}() if {name} is _missing else {name}" if one.init else f"_make_{name}()"
        elif one.default is not _MISSING:
            known[f"_default_{name}"] = one.default
            value = name if one.init else f"_default_{name}"
        if one.init:
            default = "_missing" if one.factory is not _MISSING else f"_default_{name}"
            plain = one.factory is _MISSING and one.default is _MISSING
            parameters.append(name if plain else f"{name}={default}")
        if one.init or value != name:
            lines.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    method = _compiled(cls, "__init__", ", ".join(parameters), lines, known)
    method.__annotations__ = {name: one.annotation for name, one in fields.items() if one.init} | {"return": None}
    return method


def _tuple_of(names: list[str], of: str) -> str:
    return "(" + "".join(f"{of}.{name}, " for name in names) + ")"


def _compared(cls: type) -> list[str]:
    return [name for name, one in _fields_of(cls).items() if one.compare]


def _eq(cls: type) -> Any:
    names = _compared(cls)
    same = f"return {_tuple_of(names, 'self')} == {_tuple_of(names, 'other')}"
    lines = ["if other.__class__ is self.__class__:", f" {same}", "return NotImplemented"]
    return _compiled(cls, "__eq__", "self, other", lines, {})


def _hash(cls: type) -> Any:
    return _compiled(cls, "__hash__", "self", [f"return hash({_tuple_of(_compared(cls), 'self')})"], {})


def _repr(cls: type) -> Any:
    import reprlib  # a value may hold itself

    shown = ", ".join(f"{name}={{self.{name}!r}}" for name, one in _fields_of(cls).items() if one.repr)
    line = f'return self.__class__.__qualname__ + f"({shown})"'
    return reprlib.recursive_repr()(_compiled(cls, "__repr__", "self", [line], {}))


def _standard_fields(cls: type) -> Any:
    """What `dataclasses` wants to know of a class."""
    import dataclasses

    def standard(one: _Field) -> Any:
        given: dict[str, Any] = {"init": one.init, "repr": one.repr, "compare": one.compare}
        if one.default is not _MISSING:
            given["default"] = one.default
        if one.factory is not _MISSING:
            given["default_factory"] = one.factory
        return dataclasses.field(**given)

    told = [(one.name, one.annotation, standard(one)) for one in _fields_of(cls).values()]
    return dataclasses.make_dataclass(cls.__name__, told).__dict__["__dataclass_fields__"]


if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:
    dataclass, field, replace = _dataclass, _field, _replace
