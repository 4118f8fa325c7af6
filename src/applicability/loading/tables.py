"""Reading the big tables, which are CSV because they are flat: divisions, sectors, their names and words for them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from applicability.errors import Location, Problem, suggest
from applicability.loading.yaml.decode import decode
from applicability.model.catalogue import Everyday, Named, forms
from applicability.model.former import FormerDivisions
from applicability.model.places import Division
from applicability.model.sectors import Sector

_FORMER = ["code", "zh", "ended", "successor", "city", "parts", "listed_in", "told_by"]
_CODE = re.compile(r"[1-9]\d{5}")
_ENDED = re.compile(r"\d{4}(?:-\d{2}-\d{2})?")


def _rows(data: bytes, file: str, header: list[str]) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    text, problems = decode(data, file, "R")
    if text is None:
        return [], problems
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        rows = [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        return [], [Problem("R130", Location(file), f"not a CSV table: {error}", "save it as UTF-8 CSV")]
    if not rows or rows[0][1] != header:
        return [], [Problem("R130", Location(file, 1, 1), "the header is not as expected", "write " + ",".join(header))]
    problems = [
        Problem("R130", Location(file, line, 1), f"{len(row)} cells instead of {len(header)}", "check the commas")
        for line, row in rows[1:]
        if len(row) != len(header)
    ]
    return [(line, row) for line, row in rows[1:] if len(row) == len(header)], problems


def read_divisions(data: bytes, file: str) -> tuple[dict[str, Division], list[Problem]]:
    """The divisions of places/divisions.csv by GB/T 2260 code."""
    rows, problems = _rows(data, file, ["code", "zh", "en", "pinyin", "aliases"])
    found: dict[str, Division] = {}
    for line, (code, zh, en, pinyin, aliases) in rows:
        if len(code) != 6 or not code.isdigit() or not zh:
            problems.append(
                Problem("R131", Location(file, line, 1), f"`{code}` is not a division", "six digits and a name")
            )
        elif code in found:
            problems.append(Problem("R131", Location(file, line, 1), f"`{code}` stands twice", "keep one line"))
        else:
            found[code] = Division(code, zh, en, pinyin, tuple(alias for alias in aliases.split("|") if alias))
    for line, (code, *_) in rows:
        if code[:2] + "0000" not in found:
            problems.append(Problem("R131", Location(file, line, 1), f"`{code}` has no province", "add the province"))
    return found, problems


def read_former(data: bytes, file: str, divisions: Mapping[str, Division]) -> tuple[FormerDivisions, list[Problem]]:
    """The former divisions of places/former.csv; what they are read as are divisions of the current table."""
    rows, problems = _rows(data, file, _FORMER)
    lines: list[str] = []
    for line, (code, zh, ended, successor, city, parts, *_) in rows:
        here = Location(file, line, 1)
        if not _CODE.fullmatch(code) or not zh or not _ENDED.fullmatch(ended):
            hint = "six digits, a name, and the year or day on which they went out of use"
            problems.append(Problem("R133", here, f"`{code}` is not a former division", hint))
        if bool(successor) == bool(city):
            hint = "name the successor, or else the city or province that holds all its parts"
            problems.append(Problem("R133", here, f"`{code}` is read as nothing, or as two things", hint))
        for place in (successor, city, *parts.split("|")):
            if place and place not in divisions:
                hint = "name a division of divisions.csv by its code"
                problems.append(Problem("R103", here, f"unknown place `{place}`", hint))
        lines.append(",".join((code, zh, ended, successor, city, parts)))
    return FormerDivisions("\n".join(lines)), problems


def read_sectors(data: bytes, file: str) -> tuple[dict[str, Sector], list[Problem]]:
    """The codes of sectors.csv by GB/T 4754; a section's divisions follow its line."""
    rows, problems = _rows(data, file, ["code", "zh", "en"])
    found: dict[str, Sector] = {}
    section = ""
    for line, (code, zh, en) in rows:
        section = code if len(code) == 1 and code.isalpha() else section
        if not section or not zh or not (code == section or (code.isdigit() and 2 <= len(code) <= 4)):
            problems.append(
                Problem("R132", Location(file, line, 1), f"`{code}` is not a sector", "A to T, or 2 to 4 digits")
            )
        elif code in found:
            problems.append(Problem("R132", Location(file, line, 1), f"`{code}` stands twice", "keep one line"))
        else:
            found[code] = Sector(code, zh, en, section)
    return found, problems


def read_sector_names(data: bytes, file: str, sectors: Mapping[str, Sector]) -> tuple[dict[str, Named], list[Problem]]:
    """The codes of sector_names.csv: the whole of GB/T 4754, with the names that sectors.csv gives to what it lists."""
    rows, problems = _rows(data, file, ["code", "zh"])
    found: dict[str, Named] = {}
    for line, (code, zh) in rows:
        here = Location(file, line, 1)
        listed = sectors.get(code)
        if not zh or not (code in sectors or (code.isdigit() and 2 <= len(code) <= 4)):
            problems.append(Problem("R132", here, f"`{code}` is not a sector", "A to T, or 2 to 4 digits, and a name"))
        elif code in found:
            problems.append(Problem("R132", here, f"`{code}` stands twice", "keep one line"))
        elif len(code) > 1 and (code[:2] not in sectors or (len(code) == 4 and code[:3] not in found)):
            hint = "a group follows its division, which is in sectors.csv, and a class its group"
            problems.append(Problem("R132", here, f"`{code}` stands without what it lies under", hint))
        elif listed is not None and listed.zh != zh:
            problems.append(
                Problem("R132", here, f"`{code}` is `{zh}` here and `{listed.zh}` in sectors.csv", "keep one name")
            )
        else:
            found[code] = Named(code, zh, listed.en if listed is not None else "")
    return found, problems


def read_sector_words(data: bytes, file: str, names: Mapping[str, Named]) -> tuple[tuple[Everyday, ...], list[Problem]]:
    """The everyday words of sector_words.csv, with the codes that each may mean."""
    rows, problems = _rows(data, file, ["codes", "zh", "en"])
    official = {forms(name)[0]: one.code for one in names.values() for name in (one.zh, one.en) if name}
    found: list[Everyday] = []
    first: dict[str, int] = {}
    for line, (codes, zh, en) in rows:
        here = Location(file, line, 1)
        entry = Everyday(tuple(codes.split()), _words(zh), _words(en))
        if not entry.codes or not entry.words:
            problems.append(Problem("R133", here, "a line without codes or without words", "write both"))
        for code in entry.codes:
            if code not in names:
                hint = suggest(code, names) or "a code of sector_names.csv"
                problems.append(Problem("R106", here, f"unknown sector code `{code}`", hint))
            if any(code != other and code.startswith(other) for other in entry.codes):
                problems.append(Problem("R133", here, f"`{code}` lies in another code of its line", "keep the coarser"))
        for word in entry.words:
            form = forms(word)[0]
            if first.setdefault(form, line) != line:
                message = f"`{word}` stands in line {first[form]} as well"
                problems.append(Problem("R133", here, message, "write all its codes in one line"))
            if form in official:
                message = f"`{word}` is the name of `{official[form]}`, which goes before a word"
                problems.append(Problem("R133", here, message, "remove the word"))
        found.append(entry)
    return tuple(found), problems


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split("|") if word.strip())
