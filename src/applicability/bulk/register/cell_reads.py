"""Whether a cell reads under a heading: what a source judges by in which column a cell of an uneven row stands.

Free text in a list is common, so that under its heading only what reads as something else does not read. A heading of
texts, such as names and addresses, takes anything.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

from applicability.bounded import BoundedCache
from applicability.bulk.sources.heading_groups import CellReads, Known
from applicability.loading.company import credit_codes
from applicability.loading.company.cells import code_of, is_missing, number_of, truth_of
from applicability.loading.company.share_values import Share
from applicability.loading.company.shares import shares_of
from applicability.loading.company.zone_names import is_functional_zone
from applicability.loading.profile.parts import whole_name
from applicability.loading.profile.written import LISTS, is_none, narrow, words_of
from applicability.loading.yaml.scalars import read_date, read_decimal, read_truth
from applicability.model.facts import FactDeclaration
from applicability.model.headings import CREDIT_CODE, PLACE_LEVELS, REGISTERED_LEVELS, SECTOR_LEVELS
from applicability.model.leaf_kinds import FINDING, LIMITS
from applicability.model.place_spellings import names_no_place
from applicability.model.rulebook import Rulebook

_REMEMBERED = 100_000
_ReadsCell = Callable[[str], bool]
# Digits of the longest code of a sector.
_DIGITS = 4
# Characters of the shortest number that stood where codes stand now, that of an organisation.
_CODE = 9


def cell_reads(rulebook: Rulebook, known: Known) -> CellReads:
    """The function that says whether a cell reads under a heading; `known` says what the heading holds."""
    readers: dict[str, _ReadsCell | None] = {}
    found: BoundedCache[tuple[str, str], bool] = BoundedCache(_REMEMBERED)

    def reads(heading: str, cell: str) -> bool:
        if heading not in readers:
            readers[heading] = _reader(rulebook, known(heading) or "")
        reader = readers[heading]
        if reader is None:
            return True
        key = heading, cell
        if key not in found:
            found[key] = is_missing(cell) or reader(cell.strip())
        return found[key]

    return reads


def _reader(rulebook: Rulebook, role: str) -> _ReadsCell | None:
    """What reads in a column of that role; None if anything does."""
    if role.startswith((FINDING, f"{LIMITS}.")):
        return _is_truth
    if role == CREDIT_CODE:
        return _is_code
    if role in (*PLACE_LEVELS, *REGISTERED_LEVELS):
        return functools.partial(_is_place, rulebook)
    if role in SECTOR_LEVELS:
        return lambda cell: _is_digits(cell) or _is_sector(rulebook, cell)
    declaration = rulebook.facts.get(whole_name(role)[0])
    return None if declaration is None else _of_fact(rulebook, declaration)


def _of_fact(rulebook: Rulebook, declaration: FactDeclaration) -> _ReadsCell | None:
    match declaration.type:
        case "boolean":
            answers = rulebook.headings.answers.get(declaration.name, {})
            return lambda cell: _is_truth(cell) or truth_of(cell, answers) != cell
        case "percent":
            return functools.partial(_is_share, rulebook)
        case "number":
            return _is_number
        case "date":
            return _is_date
        case "place":
            return functools.partial(_is_place, rulebook)
        case "registration":
            return lambda cell: _is_truth(cell) or _is_place(rulebook, cell)
        case "sector":
            return functools.partial(_is_sector, rulebook)
        case "choice":
            return lambda cell: declaration.value_of(cell) is not None
        case type if type in LISTS:
            return functools.partial(_is_list, rulebook, declaration)
        case _:
            return None


def _is_truth(cell: str) -> bool:
    return read_truth(cell) is not None or truth_of(cell) != cell


def _is_share(rulebook: Rulebook, cell: str) -> bool:
    share = shares_of(rulebook).read(cell)
    return isinstance(share, Share) and all(0 <= one <= 100 for one in share.numbers)


def _is_number(cell: str) -> bool:
    return read_decimal(number_of(narrow(cell))) is not None


def _is_date(cell: str) -> bool:
    return read_date(cell) is not None


def _is_code(cell: str) -> bool:
    """Whether a cell may be a credit code, an older number or one with a slip."""
    try:
        credit_codes.read(cell)
    except credit_codes.NoCode:
        return len(cell) >= _CODE and cell.isascii() and cell.isalnum()
    return True


def _is_place(rulebook: Rulebook, cell: str) -> bool:
    name = str(code_of(cell))
    return bool(rulebook.gazetteer.candidates(name, "place") or names_no_place(name) or is_functional_zone(name))


def _is_sector(rulebook: Rulebook, cell: str) -> bool:
    declaration = next(one for one in rulebook.facts.values() if one.type == "sector")
    words = words_of(rulebook, declaration, str(code_of(cell)))
    return all(map(rulebook.sectors.sectors_of, words))


def _is_digits(cell: str) -> bool:
    """Whether a cell may be the code of a level, which perhaps lost its leading zero."""
    return cell.isdecimal() and len(cell) <= _DIGITS


def _is_list(rulebook: Rulebook, declaration: FactDeclaration, cell: str) -> bool:
    words = words_of(rulebook, declaration, cell)
    if len(words) > 1 and any(map(is_none, words)):
        return False
    if not words or any(_is_word(rulebook, declaration, word) for word in words):
        return True
    other = _is_truth(cell) or _is_number(cell) or _is_share(rulebook, cell) or _is_date(cell)
    return not (other or _is_place(rulebook, cell))


def _is_word(rulebook: Rulebook, declaration: FactDeclaration, word: str) -> bool:
    match declaration.type:
        case "activities":
            return rulebook.sectors.activity_of(word) is not None
        case "zones":
            return bool(rulebook.gazetteer.candidates(word, "zone"))
        case "zone_types":
            return rulebook.gazetteer.zone_type_of(word) is not None
        case _:
            return declaration.value_of(word) is not None
