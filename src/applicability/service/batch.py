"""Many profiles at once, by the columnar engine: JSON Lines, an Arrow stream or Parquet in and out.

Every profile that comes in goes out, in its order: with a verdict for each measure, or with what is wrong with it. A
line of JSON is read as a check reads a profile: what the columns of a table cannot hold (a list of investors with a
slip, a key that is no fact) is decided by itself, as a check would.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from applicability.api import day_of
from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.engine.screener import Screener
from applicability.bulk.engine.screener_for import screener_for
from applicability.bulk.engine.verdict_tables import column_names, status_of
from applicability.bulk.sources.heading_groups import twice_in
from applicability.bulk.sources.headings import cut
from applicability.bulk.sources.plain_columns import plain_batch
from applicability.bulk.sources.source import fault
from applicability.errors import ApplicabilityError, Location, Problem, ProfileError
from applicability.loading.profile.mistakes import no_fact
from applicability.loading.profile.reader import read_facts
from applicability.loading.yaml.scalars import read_date
from applicability.messages import did_you_mean, first_line, listed
from applicability.model.evaluate import verdict
from applicability.model.leaf_kinds import LIMITS
from applicability.model.measure import Measure
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.text import Lang, Text

BatchFormat = Literal["jsonl", "arrow", "parquet"]
ReadLine = Callable[[bytes], Mapping[str, object]]
ROWS = 1 << 14
# How many days, and how many sets of columns, are cached.
_SCREENERS = 24
_DETERMINATIONS = "determinations."
_BESIDE = ("name",)
_WORDS = [one.word for one in Verdict]
_STATUSES = ["authorities_only", "text_lost", "not_encoded"]
_NONE = -1


@dataclass(frozen=True)
class BatchPart:
    """Some profiles in their order: their numbers, the codes of their verdicts, and what is wrong with some.

    `codes` is profiles × measures, -1 where there is no verdict.
    """

    lines: NDArray[np.int64]
    codes: NDArray[np.int8]
    problems: Mapping[int, tuple[Problem, ...]]

    def __len__(self) -> int:
        return len(self.lines)


class BatchChecker:
    """Decides profiles for one batch; it learns values as it meets them. Not for several threads at once."""

    def __init__(
        self, rulebook: Rulebook, measures: Sequence[Measure], as_of: datetime.date | None = None, lang: Lang = "en"
    ) -> None:
        self.rulebook, self.measures, self.lang = rulebook, tuple(measures), lang
        self.as_of, self.day = as_of, day_of(rulebook, as_of)
        self.names = column_names(self.measures)
        self._screeners: BoundedCache[object, Screener] = BoundedCache(_SCREENERS)
        self._tails: BoundedCache[bytes, str] = BoundedCache(50_000)  # what lines with those verdicts end in
        # Where an entity is registered is read with its place: such a profile is decided by itself.
        self._known = frozenset(name for name, one in rulebook.facts.items() if one.type != "registration")
        self._statuses = {one.row: status_of(one) for one in self.measures if one.condition is None}

    # In ----------------------------------------------------------------------------------------------------------

    def read(self, stream: IO[bytes], format: BatchFormat, read_line: ReadLine) -> Iterator[BatchPart]:
        """The parts of a stream of profiles. Raises ProfileError where it is no such stream."""
        if format == "jsonl":
            yield from self._of_lines(stream, read_line)
            return
        yield from self._of_tables(_batches(stream, format))

    def _of_lines(self, stream: IO[bytes], read_line: ReadLine) -> Iterator[BatchPart]:
        held: list[tuple[int, Mapping[str, object] | ApplicabilityError]] = []
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                held.append((number, read_line(line)))
            except ApplicabilityError as error:
                held.append((number, error))
            if len(held) >= ROWS:
                yield self._profiles(held)
                held = []
        if held:
            yield self._profiles(held)

    def _of_tables(self, batches: Iterable[Any]) -> Iterator[BatchPart]:
        start = 1
        for batch in batches:
            yield self._table(batch, start)
            start += batch.num_rows

    # Deciding ----------------------------------------------------------------------------------------------------

    def _profiles(self, told: Sequence[tuple[int, Mapping[str, object] | ApplicabilityError]]) -> BatchPart:
        """Profiles in their order: those that fit into columns by day, the others one by one."""
        lines = np.array([number for number, _ in told], np.int64)
        codes = np.full((len(told), len(self.measures)), _NONE, np.int8)
        problems: dict[int, tuple[Problem, ...]] = {}
        days: dict[datetime.date, list[tuple[int, dict[str, object]]]] = {}
        for place, (_, given) in enumerate(told):
            if isinstance(given, ApplicabilityError):
                problems[place] = given.problems
                continue
            row = self._row(given)
            day = self._day(given)
            if row is None or day is None:
                self._alone(given, place, codes, problems)
            else:
                days.setdefault(day, []).append((place, row))
        for day, rows in days.items():
            headings = tuple(dict.fromkeys(name for _, row in rows for name in row))
            columns = {name: [row.get(name) for _, row in rows] for name in headings}
            places = np.array([place for place, _ in rows], np.int64)
            self._decide(CellTable(columns, len(rows)), headings, day, places, codes, problems)
        return BatchPart(lines, codes, problems)

    def _row(self, given: Mapping[str, object]) -> dict[str, object] | None:
        """The cells of a profile; None for one that is not a plain one."""
        row: dict[str, object] = {}
        for name, value in given.items():
            if name in self._known:
                if value == "" or not (isinstance(value, bool) or _plain(value)):
                    return None
                row[name] = value
            elif name in ("determinations", LIMITS):
                known: Mapping[str, object] = self.rulebook.judgements if name != LIMITS else self.rulebook.limits
                if value is None:
                    continue
                if (
                    not isinstance(value, Mapping)
                    or not value
                    or any(key not in known or not isinstance(held, bool) for key, held in value.items())
                ):
                    return None
                row |= {f"{name}.{key}": held for key, held in value.items()}
            elif name not in ("name", "as_of"):
                return None
        return row

    def _day(self, given: Mapping[str, object]) -> datetime.date | None:
        """The day that a profile is asked about; None for one that cannot be read, or is too early."""
        written = given.get("as_of")
        if self.as_of is not None or written is None:
            return self.day if written is None or read_date(written) is not None else None
        day = read_date(written)
        if day is None or (self.rulebook.begins is not None and day < self.rulebook.begins):
            return None
        return day

    def _alone(
        self, given: Mapping[str, object], place: int, codes: NDArray[np.int8], problems: dict[int, tuple[Problem, ...]]
    ) -> None:
        """Decide one profile as a check does."""
        profile = Profile.of(given)
        try:
            facts = read_facts(profile, self.rulebook, self.as_of)
            day_of(self.rulebook, facts.as_of, profile.at("as_of"))
        except ProfileError as error:
            problems[place] = error.problems
            return
        for column, measure in enumerate(self.measures):
            if measure.condition is not None:
                codes[place, column] = verdict(measure.condition, facts, self.rulebook)

    def _table(self, batch: Any, start: int) -> BatchPart:
        """A table of columns that are facts, `name`, `as_of`, `determinations.KEY` or `limits.KEY`."""
        headings = [name for name in batch.schema.names if name not in (*_BESIDE, "as_of")]
        self._refuse_others(headings)
        codes = np.full((batch.num_rows, len(self.measures)), _NONE, np.int8)
        problems: dict[int, tuple[Problem, ...]] = {}
        days: dict[datetime.date | None, list[int]] = {self.day: list(range(batch.num_rows))}
        if "as_of" in batch.schema.names:
            days = {}
            for place, written in enumerate(batch.column("as_of").to_pylist()):
                days.setdefault(self._day({} if written is None else {"as_of": written}), []).append(place)
        for place in days.pop(None, ()):
            row = {name: batch.column(name)[place].as_py() for name in ("as_of", *headings)}
            self._alone({name: value for name, value in row.items() if value is not None}, place, codes, problems)
        own = batch.select(headings)
        for day, rows in days.items():
            assert day is not None  # they were taken out
            places = np.array(rows, np.int64)
            part = own if len(rows) == batch.num_rows else own.take(pa.array(places))
            self._decide(part, tuple(headings), day, places, codes, problems)
        return BatchPart(np.arange(start, start + batch.num_rows, dtype=np.int64), codes, problems)

    def _refuse_others(self, headings: Sequence[str]) -> None:
        known = {
            *self._known, *(f"{_DETERMINATIONS}{key}" for key in self.rulebook.judgements),
            *(f"{LIMITS}.{key}" for key in self.rulebook.limits),
        }  # fmt: skip
        strange = [name for name in headings if name not in known]
        if strange or len(set(headings)) < len(headings):
            twice = [name for name in headings if headings.count(name) > 1]
            raise ProfileError(
                Problem("P101", Location(name), no_fact(name), did_you_mean(name, known)) for name in strange or twice
            )

    def _decide(
        self,
        table: Any,
        headings: tuple[str, ...],
        day: datetime.date,
        places: NDArray[np.int64],
        codes: NDArray[np.int8],
        problems: dict[int, tuple[Problem, ...]],
    ) -> None:
        """Decide a table of one day, and put what comes of it where its rows stand."""
        key = (day, headings)
        screener = self._screeners.get(key)
        if screener is None:
            self._screeners[key] = screener = screener_for(headings, self.rulebook, day)
        screened = screener.screen(table)
        order = {one.key: place for place, one in enumerate(screened.decided.measures)}
        for column, measure in enumerate(self.measures):
            if measure.key in order:
                codes[places, column] = screened.decided.verdicts(order[measure.key]).view(np.int8)
        if screened.decided.unreadable.any():
            codes[places[screened.decided.unreadable]] = _NONE
            for reject in screener.rejects(screened):
                problems[int(places[reject.row])] = reject.problems

    # Out ---------------------------------------------------------------------------------------------------------

    def json_lines(self, part: BatchPart) -> bytes:
        """A line for each profile: its number, and its verdicts or its problems."""
        found = []
        for place, (line, row) in enumerate(zip(part.lines.tolist(), part.codes, strict=True)):
            wrong = part.problems.get(place)
            if wrong is None:
                key = row.tobytes()
                tail = self._tails.get(key)
                if tail is None:
                    self._tails[key] = tail = json.dumps({"verdicts": self._verdicts(row)})[1:]
                found.append(f'{{"line": {line}, {tail}\n')
            else:
                told = json.dumps({"problems": [self._problem(one) for one in wrong]}, ensure_ascii=False)
                found.append(f'{{"line": {line}, {told[1:]}\n')
        return "".join(found).encode("utf-8", "backslashreplace")

    def _verdicts(self, row: NDArray[np.int8]) -> dict[str, str]:
        return {
            name: self._statuses.get(measure.row, "") if code == _NONE else _WORDS[code]
            for name, measure, code in zip(self.names, self.measures, row.tolist(), strict=True)
        }

    def _problem(self, problem: Problem) -> dict[str, str]:
        return {
            "code": problem.code,
            "field": problem.location.shown,
            "message": problem.told_message(self.lang),
            "hint": problem.told_hint(self.lang, "page"),
        }

    @property
    def schema(self) -> Any:
        """The columns of a table of answers."""
        words = pa.dictionary(pa.int8(), pa.string())
        problem = pa.struct([(name, pa.string()) for name in ("code", "field", "message", "hint")])
        return pa.schema(
            [("line", pa.int64()), *((name, words) for name in self.names), ("problems", pa.list_(problem))]
        )

    def table(self, part: BatchPart) -> Any:
        """A table of answers: a column of verdicts for each measure, empty where the profile cannot be read."""
        wrong = np.zeros(len(part), np.bool_)
        wrong[list(part.problems)] = True
        verdicts, statuses = pa.array(_WORDS + _STATUSES), len(_WORDS)
        columns = [pa.array(part.lines)]
        for column, measure in enumerate(self.measures):
            own = part.codes[:, column]
            if measure.condition is None:
                own = np.full(len(part), statuses + _STATUSES.index(self._statuses[measure.row]), np.int8)
            columns.append(pa.DictionaryArray.from_arrays(pa.array(own, mask=wrong), verdicts))
        told = [
            [self._problem(one) for one in part.problems[place]] if place in part.problems else None
            for place in (range(len(part)) if part.problems else ())
        ]
        kind = self.schema.field("problems").type
        columns.append(pa.array(told, kind) if part.problems else pa.nulls(len(part), kind))
        return pa.Table.from_arrays(columns, schema=self.schema)

    def write(self, parts: Iterable[BatchPart], format: BatchFormat) -> Iterator[bytes]:
        """The answers as a stream of that format."""
        if format == "jsonl":
            yield from (self.json_lines(part) for part in parts)
            return
        sink = _Sink()
        writer: Any = pa.ipc.new_stream(sink, self.schema) if format == "arrow" else pq.ParquetWriter(
            sink, self.schema, compression="zstd", write_statistics=False
        )  # fmt: skip
        with writer:
            for part in parts:
                writer.write_table(self.table(part))
                yield sink.taken()
        yield sink.taken()


class _Sink:
    """A file that is only written to, from which what has come is taken in between."""

    closed = False

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._at = 0

    def write(self, data: Any) -> int:
        """Keep some bytes."""
        whole = bytes(data)
        self._held.append(whole)
        self._at += len(whole)
        return len(whole)

    def tell(self) -> int:
        """How many bytes have come."""
        return self._at

    def flush(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""

    def readable(self) -> bool:
        """It is not."""
        return False

    def writable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is not."""
        return False

    def taken(self) -> bytes:
        """What has come since."""
        found = b"".join(self._held)
        self._held.clear()
        return found


def _plain(value: object) -> bool:
    """Whether a cell of a table can hold it: text, a number, or a list of them, or of investors."""
    if isinstance(value, list):
        return all(isinstance(one, (str, int, float, Mapping)) and not isinstance(one, bool) for one in value)
    return value is None or isinstance(value, (str, int, float))


def _batches(stream: IO[bytes], format: BatchFormat) -> Iterator[Any]:
    """The record batches of an Arrow stream or of Parquet, none of them large. Raises ProfileError if unreadable."""
    try:  # around reading only: an error while rows are decided is not the sender's mistake
        if format == "arrow":
            table = pa.ipc.open_stream(stream)
            _named_once(table.schema.names)
            for batch in table:
                for start in range(0, batch.num_rows, ROWS):
                    yield plain_batch(batch.slice(start, ROWS))
        else:
            file = pq.ParquetFile(stream)
            _named_once(file.schema_arrow.names)
            for batch in file.iter_batches(batch_size=ROWS):
                yield plain_batch(batch)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError, ValueError) as error:
        hint = Text("检查内容是否完整", "check that it is complete")
        why = first_line(error)
        what = Text(f"不是可以读取的表格：“{why}”", f"not a readable table: {why}")
        raise fault("body", what, hint) from None


def _named_once(names: Sequence[str]) -> None:
    """Raises ProfileError if columns share a name: a profile has each fact once, and no mapping says which is meant."""
    if twice := twice_in(names):
        shown = listed(f"`{cut(one)}`" for one in twice)
        what = Text(f"有同名的列：{shown.zh}", f"columns share a name: {shown.en}")
        raise fault("body", what, Text("每列各用一个列名", "give each column a name of its own"))
