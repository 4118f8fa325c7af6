"""The header comment of a compiled program: its rulebook, its input columns and its output."""

from __future__ import annotations

from collections.abc import Iterator

from applicability.days import day_text
from applicability.export.canonical import columns_of
from applicability.export.program import Program
from applicability.text import Lang, Text

_KINDS = {
    "text": Text("文字", "text"), "list": Text("文字列表", "list of text"), "number": Text("数", "number"),
}  # fmt: skip
_WHAT = Text("applicability compile：规则库 {id} {version}（{digest}），截至 {day}",
             "applicability compile: rulebook {id} {version} ({digest}), as of {day}")  # fmt: skip
_GIVES = Text(
    "每家企业每项措施一个数：4可适用，3须经认定，2待补充，1待落实，0不适用。",
    "A number for each company and measure: 4 eligible, 3 conditional, 2 needs information, 1 pending, 0 ineligible.",
)
_READS = Text(
    "所读各列（空值为未知，空列表为没有；各名称已换为代码，推导已完成）：{key} 以及",
    "Columns read (null: not known, an empty list: none; names are codes, and what follows is derived): {key} and",
)


def header(program: Program, lang: Lang, key: str) -> Iterator[str]:
    """The lines of the header, without comment marks."""
    book = program.rulebook
    slots = {"id": book.id, "version": book.version, "digest": book.digest[:12], "day": day_text(program.day).of(lang)}
    yield _WHAT.of(lang).format(**slots)
    yield _GIVES.of(lang)
    yield _READS.of(lang).format(key=key)
    for name, kind in columns_of(book).items():
        yield f"  {name}: {_KINDS[kind].of(lang)}"
