"""The register form: an empty workbook with a heading for every fact, which companies fill in and `screen` reads.

The second sheet explains the columns and holds the choices of the drop-downs: a list inside a validation may have 255
characters only, and a list on a hidden sheet could not be read by those who fill the form in.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from applicability.lazy_dataclass import dataclass, replace
from applicability.messages import type_of_zone
from applicability.model.column_names import in_part
from applicability.model.facts import LISTS_IN_PART, FactDeclaration
from applicability.model.headings import CREDIT_CODE, NAME, plain
from applicability.model.rulebook import Rulebook
from applicability.report.layout.workbooks import created_on, new_workbook, workbook
from applicability.report.layout.wrap import text_width
from applicability.text import Lang, Text

# Rows below the headings that have drop-downs.
_ROWS = 5_000
# Facts that one cell cannot state: each investor has an origin and a share.
_NOT_ASKED = ("investors",)
# The most characters that a spreadsheet shows as the title and the text beside a selected cell.
_TITLE, _MESSAGE = 32, 255
_WIDEST = 30
_SHEET = Text("企业名册", "Companies")
_GUIDE = Text("填写说明", "How to fill in")
_INTRO = (
    Text(
        "在“企业名册”表中每家企业填一行；不填的项视为未知，不会当作“否”。不要改动列名。",
        "Fill in one row for each company on the sheet “Companies”. What is left out is unknown, never “no”. Leave the "
        "headings as they are.",
    ),
    Text(
        "可多选的项：从下拉列表选一项，或写几项并用“；”分开；都没有的写“无”。地点和行业可写名称或代码。",
        "Where several are possible, choose one from the list, or write several with “;” between them; write “none” if "
        "there is none. Places and sectors may be written by name or code.",
    ),
)
_IN_PART = Text(
    "可多选的项只知道一部分的：在右边另加一列，列名为该项的列名加“（部分）”，如{examples}，写知道有的，其余视为未知。",
    "Where of several only some are known, add a column to the right, called by the heading with “(in part)” behind "
    "it, such as {examples}, and write those there; the rest is unknown.",
)
_HEADS = (Text("列", "Column"), Text("问题", "Question"), Text("填法", "How to answer"), Text("可选的值", "Choices"))
_SEVERAL = Text("可写几项，用“；”分开。", "Several are possible, with “;” between them.")
_OR_NONE = Text("没有的填“无”。", "Where there is none, write “none”.")
# A business need not have a word, as a zone need not be in the list: what no measure asks of has none.
_NO_WORD = Text(
    "没有对应的词的业务不写；一个词都不适合的填“无”，即不从事其中任何一项。",
    "Leave out a business that no word of the list fits; where none of them fits at all, write “none”: it carries on "
    "none of these.",
)
# Who stands in a zone that the list lacks is not in none: that would rule out what its type opens.
_NO_ZONE = Text(
    "都不在任何功能区的填“无”；只有在名录没有的功能区内的，才{typed}，此格留空（还在名录中某一功能区内的照填）。",
    "Write “none” only where it is in no zone at all; only where it is in one that is not in the list, {typed}, and "
    "leave this cell empty (but for the zones that are in the list).",
)
# For a column that tells only some of a list: what is written there never says that there is nothing else.
_SOME = Text(
    "写明有哪些；已写全的，在名册右边另加一列“{heading}”，把全部写在该列。{none}",
    "Write what applies; where that is all, add a column “{heading}” to the right of the register and write all of it "
    "there. {none}",
)
_NO_WORD_AT_ALL = Text(
    "没有对应的词的业务不写；一个词都不适合的，在该列填“无”。",
    "Leave out a business that no word of the list fits; where none of them fits at all, write “none” there.",
)
_NONE_AT_ALL = Text("没有的在该列填“无”。", "Where there is none, write “none” there.")
_PERCENT = Text(
    "写带百分号的数，如 49%；没有外资的写 0%，全部为外资的写 100%。",
    "Write the number with its percent sign, such as 49%; 0% if there is no foreign investor, 100% if there is no "
    "other.",
)
_DATE = Text("写作 2026-01-31。", "Write it as 2026-01-31.")
_CHOOSE = Text("请从下拉列表中选一项。", "Choose one of the list.")
# A text with a percent sign, or a number that is no fraction of one: 0.5 may be a half or half a percent.
_SHARE = (
    '=OR(ISNUMBER(SEARCH("%",{cell})),ISNUMBER(SEARCH("％",{cell})),IFERROR(VALUE({cell})=0,FALSE),'
    "IFERROR(AND(VALUE({cell})>1,VALUE({cell})<=100),FALSE))"
)
# A register is of companies: what is asked of them, and how to answer, where a profile may be of a person or of goods.
_OF_COMPANIES = {
    "city": (
        Text("企业在哪个省市？", "In which city or province does the company stand?"),
        Text(
            "填办理业务的地点，注册地不同的另填 registered_in；代表机构填机构所在地，不填其客户或案件所在地。"
            "可写市、区县、英文、拼音或六位代码；分支机构和其他场所各占一行。",
            "The place of the business in question, with registered_in beside it if it is registered elsewhere; for a "
            "representative office where the office is, not its clients or cases. A city, district, English name, "
            "pinyin or six-digit code; branches and further sites are rows of their own.",
        ),
    ),
    "foreign_share": (
        None, Text("0至100；没有境外投资者的写0。", "From 0 to 100; write 0 if there is no foreign investor.")
    ),
    "zones": (
        None,
        Text(
            "列出所在的每一个，包含它的功能区不必另填",
            "List each that it stands in; those around one need not be listed",
        ),
    ),
    "entity_kind": (
        None,
        Text(
            "在境内登记的企业选“公司或其他企业”，持牌情况另填。",
            "Choose company or other enterprise for a company registered in China; licences are given apart.",
        ),
    ),
}  # fmt: skip
_YES_NO = (Text("是", "yes"), Text("否", "no"))
_NONE = Text("无", "none")
_NAME = Text("企业全称，照营业执照填写", "The full name, as on the business licence")
_CODE = Text("18位统一社会信用代码", "The unified social credit code, 18 characters")


@dataclass(frozen=True)
class _FormColumn:
    """A column of the form: its heading, what it asks, how to answer (in short and in full), its choices, and whether
    nothing else may be written.
    """

    heading: str
    question: str
    short: str = ""
    answer: str = ""
    choices: Sequence[str] = ()
    only_these: bool = False
    share: bool = False


def register_form(rulebook: Rulebook, lang: Lang) -> bytes:
    """The workbook, in one language. Raises EngineError if XlsxWriter is not installed."""
    columns = _columns(rulebook, lang)
    made = io.BytesIO()
    book = new_workbook(made)
    checked = created_on(max(one.checked_on for one in rulebook.documents.values()))
    about = {"title": rulebook.title.of(lang), "comments": f"{rulebook.id} {rulebook.version}", "created": checked}
    book.set_properties(about)
    form, guide = (book.add_worksheet(one.of(lang)) for one in (_SHEET, _GUIDE))
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#e8e8e8"})
    intro = [*(one.of(lang) for one in _INTRO), *_told_in_part(rulebook, lang)]
    ranges = _explain(book, guide, intro, columns, head, lang)
    # As text a code keeps its leading zeros, and 49% stays what was typed instead of becoming 0.49.
    text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    for place, column in enumerate(columns):
        wide = min(max(text_width(column.heading) + 2, 14, *map(text_width, column.choices or [""])), _WIDEST)
        form.set_column(place, place, wide, text)
        form.write_string(0, place, column.heading, head)
        _validate(form, place, column, ranges.get(place), lang)
    form.freeze_panes(1, 1)
    form.ignore_errors({"number_stored_as_text": f"A1:XFD{_ROWS + 1}"})
    form.activate()
    book.close()
    return made.getvalue()


@dataclass(frozen=True)
class Answer:
    """How a cell answers a question: the question, the heading of its column, what to write there, and the words to
    choose from; `some` is what to write in a column that tells only some of a list.
    """

    question: str
    heading: str
    how: str
    choices: tuple[str, ...] = ()
    some: str = ""

    @property
    def in_part(self) -> Answer:
        """The answer in a column that tells only some of a list, where “none” decides nothing."""
        none = (_NONE.zh, _NONE.en)
        return replace(self, how=self.some, choices=tuple(one for one in self.choices if one not in none))


def answers(rulebook: Rulebook, lang: Lang) -> dict[str, Answer]:
    """How to answer the question of each fact in a register."""
    found = {}
    for fact in rulebook.facts.values():
        column = _column(rulebook, fact, lang)
        # What is chosen is told word by word, anything else as the form explains it.
        how = column.short if column.choices else column.answer
        if column.choices and fact.type in LISTS_IN_PART and fact.type != "zones":
            or_none = _NO_WORD if fact.type == "activities" else _OR_NONE
            how += or_none.of(lang) if lang == "zh" else f" {or_none.of(lang)}"
        at_all = _NO_WORD_AT_ALL if fact.type == "activities" else _NONE_AT_ALL
        none = no_zone(rulebook, lang) if fact.type == "zones" else at_all.of(lang)
        some = _SOME.of(lang).format(heading=column.heading, none=none) if fact.type in LISTS_IN_PART else ""
        choices = (*column.choices, *_none_of_one(fact, lang))
        found[fact.name] = Answer(column.question, column.heading, how, choices, some)
    return found


def no_zone(rulebook: Rulebook, lang: Lang) -> str:
    """When to write that a company is in no zone, and what where its zone is not in the list."""
    types = next((one.label for one in rulebook.facts.values() if one.type == "zone_types"), None)
    return _OR_NONE.of(lang) if types is None else _NO_ZONE.of(lang).format(typed=type_of_zone(types).of(lang))


def _none_of_one(fact: FactDeclaration, lang: Lang) -> Iterator[str]:
    """The word for none, where it is another name of one of the values to choose: 无 of 非捐资举办."""
    word = "无" if lang == "zh" else "none"
    for key, value in fact.values.items() if fact.type == "choice" else ():
        if word in (key, *value.aliases) and word != value.label.of(lang):
            yield word


def _columns(rulebook: Rulebook, lang: Lang) -> list[_FormColumn]:
    roles = ((NAME, _NAME), (CREDIT_CODE, _CODE))
    found = [
        _FormColumn(heading, said.of(lang))
        for role, said in roles
        if (heading := _heading(rulebook.headings.columns.get(role, ()), lang))
    ]
    return [*found, *(_column(rulebook, one, lang) for one in rulebook.facts.values() if one.type not in _NOT_ASKED)]


def _heading(words: Sequence[str], lang: Lang) -> str | None:
    """The first of some headings that is in the language."""
    return next((word for word in words if word.isascii() == (lang == "en")), next(iter(words), None))


def _column(rulebook: Rulebook, fact: FactDeclaration, lang: Lang) -> _FormColumn:
    label, several = fact.label.of(lang), fact.type in LISTS_IN_PART
    unit = fact.unit.of(lang) if fact.unit is not None else ""
    with_unit = f"{label}（{unit}）" if lang == "zh" else f"{label} ({unit})"
    heading = with_unit if unit and rulebook.by_heading.get(plain(with_unit)) == fact.name else label
    more = _SEVERAL if several else _PERCENT if fact.type == "percent" else _DATE if fact.type == "date" else None
    between = "" if lang == "zh" else " "
    short = more.of(lang) if more is not None else ""
    if fact.type == "zones":
        short = between.join((short, no_zone(rulebook, lang)))
    no_word = _NO_WORD.of(lang) if fact.type == "activities" else ""
    answer = between.join(filter(None, (_help(rulebook, fact, lang), short, no_word)))
    choices = _choices(rulebook, fact, lang)
    return _FormColumn(
        heading,
        (_of_companies(fact)[0] or fact.question).of(lang),
        short,
        answer,
        choices,
        fact.type in ("boolean", "choice"),
        fact.type == "percent",
    )


def _of_companies(fact: FactDeclaration) -> tuple[Text | None, Text | None]:
    """The question and the help of a fact in a register, where they are others than in a profile."""
    return _OF_COMPANIES.get(fact.name, (None, None))


def _help(rulebook: Rulebook, fact: FactDeclaration, lang: Lang) -> str:
    """How to answer, for people without the program: no commands, and facts by the headings of their columns."""
    said = _of_companies(fact)[1] or fact.help
    parts = [one.strip() for one in re.split("[；;]", said.of(lang).rstrip("。.")) if "`" not in one]
    told = ("；" if lang == "zh" else "; ").join(parts)
    told = told.replace("[]", f"“{_NONE.of(lang)}”")
    for other in rulebook.facts.values():
        if "_" in other.name:
            name = f"“{other.label.of(lang)}”"
            told = re.sub(rf"\s?\b{other.name}\b" if lang == "zh" else rf"\b{other.name}\b", name, told)
    return told + ("。" if lang == "zh" else ".")


def _choices(rulebook: Rulebook, fact: FactDeclaration, lang: Lang) -> list[str]:
    """The words that a drop-down offers; none for a fact that is not chosen."""
    match fact.type:
        case "boolean":
            return [one.of(lang) for one in _YES_NO]
        case "zones":
            own = [one.zh if lang == "zh" else one.en for one in rulebook.gazetteer.zones.values()]
        case "zone_types":
            own = [one.zh if lang == "zh" else one.en for one in rulebook.gazetteer.zone_types.values()]
        case "activities":
            own = [one.label.of(lang) for one in rulebook.sectors.activities.values()]
        case "choice" | "choices":
            own = [one.label.of(lang) for one in fact.values.values()]
        case _:
            return []
    return [_NONE.of(lang), *own] if fact.type in LISTS_IN_PART else own


def _told_in_part(rulebook: Rulebook, lang: Lang) -> Iterator[str]:
    """What to do where only some of a list are known, with the headings of the first lists."""
    lists = [told for one in rulebook.facts.values() if (told := in_part(one)) is not None]
    if examples := [f"“{one.of(lang)}”" for one in lists[:3]]:
        yield _IN_PART.of(lang).format(examples=("" if lang == "zh" else ", ").join(examples))


def _explain(
    book: Any, sheet: Any, intro: Sequence[str], columns: Sequence[_FormColumn], head: Any, lang: Lang
) -> dict[int, str]:
    """Writes the second sheet; returns where the choices of each column stand, as a formula."""
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for place, wide in enumerate((24, 44, 60, 50)):
        sheet.set_column(place, place, wide)
    for line, said in enumerate(intro):
        sheet.merge_range(line, 0, line, 3, said, wrap)
        sheet.set_row(line, 34)
    first = len(intro) + 1
    sheet.write_row(first, 0, [one.of(lang) for one in _HEADS], head)
    sheet.freeze_panes(first + 1, 1)
    line, ranges = first + 1, {}
    for place, column in enumerate(columns):
        for at, words in enumerate((column.heading, column.question, column.answer)):
            sheet.write_string(line, at, words, wrap)
        for further, choice in enumerate(column.choices):
            sheet.write_string(line + further, 3, choice, wrap)
        many = max(len(column.choices), 1)
        if column.choices:
            ranges[place] = f"='{_GUIDE.of(lang)}'!$D${line + 1}:$D${line + many}"
        line += many
    return ranges


def _validate(sheet: Any, place: int, column: _FormColumn, choices: str | None, lang: Lang) -> None:
    """Adds the question beside the cells of a column, and its drop-down if it has one."""
    asked = " ".join(one for one in (column.question, column.short) if one)
    shown = {"input_title": _cut(column.heading, _TITLE), "input_message": _cut(asked, _MESSAGE)}
    rule: dict[str, object] = {"validate": "any", **shown}
    if choices is not None:
        rule = {
            "validate": "list",
            "source": choices,
            "show_error": column.only_these,
            "error_message": _CHOOSE.of(lang),
        }
        rule |= shown
    elif column.share:
        formula = _SHARE.format(cell=f"{workbook().utility.xl_col_to_name(place)}2")
        rule |= {"validate": "custom", "value": formula, "error_message": _PERCENT.of(lang)}
    sheet.data_validation(1, place, _ROWS, place, rule)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
