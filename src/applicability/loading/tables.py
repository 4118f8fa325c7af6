"""Reading the two big tables, which are CSV because they are flat: divisions and sectors."""

from __future__ import annotations

import csv
import io

from applicability.errors import Location, Problem
from applicability.model.places import Division
from applicability.model.sectors import Sector


def _rows(data: bytes, file: str, header: list[str]) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    try:
        reader = csv.reader(io.StringIO(data.decode("utf-8")), strict=True)
        rows = [(reader.line_num, row) for row in reader if row]
    except (UnicodeDecodeError, csv.Error) as error:
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
