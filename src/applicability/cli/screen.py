"""`applicability screen`: every company of a register against every measure."""

from __future__ import annotations

import contextlib
import datetime
import os
import re
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, cast, get_args

import click

from applicability import api, screening
from applicability.cli import options as shared
from applicability.cli.command import Command
from applicability.cli.exit_codes import ExitCode
from applicability.cli.language import for_a_file, language, misused
from applicability.cli.output import TerminalStream, emit, emit_bytes, narrate, unwritten, width
from applicability.cli.overrides import overridden, pairs_of
from applicability.files import descriptor_of
from applicability.loading.mapping import RegisterMapping, read_mapping
from applicability.messages import listed
from applicability.model.selection import select_measures
from applicability.model.verdict import Verdict
from applicability.screening import ScreenFormat, SourceKind
from applicability.text import Lang, Text

if TYPE_CHECKING:
    from applicability.bulk.job import Job, Summary
    from applicability.bulk.output.results import Target
    from applicability.bulk.run.screening import Tell
    from applicability.bulk.sources.source import Progress, Source

_WORDS = [verdict.word for verdict in sorted(Verdict, reverse=True)]
_STREAM = Text("标准输出或临时文件", "standard output or temporary files")
_ALL = frozenset(("all", "全部"))
_TEMPORARY = Text("临时文件", "temporary files")


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


@click.command(
    "screen",
    cls=Command,
    zh=(
        "对企业名册中的每家企业判断每项任务。名册可为 CSV、JSON Lines、Parquet、"
        "工作簿，或数据库的表（sqlite:///FILE?table=T、duckdb:///FILE?table=T、"
        "postgresql://HOST/DB?table=T）。\n\n"
        "不写 -o 则只显示汇总。读不出的内容按未填处理并记入备注，不作猜测，企业照常筛查。"
        "中断后再次运行会接着做。"
    ),
)
@click.argument("companies", metavar="COMPANIES")
@shared.option(
    "--from",
    "kind",
    type=click.Choice(get_args(SourceKind)),
    default=None,
    help=Text("COMPANIES 是什么 [默认：看文件名]。", "What COMPANIES is [default: by its name]."),
)
@shared.option(
    "--sheet",
    metavar="NAME",
    default=None,
    help=Text(
        "工作簿中的工作表 [默认：列名认得最多的一张]。",
        "The sheet of a workbook [default: that with most known headings].",
    ),
)
@shared.option(
    "--header-row",
    metavar="N",
    type=click.IntRange(1, 1_000_000),
    default=None,
    help=Text(
        "CSV 或工作簿中列名所在的行，从1数起 [默认：自动查找]。",
        "The row of the headings in CSV or a workbook, from 1 [default: looked for].",
    ),
)
@shared.option(
    "--encoding",
    metavar="NAME",
    default=None,
    help=Text("CSV 的编码 [默认：UTF-8，不是则为 GB 18030]。", "Of CSV [default: UTF-8, or GB 18030 where it is not]."),
)
@shared.option(
    "--format",
    "format_",
    type=click.Choice(get_args(ScreenFormat)),
    default=None,
    help=Text("结果的格式 [默认：看 -o 的文件名]。", "Form of the result [default: by the name of -o]."),
)
@shared.option(
    "--form",
    type=click.Choice(["long", "wide"]),
    default="long",
    show_default=True,
    help=Text(
        "long 为每家企业每项任务一行，wide 为每项任务一列。",
        "A line for each company and measure, or a column for each measure.",
    ),
)
@shared.option(
    "--only",
    metavar="VERDICTS",
    default="eligible,conditional",
    show_default=True,
    callback=_verdicts,
    help=Text("long 列出哪些结果，也可写中文；all 为全部。", "Verdicts that long form lists; all for all."),
)
@shared.selection_options()
@shared.option(
    "--keep",
    metavar="COLUMN",
    multiple=True,
    help=Text(
        "每行重复这一列 [默认：标明企业的各列]。",
        "Repeat this column in every line [default: those that name the company].",
    ),
)
@shared.option(
    "--mapping",
    metavar="FILE",
    default=None,
    help=Text(
        "列名看不出内容的，在此说明（YAML）。", "What the columns hold, where their headings do not tell (YAML)."
    ),
)
@shared.option(
    "--set",
    "sets",
    metavar="FACT=VALUE",
    multiple=True,
    help=Text(
        "名册中未另作说明的企业都适用的事实，如 `city=天津`；可写多次。",
        "A fact of every company that does not say otherwise, as `city=天津`; may be given several times.",
    ),
)
@shared.option(
    "--set-unit",
    "units",
    metavar="HEADING=UNIT",
    multiple=True,
    callback=_units,
    help=Text(
        "比例列中不带百分号的数字是什么：`外资比例=fraction`（0.49 即49%）或 `=percent`。",
        "What bare numbers are in a column of shares: `外资比例=fraction` (0.49 is 49%) or `=percent`.",
    ),
)
@shared.option(
    "--facts",
    metavar="FILE",
    default=None,
    help=Text(
        "读到了每家企业的什么、出自哪一列（CSV）。", "What was read of each company, and from which column, as CSV."
    ),
)
@shared.option(
    "--rejects",
    metavar="FILE",
    default=None,
    help=Text("不是企业的行（CSV）[默认：放在 -o 旁]。", "Rows that are no company as CSV [default: beside -o]."),
)
@shared.option(
    "--notes",
    metavar="FILE",
    default=None,
    help=Text(
        "备注（CSV）：哪些没有读出、哪些换了读法 [默认：放在 -o 旁]。",
        "What could not be read, and how the rest was, as CSV [default: beside -o].",
    ),
)
@shared.option(
    "--summary",
    metavar="FILE",
    default=None,
    help=Text("汇总的 JSON，供程序使用。", "The summary as JSON, for programs."),
)
@shared.option(
    "--picture",
    metavar="FILE",
    default=None,
    help=Text("汇总的图片，.png 或 .svg。", "A picture of the summary, .png or .svg."),
)
@shared.option(
    "--strict",
    is_flag=True,
    help=Text(
        "遇到第一处读不出、相互矛盾或不是企业的行即停止。",
        "Stop at the first cell that cannot be read or contradicts, or row that is no company.",
    ),
)
@shared.option(
    "--piece",
    metavar="ROWS",
    type=click.IntRange(1, 1_000_000_000),
    default=None,
    help=Text(
        "一次处理多少行 [默认：65536；Parquet 的行组合并至262144]。",
        "Rows done at a time [default: 65536; row groups of Parquet together up to 262144].",
    ),
)
@shared.option(
    "--processes",
    metavar="N",
    type=click.IntRange(1, 256),
    default=None,
    help=Text(
        "处理 Parquet 的进程数 [默认：看核数和行数]。",
        "Processes for the pieces of Parquet [default: by cores and rows].",
    ),
)
@shared.option(
    "--engine",
    type=click.Choice(["embedded", "spark"]),
    default="embedded",
    show_default=True,
    help=Text(
        "在哪里处理：本进程，或 Spark 集群的任务。",
        "Where the pieces are done: in this process, or as tasks of a Spark cluster.",
    ),
)
@shared.option(
    "--master",
    metavar="URL",
    default=None,
    help=Text(
        "Spark 的主节点，如 spark://HOST:7077 [默认：local[*]]。",
        "Spark's master, such as spark://HOST:7077 [default: local[*]].",
    ),
)
@shared.as_of_option(
    Text(
        "按哪一天判断全部企业 [默认：北京时间今天]。",
        "The day that all companies are asked about [default: today in Beijing].",
    )
)
@shared.lang_option
@shared.rules_option
@shared.register_option
@shared.option(
    "-o",
    "--output",
    metavar="TARGET",
    default=None,
    help=Text(
        "把结果写入文件、文件夹（以 `/` 结尾）或数据库的表（写其 URL）；`-` 为标准输出。",
        "Write the verdicts to a file, a folder if it ends in `/`, or a table of a database by its URL; "
        "`-` for standard output.",
    ),
)
def command(
    companies: str,
    kind: SourceKind | None,
    sheet: str | None,
    header_row: int | None,
    encoding: str | None,
    format_: ScreenFormat | None,
    form: str,
    only: frozenset[Verdict],
    measures: tuple[int, ...],
    chapters: tuple[int, ...],
    keep: tuple[str, ...],
    mapping: str | None,
    sets: tuple[str, ...],
    units: dict[str, str],
    facts: str | None,
    rejects: str | None,
    notes: str | None,
    summary: str | None,
    picture: str | None,
    strict: bool,
    piece: int | None,
    processes: int | None,
    engine: Literal["embedded", "spark"],
    master: str | None,
    as_of: datetime.date | None,
    lang: Lang,
    rules: str | None,
    registers: tuple[str, ...],
    output: str | None,
) -> None:
    """Decide every measure for every company of a register: CSV, JSON Lines, Parquet, a workbook, or a table of a
    database (sqlite:///FILE?table=T, duckdb:///FILE?table=T, postgresql://HOST/DB?table=T).

    Without -o only the summary is shown. What cannot be read is noted and taken as missing, never guessed at, and the
    company is screened by the rest. A run that was interrupted goes on where it stopped.

    \b
    applicability screen companies.csv -o screened.xlsx
    applicability screen companies.parquet --form wide -o wide.parquet
    applicability screen - --from jsonl --format csv -o - <companies.jsonl >open.csv
    """
    # Arrow and NumPy then share freed memory (docs/decisions/0012).
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    with screening.needed():
        from applicability.bulk.job import ASKS, LONG, WIDE, Job
        from applicability.bulk.output import summary as told
        from applicability.bulk.output.target import Beside, apart, target_of
        from applicability.bulk.run.processes import pieces_in
        from applicability.bulk.sources.open import open_source
    if master is not None and engine != "spark":
        raise misused(Text("--master 须与 --engine spark 同用", "--master is for --engine spark"))
    if picture is not None and not picture.lower().endswith((".png", ".svg")):
        raise misused(
            Text(
                f"`{picture}`：图片文件名须以 .png 或 .svg 结尾", f"`{picture}`: a picture's name ends in .png or .svg"
            )
        )
    if output is not None and descriptor_of(Path(output)) == 1:
        output = "-"
    rulebook = api.load_rulebook(rules, registers)
    wanted = select_measures(rulebook, measures or None, chapters or None)
    if output == "-" and format_ == "parquet" and sys.stdout.isatty():
        raise misused(for_a_file("parquet"))
    target = target_of(output, format_, Beside(rejects, notes, facts))
    apart([companies, mapping, *registers], target, summary, picture)
    forms = frozenset((LONG, WIDE, ASKS)) if target.format == "xlsx" else frozenset((form,))
    if output is None:
        forms = frozenset()
    _installed(workbooks=target.format == "xlsx", pictures=picture is not None)
    day = api.day_of(rulebook, as_of)
    said = read_mapping(Path(mapping)) if mapping else RegisterMapping()
    defaults = screening.defaults_of(overridden(said.defaults, pairs_of(sets), rulebook), rulebook, day)
    job = Job(
        rulebook, day, lang, wanted, only, forms, keep or None, said.columns, {**said.units, **units},
        defaults=defaults, strict=strict, facts=facts is not None,
    )  # fmt: skip

    def opened() -> Source:
        return open_source(
            companies, kind, sheet=sheet, encoding=encoding, rows=piece,
            coded=screening.coded_columns(rulebook, keep), stdin=sys.stdin.buffer,
            known=screening.known_headings(rulebook, said.columns, keep), header_row=header_row,
        )  # fmt: skip

    source = opened()
    pieces = pieces_in(processes)
    if engine == "spark":
        from applicability.bulk.run.spark import pieces_on

        pieces = pieces_on(master or "local[*]")
    shown = screening.shown_as(source, companies)
    stream = _stdout() if output == "-" else None
    with contextlib.closing(source), _interrupted(target, lang), _progress() as tell, _written(output):
        found, _ = screening.run(
            source, job, target, shown, lambda state, numbers: None, stream=stream, tell=tell, pieces=pieces,
            again=opened if screening.can_be_read_again(source) else None,
        )  # fmt: skip
    if summary is not None:
        emit(told.summary_json(job, found, shown).to_json(), summary)
    if picture is not None:
        _picture(picture, job, found)
    files: dict[str, Path | str | None] = {"rejects": target.rejects, "notes": target.notes}
    if output != "-":
        files["results"] = target.table.shown if target.table is not None else target.path
    text = told.text(job, found, shown, files, width())
    if output == "-":
        narrate(text)
    else:
        emit(text)


def _stdout() -> IO[bytes]:
    """Standard output, without control sequences if it is a terminal."""
    return cast("IO[bytes]", TerminalStream(sys.stdout.buffer)) if sys.stdout.isatty() else sys.stdout.buffer


def _installed(*, workbooks: bool, pictures: bool) -> None:
    """Checks that the libraries for the output are installed, before the work starts."""
    if workbooks:
        from applicability.report.layout.workbooks import workbook

        workbook()
    if pictures:
        from applicability.report.layout.pictures import library

        library()


class _Ended(BaseException):
    """The process received a termination signal."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


@contextlib.contextmanager
def _interrupted(target: Target, lang: Lang) -> Iterator[None]:
    """Reports that the run can be resumed, however it ended; removes company data from the temporary folder."""

    def end(number: int, frame: object) -> None:
        raise _Ended(number)

    before = {}
    if threading.current_thread() is threading.main_thread():
        before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    except (KeyboardInterrupt, _Ended) as error:
        if target.state is not None:
            from applicability.bulk.output.labels import say

            narrate(say("unfinished", lang))
        raise SystemExit(ExitCode(error.number + 128) if isinstance(error, _Ended) else ExitCode.INTERRUPTED) from None
    finally:
        for number, held in before.items():
            signal.signal(number, held)


@contextlib.contextmanager
def _written(output: str | None) -> Iterator[None]:
    """Reports write errors like any command."""
    try:
        yield
    except BrokenPipeError:
        raise SystemExit(ExitCode.PIPE_CLOSED) from None
    except OSError as error:
        where = error.filename or (None if output == "-" else output)
        raise unwritten(where, error, _STREAM if output == "-" else _TEMPORARY) from None


@contextlib.contextmanager
def _progress() -> Iterator[Tell | None]:
    """A progress bar on a terminal, none in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), TextColumn("{task.fields[told]}"), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, told="")
        started = datetime.datetime.now()

        def tell(progress: Progress, found: Summary) -> None:
            seconds = max((datetime.datetime.now() - started).total_seconds(), 1e-9)
            words = f"{found.read:,} · {found.read / seconds:,.0f}/s"
            bar.update(task, total=progress.total, completed=progress.done, told=words)

        yield tell


def _picture(path: str, job: Job, found: Summary) -> None:
    from applicability.bulk.output.picture import summary_picture

    emit_bytes(summary_picture(job, found, path.lower()[-3:]), path)
