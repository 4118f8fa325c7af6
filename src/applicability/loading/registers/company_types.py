"""Company types: the facts that their wordings imply, those they exclude, and notes on them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Mapping

from applicability.lazy_dataclass import dataclass
from applicability.model.rulebook import Rulebook
from applicability.text import Text

# Stands for any number that no wording names.
_OTHER = math.inf


@dataclass(frozen=True)
class TypeFacts:
    """What a company type implies, given the facts that the company states.

    `gives` are the facts it adds, in the order of the wordings; `notes` are notes, each with the fact it is about;
    `against` are the facts that contradict it, each with the value of an earlier wording, None for the company's own.
    """

    gives: Mapping[str, str]
    notes: tuple[tuple[str, Text], ...]
    against: tuple[tuple[str, str | None], ...]


class CompanyTypes:
    """Reads company types by the wordings of one rulebook; `columns` are the facts that a register can give.

    `facts` are those of them that a wording refers to.
    """

    def __init__(self, rulebook: Rulebook, columns: Collection[str]) -> None:
        self._types = types = rulebook.headings.types
        asked = dict.fromkeys(fact for one in types for fact in (*one.gives, *one.excludes, *one.settles))
        told = [(fact, value) for one in types for fact, value in one.gives.items()]
        told += [(fact, value) for one in types for fact, values in one.excludes.items() for value in values]
        numbers: dict[str, set[float | None]] = {}
        for fact, value in told:
            numbers.setdefault(fact, set()).add(_number(value))
        self.facts = tuple(fact for fact in asked if fact in columns)
        self._numbers = numbers
        self._holds = [tuple(map(_bare, one.holds)) for one in types]

    def wordings(self, cell: str) -> tuple[int, ...]:
        """The places of the wordings that a type holds, each with a fact that no earlier one has settled."""
        text = _bare(cell)
        settled: set[str] = set()
        found = []
        for place, wording in enumerate(self._types):
            if any(words in text for words in self._holds[place]):
                facts = {*wording.gives, *wording.settles}
                if not facts <= settled:
                    found.append(place)
                settled |= facts
        return tuple(found)

    def weight(self, fact: str, value: object) -> float | None:
        """A value as the wordings distinguish it: its number, one stand-in for all numbers that none names, None for no
        number.
        """
        number = _number(value)
        return number if number is None or number in self._numbers.get(fact, ()) else _OTHER

    def said(self, wordings: tuple[int, ...], told: Mapping[str, float | None]) -> TypeFacts:
        """What these wordings imply for a company; `told` are the weights of the facts it states."""
        gives: dict[str, str] = {}
        notes: list[tuple[str, Text]] = []
        against: list[tuple[str, str | None]] = []
        for wording in (self._types[place] for place in wordings):
            for fact, value in wording.gives.items():
                if fact not in told and fact not in gives:
                    gives[fact] = value
                elif fact == "foreign_share" and _held(fact, told, gives) not in (None, _number(value)):
                    against.append((fact, gives.get(fact)))
            for fact, values in wording.excludes.items():
                if (fact in told or fact in gives) and _held(fact, told, gives) in {_number(value) for value in values}:
                    against.append((fact, gives.get(fact)))
            if wording.note is not None and not any(fact in told or fact in gives for fact in wording.settles):
                notes.append((wording.settles[0], wording.note))
        return TypeFacts(gives, tuple(notes), tuple(against))


def _held(fact: str, told: Mapping[str, float | None], gives: Mapping[str, str]) -> float | None:
    return told[fact] if fact in told else _number(gives[fact])


def _bare(text: str) -> str:
    """Text without case, spaces, hyphens and enumeration commas (港、澳、台), in half width."""
    return re.sub(r"[\s、-]+", "", unicodedata.normalize("NFKC", text)).casefold()


def _number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None
