"""Screens a register of companies, from a file, a database or memory, for the command line and embedding programs."""

from __future__ import annotations

import contextlib
import datetime
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, TypeVar

from applicability.api import day_of, load_rulebook
from applicability.errors import EngineError, Location, Problem, ProfileError
from applicability.files import shown_name
from applicability.identity import masked
from applicability.lazy_dataclass import dataclass, field
from applicability.loading.mapping import RegisterMapping, read_mapping
from applicability.loading.profile.keys import in_facts
from applicability.loading.profile.reader import read_facts
from applicability.messages import install, not_installed
from applicability.model.column_names import column_meant
from applicability.model.headings import plain
from applicability.model.leaf_kinds import FINDING, limit_name
from applicability.model.measure import Measure
from applicability.model.profile import Profile
from applicability.model.registration import where_registered
from applicability.model.rulebook import Rulebook
from applicability.model.selection import select_measures
from applicability.model.verdict import Verdict
from applicability.published import Plain, Published
from applicability.text import Lang, Text

if TYPE_CHECKING:
    from applicability.bulk.job import Job, Summary
    from applicability.bulk.output.results import Target
    from applicability.bulk.run.screening import Pieces, Tell
    from applicability.bulk.sources.source import Source

ScreenFormat = Literal["csv", "jsonl", "parquet", "xlsx"]
SourceKind = Literal["csv", "tsv", "jsonl", "parquet", "xlsx"]
OPEN = frozenset((Verdict.ELIGIBLE, Verdict.CONDITIONAL))
_T = TypeVar("_T")


@dataclass(frozen=True)
class Screening(Published):
    """The result of a screening.

    `summary` counts companies and verdicts. `results`, `rejects` and `notes` are Arrow tables if no output was given
    (None without lines), else None: they are in the files.
    """

    source: str
    job: Job = field(repr=False)
    summary: Summary
    results: Any = field(default=None, repr=False)
    rejects: Any = field(default=None, repr=False)
    notes: Any = field(default=None, repr=False)

    def to_dict(self) -> Plain:
        """The summary as plain data, by its contract."""
        from applicability.bulk.output.summary import summary_json

        return summary_json(self.job, self.summary, self.source).to_dict()


def screen(
    companies: str | os.PathLike[str] | Iterable[Mapping[str, object]] | Any,
    rulebook: Rulebook | None = None,
    *,
    output: str | os.PathLike[str] | None = None,
    format: ScreenFormat | None = None,
    form: Literal["long", "wide"] = "long",
    only: Iterable[Verdict] = OPEN,
    limits: bool = False,
    measures: Iterable[int | Measure] | None = None,
    chapters: Iterable[int] | None = None,
    keep: Sequence[str] | None = None,
    mapping: Mapping[str, str] | str | os.PathLike[str] | None = None,
    units: Mapping[str, Literal["percent", "fraction"]] | None = None,
    defaults: Mapping[str, object] | None = None,
    as_of: datetime.date | None = None,
    lang: Lang = "en",
    strict: bool = False,
    kind: SourceKind | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
    encoding: str | None = None,
    piece: int | None = None,
    processes: int | None = None,
) -> Screening:
    """Decides every measure for every company of a register, on a day (default: today in Beijing).

    `companies` is a file, a folder of Parquet files, the URL of a database table, an Arrow table, or profiles as
    mappings. `output` names a file, a folder (ending in `/`) or the URL of a table; without one the lines are returned
    as tables. `form` is `long`, a line for each company and measure whose verdict is in `only`, or `wide`, a column for
    each measure; `limits` adds to each line of the former the keys of the limits to confirm. `sheet` and `header_row`
    (from 1) say which sheet of a workbook is read, and where the headings of a table are. `defaults` are facts of the
    companies that do not say otherwise. What cannot be read of a company is noted and taken as missing. Raises
    ProfileError for a register that cannot be read or a result that cannot be written, for the first thing that cannot
    be read if `strict`, ArgumentError, and EngineError if a library is not installed.
    """
    with needed():
        from applicability.bulk.job import LONG, WIDE, Job
        from applicability.bulk.output.pieces import NOTES, REJECTS
        from applicability.bulk.output.results import form_of
        from applicability.bulk.output.target import Beside, apart, target_of
        from applicability.bulk.run.processes import pieces_in
    rulebook = rulebook if rulebook is not None else load_rulebook()
    target = target_of(None if output is None else os.fspath(output), format, Beside(None, None, None))
    apart([_named(companies), _named(mapping)], target)
    forms = frozenset((LONG, WIDE)) if target.format == "xlsx" else frozenset((form,))
    said = RegisterMapping(mapping or {}) if isinstance(mapping, Mapping | None) else read_mapping(Path(mapping))
    day = day_of(rulebook, as_of)
    job = Job(
        rulebook, day, lang, select_measures(rulebook, measures, chapters), frozenset(only), forms,
        None if keep is None else tuple(keep), columns_meant(said.columns, rulebook), {**said.units, **(units or {})},
        defaults=defaults_of(said.defaults.but(**(defaults or {})), rulebook, day), strict=strict, limits=limits,
    )  # fmt: skip
    opened, shown = _source(companies, job, kind, sheet, header_row, encoding, piece)
    source = opened()

    def collected(state: Path, numbers: Sequence[int]) -> tuple[Any, ...]:
        names = (form_of(job), REJECTS, NOTES)
        return tuple(_whole(state, numbers, name) if output is None else None for name in names)

    with contextlib.closing(source):
        again = opened if can_be_read_again(source) else None
        summary, tables = run(source, job, target, shown(source), collected, pieces=pieces_in(processes), again=again)
    return Screening(shown(source), job, summary, *tables)


def _named(read: object) -> str | None:
    """The name of the source, if it is a file or a URL."""
    return os.fspath(read) if isinstance(read, (str, os.PathLike)) else None


def run(
    source: Source,
    job: Job,
    target: Target,
    shown: str,
    collect: Callable[[Path, Sequence[int]], _T],
    *,
    stream: IO[bytes] | None = None,
    tell: Tell | None = None,
    pieces: Pieces | None = None,
    again: Callable[[], Source] | None = None,
) -> tuple[Summary, _T]:
    """Screens a source into a target under its lock; returns the summary, and what `collect` takes from the pieces.

    `again` opens the source once more, for what must be known of all rows before the first is decided.
    """
    from applicability.bulk.output.column_notices import column_notices
    from applicability.bulk.output.database import ready
    from applicability.bulk.run import screening, units
    from applicability.bulk.run.lock import output_lock
    from applicability.bulk.sources.database import DatabaseSource

    if target.table is not None:
        own = source.table if isinstance(source, DatabaseSource) else None
        ready(target.table, own, begun=screening.has_begun(target))
    with output_lock(target):
        job = units.settled(source, again, job)
        summary, state = screening.screen(source, job, target, stream=stream, tell=tell, pieces=pieces)
        told = (*(one.on(job.surface) for one in source.notices), *column_notices(job, summary))
        summary.notices = tuple(Text(masked(one.zh), masked(one.en)) for one in told)
        with _kept(state, temporary=screening.is_temporary(state, target)):
            numbers = screening.numbers(state)
            if target.format == "xlsx" and target.path is not None:
                from applicability.bulk.output import workbook

                workbook.write(target.path, job, summary, shown, state, numbers)
            return summary, collect(state, numbers)


@contextlib.contextmanager
def _kept(state: Path, *, temporary: bool) -> Iterator[None]:
    """Keeps the pieces until the block has succeeded; temporary ones are removed if it fails too."""
    try:
        yield
    except BaseException:
        if temporary:
            shutil.rmtree(state, ignore_errors=True)
        raise
    shutil.rmtree(state, ignore_errors=True)


@contextlib.contextmanager
def needed() -> Iterator[None]:
    """Raises EngineError with an installation hint for a missing library."""
    try:
        yield
    except ModuleNotFoundError as error:
        problem = Problem("E004", Location("screen"), not_installed(str(error.name)), install("bulk"))
        raise EngineError([problem]) from None


def defaults_of(profile: Profile, rulebook: Rulebook, day: datetime.date) -> Mapping[str, object]:
    """The facts of companies that do not say otherwise. Raises ProfileError for those that cannot be read."""
    from applicability.loading.profile.mistakes import no_fact

    read = in_facts(profile, rulebook).profile
    hint = Text("`applicability facts` 列出全部事实", "`applicability facts` lists the facts")
    if own := [one for one in ("name", "as_of") if one in read.facts]:  # each company has its own, a run has one day
        raise ProfileError(Problem("P101", profile.key_at(one), no_fact(one), hint) for one in own)
    told = {name: _as_fact(name, value, rulebook) for name, value in read.facts.items() if value is not None}
    own = [name for name, value in told.items() if where_registered(name, value)]
    read_facts(read.renamed(dict.fromkeys(own)), rulebook, day)
    return told


def _as_fact(name: str, value: object, rulebook: Rulebook) -> object:
    """A default; that of a city may name the place of registration, in the words of a heading."""
    fact = rulebook.meaning_of_key.get(plain(value)) if isinstance(value, str) else None
    return fact if fact is not None and where_registered(name, fact) else value


def columns_meant(columns: Mapping[str, str], rulebook: Rulebook) -> Mapping[str, str]:
    """What a mapping says of headings, by the keys of facts and roles; it may name them by headings too."""
    return {heading: column_meant(rulebook, said) for heading, said in columns.items()}


def coded_columns(rulebook: Rulebook, keep: Collection[str]) -> set[str]:
    """The columns to read as dictionaries, since their words repeat: facts, findings and limits not in `keep`."""
    from applicability.loading.profile.parts import part_names

    findings = (f"{FINDING}{key}" for key in rulebook.judgements)
    parts = (part for one in rulebook.facts.values() for part in part_names(one))
    return {*rulebook.facts, *parts, *findings, *map(limit_name, rulebook.limits)} - set(keep)


def known_headings(
    rulebook: Rulebook, mapping: Mapping[str, str], keep: Collection[str] = ()
) -> Callable[[str], str | None]:
    """The function that says what a heading is known as: by the mapping, by its name, or by the words for it."""
    from applicability.model.headings import held_by, joined, once
    from applicability.model.leaf_kinds import LIMITS

    # Limits and findings have no heading of their own in a table; in a profile they stand together under a key.
    own = {plain(word): key for key in (LIMITS, "determinations") for word in rulebook.headings.profile.get(key, ())}
    words = {**own, **rulebook.by_heading}
    kept = {name: words.get(plain(name), name) for name in keep}
    exact = {**kept, **{name: name for name in coded_columns(rulebook, ())}, **mapping}

    # The mapping may name a column without the unit behind its heading, 外方占股 for 外方占股（%）, or by its cells.
    alike = {plain(said): held for name, held in mapping.items() for said in (joined(name), name)}

    def known(heading: str) -> str | None:
        held = exact.get(heading) or exact.get(once(heading)) or held_by(words, heading)
        return held or alike.get(plain(heading))

    return known


def reading_of_cells(rulebook: Rulebook, known: Callable[[str], str | None]) -> Callable[[str, str], bool]:
    """The function that says whether a cell reads under a heading; `known` says what the heading is known as."""
    from applicability.bulk.register.cell_reads import cell_reads

    return cell_reads(rulebook, known)


def _source(
    companies: Any,
    job: Job,
    kind: str | None,
    sheet: str | None,
    header_row: int | None,
    encoding: str | None,
    piece: int | None,
) -> tuple[Callable[[], Source], Callable[[Source], str]]:
    """Opens the source of companies, and gives the name of an opened one in a summary."""
    from applicability.bulk.sources.open import ROWS, open_source
    from applicability.bulk.sources.table import ProfileSource, TableSource

    if isinstance(companies, (str, os.PathLike)):
        name = os.fspath(companies)
        coded = coded_columns(job.rulebook, job.keep or ())
        headings = known_headings(job.rulebook, job.mapping, job.keep or ())
        reads = reading_of_cells(job.rulebook, headings)

        def opened() -> Source:
            return open_source(
                name, kind, sheet=sheet, encoding=encoding, rows=piece, coded=coded,
                known=headings, header_row=header_row, reads=reads,
            )  # fmt: skip

        return opened, lambda source: shown_as(source, name)
    if hasattr(companies, "schema"):
        return lambda: TableSource(companies, piece or ROWS), lambda source: "table"
    held, known = list(companies), known_headings(job.rulebook, job.mapping, job.keep or ())
    return lambda: ProfileSource(held, piece or ROWS, known), lambda source: "profiles"


def can_be_read_again(source: Source) -> bool:
    """Whether the companies of a source can be read more than once."""
    from applicability.bulk.sources.database import DatabaseSource
    from applicability.bulk.sources.table import ProfileSource, TableSource

    return source.identity is not None or isinstance(source, DatabaseSource | ProfileSource | TableSource)


def shown_as(source: Source, name: str) -> str:
    """The name of a source in a summary: a database URL without its password."""
    from applicability.bulk.sources.database import DatabaseSource

    if isinstance(source, DatabaseSource):
        return source.table.shown
    return "<stdin>" if name == "-" else shown_name(name)


def _whole(state: Path, numbers: Sequence[int], name: str) -> Any:
    """All lines of the pieces of that kind as one table; None if there are none."""
    import pyarrow as pa

    from applicability.bulk.output.pieces import tables

    made = list(tables(state, numbers, name))
    return pa.concat_tables(made, promote_options="default") if made else None
