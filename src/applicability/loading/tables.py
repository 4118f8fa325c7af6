"""Reads the large tables, which are CSV: divisions, former divisions, sectors, their names and everyday words."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from applicability.errors import Location, Problem
from applicability.loading.yaml.decode import decode
from applicability.messages import did_you_mean
from applicability.model.catalogue import Everyday, Named, forms
from applicability.model.divisions import Division
from applicability.model.former import FormerDivisions
from applicability.model.moved_parts import MovedPart
from applicability.model.sectors import Sector
from applicability.text import Text

_FORMER = ["code", "zh", "ended", "successor", "city", "parts", "listed_in", "told_by"]
_CODE = re.compile(r"[1-9]\d{5}")
_ENDED = re.compile(r"\d{4}(?:-\d{2}-\d{2})?")
_YEAR = re.compile(r"[1-9]\d{3}")
# What ends a cell or a line in the texts that the tables are kept as.
_BREAK = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def _rows(data: bytes, file: str, header: list[str]) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    text, problems = decode(data, file, "R")
    if text is None:
        return [], problems
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        rows = [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        return [], [
            Problem(
                "R130",
                Location(file),
                Text(f"不是 CSV 表格：“{error}”", f"not a CSV table: {error}"),
                Text("存为 UTF-8 编码的 CSV", "save it as UTF-8 CSV"),
            )
        ]
    columns = ",".join(header)
    if not rows or rows[0][1] != header:
        return [], [
            Problem(
                "R130",
                Location(file, 1, 1),
                Text("表头与要求不符", "the header is not as expected"),
                Text(f"应写作 {columns}", f"write {columns}"),
            )
        ]
    problems = [
        Problem(
            "R130",
            Location(file, line, 1),
            Text(f"有{len(row)}格，应为{len(header)}格", f"{len(row)} cells instead of {len(header)}"),
            Text("检查逗号", "check the commas"),
        )
        for line, row in rows[1:]
        if len(row) != len(header)
    ]
    problems += [
        Problem(
            "R130",
            Location(file, line, 1),
            Text("有一格含制表符或换行", "a cell has a tab or a line break in it"),
            Text("每格写在一行之内，不用制表符", "write each cell in one line, without tabs"),
        )
        for line, row in rows[1:]
        if any(map(_BREAK.search, row))
    ]
    good = ((line, row) for line, row in rows[1:] if len(row) == len(header))
    return [(line, row) for line, row in good if not any(map(_BREAK.search, row))], problems


def read_characters(data: bytes, file: str) -> tuple[dict[int, str], list[Problem]]:
    """The characters of places/characters.csv: what names have for each traditional one, as `translate` takes it."""
    rows, problems = _rows(data, file, ["traditional", "written"])
    found: dict[int, str] = {}
    for line, (traditional, written) in rows:
        if len(traditional) != 1 or len(written) != 1 or ord(traditional) in found:
            problems.append(
                Problem(
                    "R131",
                    Location(file, line, 1),
                    Text(f"`{traditional},{written}` 不是一对字", f"`{traditional},{written}` is no pair"),
                    Text("每行两个字，繁体字不重复", "one traditional character a line, and what is written for it"),
                )
            )
        else:
            found[ord(traditional)] = written
    return found, problems


def read_divisions(data: bytes, file: str) -> tuple[dict[str, Division], list[Problem]]:
    """The divisions of places/divisions.csv by GB/T 2260 code."""
    rows, problems = _rows(data, file, ["code", "zh", "en", "pinyin", "aliases"])
    found: dict[str, Division] = {}
    for line, (code, zh, en, pinyin, aliases) in rows:
        if len(code) != 6 or not code.isdigit() or not zh:
            problems.append(
                Problem(
                    "R131",
                    Location(file, line, 1),
                    Text(f"`{code}` 不是行政区划", f"`{code}` is not a division"),
                    Text("应为六位数字和名称", "six digits and a name"),
                )
            )
        elif code in found:
            problems.append(_twice("R131", Location(file, line, 1), code))
        else:
            found[code] = Division(code, zh, en, pinyin, tuple(alias for alias in aliases.split("|") if alias))
    for line, (code, *_) in rows:
        if code[:2] + "0000" not in found:
            problems.append(
                Problem(
                    "R131",
                    Location(file, line, 1),
                    Text(f"`{code}` 没有所属的省级区划", f"`{code}` has no province"),
                    Text("补上该省级区划", "add the province"),
                )
            )
    return found, problems


def read_former(data: bytes, file: str, divisions: Mapping[str, Division]) -> tuple[FormerDivisions, list[Problem]]:
    """The former divisions of places/former.csv; each is read as a current division."""
    rows, problems = _rows(data, file, _FORMER)
    lines: list[str] = []
    for line, (code, zh, ended, successor, city, parts, *_) in rows:
        here = Location(file, line, 1)
        if not _CODE.fullmatch(code) or not zh or not _ENDED.fullmatch(ended):
            hint = Text(
                "应为六位数字、名称，以及停用的年份或日期",
                "six digits, a name, and the year or day on which they went out of use",
            )
            problems.append(
                Problem("R136", here, Text(f"`{code}` 不是停用的行政区划", f"`{code}` is not a former division"), hint)
            )
        if "," in zh:
            message = Text(f"名称 `{zh}` 中有逗号", f"the name `{zh}` has a comma in it")
            hint = Text("每行一个名称；另一名称另起一行", "one name a line; another name has a line of its own")
            problems.append(Problem("R136", here, message, hint))
        if bool(successor) == bool(city):
            hint = Text(
                "写明承接的区划；已拆分的，写明各部分所在的市或省",
                "name the successor, or else the city or province that holds all its parts",
            )
            problems.append(
                Problem(
                    "R136",
                    here,
                    Text(f"`{code}` 没有归属，或有两个归属", f"`{code}` is read as nothing, or as two things"),
                    hint,
                )
            )
        for place in (successor, city, *parts.split("|")):
            if place and place not in divisions:
                hint = Text("写 divisions.csv 中的区划代码", "name a division of divisions.csv by its code")
                problems.append(Problem("R103", here, Text(f"查不到地方 `{place}`", f"unknown place `{place}`"), hint))
        lines.append(",".join((code, zh, ended, successor, city, parts)))
    return FormerDivisions("\n".join(lines)), problems


def read_moved(data: bytes, file: str, divisions: Mapping[str, Division]) -> tuple[dict[str, MovedPart], list[Problem]]:
    """The names of places/moved.csv, by the province that they were part of."""
    rows, problems = _rows(data, file, ["zh", "was_part_of", "part_of", "since", "listed_in"])
    found: dict[str, MovedPart] = {}
    for line, (zh, was, province, since, _) in rows:
        here = Location(file, line, 1)
        for place in (was, province):
            if place not in divisions or not place.endswith("0000"):
                message = Text(f"`{place}` 不是省级区划", f"`{place}` is no province")
                hint = Text("写 divisions.csv 中省级区划的代码", "name a province of divisions.csv by its code")
                problems.append(Problem("R137", here, message, hint))
        part = found.get(was, MovedPart(province, since, ()))
        if not zh or not _YEAR.fullmatch(since) or was == province:
            message = Text(f"`{zh}` 没有写明何时归入何处", f"`{zh}` does not say since when it is part of what")
            hint = Text(
                "写名称、原属和现属的省级区划、年份",
                "a name, the province that it was part of, that of today, and the year",
            )
            problems.append(Problem("R137", here, message, hint))
        elif (part.province, part.since) != (province, since):
            message = Text(
                f"`{was}` 的一部分已写明{part.since}年归入 `{part.province}`",
                f"a part of `{was}` is said to be `{part.province}` since {part.since} already",
            )
            hint = Text("同一省份只写一个现属省份和年份", "of one province there is one such part, since one year")
            problems.append(Problem("R137", here, message, hint))
        elif zh in part.names:
            problems.append(_twice("R137", here, zh))
        else:
            found[was] = part._replace(names=(*part.names, zh))
    return found, problems


def read_sectors(data: bytes, file: str) -> tuple[dict[str, Sector], list[Problem]]:
    """The codes of sectors.csv by GB/T 4754; a section's divisions follow its line."""
    rows, problems = _rows(data, file, ["code", "zh", "en"])
    found: dict[str, Sector] = {}
    section = ""
    for line, (code, zh, en) in rows:
        section = code if len(code) == 1 and code.isalpha() else section
        known = code == section or (code.isdigit() and 2 <= len(code) <= 4)
        if not section or not known or not (zh and en):
            problems.append(_no_sector(Location(file, line, 1), code))
        elif code in found:
            problems.append(_twice("R132", Location(file, line, 1), code))
        else:
            found[code] = Sector(code, zh, en, section)
    return found, problems


def read_sector_names(data: bytes, file: str, sectors: Mapping[str, Sector]) -> tuple[dict[str, Named], list[Problem]]:
    """The codes of sector_names.csv: all of GB/T 4754; a code of sectors.csv has the same names in both."""
    rows, problems = _rows(data, file, ["code", "zh", "en"])
    found: dict[str, Named] = {}
    for line, (code, zh, en) in rows:
        here = Location(file, line, 1)
        listed = sectors.get(code)
        known = code in sectors or (code.isdigit() and 2 <= len(code) <= 4)
        if not known or not (zh and en):
            problems.append(_no_sector(here, code))
        elif code in found:
            problems.append(_twice("R132", here, code))
        elif len(code) > 1 and (code[:2] not in sectors or (len(code) == 4 and code[:3] not in found)):
            hint = Text(
                "中类排在大类之后（大类见 sectors.csv），小类排在中类之后",
                "a group follows its division, which is in sectors.csv, and a class its group",
            )
            problems.append(
                Problem(
                    "R132", here, Text(f"`{code}` 的上一级未列出", f"`{code}` stands without what it lies under"), hint
                )
            )
        elif listed is not None and (listed.zh, listed.en) != (zh, en):
            here_named, there = (zh, listed.zh) if listed.zh != zh else (en, listed.en)
            problems.append(
                Problem(
                    "R132",
                    here,
                    Text(
                        f"`{code}` 在此为 `{here_named}`，在 sectors.csv 中为 `{there}`",
                        f"`{code}` is `{here_named}` here and `{there}` in sectors.csv",
                    ),
                    Text("只用一个名称", "keep one name"),
                )
            )
        else:
            found[code] = Named(code, zh, en)
    return found, problems


def read_sector_words(data: bytes, file: str, names: Mapping[str, Named]) -> tuple[tuple[Everyday, ...], list[Problem]]:
    """The everyday words of sector_words.csv, with the codes that each may mean."""
    rows, problems = _rows(data, file, ["codes", "zh", "en"])
    official = {forms(name)[0]: one.code for one in names.values() for name in (one.zh, one.en)}
    found: list[Everyday] = []
    first: dict[str, int] = {}
    for line, (codes, zh, en) in rows:
        here = Location(file, line, 1)
        entry = Everyday(tuple(codes.split()), _words(zh), _words(en))
        if not entry.codes or not entry.words:
            problems.append(
                Problem(
                    "R133",
                    here,
                    Text("该行缺少代码或用语", "a line without codes or without words"),
                    Text("两项都要写", "write both"),
                )
            )
        for code in entry.codes:
            if code not in names:
                hint = did_you_mean(code, names) or Text("写 sector_names.csv 中的代码", "a code of sector_names.csv")
                problems.append(
                    Problem("R106", here, Text(f"查不到行业代码 `{code}`", f"unknown sector code `{code}`"), hint)
                )
            if any(code != other and code.startswith(other) for other in entry.codes):
                problems.append(
                    Problem(
                        "R133",
                        here,
                        Text(f"`{code}` 已包含在同一行的另一代码中", f"`{code}` lies in another code of its line"),
                        Text("只保留上一级代码", "keep the coarser"),
                    )
                )
        for word in entry.words:
            form = forms(word)[0]
            if first.setdefault(form, line) != line:
                message = Text(f"`{word}` 也在第{first[form]}行", f"`{word}` stands in line {first[form]} as well")
                problems.append(
                    Problem("R133", here, message, Text("把它的代码写在同一行", "write all its codes in one line"))
                )
            if form in official:
                message = Text(
                    f"`{word}` 是 `{official[form]}` 的正式名称，优先于用语",
                    f"`{word}` is the name of `{official[form]}`, which goes before a word",
                )
                problems.append(Problem("R133", here, message, Text("删去这个用语", "remove the word")))
        found.append(entry)
    return tuple(found), problems


def _no_sector(here: Location, code: str) -> Problem:
    """A row whose code is none of the classification, or that lacks a name."""
    return Problem(
        "R132",
        here,
        Text(f"`{code}` 不是行业", f"`{code}` is not a sector"),
        Text("应为 A 至 T 或二至四位数字，并有中英文名称", "A to T, or 2 to 4 digits, with a name in both languages"),
    )


def _twice(problem: str, here: Location, code: str) -> Problem:
    """A second row with a code that an earlier one has."""
    return Problem(problem, here, Text(f"`{code}` 重复", f"`{code}` stands twice"), Text("只保留一行", "keep one line"))


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split("|") if word.strip())
