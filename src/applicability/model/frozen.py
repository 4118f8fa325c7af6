"""An immutable dict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar

_Key = TypeVar("_Key")
_Held = TypeVar("_Held")


class FrozenDict(dict[_Key, _Held]):
    """A dict that rejects every change: as fast to read as a dict, and, unlike a mapping proxy, picklable and copyable.

    >>> FrozenDict(a=1)["b"] = 2
    Traceback (most recent call last):
    TypeError: this mapping does not change: make a new one
    """

    __slots__ = ()

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("this mapping does not change: make a new one")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (dict(self),))


def freeze(value: object, *names: str) -> None:
    """Makes mappings of a frozen dataclass immutable; call it in `__post_init__`."""
    held = value.__dict__
    for name in names:
        if type(held[name]) is not FrozenDict:
            held[name] = frozen(held[name])


def frozen(mapping: Mapping[_Key, _Held]) -> FrozenDict[_Key, _Held]:
    """The mapping as a FrozenDict."""
    return mapping if isinstance(mapping, FrozenDict) else FrozenDict(mapping)
