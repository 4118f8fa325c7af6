"""The options of `applicability screen`: the source, the result, and what is asked of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, get_args

import click

from applicability.cli import options as shared
from applicability.cli.language import language
from applicability.messages import listed
from applicability.model.verdict import Verdict
from applicability.screening import ScreenFormat, SourceKind
from applicability.text import Text

_WORDS = [verdict.word for verdict in sorted(Verdict, reverse=True)]
_ALL = frozenset(("all", "全部"))


def _verdicts(ctx: click.Context, param: click.Parameter, value: str) -> frozenset[Verdict]:
    asked = [shared.bucket_of(word.strip()) for word in re.split("[,，、]", value) if word.strip()]
    wrong = [word for word in asked if word not in (*_WORDS, *_ALL)]
    if wrong or not asked:
        words = listed(_WORDS)
        what = Text(f"`{value}`：可选 {words.zh} 或 all", f"`{value}`: choose among {words.en} or all")
        raise click.BadParameter(what.of(language()), ctx, param)
    return frozenset(one for one in Verdict if one.word in asked or not _ALL.isdisjoint(asked))


def _units(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for one in value:
        heading, _, unit = one.rpartition("=")
        if not heading.strip() or unit.strip() not in ("percent", "fraction"):
            what = Text(
                f"`{one}`：写作 列名=fraction 或 列名=percent", f"`{one}`: write HEADING=fraction or HEADING=percent"
            )
            raise click.BadParameter(what.of(language()), ctx, param)
        found[heading.strip()] = unit.strip()
    return found


_OPTIONS = (
    shared.option(
        "--from",
        "kind",
        type=click.Choice(get_args(SourceKind)),
        default=None,
        help=Text("COMPANIES 是什么 [默认：看文件名]。", "What COMPANIES is [default: by its name]."),
    ),
    shared.option(
        "--sheet",
        metavar="NAME",
        default=None,
        help=Text(
            "工作簿中的工作表 [默认：列名认得最多的一张]。",
            "The sheet of a workbook [default: that with most known headings].",
        ),
    ),
    shared.option(
        "--header-row",
        metavar="N",
        type=click.IntRange(1, 1_000_000),
        default=None,
        help=Text(
            "CSV 或工作簿中列名所在的行，从1数起 [默认：自动查找]。",
            "The row of the headings in CSV or a workbook, from 1 [default: looked for].",
        ),
    ),
    shared.option(
        "--encoding",
        metavar="NAME",
        default=None,
        help=Text(
            "CSV 的编码 [默认：UTF-8，不是则为 GB 18030]。", "Of CSV [default: UTF-8, or GB 18030 where it is not]."
        ),
    ),
    shared.option(
        "--format",
        "format_",
        type=click.Choice(get_args(ScreenFormat)),
        default=None,
        help=Text("结果的格式 [默认：看 -o 的文件名]。", "Form of the result [default: by the name of -o]."),
    ),
    shared.option(
        "--form",
        type=click.Choice(["long", "wide"]),
        default="long",
        show_default=True,
        help=Text(
            "long 为每家企业每项措施一行，wide 为每项措施一列。",
            "A line for each company and measure, or a column for each measure.",
        ),
    ),
    shared.option(
        "--only",
        metavar="VERDICTS",
        default="eligible,conditional",
        show_default=True,
        callback=_verdicts,
        help=Text("long 列出哪些结果，也可写中文；all 为全部。", "Verdicts that long form lists; all for all."),
    ),
    shared.option(
        "--limits",
        is_flag=True,
        help=Text(
            "long 的每行另有一列 `limits`：已开放的措施还须确认的限制的键。",
            "A column `limits` in long form: the keys of the limits to confirm of what is open.",
        ),
    ),
    shared.selection_options(),
    shared.option(
        "--keep",
        metavar="COLUMN",
        multiple=True,
        help=Text(
            "每行重复这一列 [默认：标明企业的各列]。",
            "Repeat this column in every line [default: those that name the company].",
        ),
    ),
    shared.option(
        "--mapping",
        metavar="FILE",
        default=None,
        help=Text(
            "列名看不出内容的，在此说明（YAML）。", "What the columns hold, where their headings do not tell (YAML)."
        ),
    ),
    shared.option(
        "--set",
        "sets",
        metavar="FACT=VALUE",
        multiple=True,
        help=Text(
            "名册中未另作说明的企业都适用的事实，如 `city=天津`；可写多次。",
            "A fact of every company that does not say otherwise, as `city=天津`; may be given several times.",
        ),
    ),
    shared.option(
        "--set-unit",
        "units",
        metavar="HEADING=UNIT",
        multiple=True,
        callback=_units,
        help=Text(
            "比例列中不带百分号的数字是什么：`外资比例=fraction`（0.49 即49%）或 `=percent`。",
            "What bare numbers are in a column of shares: `外资比例=fraction` (0.49 is 49%) or `=percent`.",
        ),
    ),
    shared.option(
        "--facts",
        metavar="FILE",
        default=None,
        help=Text(
            "读到了每家企业的什么、出自哪一列（CSV）。", "What was read of each company, and from which column, as CSV."
        ),
    ),
    shared.option(
        "--rejects",
        metavar="FILE",
        default=None,
        help=Text("不是企业的行（CSV）[默认：放在 -o 旁]。", "Rows that are no company as CSV [default: beside -o]."),
    ),
    shared.option(
        "--notes",
        metavar="FILE",
        default=None,
        help=Text(
            "备注（CSV）：哪些没有读出、哪些换了读法 [默认：放在 -o 旁]。",
            "What could not be read, and how the rest was, as CSV [default: beside -o].",
        ),
    ),
    shared.option(
        "--summary",
        metavar="FILE",
        default=None,
        help=Text("汇总的 JSON，供程序使用。", "The summary as JSON, for programs."),
    ),
    shared.option(
        "--picture",
        metavar="FILE",
        default=None,
        help=Text("汇总的图片，.png 或 .svg。", "A picture of the summary, .png or .svg."),
    ),
    shared.option(
        "--strict",
        is_flag=True,
        help=Text(
            "遇到第一处读不出、相互矛盾或不是企业的行即停止。",
            "Stop at the first cell that cannot be read or contradicts, or row that is no company.",
        ),
    ),
    shared.option(
        "--piece",
        metavar="ROWS",
        type=click.IntRange(1, 1_000_000_000),
        default=None,
        help=Text(
            "一次处理多少行 [默认：65536；Parquet 的行组合并至262144]。",
            "Rows done at a time [default: 65536; row groups of Parquet together up to 262144].",
        ),
    ),
    shared.option(
        "--processes",
        metavar="N",
        type=click.IntRange(1, 256),
        default=None,
        help=Text(
            "处理 Parquet 的进程数 [默认：看核数和行数]。",
            "Processes for the pieces of Parquet [default: by cores and rows].",
        ),
    ),
    shared.option(
        "--engine",
        type=click.Choice(["embedded", "spark"]),
        default="embedded",
        show_default=True,
        help=Text(
            "在哪里处理：本进程，或 Spark 集群的任务。",
            "Where the pieces are done: in this process, or as tasks of a Spark cluster.",
        ),
    ),
    shared.option(
        "--master",
        metavar="URL",
        default=None,
        help=Text(
            "Spark 的主节点，如 spark://HOST:7077 [默认：local[*]]。",
            "Spark's master, such as spark://HOST:7077 [default: local[*]].",
        ),
    ),
    shared.as_of_option(
        Text(
            "按哪一天判断全部企业 [默认：北京时间今天]。",
            "The day that all companies are asked about [default: today in Beijing].",
        )
    ),
    shared.lang_option,
    shared.rules_option,
    shared.register_option,
    shared.option(
        "-o",
        "--output",
        metavar="TARGET",
        default=None,
        help=Text(
            "把结果写入文件、文件夹（以 `/` 结尾）或数据库的表（写其 URL）；`-` 为标准输出。",
            "Write the verdicts to a file, a folder if it ends in `/`, or a table of a database by its URL; "
            "`-` for standard output.",
        ),
    ),
)


def screen_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options to a command, in the order of its help."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
