"""Writes the pages of all error codes: `python tools/error_codes.py --write`; otherwise checks that they are current.

Title, cause and remedy of a code are in `docs/error_codes.yaml`. Its example is the first broken input under
`tests/data` that shows it, or stands in the same file. Ends with 1 where a page is not what it should be.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "docs" / "error_codes.yaml"
SOURCE = ROOT / "src" / "applicability"
DATA = ROOT / "tests" / "data"
PAGES = {"en": ROOT / "docs" / "errors.md", "zh": ROOT / "docs" / "errors.zh-CN.md"}
ENDINGS = {"en": ".txt", "zh": ".zh.txt"}
LETTERS = {
    "P": {"en": "a profile, or a register of steps of your own", "zh": "档案，或自己的官方步骤登记册"},
    "R": {"en": "a rulebook and its cases", "zh": "规则库及其案例"},
    "S": {
        "en": "a register of companies, and what a screening reads and writes",
        "zh": "企业名册，以及筛查的输入和输出",
    },
    "E": {"en": "an engine or the installation", "zh": "引擎或安装"},
    "U": {"en": "the arguments of a call", "zh": "调用时的参数"},
    "H": {"en": "a request to the service", "zh": "对服务的请求"},
}
# The prefixes that a file's f"{prefix}001" can have, depending on the caller.
PREFIXES = {"loading/yaml/reader.py": "PRS", "loading/yaml/decode.py": "PRS", "loading/step_register.py": "PR"}
INTRODUCTION = {
    "en": """# Error codes

Every problem has a code, a place, a message and a hint. A code has one meaning; the words of a message may change.
This page is written by `python tools/error_codes.py --write` from [error_codes.yaml](error_codes.yaml).
[中文](errors.zh-CN.md)
""",
    "zh": """# 错误代码

每处问题都有代码、位置、说明和提示。一个代码只有一种含义；说明的文字可能调整。
本页由 `python tools/error_codes.py --write` 根据 [error_codes.yaml](error_codes.yaml) 生成。[English](errors.md)
""",
}
_CONTENTS = {"en": (": ", "| code | what is wrong |"), "zh": ("：", "| 代码 | 问题 |")}
LABELS = {"en": ("Cause: ", "Remedy: "), "zh": ("原因：", "处理：")}
_CODE = re.compile(r"[PRSEUH]\d{3}")
_NUMBER = re.compile(r"\d{3}")
# What a code ends with wherever it is written.
_QUOTED = re.compile(r"\d{3}[\"']")


@dataclass(frozen=True)
class ErrorCode:
    """A code and its documentation, by language."""

    code: str
    title: Mapping[str, str]
    cause: Mapping[str, str]
    remedy: Mapping[str, str]
    example: Mapping[str, str]

    @property
    def letter(self) -> str:
        """The subject of the code."""
        return self.code[0]


def codes_in_source() -> set[str]:
    """Every code that the package can raise, found in its source."""
    return {code for path in SOURCE.rglob("*.py") for code in _codes(path)}


def _codes(path: Path) -> Iterator[str]:
    letters = PREFIXES.get(path.relative_to(SOURCE).as_posix(), "")
    source = path.read_text("utf-8")
    if _QUOTED.search(source) is None:
        return  # parsing takes longer than searching
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Constant(value=str(word)) if _CODE.fullmatch(word):
                yield word
            case ast.JoinedStr(values=[ast.FormattedValue(), ast.Constant(value=str(number))]) if _NUMBER.fullmatch(
                number
            ):
                if not letters:
                    raise ValueError(f"{path}:{node.lineno}: say in PREFIXES which letters this code begins with")
                yield from (f"{letter}{number}" for letter in letters)
            case ast.Call(func=ast.Attribute(attr="_problem"), args=[ast.Constant(value=str(number)), *_]):
                yield from (f"{letter}{number}" for letter in letters)


def read_table() -> list[ErrorCode]:
    """The codes of the table, sorted, each with its example."""
    found = []
    for item in yaml.load(TABLE.read_bytes(), Loader=yaml.CSafeLoader):
        written = item.get("examples", {})
        for code in item["codes"]:
            example = {lang: example_of(code, lang) or written.get(code, {}).get(lang, "") for lang in PAGES}
            found.append(ErrorCode(code, item["title"], item["cause"], item["remedy"], example))
    return sorted(found, key=lambda one: (list(LETTERS).index(one.letter), one.code))


def example_of(code: str, lang: str) -> str:
    """The message of the first broken input with a code, without its other problems; empty if there is none."""
    inputs = [*DATA.glob(f"bad-*/{code}/*"), *DATA.glob(f"lint/{code}-*")]
    for path in sorted(one for one in inputs if one.suffix in (".yaml", ".json")):
        golden = path.with_suffix(ENDINGS[lang])
        lines = golden.read_text("utf-8").splitlines() if golden.exists() else []
        for index, line in enumerate(lines):
            if f": {code} " in line:
                hint = [one for one in lines[index + 1 : index + 2] if one.startswith("  ")]
                return "\n".join([line, *hint])
    return ""


def page(codes: list[ErrorCode], lang: str) -> str:
    """The page in a language."""
    parts, colon, head = [INTRODUCTION[lang]], *_CONTENTS[lang]
    for letter, about in LETTERS.items():
        parts.append(f"\n**{letter}**{colon}{about[lang]}\n\n{head}\n|---|---|\n")
        parts += [
            f"| [{one.code}](#{one.code.lower()}) | {one.title[lang]} |\n" for one in codes if one.letter == letter
        ]
    for letter, about in LETTERS.items():
        parts.append(f"\n## {letter}{colon}{about[lang]}\n")
        parts += [_section(one, lang) for one in codes if one.letter == letter]
    return "".join(parts)


def _section(one: ErrorCode, lang: str) -> str:
    cause, remedy = LABELS[lang]
    return (
        f"\n### {one.code}\n\n**{one.title[lang]}**\n\n- {cause}{one.cause[lang]}\n- {remedy}{one.remedy[lang]}\n\n"
        f"```text\n{one.example[lang]}\n```\n"
    )


def main() -> int:
    """Writes the pages or compares them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write the pages")
    write = parser.parse_args().write
    codes = read_table()
    stale = [path for lang, path in PAGES.items() if not path.exists() or path.read_text("utf-8") != page(codes, lang)]
    for path in stale:
        if write:
            path.write_text(page(codes, "zh" if path == PAGES["zh"] else "en"), "utf-8")
        else:
            print(f"{path.relative_to(ROOT)} is not current: run python tools/error_codes.py --write", file=sys.stderr)
    return 1 if stale and not write else 0


if __name__ == "__main__":
    sys.exit(main())
