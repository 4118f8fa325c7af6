"""The language that a command line or the locale asks for."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from applicability.text import Lang


def locale_language() -> Lang:
    """The language of APPLICABILITY_LANG, or else of the locale: zh for any Chinese, else en."""
    own = os.environ.get("APPLICABILITY_LANG")
    if own in ("zh", "en"):
        return "zh" if own == "zh" else "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def asked(arguments: Sequence[str]) -> Lang | None:
    """What the last `--lang` among the arguments says, before any of them is read: their mistakes are told in it."""
    found: Lang | None = None
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            value = value if equals else next(iter(arguments[place + 1 : place + 2]), "")
            found = "zh" if value == "zh" else "en" if value == "en" else found
    return found
