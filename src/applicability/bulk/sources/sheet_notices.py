"""What is said of the sheets of a workbook: which one was read, and what the others hold."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from applicability.messages import listed
from applicability.text import SurfaceText, Text


def was_read(title: str) -> Text:
    """Of several sheets, the one that is read."""
    return Text(f"读入的是工作表 `{title}`", f"the sheet `{title}` was read")


def equal_sheets(title: str, others: Sequence[str]) -> Text:
    """Sheets whose headings are known as well as those of the one that is read, the first of them."""
    names, count = listed(f"`{one}`" for one in (title, *others)), len(others) + 1
    return SurfaceText(
        f"{count}个工作表的列名同样认得（{names.zh}），只读入了第一个 `{title}`；其余各张用 --sheet 逐张筛查，"
        "命令见下；要合计的，先把各张并到一张表再筛查",
        f"the headings of {count} sheets are known equally well ({names.en}): only the first, `{title}`, was "
        "read; the others are screened with --sheet, one by one, by the commands below; for a total put them into one "
        "sheet first",
        Text(
            f"{count}个工作表的列名同样认得（{names.zh}），只读入了第一个 `{title}`；要读别的，另存为单独的文件；"
            "要合计的，先把各张并到一张表",
            f"the headings of {count} sheets are known equally well ({names.en}): only the first, `{title}`, "
            "was read; to have another read, save it as a file of its own; for a total put them into one sheet first",
        ),
    )


def chart_sheet(title: str) -> Text:
    """A sheet that is a chart."""
    return Text(f"图表工作表 `{title}` 已略过", f"the chart sheet `{title}` was passed over")


def is_a_chart(title: str) -> Text:
    """A sheet that was asked for, and is a chart."""
    return Text(f"工作表 `{title}` 是图表，其中没有企业", f"the sheet `{title}` is a chart, and holds no companies")


def hidden_sheet(title: str, rows: int) -> Text:
    """A sheet that is hidden; `rows` hold anything."""
    return SurfaceText(
        f"隐藏的工作表 `{title}`（{rows:,}行）未读入，要读则用 --sheet",
        f"the hidden sheet `{title}` ({_rows(rows)}) was left out; --sheet reads it",
        Text(
            f"隐藏的工作表 `{title}`（{rows:,}行）未读入，要读则另存为单独的文件",
            f"the hidden sheet `{title}` ({_rows(rows)}) was left out; to have it read, save it as a file of its own",
        ),
    )


def other_register(name: str, title: str, rows: int, command: str | None = None) -> Text:
    """A sheet of a workbook whose headings are known too; `rows` hold anything. The command screens it; one that is
    made here lacks the options of the run.
    """
    zh, en = ("", "") if command is not None else ("，其他选项照加", ", with the other options as before")
    command = plain_command(name, title) if command is None else command
    return SurfaceText(
        f"工作表 `{title}`（含列名共{rows:,}行）也有认得的列名，未读入；要读则另行筛查{zh}：{command}",
        f"the sheet `{title}` ({_rows(rows)} with its headings) was left out, though its headings are known too; "
        f"screen it as well{en}: {command}",
        Text(
            f"工作表 `{title}`（含列名共{rows:,}行）也有认得的列名，未读入，要读则另存为单独的文件，再筛查",
            f"the sheet `{title}` ({_rows(rows)} with its headings) was left out, though its headings are known too; "
            "save it as a file of its own and screen that",
        ),
    )


def other_sheet(title: str, rows: int) -> Text:
    """A sheet of which no headings are known; `rows` hold anything."""
    return Text(f"工作表 `{title}`（{rows:,}行）未读入", f"the sheet `{title}` ({_rows(rows)}) was left out")


def plain_command(name: str, title: str) -> str:
    """The command that screens a sheet of a workbook, into a workbook beside it that is named by the sheet."""
    if (result := result_of(name, title)) is None:
        return f"applicability screen - --from xlsx --sheet {quoted(title)}"
    return f"applicability screen {quoted(name)} --sheet {quoted(title)} -o {quoted(result)}"


def result_of(name: str, title: str) -> str | None:
    """The workbook for the result of a sheet, beside its register; None for one that is read from a pipe."""
    path = Path(name)
    return None if name == "-" else str(path.with_name(f"{path.stem}-{as_file_name(title)}-screened.xlsx"))


# What no file may be called on some system; a sheet may.
_NO_NAME = re.compile(r'[<>:"/\\|?*\s]+')


def as_file_name(title: str) -> str:
    """A sheet's name as it may stand in that of a file."""
    return _NO_NAME.sub("_", title)


def quoted(word: str) -> str:
    """A word of a command, in double quotes if it needs any: every shell knows those."""
    if re.fullmatch(r"[\w./~+:@%,=-]+", word) and not word.startswith(("-", "~")):
        return word
    return shlex.quote(word) if re.search(r'["$`\\!]', word) else f'"{word}"'


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
