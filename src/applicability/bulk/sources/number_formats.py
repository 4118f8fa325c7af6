"""Numbers of a workbook as their format shows them, as far as it changes what they mean: percentages and codes."""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Callable, Mapping

from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern

# A condition of a section, such as [<=0.5].
_CONDITION = lazy_pattern(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_PERCENT = "%％"


@dataclass(frozen=True)
class FormatSection:
    """A section of a number format: its placeholders, the text that it adds, the percent signs that scale, and the
    condition under which it applies, if it states one.
    """

    places: str
    literal: str
    percents: int
    condition: tuple[str, float] | None


def as_shown(value: float, form: str) -> str:
    """A number as its cell shows it, with all its digits.

    >>> as_shown(0.49, "0.00%_);(0.00%)"), as_shown(49, "0\\\\%"), as_shown(111, "0000"), as_shown(0.49, "0.00")
    ('49%', '49%', '0111', '0.49')
    """
    section = _section(value, form)
    whole = isinstance(value, int) or value.is_integer()
    if whole and not section.percents and len(section.places) > 1 and not section.places.strip("0"):
        return str(int(value)).zfill(len(section.places))  # 111 shown as 0111 is a code
    scaled = round(value * 100**section.percents, 10) if section.percents else value
    shown = repr(scaled).removesuffix(".0")
    if section.percents:
        return f"{shown}%"
    # Written behind the number and scaling nothing: 49 is shown as 49%, and that is what is meant.
    added = section.literal.strip()
    return shown + ("%" if added in _PERCENT else added) if any(one in added for one in _PERCENT) else shown


def _section(value: float, form: str) -> FormatSection:
    """The section of a format that applies to a number."""
    sections = sections_of(form)
    first = sections[0]
    if any(one.condition for one in sections):
        held = (
            one for one in sections if one.condition is None or _COMPARED[one.condition[0]](value, one.condition[1])
        )
        return next(held, first)
    place = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    # An empty section hides the number: it is still what the others would show it as.
    return sections[place] if sections[place].places or sections[place].literal else first


@functools.lru_cache(1024)
def sections_of(form: str) -> tuple[FormatSection, ...]:
    """The sections of a number format."""
    return tuple(map(_read, _split(form)))


# Quoted text, an escaped character, a space as wide as a character, a character to fill with, brackets.
_TOKEN = re.compile(r'"([^"]*)"?|\\(.)|_.|\*.|\[([^\]]*)\]|(;)|(.)', re.DOTALL)


def _split(form: str) -> list[list[re.Match[str]]]:
    found: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(form):
        if token[4]:
            found.append([])
        else:
            found[-1].append(token)
    return found


def _read(tokens: list[re.Match[str]]) -> FormatSection:
    places, literal, percents, condition = "", "", 0, None
    for token in tokens:
        text, escaped, brackets, _, plain = token.groups()
        if brackets is not None:
            if stated := _CONDITION.fullmatch(brackets.strip()):
                condition = (stated[1], float(stated[2]))
        elif text is not None or escaped is not None:
            literal += text or escaped or ""
        elif plain == "%":
            percents += 1
        elif plain == "％":
            literal += plain
        elif plain is not None and plain not in " ()+-":
            places += plain
    return FormatSection(places, literal, percents, condition)
