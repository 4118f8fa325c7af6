"""`applicability screen`: every company of a register against every measure."""

from __future__ import annotations

import contextlib
import datetime
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, cast, get_args

import click

from applicability import api, screening
from applicability.cli import command as shared
from applicability.cli.exit_codes import ExitCode
from applicability.cli.language import for_a_file, language, misused
from applicability.cli.output import TerminalStream, emit, emit_bytes, narrate, unwritten, width
from applicability.files import descriptor_of
from applicability.loading.mapping import read_mapping
from applicability.messages import listed
from applicability.model.selection import select_measures
from applicability.model.verdict import Verdict
from applicability.screening import ScreenFormat, SourceKind
from applicability.text import Lang, Text

if TYPE_CHECKING:
    from applicability.bulk.job import Job, Summary
    from applicability.bulk.output.results import Target
    from applicability.bulk.run.screening import Tell
    from applicability.bulk.sources.source import Progress

_WORDS = [verdict.word for verdict in sorted(Verdict, reverse=True)]
_STREAM = Text("标准输出或临时文件", "standard output or temporary files")
_TEMPORARY = Text("临时文件", "temporary files")


def _verdicts(ctx: click.Context, param: click.Parameter, value: str) -> frozenset[Verdict]:
    asked = [word.strip() for word in value.split(",") if word.strip()]
    wrong = [word for word in asked if word not in (*_WORDS, "all")]
    if wrong or not asked:
        words = listed(_WORDS)
        what = Text(f"`{value}`：可选 {words.zh} 或 all", f"`{value}`: choose among {words.en} or all")
        raise click.BadParameter(what.of(language()), ctx, param)
    return frozenset(verdict for verdict in Verdict if verdict.word in asked or "all" in asked)


@click.command("screen", cls=shared.Command, short_help="A whole register of companies at once.")
@click.argument("companies", metavar="COMPANIES")
@click.option(
    "--from",
    "kind",
    type=click.Choice(get_args(SourceKind)),
    default=None,
    help="What COMPANIES is [default: by its name].",
)
@click.option("--sheet", metavar="NAME", default=None, help="The sheet of a workbook [default: the first].")
@click.option("--encoding", metavar="NAME", default=None, help="Of CSV [default: UTF-8, or GB 18030 where it is not].")
@click.option(
    "--format",
    "format_",
    type=click.Choice(get_args(ScreenFormat)),
    default=None,
    help="Form of the result [default: by the name of -o].",
)
@click.option(
    "--form",
    type=click.Choice(["long", "wide"]),
    default="long",
    show_default=True,
    help="A line for each company and measure, or a column for each measure.",
)
@click.option(
    "--only",
    metavar="VERDICTS",
    default="eligible,conditional",
    show_default=True,
    callback=_verdicts,
    help="Verdicts that long form lists; all for all.",
)
@click.option("--measure", "measures", type=int, metavar="N", multiple=True, help="These rows only.")
@click.option("--chapter", "chapters", type=int, metavar="N", multiple=True, help="These chapters only.")
@click.option(
    "--keep",
    metavar="COLUMN",
    multiple=True,
    help="Repeat this column in every line [default: those that name the company].",
)
@click.option(
    "--mapping", metavar="FILE", default=None, help="What the columns hold, where their headings do not tell (YAML)."
)
@click.option(
    "--facts", metavar="FILE", default=None, help="What was read of each company, and from which column, as CSV."
)
@click.option("--rejects", metavar="FILE", default=None, help="Rejected companies as CSV [default: beside -o].")
@click.option("--notes", metavar="FILE", default=None, help="Notes as CSV [default: beside -o].")
@click.option("--summary", metavar="FILE", default=None, help="The summary as JSON, for programs.")
@click.option("--picture", metavar="FILE", default=None, help="A picture of the summary, .png or .svg.")
@click.option("--strict", is_flag=True, help="Stop at the first company that cannot be read.")
@click.option(
    "--piece",
    metavar="ROWS",
    type=click.IntRange(1),
    default=None,
    help="Rows done at a time [default: 65536; row groups of Parquet together up to 262144].",
)
@click.option(
    "--processes",
    metavar="N",
    type=click.IntRange(1, 256),
    default=None,
    help="Processes for the pieces of Parquet [default: by cores and rows].",
)
@click.option(
    "--engine",
    type=click.Choice(["embedded", "spark"]),
    default="embedded",
    show_default=True,
    help="Where the pieces are done: in this process, or as tasks of a Spark cluster.",
)
@click.option(
    "--master", metavar="URL", default=None, help="Spark's master, such as spark://HOST:7077 [default: local[*]]."
)
@click.option(
    "--as-of",
    metavar="DATE",
    default=None,
    callback=shared.as_day,
    help="The day that all companies are asked about [default: today in Beijing].",
)
@shared.lang_option
@shared.rules_option
@shared.register_option
@click.option(
    "-o",
    "--output",
    metavar="TARGET",
    default=None,
    help="Write the verdicts to a file, a folder if it ends in `/`, or a table of a database by its URL; "
    "`-` for standard output.",
)
def command(
    companies: str,
    kind: SourceKind | None,
    sheet: str | None,
    encoding: str | None,
    format_: ScreenFormat | None,
    form: str,
    only: frozenset[Verdict],
    measures: tuple[int, ...],
    chapters: tuple[int, ...],
    keep: tuple[str, ...],
    mapping: str | None,
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

    Without -o only the summary is shown. Companies that cannot be read are rejected with what is wrong, never guessed
    at. A run that was interrupted goes on where it stopped.

    \b
    applicability screen companies.csv -o screened.xlsx
    applicability screen companies.parquet --form wide -o wide.parquet
    applicability screen - --from jsonl --format csv -o - <companies.jsonl >open.csv
    """
    # Arrow and NumPy then use what the other has freed (docs/decisions/0012).
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    with screening.needed():
        from applicability.bulk.job import LONG, WIDE, Job
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
    forms = frozenset((LONG, WIDE)) if target.format == "xlsx" else frozenset((form,))
    if output is None:
        forms = frozenset()
    _installed(workbooks=target.format == "xlsx", pictures=picture is not None)
    day = api.day_of(rulebook, as_of)
    columns = read_mapping(Path(mapping)) if mapping else {}
    job = Job(
        rulebook, day, lang, wanted, only, forms, keep or None, columns,
        strict=strict, facts=facts is not None,
    )  # fmt: skip
    source = open_source(
        companies, kind, sheet=sheet, encoding=encoding, rows=piece,
        coded=screening.coded_columns(rulebook, keep), stdin=sys.stdin.buffer,
    )  # fmt: skip
    pieces = pieces_in(processes)
    if engine == "spark":
        from applicability.bulk.run.spark import pieces_on

        pieces = pieces_on(master or "local[*]")
    shown = screening.shown_as(source, companies)
    stream = _stdout() if output == "-" else None
    with contextlib.closing(source), _interrupted(target, lang), _progress() as tell, _written(output):
        found, _ = screening.run(
            source, job, target, shown, lambda state, numbers: None, stream=stream, tell=tell, pieces=pieces
        )
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
    """Standard output; a terminal is sent nothing that it would obey."""
    return cast("IO[bytes]", TerminalStream(sys.stdout.buffer)) if sys.stdout.isatty() else sys.stdout.buffer


def _installed(*, workbooks: bool, pictures: bool) -> None:
    """Ask for what only the results need before the work, not after it."""
    if workbooks:
        from applicability.report.layout.workbooks import workbook

        workbook()
    if pictures:
        from applicability.report.layout.pictures import library

        library()


class _Ended(BaseException):
    """The system asks the process to end."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


@contextlib.contextmanager
def _interrupted(target: Target, lang: Lang) -> Iterator[None]:
    """Tell that the run can go on later, whoever ends it; nothing of companies stays in the temporary folder."""

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
    """Tell what could not be written as any command does."""
    try:
        yield
    except BrokenPipeError:
        raise SystemExit(ExitCode.PIPE_CLOSED) from None
    except OSError as error:
        where = error.filename or (None if output == "-" else output)
        raise unwritten(where, error, _STREAM if output == "-" else _TEMPORARY) from None


@contextlib.contextmanager
def _progress() -> Iterator[Tell | None]:
    """A bar with rate and time left on a terminal, none in a pipe."""
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
