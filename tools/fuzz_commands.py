"""Command lines at random: every command with options, values and files that it may or may not take.

A line names files of one empty folder alone. `serve` is only asked for a key and for its help, and `mcp` for its help,
since both go on until they are stopped; Spark, several processes and databases that are servers are left out.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import click
from fuzz_inputs import mutated_bytes, nasty_text

from applicability.cli.root_help import COMMANDS

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests" / "data" / "small-rulebook"
# Options that name what a case must not do: load the machine, open a browser, reach a server.
_LEFT_OUT = ("processes", "engine", "master", "open_", "mutants")
_ENGINES = ("reference", "auto", "Reference", "forwards")
_FILES = (*("p.yaml", "q.json") * 4, "-", "c.csv", "c.jsonl", "r.yaml", "rules", "cases.yaml", "missing.yaml", ".", "")
_FOLDERS = ("rules", "rules", "rules", "rules", "p.yaml", "missing", ".", "")
_WRITTEN = (
    *("out.txt", "-") * 4, "out.csv", "out.jsonl", "out.xlsx", "out.parquet", "out.docx", "out", "-", "", ".", "json",
    "no/such/out.csv", "p.yaml", "c.csv", "rules", "rules/facts.yaml", "sqlite:///o.db?table=t", "sqlite:///o.db",
    "duckdb:///o.db?table=a%2Fb", "/dev/full", "/dev/null", "a\tb", "x" * 300,
)  # fmt: skip
_SETS = (
    "city=天津", "city=上海", "foreign_share=50", "foreign_share=", "foreign_share=1e999", "=", "==", "zones=[", "a",
    "zones=a,b", "activities=[ip-vpn]", "activities", "determinations.22.x=true", "limits.x=1", "as_of=2026-11-01",
    "name=\x1b[0m", "investors=[{origin: hong_kong, share: 45}]", "investors[0].share=1", "city=~",
)  # fmt: skip
_DAYS = (
    *("2026-11-23",) * 3, "2026-11-23", "2025-04-11", "0001-01-01", "9999-12-31", "2026-02-30", "20261123", "today",
    "２０２６-11-23",
)  # fmt: skip
_WORDS = (
    "city", "city=上海,天津", "foreign_share=0,50,100", "foreign_share", "zones", "name", "上海", "Shanghai", "320500",
    "eligible", "可适用", "utf-8", "gbk", "utf-16", "base64", "rot13", "name,city", "small-plan", "id", "Sheet1", "all",
    "registered_capital=万元", "as_of=2026-01-01,2027-01-01", "lines", "none", "a=b=c",
)  # fmt: skip
_NUMBERS = (
    *("1", "2", "4") * 3, "0", "57", "157", "-1", "1-3", "01", "1.0", "1e3", "", "²", "１", "9" * 30, "9" * 5000,
)  # fmt: skip
_BY_NAME = {
    "profile": _FILES, "profiles": _FILES, "rules": _FILES, "mapping": _FILES, "key_file": _FILES, "old": _FOLDERS,
    "new": _FOLDERS, "companies": ("c.csv", "c.csv", "c.jsonl", *_FILES), "cases": ("cases.yaml", *_FILES[5:]),
    "registers": ("r.yaml", *_FILES[5:]), "old_registers": _FILES, "new_registers": _FILES, "file": _WRITTEN,
    "output": _WRITTEN, "facts": _WRITTEN, "rejects": _WRITTEN, "notes": _WRITTEN, "summary": _WRITTEN,
    "picture": _WRITTEN, "sets": _SETS, "as_of": _DAYS, "old_as_of": _DAYS, "new_as_of": _DAYS, "measures": _NUMBERS,
    "chapters": _NUMBERS, "rows": _NUMBERS,
}  # fmt: skip
_TABLES = ("name,city,foreign_share\n甲,上海,50\n乙,天津,\n".encode(), "企业名称,城市\n=1+1,上海\n".encode("gbk"))
_LINES = '{"name": "甲", "city": "上海"}\n{"name": "乙", "zones": []}\n'.encode()
_JSON = '{"city": "天津", "activities": ["ip-vpn"], "foreign_share": 30}'.encode()
_CASES = """as_of: 2026-11-23
cases:
  - {name: A company, profile: {city: 上海}, expect: {pending: [4]}}
""".encode()


@dataclass(frozen=True)
class Line:
    """A command line, what its standard input holds, and the files of its folder."""

    args: tuple[str, ...]
    stdin: bytes
    files: dict[str, bytes]


def line(draw: Random, profiles: Sequence[bytes], registers: Sequence[bytes]) -> Line:
    """A command line; some of its files are broken."""

    def given(documents: Sequence[bytes]) -> bytes:
        data = draw.choice(documents)
        return data if draw.random() < 0.6 else mutated_bytes(data, draw, documents)

    files = {
        "p.yaml": given(profiles),
        "q.json": given((_JSON,)),
        "c.csv": given(_TABLES),
        "c.jsonl": given((_LINES,)),
        "r.yaml": given(registers),
        "cases.yaml": given((_CASES,)),
    }
    answers = b"".join(draw.choice(_ANSWERS) for _ in range(draw.randrange(12)))
    stdin = draw.choice((b"", answers, files["p.yaml"], files["c.csv"], nasty_text(draw).encode("utf-8", "replace")))
    return Line(tuple(_args(draw)), stdin, files)


_ANSWERS = (b"\n", b"b\n", b"q\n", b"?\n", b"1\n", b"2\n", b"9999999\n", b"\xff\n", b"\xc2\xb2\n", b"y\n", b"no\n",
            b"-\n", "上海\n".encode(), b"50\n", b"\x1b[A\n", b"\x04", b"9" * 5000 + b"\n")  # fmt: skip


def _args(draw: Random) -> list[str]:
    name = draw.choice(tuple(COMMANDS))
    if draw.random() < 0.03:
        first = draw.choice((name, nasty(draw), "--version", "--help", "chek"))
        return [first, *(nasty(draw) for _ in range(draw.randrange(3)))]
    if name == "mcp" or draw.random() < 0.02:
        return [name, "--help", *draw.choice(([], ["--lang", "zh"], ["--lang", "xx"]))]
    command: click.Command = importlib.import_module(f"applicability.cli.{name}").command
    args = [name]
    if name == "serve":
        args.append("--new-key")
    for param in command.params:
        if param.name in _LEFT_OUT and not (param.name == "engine" and name != "screen"):
            continue
        if isinstance(param, click.Argument):
            args += [_value(param, draw) for _ in range(_how_many(param, draw))]
        elif param.name == "rules" and draw.random() < 0.97:
            args += ["--rules", "rules"]
        elif draw.random() < 0.1:
            for _ in range(draw.choice((1, 1, 1, 2))):
                args.append(draw.choice(param.opts) if draw.random() < 0.97 else f"{param.opts[0]}x")
                if not getattr(param, "is_flag", False) and draw.random() < 0.98:
                    args.append(_value(param, draw))
    if name == "diff":
        args = [one if one not in ("", ".") else "rules" for one in args]
    return args


def _how_many(argument: click.Argument, draw: Random) -> int:
    usual = draw.choice((0, 1, 2, 3)) if argument.nargs == -1 else 1
    return usual if draw.random() < 0.95 else draw.randrange(4)


def _value(param: click.Parameter, draw: Random) -> str:
    """A value that the parameter takes, most of the time."""
    if draw.random() < 0.03:
        return nasty(draw)
    if param.name == "engine":
        return draw.choice(_ENGINES)
    if isinstance(param.type, click.Choice):
        return str(draw.choice((*param.type.choices * 5, "x", "")))
    if param.name in _BY_NAME:
        return draw.choice(_BY_NAME[param.name])
    if isinstance(param.type, click.types.IntParamType):
        return draw.choice(_NUMBERS)
    return draw.choice((*_WORDS, *_DAYS))


def nasty(draw: Random) -> str:
    """A text that a shell can hand over: bytes without NUL, and not the name of a file elsewhere."""
    text = nasty_text(draw).replace("\0", "").encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
    return text.replace("..", ". .") if "/" in text else text
