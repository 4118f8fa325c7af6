"""Runs a screening from its source to its results in this process, piece by piece, resuming an unfinished run."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from applicability.bulk.job import Job, Summary
from applicability.bulk.output import database, ordered_writer, results
from applicability.bulk.output.pieces import finished, removed, tables
from applicability.bulk.output.repeated_codes import repeated_codes
from applicability.bulk.output.results import Target
from applicability.bulk.run.replaceable import refuse_others
from applicability.bulk.run.worker import Worker
from applicability.bulk.sources.connection import DatabaseTable
from applicability.bulk.sources.source import Progress, Source, unwritable
from applicability.errors import ProfileError

Tell = Callable[[Progress, Summary], None]
# Screens the remaining pieces; yields the number and the summary of each.
Pieces = Callable[[Source, Job, Target, Path, frozenset[int]], Generator[tuple[int, Summary], None, None]]
_IDENTITY = "identity"
# Marks that all pieces were done, and that their table was not there when the run began to write it.
_WRITING = "writing"


def screen(
    source: Source,
    job: Job,
    target: Target,
    *,
    stream: IO[bytes] | None = None,
    tell: Tell | None = None,
    pieces: Pieces | None = None,
) -> tuple[Summary, Path]:
    """Screens a source into a target, or to a stream where the target has no path.

    `tell` is called after each piece; `pieces` processes the remaining pieces, by default here, one at a time. Returns
    the summary, and the folder of the pieces, which the caller must remove. Raises ProfileError if the source cannot be
    read, and with the first problem of a strict job.
    """
    state = _state(source, job, target)
    try:
        try:
            total = _screened(source, job, target, state, tell, pieces or pieces_here)
        except ProfileError:
            shutil.rmtree(state, ignore_errors=True)
            raise
        source.close()  # the output may be in the database that was read
        _results(target, job, state, numbers(state), stream)
    except BaseException:  # an interrupt, a closed pipe, a full disk
        if is_temporary(state, target):
            shutil.rmtree(state, ignore_errors=True)
        raise
    return total, state


def is_temporary(state: Path, target: Target) -> bool:
    """Whether the pieces are in a temporary folder, which no later run resumes: no company data may be left in it."""
    return state != target.state


def _screened(source: Source, job: Job, target: Target, state: Path, tell: Tell | None, pieces: Pieces) -> Summary:
    """Processes the remaining pieces, and writes the lines of all."""
    before = finished(state)
    met = set(before)
    total = Summary()
    for own in before.values():
        total.add(own)
    with (
        _gathered(target, job, state) as done,
        # Closed however this ends, so that nothing writes pieces afterwards.
        contextlib.closing(pieces(source, job, target, state, frozenset(before))) as made,
    ):
        for number in before:
            done(number)
        for number, own in made:
            total.add(own)
            done(number)
            met.add(number)
            if tell is not None:
                tell(source.progress(), total)
        if met.difference(numbers(state)):
            raise removed(state)
    total.repeated = repeated_codes(state, numbers(state), sum(total.codes.values()))
    return total


def numbers(state: Path) -> tuple[int, ...]:
    """The complete pieces, in order."""
    return tuple(sorted(finished(state)))


def pieces_here(
    source: Source, job: Job, target: Target, state: Path, done: frozenset[int]
) -> Generator[tuple[int, Summary], None, None]:
    """Screens pieces in this process, in order."""
    return pieces_by(Worker(job, ahead=True))(source, job, target, state, done)


def pieces_by(worker: Worker) -> Pieces:
    """The function that screens pieces with this worker, whose caches then serve the next register too."""

    def pieces(
        source: Source, job: Job, target: Target, state: Path, done: frozenset[int]
    ) -> Generator[tuple[int, Summary], None, None]:
        return worker.do(source.pieces(done), state, results.parts_of(target, job))

    return pieces


def _into_table(table: DatabaseTable, job: Job, state: Path, done: Sequence[int]) -> None:
    """Writes the table, unless a run of the same that was killed since has written it."""

    def lines() -> Iterable[Any]:
        return tables(state, done, results.form_of(job))

    def empty() -> Any:
        return results.no_lines(job)

    mark = state / _WRITING
    if not table.replace and mark.exists() and database.is_written(table, lines(), empty):
        return
    mark.touch()
    database.write(table, lines(), empty)


def has_begun(target: Target) -> bool:
    """Whether an unfinished run had begun to write the table of a target."""
    return target.state is not None and (target.state / _WRITING).exists()


def _state(source: Source, job: Job, target: Target) -> Path:
    """The folder for the pieces: that of an unfinished run of the same job, or a new one."""
    state = target.state
    refuse_others(target)
    if state is None or source.identity is None:
        results.no_parts(target)
        return Path(tempfile.mkdtemp(prefix="applicability-screen-"))
    print_ = job.fingerprint(source.identity, target.format)
    with contextlib.suppress(OSError):
        if (state / _IDENTITY).read_text("utf-8") == print_:
            return state
    if target.table is not None:
        database.ready(target.table, None)  # a table that is there is not of this run
    shutil.rmtree(state, ignore_errors=True)
    try:
        results.no_parts(target)
        state.mkdir(parents=True)
        (state / _IDENTITY).write_text(print_, "utf-8")
    except OSError as error:
        raise unwritable(str(target.path or state), error) from None
    return state


@contextlib.contextmanager
def _gathered(target: Target, job: Job, state: Path) -> Iterator[ordered_writer.Done]:
    """Writes the lines of complete pieces into the output file, if the target is one."""
    path = target.path
    if path is None or target.folder or target.format == "xlsx":
        yield lambda number: None
        return

    def write(made: Iterable[Any]) -> None:
        results.write_file(path, made, target.format, lambda: results.no_lines(job))

    with ordered_writer.write_in_order(state, results.form_of(job), write) as done:
        yield done


def _results(target: Target, job: Job, state: Path, done: Sequence[int], stream: IO[bytes] | None) -> None:
    results.all_beside(target, state, done, job.listed)
    if target.table is not None:
        _into_table(target.table, job, state, done)
    elif target.path is None and stream is not None:
        results.write_lines(tables(state, done, results.form_of(job)), stream, target.format)
        stream.flush()
