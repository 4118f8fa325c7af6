"""The answers that are given without click: the help of the program, and what a shell asks as a user types.

A command line that this does not know for certain is left to click, which answers alike: a test compares the two.
"""

from __future__ import annotations

from applicability.cli.completion_table import COMMANDS, ROOT
from applicability.cli.requested_language import asked, locale_language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from applicability.cli.completion_table import OptionEntry, Parameters

    # The words that can stand in a place, and what each does where the shell shows that.
    Items = list[tuple[str, str]]

_VARIABLE = "_APPLICABILITY_COMPLETE"
_HELP = ("-h", "--help")


def answer(arguments: Sequence[str], environment: Mapping[str, str]) -> str | None:
    """What to print; None where click has to be asked."""
    if _VARIABLE in environment:
        return _completion(environment[_VARIABLE], environment)
    words = [word for word in arguments if word not in ("--lang=zh", "--lang=en")]
    if len(words) == 3 and "--lang" in words[:2]:
        place = words.index("--lang")
        words = words[:place] + words[place + 2 :] if words[place + 1] in ("zh", "en") else words
    if len(words) != 1 or words[0] not in _HELP:
        return None
    from applicability.cli.root_help import page
    from applicability.cli.terminal import columns

    return page(asked(arguments) or locale_language(), columns())


# Completion ------------------------------------------------------------------------------------------------------


def _completion(instruction: str, environment: Mapping[str, str]) -> str | None:
    shell = instruction.removesuffix("_complete")
    words, place = environment.get("COMP_WORDS"), environment.get("COMP_CWORD")
    if shell not in ("bash", "zsh") or instruction == shell or words is None or place is None:
        return None
    if not place.isdecimal() or any(sign in words for sign in "\"'\\"):
        return None  # splitting a quoted line needs the shell's rules
    parts = words.split()
    number = int(place)
    incomplete = parts[number] if number < len(parts) else ""
    found = complete(parts[1:number], incomplete)
    if found is None:
        return None
    if shell == "bash":
        return "".join(f"plain,{value}\n" for value, _ in found) or "\n"
    return "".join(f"plain\n{_escaped(value, told)}\n{told or '_'}\n" for value, told in found) or "\n"


def _escaped(value: str, told: str) -> str:
    return value.replace(":", r"\:") if told else value


def complete(words: Sequence[str], incomplete: str) -> Items | None:
    """What can stand in the place of an incomplete word, behind those words; None where click has to say."""
    if "=" in incomplete:
        return None
    here: Parameters = ROOT
    given: set[tuple[str, ...]] = set()
    positional, waiting, inside = 0, None, False
    for word in words:
        if waiting is not None:
            if word.startswith("-"):
                return None
            waiting = None
        elif word.startswith("-"):
            name, equals, _ = word.partition("=")
            option = _option(here, name)
            if option is None or (equals and not option[1]):
                return None
            given.add(option[0])
            waiting = option if option[1] and not equals else None
        elif inside:
            positional += 1
        elif word in COMMANDS:
            here, inside, given = COMMANDS[word], True, set()
        else:
            return None
    if incomplete.startswith("-"):
        return None if waiting else [
            (name, told) for names, _, several, _, told in here[0] if several or names not in given
            for name in names if name.startswith(incomplete)
        ]  # fmt: skip
    if waiting is not None:
        return _begin_so(waiting[3], incomplete)
    if not inside:
        return None if incomplete and not incomplete[0].isalnum() else _commands(incomplete)
    taken = 0
    for count, choices in here[1]:
        taken += max(count, 0)
        if count < 0 or positional < taken:
            return _begin_so(choices, incomplete)
    return None if incomplete and not incomplete[0].isalnum() else []


def _option(parameters: Parameters, name: str) -> OptionEntry | None:
    return next((option for option in parameters[0] if name in option[0]), None)


def _begin_so(words: Sequence[str], incomplete: str) -> Items:
    return [(word, "") for word in words if word.startswith(incomplete)]


def _commands(incomplete: str) -> Items:
    from applicability.cli.root_help import COMMANDS as TOLD  # bash shows names only

    lang = asked(()) or locale_language()
    return [(name, told.of(lang)) for name, told in TOLD.items() if name.startswith(incomplete)]
