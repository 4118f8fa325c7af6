"""What `mutilate_registers.py` does to registers: to their cells, headings, columns, rows, and bytes."""

from __future__ import annotations

import csv
import datetime
import decimal
import io
import itertools
import json
import random
import sqlite3
import unicodedata
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl.utils.exceptions import IllegalCharacterError

# What leaves every row a company.
WHOLE = ("cells", "separators", "shifted")
KINDS = ("csv", "jsonl", "parquet", "xlsx", "sqlite")
Table = list[list[object]]
_NESTED: Any = []
for _ in range(60):
    _NESTED = [_NESTED]

# Cells that no register should have; as text they fit every kind of file.
TEXTS = (
    "", " ", "-", "/", "NaN", "inf", "-Infinity", "1e400", "0x31", "1" * 400, "9" * 5000, "-0", "%", "%%", "4９％",
    "49%%",
    "½", "④⑨", "٤٩", "5①", "五十", "百分之", "百分之一百二十", "外方", "，", "；；；", "、", "\x01\x1f", "\x7f\x85",
    "\u202eabc\u202c",
    "\u200b", "\ufeff", "\U00020bb7野家", "👩\u200d👩\u200d👧", "\U0010ffff", "a" * 40_000, "甲" * 9000,
    "a;b；c|d," * 800,
    "=1+1", "'0111", '="0111"', "+1", "@x", "[]", "{}",
    "[1,2", "null", "true", "{'yes': ['x']}", "\n\n", "\t", "\r", "a\nb",
    '"', '"a', 'a"b,c', "合计", "注：无", "填表人：某某", "序号", "企业名称", "市辖区", "北京市朝阳区", "鼓楼区",
    "110101", "310115.0",
    "11010519491231002X", "2026-02-30", "45000", "不详", "无", "全资", "是", "99999999999999999999.5", "1/2", "{0}",
    "%s",
    "\\x00", "../..", "<b>", "&amp;", "0" * 300, "天津" * 2000, "没有的区", "0000", "foreign_share", "e\u0301" * 50,
)  # fmt: skip
# What only some kinds of file can hold.
VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 0.49, 49.0, 1e308, -1e-308, 310115.0, 2**53 + 1, 2**63 - 1, 10**40, float("nan"),
    float("inf"), [], [[]], [None], ["a", 1, None, {"b": 2}], {}, {"yes": 1}, {"yes": ["x"], "no": ["x"]}, {"above": 1},
    {"above": 60, "at_most": 20}, {"": ""}, _NESTED, "\ud800", "a\udfffb", "\x00",
)  # fmt: skip
_SHEET_VALUES: tuple[Any, ...] = (
    datetime.datetime(2026, 1, 31, 5, 6), datetime.time(1, 2), datetime.timedelta(days=2), True, 1e300, -0.0, 10**15,
    "#N/A", "#REF!", "=A1", "=SUM(", "=1/0",
)  # fmt: skip
HEADINGS = (
    "", " ", "城市", "city", "所属省份", "区", "行业", "外资比例", "外资占比（%）", "统一社会信用代码",
    "纳税人识别号", "企业名称", "name",
    "line", "row", "verdict", "document", "reason", "title", "source_line", "as_of", "1", "天津", "合计",
    "activities.yes",
    "zones.no", "foreign_share.above", "determinations.x", "limits.x", "determinations", "investors", "zones", "a\nb",
    "\u200b城市", "x" * 5000, "\U0001f600", "城市 ", "CITY", "城市（代码）", "列\t1", '"', "'", "a,b", "外资",
    "比例", "单位：%", "%",
)  # fmt: skip


@dataclass(frozen=True)
class Register:
    """A mutilated register: what `screen` is given, what was done to it, and the numbers of the rows that it still has.

    `lines` is None where the mutilation leaves no saying which rows there are, or lines are no rows. `meant` are the
    cells of each row by heading, where separators moved some of them under another one.
    """

    source: str
    how: str
    lines: tuple[int, ...] | None = None
    companies: int = 0
    meant: tuple[Mapping[str, object], ...] | None = None


def mutilated(kind: str, companies: Sequence[Mapping[str, str]], folder: Path, draw: random.Random) -> Register:
    """Writes good companies as a register of that kind, mutilated in one of the ways that the kind allows."""
    headings = [*companies[0]]
    table: Table = [[one[name] or None for name in headings] for one in companies]
    how = draw.choice(("cells", "cells", "cells", "headings", "columns", "rows", "bytes", "bytes", *_ALSO[kind]))
    meant: tuple[Mapping[str, object], ...] | None = None
    if how == "shifted":
        meant = _shifted(headings, table, draw)
    change = _CHANGES.get(how)
    if change is not None:
        change(kind, headings, table, draw)
    if how not in WHOLE and draw.random() < 0.3:
        _cells(kind, headings, table, draw)
    path = folder / f"register.{kind}"
    if kind == "parquet" and how == "types":
        _typed(path, headings, table, draw)
    else:
        _WRITERS[kind](path, headings, table, draw)
    first = 2 if kind in ("csv", "xlsx") else 1
    lines: tuple[int, ...] | None = tuple(
        range(first, first + len(table)) if kind == "sqlite" else (
            line for line, row in enumerate(table, first) if kind != "csv" or any(map(_fills, row))
        )
    )  # fmt: skip
    if kind == "csv" and any("\n" in str(cell) or "\r" in str(cell) for cell in itertools.chain(headings, *table)):
        lines = None  # a cell of several lines moves the numbers of the rows below it
    if kind == "xlsx":
        lines = tuple(line for line, row in enumerate(table, 2) if any(map(_fills, row)))
    if lines and kind in ("csv", "xlsx") and table and not any(map(_fills, table[0][:4])):
        lines = lines[lines[0] == 2 :]  # a word or a unit right below the headings may be a second row of them
    if how in _LATER:
        _LATER[how](path, draw)
        lines = None
    source = f"sqlite:///{path}?table=companies" if kind == "sqlite" else str(path)
    return Register(source, how, lines, len(table), meant)


def _fills(cell: object) -> bool:
    """Whether a cell holds anything to be seen: marks and control characters below headings are no row."""
    return cell is not None and any(
        not one.isspace() and unicodedata.category(one) not in ("Cf", "Cc") for one in str(cell)
    )


# --- what is done before a register is written


def _cells(kind: str, headings: list[str], table: Table, draw: random.Random) -> None:
    """Swaps some cells for odd ones; each row keeps most of its own, so that it stays a company."""
    for row in draw.sample(table, draw.randrange(1, len(table) + 1)):
        for place in draw.sample(range(len(row)), min(len(row), draw.choice((1, 1, 2, 3)))):
            row[place] = _odd(kind, draw)


def _odd(kind: str, draw: random.Random) -> object:
    if kind == "xlsx" and draw.random() < 0.3:
        return draw.choice(_SHEET_VALUES)
    if kind in ("jsonl", "sqlite") and draw.random() < 0.4:
        return draw.choice(VALUES)
    return draw.choice(TEXTS)


def _headings(kind: str, headings: list[str], table: Table, draw: random.Random) -> None:
    for place in draw.sample(range(len(headings)), draw.choice((1, 1, 2, len(headings)))):
        same = draw.random() < 0.2
        headings[place] = draw.choice(headings) if same else _mangled(headings[place], draw)


def _mangled(heading: str, draw: random.Random) -> str:
    at = draw.randrange(len(heading) + 1)
    return draw.choice(
        (draw.choice(HEADINGS), heading[:at], heading[at:], heading[:at] + draw.choice(HEADINGS) + heading[at:],
         f" {heading}\u3000", heading * 2, draw.choice(TEXTS)[:200])
    )  # fmt: skip


def _columns(kind: str, headings: list[str], table: Table, draw: random.Random) -> None:
    """Drops, adds or shuffles columns."""
    order = draw.sample(range(len(headings)), draw.randrange(1, len(headings) + 1))
    if draw.random() < 0.3:
        order = sorted(order)
    headings[:] = [headings[place] for place in order]
    for row in table:
        row[:] = [row[place] for place in order]
    for number in range(draw.choice((0, 0, 1, 3, 200))):
        headings.append(f"另{number}")
        for row in table:
            row.append(draw.choice((None, "x")))


def _rows(kind: str, headings: list[str], table: Table, draw: random.Random) -> None:
    """Adds rows that are no companies, blank ones and repeated ones."""
    for _ in range(draw.randrange(1, 5)):
        made: list[object] = [None] * len(headings)
        match draw.randrange(6):
            case 0:
                made = [*headings]
            case 1:
                made[draw.randrange(len(made))] = draw.choice(("合计", "注：无", "填表人：某某", "共3家"))
            case 2:
                made = [*draw.choice(table)]
            case 3:
                made = [draw.choice(TEXTS) for _ in headings]
            case 4:
                made[draw.randrange(len(made))] = draw.choice(TEXTS)
        table.insert(draw.randrange(len(table) + 1), made)


def _separators(kind: str, headings: list[str], table: Table, draw: random.Random) -> None:
    """Splits cells of some rows with a stray separator, or leaves out cells; each row stays a company."""
    for row in draw.sample(table, draw.randrange(1, len(table) + 1)):
        for _ in range(draw.choice((1, 1, 2, 5))):
            if draw.random() < 0.6:
                row.insert(draw.randrange(1, len(row) + 1), draw.choice(("x", "", "上海", "49", draw.choice(row))))
            elif len(row) > 2:
                del row[draw.choice((-1, draw.randrange(1, len(row)))) :]


def _shifted(headings: list[str], table: Table, draw: random.Random) -> tuple[Mapping[str, object], ...]:
    """Adds a separator to rows whose last cell is empty, or takes one out; returns what each row means.

    Half of the rows are left as they are, so that the others are none of how the file is written.
    """
    changed = draw.sample(range(len(table)), draw.randrange(1, len(table) // 2 + 1)) if len(table) > 1 else [0]
    meant = []
    for place, row in enumerate(table):
        stray = place in changed and draw.random() < 0.6
        if stray:
            row[-1] = None
        meant.append(dict(zip(headings, row, strict=True)))
        if stray:
            row.insert(draw.randrange(len(row)), None)
        elif place in changed:
            at = draw.randrange(len(row) - 1)
            row[at : at + 2] = ["".join(str(cell) for cell in row[at : at + 2] if cell is not None)]
    return tuple(meant)


_CHANGES: Mapping[str, Callable[[str, list[str], Table, random.Random], None]] = {
    "cells": _cells, "headings": _headings, "columns": _columns, "rows": _rows, "separators": _separators,
}  # fmt: skip


# --- how it is written


def _csv(path: Path, headings: list[str], table: Table, draw: random.Random) -> None:
    text = io.StringIO(newline="")
    end = draw.choice(("\n", "\n", "\r\n"))
    rows: Table = [[*headings], *table]
    # A bare carriage return without quotes would end the line.
    every = any("\r" in str(cell) for row in rows for cell in row)
    mark = draw.choice(",,,;\t|")
    csv.writer(
        text, delimiter=mark, lineterminator=end, quoting=csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL
    ).writerows(rows)
    try:
        path.write_bytes(text.getvalue().encode(draw.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16"))))
    except UnicodeEncodeError:
        path.write_bytes(text.getvalue().encode("utf-8", "surrogatepass"))


def _jsonl(path: Path, headings: list[str], table: Table, draw: random.Random) -> None:
    escaped, again = draw.random() < 0.5, draw.random() < 0.3
    lines = []
    for row in table:
        held = {name: cell for name, cell in zip(headings, row, strict=True) if cell is not None or draw.random() < 0.3}
        told = [(name, json.dumps(cell, ensure_ascii=escaped)) for name, cell in held.items()]
        if again:
            told += [(draw.choice((*held, "limits", "determinations")), _again(draw)) for _ in range(draw.randrange(4))]
        lines.append(
            "{" + ", ".join(f"{json.dumps(name, ensure_ascii=escaped)}: {cell}" for name, cell in told) + "}\n"
        )
    path.write_bytes("".join(lines).encode("utf-8", "surrogatepass"))


def _again(draw: random.Random) -> str:
    """The value of a key that perhaps stands twice."""
    odd = ('"上海"', "49", "[]", "{}", "null", '{"57.taiwan": true, "57.taiwan": 3}', '{"yes": ["东疆"], "yes": 1}')
    return draw.choice((*odd, json.dumps(_odd("jsonl", draw))))


def _parquet(path: Path, headings: list[str], table: Table, draw: random.Random) -> None:
    arrays = [pa.array([None if cell is None else str(cell) for cell in column]) for column in _turned(table, headings)]
    pq.write_table(pa.Table.from_arrays([one.cast(pa.string()) for one in arrays], names=headings), path)


def _typed(path: Path, headings: list[str], table: Table, draw: random.Random) -> None:
    """Writes some columns as types that text registers do not have."""
    rows = len(table)
    arrays = [pa.array(column, pa.string()) for column in _turned(table, headings)]
    for place in draw.sample(range(len(headings)), draw.choice((1, 2, 3))):
        made = _TYPED[draw.randrange(len(_TYPED))]()
        arrays[place] = made.take(pa.array([row % len(made) for row in range(rows)]))
    pq.write_table(pa.Table.from_arrays(arrays, names=headings), path)


_TYPED: Sequence[Callable[[], Any]] = (
    lambda: pa.array([True, False, None]), lambda: pa.array([0.49, float("nan"), 310115.0, None]),
    lambda: pa.array([2**63 - 1, -1, None]), lambda: pa.array([b"\xff\xfe", b"49", None]),
    lambda: pa.array([["a", None], [], None]), lambda: pa.array([[["a"]], [[]], None]),
    lambda: pa.array([{"yes": ["a"], "no": None}, None]), lambda: pa.array([{"above": 1, "at_most": 50}, None]),
    lambda: pa.array(["a", "b", None]).dictionary_encode(), lambda: pa.array([decimal.Decimal("49.0000"), None]),
    lambda: pa.array([decimal.Decimal("1e-30"), None], pa.decimal256(60, 40)),
    lambda: pa.array([datetime.date(2026, 1, 31), None]), lambda: pa.array([datetime.time(1, 2), None]),
    lambda: pa.array([datetime.datetime(2026, 1, 31), None], pa.timestamp("ns", "Asia/Shanghai")),
    lambda: pa.array([datetime.timedelta(1), None]), lambda: pa.nulls(2),
    lambda: pa.array(["a", None], pa.large_string()),
    lambda: pa.array([b"ab", None], pa.binary(2)),
    lambda: pa.array([[("k", 1)], None], pa.map_(pa.string(), pa.int64())),
    lambda: pa.array([2**64 - 1, None], pa.uint64()), lambda: pa.array([[1.5], None], pa.large_list(pa.float32())),
)  # fmt: skip


def _xlsx(path: Path, headings: list[str], table: Table, draw: random.Random) -> None:
    book = openpyxl.Workbook()
    rows: Table = [[*headings], *table]
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            cell = book.active.cell(line, place)
            try:
                cell.value = value
            except IllegalCharacterError:
                cell.value = row[place - 1] = "?"
            if isinstance(value, (int, float)) and draw.random() < 0.5:
                cell.number_format = draw.choice(
                    ("0%", "0.00%_);(0.00%)", "[h]:mm", "@", ";;;", "0.0E+0", "\u4e00", "[$-804]")
                )
    if draw.random() < 0.2:
        book.create_sheet("表2").append(["城市", "外资比例"])
    book.save(path)


def _sqlite(path: Path, headings: list[str], table: Table, draw: random.Random) -> None:
    names = [name.replace("\0", "").replace('"', '""') for name in headings]
    with closing(sqlite3.connect(path)) as base, base:
        columns = ", ".join(f'"{name}" {draw.choice(("TEXT", "", "REAL", "BLOB", "NUMERIC"))}' for name in names)
        try:
            base.execute(f"CREATE TABLE companies ({columns})")
        except (sqlite3.OperationalError, UnicodeEncodeError):  # two columns of one name: as no database has them
            names = [f"列{place}" for place in range(len(names))]
            headings[:] = names
            base.execute(f"CREATE TABLE companies ({', '.join(names)})")
        marks = ", ".join("?" * len(names))
        for row in table:
            base.execute(f"INSERT INTO companies VALUES ({marks})", [_stored(cell, draw) for cell in row])
        if draw.random() < 0.1:
            base.execute(f"UPDATE companies SET \"{names[-1]}\" = CAST(x'ff41' AS TEXT)")


def _stored(cell: object, draw: random.Random) -> object:
    if isinstance(cell, bool | int) and -(2**63) <= cell < 2**63:
        return cell
    if cell is None or isinstance(cell, float):
        return cell
    text = cell if isinstance(cell, str) else json.dumps(cell)
    data = text.encode("utf-8", "surrogatepass")
    return data if draw.random() < 0.05 or "\\ud" in ascii(text) else text


def _turned(table: Table, headings: list[str]) -> list[list[object]]:
    return [[row[place] for row in table] for place in range(len(headings))]


_WRITERS: Mapping[str, Callable[[Path, list[str], Table, random.Random], None]] = {
    "csv": _csv, "jsonl": _jsonl, "parquet": _parquet, "xlsx": _xlsx, "sqlite": _sqlite,
}  # fmt: skip


# --- what is done to a file


def _bytes(path: Path, draw: random.Random) -> None:
    path.write_bytes(_broken(path.read_bytes(), draw))


def _broken(data: bytes, draw: random.Random) -> bytes:
    """Flips, removes or inserts bytes, or cuts the end off."""
    held = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 5, 40))):
        at = draw.randrange(len(held) + 1)
        match draw.randrange(5):
            case 0 if at < len(held):
                held[at] ^= 1 << draw.randrange(8)
            case 1:
                del held[at : at + draw.choice((1, 1, 3, 50))]
            case 2:
                held[at:at] = draw.choice(
                    (b"\0", b"\xff", b'"', b"\n", b",", b"\r", b"{", b"\xe4\xb8", b"\xed\xa0\x80")
                )
            case 3:
                held[at:at] = held[at : at + draw.choice((1, 30, 300))]
            case 4 if draw.random() < 0.3:
                del held[at:]
    return bytes(held)


def _encoded(path: Path, draw: random.Random) -> None:
    """Writes a text file in another encoding than its own."""
    text = path.read_bytes().decode("utf-8", "replace")
    name = draw.choice(("utf-16-le", "utf-16-be", "utf-32", "big5", "gbk", "shift-jis", "utf-7", "latin-1"))
    data = text.encode(name, "replace")
    path.write_bytes(draw.choice((b"", b"\xef\xbb\xbf", b"\xff\xfe")) + data)


def _parts(path: Path, draw: random.Random) -> None:
    """Breaks, removes, doubles or empties a part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    at = draw.randrange(len(parts))
    name, data = parts[at]
    match draw.randrange(5):
        case 0:
            parts[at] = name, _broken(data, draw)
        case 1:
            del parts[at]
        case 2:
            parts[at] = name, b""
        case 3:
            parts[at] = name, parts[draw.randrange(len(parts))][1]
        case 4:
            parts[at] = f"{name}x", data
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)


def _marked(path: Path, draw: random.Random) -> None:
    """Swaps words of the XML of a sheet."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    part = draw.choice(("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"))
    old, new = draw.choice(_WORDS)
    parts[part] = parts.get(part, b"").replace(old, new, draw.choice((-1, 1)))
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


_WORDS = (
    (b'r="', b'r="X'), (b't="s"', b't="b"'), (b't="s"', b't="n"'), (b't="n"', b't="d"'), (b't="s"', b't="e"'),
    (b"<v>", b"<v>9"),
    (b"<v>1", b"<v>-1"), (b"</c>", b"</c><c/>"), (b"<row ", b'<row hidden="1" '), (b'ref="', b'ref="A1:'),
    (b"A1", b"ZZZ9"),
    (b"<sheetData>", b"<sheetData><row/>"), (b' s="', b' s="99'), (b"<c ", b'<c s="4294967296" '), (b'r="2"', b'r="1"'),
    (b"<si>", b"<si/><si>"), (b'state="visible"', b'state="hidden"'), (b"<f>", b"<f>("), (b"numFmtId", b"numFmt"),
    (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
)  # fmt: skip

_LATER: Mapping[str, Callable[[Path, random.Random], None]] = {
    "bytes": _bytes, "encoding": _encoded, "parts": _parts, "marks": _marked,
}  # fmt: skip
_ALSO: Mapping[str, Sequence[str]] = {
    "csv": ("encoding", "separators", "shifted"), "jsonl": ("encoding",), "parquet": ("types", "types"),
    "xlsx": ("parts", "marks", "marks"), "sqlite": (),
}  # fmt: skip
