"""`applicability screen`: every company of a register against every measure."""

from __future__ import annotations

import contextlib
import datetime
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, cast

import click

from applicability import api, screening
from applicability.cli.again import command_for_sheets
from applicability.cli.command import Command
from applicability.cli.exit_codes import ExitCode
from applicability.cli.language import for_a_file, misused
from applicability.cli.output import TerminalStream, emit, emit_bytes, narrate, unwritten, width
from applicability.cli.overrides import overridden, pairs_of
from applicability.cli.screen_options import screen_options
from applicability.files import descriptor_of, shown_name
from applicability.loading.mapping import RegisterMapping, read_mapping
from applicability.model.selection import select_measures
from applicability.model.verdict import Verdict
from applicability.screening import ScreenFormat, SourceKind
from applicability.text import Lang, Text

if TYPE_CHECKING:
    from applicability.bulk.job import Job, Summary
    from applicability.bulk.output.results import Target
    from applicability.bulk.run.screening import Tell
    from applicability.bulk.sources.source import Progress, Source

# Options that write files beside the result.
_FILES = ("facts", "rejects", "notes", "summary", "picture")
_STREAM = Text("标准输出或临时文件", "standard output or temporary files")
_TEMPORARY = Text("临时文件", "temporary files")


@click.command(
    "screen",
    cls=Command,
    zh=(
        "对企业名册中的每家企业判断每项措施。名册可为 CSV、JSON Lines、Parquet、"
        "工作簿，或数据库的表（sqlite:///FILE?table=T、duckdb:///FILE?table=T、"
        "postgresql://HOST/DB?table=T）。\n\n"
        "不写 -o 则只显示汇总。读不出的内容按未填处理并记入备注，不作猜测，企业照常筛查。"
        "中断后再次运行会接着做。"
    ),
)
@click.argument("companies", metavar="COMPANIES")
@screen_options
def command(
    companies: str,
    kind: SourceKind | None,
    sheet: str | None,
    header_row: int | None,
    encoding: str | None,
    format_: ScreenFormat | None,
    form: str,
    only: frozenset[Verdict],
    limits: bool,
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
    with screening.needed():
        from applicability.bulk.run.allocation import economical

        economical()
        from applicability.bulk.job import Job
        from applicability.bulk.output.pieces import NOTES, REJECTS
        from applicability.bulk.output.summary import summary_json
        from applicability.bulk.output.target import Beside, apart, target_of
        from applicability.bulk.run.processes import pieces_in
        from applicability.bulk.sources.open import open_source
    _refuse_misuse(engine, master, picture, form, limits=limits)
    if output is not None and descriptor_of(Path(output)) == 1:
        output = "-"
    rulebook = api.load_rulebook(rules, registers)
    wanted = select_measures(rulebook, measures or None, chapters or None)
    if output == "-" and format_ == "parquet" and sys.stdout.isatty():
        raise misused(for_a_file("parquet"))
    target = target_of(output, format_, Beside(rejects, notes, facts))
    apart([companies, mapping, *registers], target, summary, picture)
    _installed(workbooks=target.format == "xlsx", pictures=picture is not None)
    day = api.day_of(rulebook, as_of)
    said = read_mapping(Path(mapping)) if mapping else RegisterMapping()
    columns = screening.columns_meant(said.columns, rulebook)
    defaults = screening.defaults_of(overridden(said.defaults, pairs_of(sets), rulebook), rulebook, day)
    job = Job(
        rulebook, day, lang, wanted, only, _forms(form, target, output), keep or None, columns,
        {**said.units, **units}, defaults=defaults, strict=strict, facts=facts is not None, asks=summary is not None,
        limits=limits,
        listed=frozenset(kind for kind, file in ((REJECTS, rejects), (NOTES, notes)) if file is not None),
    )  # fmt: skip

    known = screening.known_headings(rulebook, columns, keep)
    reads = screening.reading_of_cells(rulebook, known)

    again = command_for_sheets(click.get_current_context(), _FILES)

    def opened() -> Source:
        return open_source(
            companies, kind, sheet=sheet, encoding=encoding, rows=piece,
            coded=screening.coded_columns(rulebook, keep), stdin=sys.stdin.buffer,
            known=known, header_row=header_row, reads=reads, command=again,
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
        emit(summary_json(job, found, shown).to_json(), summary)
    if picture is not None:
        _picture(picture, job, found)
    _tell(job, found, shown, target, output)


def _refuse_misuse(engine: str, master: str | None, picture: str | None, form: str, *, limits: bool) -> None:
    """Refuse options that do not go together, before the work starts."""
    if master is not None and engine != "spark":
        raise misused(Text("--master 须与 --engine spark 同用", "--master is for --engine spark"))
    if picture is not None and not picture.lower().endswith((".png", ".svg")):
        raise misused(
            Text(
                f"`{picture}`：图片文件名须以 .png 或 .svg 结尾", f"`{picture}`: a picture's name ends in .png or .svg"
            )
        )
    if limits and form == "wide":
        raise misused(Text("--limits 须与 --form long 同用", "--limits is for --form long"))


def _forms(form: str, target: Target, output: str | None) -> frozenset[str]:
    """The tables that are written: in a workbook all of them, for a summary alone none."""
    from applicability.bulk.job import ASKS, LONG, WIDE

    if output is None:
        return frozenset()
    return frozenset((LONG, WIDE, ASKS)) if target.format == "xlsx" else frozenset((form,))


def _tell(job: Job, found: Summary, shown: str, target: Target, output: str | None) -> None:
    """Print the summary, with the files that were written."""
    from applicability.bulk.output.summary import text

    files: dict[str, Path | str | None] = {"rejects": target.rejects, "notes": target.notes}
    if output != "-":
        files["results"] = target.table.shown if target.table is not None else target.path
    files = {what: None if one is None else shown_name(str(one)) for what, one in files.items()}
    show = narrate if output == "-" else emit
    show(text(job, found, shown, files, width()))


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
    from rich.progress import BarColumn, Progress as Bar, TextColumn, TimeRemainingColumn

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
