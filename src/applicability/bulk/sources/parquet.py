"""Companies in Parquet: a file, or a folder of files in order of name. A piece is a row group or several small ones."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from applicability.bulk.sources.folders import DataFile, Partition, data_files, partition_names
from applicability.bulk.sources.headings import named_columns, without_heading
from applicability.bulk.sources.plain_columns import plain_batch
from applicability.bulk.sources.source import Piece, Progress, Rows, Source, fault, missing, stamp
from applicability.errors import ProfileError
from applicability.files import is_text, shown_name
from applicability.lazy_dataclass import dataclass, field
from applicability.messages import first_line, listed
from applicability.model.frozen import FrozenDict
from applicability.text import Text

try:
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq
except ModuleNotFoundError as error:
    raise missing(error.name or "pyarrow") from None

# Rows per piece: smaller row groups are merged, since every piece has a fixed cost.
BATCH = 1 << 18
# Rows per batch: enough to amortise the cost per batch, few enough for several, one after the other, to be in memory
# while they are read, decided and written.
_AT_ONCE = 1 << 17


@dataclass(frozen=True)
class RowGroupRange:
    """Row groups that form one piece: its number, the file, their indices in the file, the first row's number, the
    rows, and the columns that the names of its folders tell.
    """

    number: int
    path: str
    places: tuple[int, ...]
    first: int
    rows: int
    partition: Partition = ()


@dataclass(frozen=True)
class Layout:
    """How the files of a register are read: their columns, those of one name numbered, those without one left out; the
    columns read as the file's own dictionaries; the columns whose types differ between files, with the type that all
    are cast to; those that folders tell, by the name that the folders have; and the places of those without a name that
    may hold something.
    """

    headings: tuple[str, ...]
    coded: frozenset[str]
    cast: Mapping[str, Any]
    folders: Mapping[str, str] = field(default_factory=FrozenDict)
    unnamed: tuple[int, ...] = ()


class ParquetSource(Source):
    """A Parquet file, or a folder of them. Adjacent row groups of a file are merged up to `rows` rows."""

    def __init__(self, path: Path, coded: Collection[str] = (), rows: int | None = None) -> None:
        self.path = path
        folder = data_files(path)
        files = [one.path for one in folder.files]
        self.notices = folder.notices
        if not files:
            what = Text("文件夹中没有 Parquet 文件", "there is no Parquet file in the folder")
            hint = Text(
                "文件名须以 .parquet 或 .pq 结尾，且不以 _ 或 . 开头",
                "its files must end in .parquet or .pq, and not begin with _ or .",
            )
            raise fault(str(path), what, hint)
        if strange := next((file for file in files if not is_text(str(file))), None):
            what = Text("文件名不是 UTF-8，无法打开", "its name is not UTF-8, and it cannot be opened by it")
            raise fault(shown_name(str(strange)), what, Text("给文件改名", "give the file another name"))
        self.layout = _layout(folder.files, frozenset(coded))
        self.groups = tuple(_groups(folder.files, rows or BATCH))
        self.identity: Mapping[str, object] | None = {
            "files": [[*stamp(one.path), one.partition] for one in folder.files]
        }
        self.notices = [*self.notices, *without_heading(self.layout.unnamed, numbered=True)]
        self._row_groups = RowGroups(self.layout)
        self._read = 0

    def pieces(self, done: frozenset[int]) -> Iterator[Piece]:
        """The pieces in order, without those that are done."""
        for group in self.groups:
            if group.number in done:
                self._read += group.rows
            else:
                yield Piece(group.number, self._batches(group))

    def _batches(self, group: RowGroupRange) -> Iterator[Rows]:
        for rows in self._row_groups.rows(group):
            yield rows
            self._read += rows.table.num_rows

    def left(self, done: frozenset[int]) -> tuple[RowGroupRange, ...]:
        """The pieces that are not done."""
        self._read = sum(group.rows for group in self.groups if group.number in done)
        return tuple(group for group in self.groups if group.number not in done)

    def passed(self, group: RowGroupRange) -> None:
        """Counts a piece that another process read."""
        self._read += group.rows

    def progress(self) -> Progress:
        """Rows read, of all rows."""
        return Progress(self._read, sum(group.rows for group in self.groups))

    def close(self) -> None:
        """Closes the open file."""
        self._row_groups.close()


class RowGroups:
    """Reads row groups, one piece at a time. Keeps the last file open, since the next piece is likely to be in it."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._path: str | None = None
        self._file: Any = None

    def rows(self, group: RowGroupRange) -> Iterator[Rows]:
        """The rows of a piece."""
        try:
            line = group.first
            for batch in self._batches(self._opened(group.path), group):
                own = [(name, batch.column(place)) for place, name in enumerate(self._layout.headings) if name]
                named = pa.RecordBatch.from_arrays([column for _, column in own], [name for name, _ in own])
                plain = _in_folders(plain_batch(named, self._layout.cast), self._layout.folders, group.partition)
                yield Rows(plain, range(line, line + batch.num_rows))
                line += batch.num_rows
        except (OSError, UnicodeError, pa.ArrowException) as error:
            raise _unreadable(group.path, error) from None

    def _batches(self, file: Any, group: RowGroupRange) -> Iterable[Any]:
        # One at a time: Arrow cannot read dictionary-encoded list items from several row groups at once.
        each = (file.iter_batches(_AT_ONCE, row_groups=[place]) for place in group.places)
        batches: Iterable[Any] = itertools.chain.from_iterable(each)
        if len(group.places) == 1:
            return batches
        return cast("Iterable[Any]", pa.Table.from_batches(list(batches)).combine_chunks().to_batches(_AT_ONCE))

    def _opened(self, path: str) -> Any:
        if path != self._path:
            self.close()
            with pq.ParquetFile(path) as described:
                schema, names = described.schema, set(described.schema_arrow.names)
            leaves = [schema.column(index) for index in range(len(schema.names))]
            coded = names.intersection(self._layout.coded)
            text = [leaf.path for leaf in leaves if leaf.physical_type == "BYTE_ARRAY" and _whole(leaf.path, coded)]
            self._file = pq.ParquetFile(path, read_dictionary=text)
            self._path = path
        return self._file

    def close(self) -> None:
        """Closes the open file."""
        if self._file is not None:
            self._file.close()
        self._path = self._file = None


def _whole(path: str, names: set[str]) -> bool:
    """Whether a leaf is a text column or the items of a list; column names may themselves contain dots."""
    return path in names or path.rsplit(".", 2)[0] in names


def _in_folders(batch: Any, names: Mapping[str, str], partition: Partition) -> Any:
    """A batch with the columns that the names of its folders tell, the same in each row."""
    if not names:
        return batch
    told = dict(partition)
    columns = dict(zip(batch.schema.names, batch.columns, strict=True))
    for folder, name in names.items():
        value = told.get(folder)
        places = pa.array(np.zeros(batch.num_rows, np.int32), mask=np.full(batch.num_rows, value is None))
        columns[name] = pa.DictionaryArray.from_arrays(places, pa.array([value or ""], pa.string()))
    return pa.record_batch(columns)


def _groups(files: Sequence[DataFile], most: int) -> Iterator[RowGroupRange]:
    number, first = 0, 1
    for file in files:
        try:
            with pq.ParquetFile(file.path) as opened:
                described = opened.metadata
        except (OSError, UnicodeError, pa.ArrowException) as error:
            raise _unreadable(str(file.path), error) from None
        for places, rows in _small_together(described, most):
            yield RowGroupRange(number, str(file.path), places, first, rows, file.partition)
            number, first = number + 1, first + rows


def _small_together(described: Any, most: int) -> Iterator[tuple[tuple[int, ...], int]]:
    """The row groups of a file, adjacent small ones merged up to `most` rows, with their row counts."""
    places: list[int] = []
    rows = 0
    for place in range(described.num_row_groups):
        own = described.row_group(place).num_rows
        if places and rows + own > most:
            yield tuple(places), rows
            places, rows = [], 0
        places.append(place)
        rows += own
    if places:
        yield tuple(places), rows


def _layout(files: Sequence[DataFile], coded: frozenset[str]) -> Layout:
    """The columns, which must be the same in every file."""
    schemas = [_schema(file.path) for file in files]
    first = schemas[0].names
    folders = partition_names(files)
    for file, schema in zip(files, schemas, strict=True):
        if (own := schema.names) != first:
            names = sorted(set(own) ^ set(first))
            odd = listed(f"`{name}`" for name in names) if names else Text("次序不同", "their order")
            begun = files[0].path.name
            what = Text(f"各列与 {begun} 不同：{odd.zh}", f"its columns are not those of {begun}: {odd.en}")
            raise fault(str(file.path), what, Text("使各文件的列一致", "make them the same"))
    names = named_columns([*first, *folders])
    own = names[: len(first)]
    types = {name: {schema.field(place).type for schema in schemas} for place, name in enumerate(own) if name}
    cast_to = {name: _one_type(held) for name, held in types.items() if _differ(held)}
    folded = FrozenDict(zip(folders, names[len(first) :], strict=True))
    unnamed = [place for place, name in enumerate(own) if not name]
    told = (one for one in unnamed if any(not pa.types.is_null(schema.field(one).type) for schema in schemas))
    return Layout(tuple(own), coded, cast_to, folded, tuple(told))


def _schema(file: Path) -> Any:
    """The columns of a file. Raises ProfileError if their names are not valid text."""
    try:
        schema = pq.read_schema(file)
        schema.names  # noqa: B018 they are read as text only when they are asked for
    except (OSError, UnicodeError, pa.ArrowException) as error:
        raise _unreadable(str(file), error) from None
    return schema


def _differ(types: set[Any]) -> bool:
    """Whether files hold a column as different types; lists are handled separately, whatever their item type."""
    return len(types) > 1 and not any(pa.types.is_nested(one) for one in types)


def _one_type(types: Iterable[Any]) -> Any:
    """A common type for a column: the type of the values if there is only one, else text."""
    plain = {one.value_type if pa.types.is_dictionary(one) else one for one in types} - {pa.null()}
    return plain.pop() if len(plain) == 1 else pa.string()


def _unreadable(file: str, error: Exception) -> ProfileError:
    words = first_line(error)
    what = Text(f"无法读取：“{words}”", f"cannot be read: {words}")
    return fault(file, what, Text("是否为完整的 Parquet 文件？", "is it a whole Parquet file?"))
