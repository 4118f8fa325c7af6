"""Regular expressions that are compiled when they are first used: a short command uses few of those it loads."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _LazyPattern:
    """Stands for a pattern; what is asked of it, the pattern is asked, and remembered."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, found)
        return found


def lazy_pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, later.

    >>> lazy_pattern("[a-c]+").fullmatch("abba")
    <re.Match object; span=(0, 4), match='abba'>
    """
    return cast("re.Pattern[AnyStr]", _LazyPattern(source, flags))
