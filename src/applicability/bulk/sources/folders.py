"""The files of a folder of Parquet: which are data, and what the names of their folders say.

As for Spark and Hive, names that begin with `_` or `.` are no data (`_temporary`, `_SUCCESS`), and a folder called
`city=Shanghai` is a column of the files below it.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from applicability.bulk.sources.headings import cut
from applicability.bulk.sources.source import fault
from applicability.errors import ProfileError
from applicability.files import files_under, shown_name
from applicability.lazy_dataclass import dataclass
from applicability.messages import listed, reason_of
from applicability.text import Text

# A column that the names of folders tell, with its value; None where it is missing.
Partition = tuple[tuple[str, str | None], ...]

# The extensions of the files read from a folder.
_ENDINGS = (".parquet", ".pq")
# What Hive and Spark call the folder of a missing value.
_MISSING = "__HIVE_DEFAULT_PARTITION__"
# Files named in a notice.
_SHOWN = 3


@dataclass(frozen=True)
class DataFile:
    """A file of a register, and the columns that the names of its folders tell."""

    path: Path
    partition: Partition = ()


@dataclass(frozen=True)
class DataFolder:
    """The files of a register in order of name, and what of the folder was left out."""

    files: Sequence[DataFile]
    notices: Sequence[Text] = ()


def data_files(path: Path) -> DataFolder:
    """The files of a register: a file, or those of a folder. Raises ProfileError."""
    above = _columns(_partitions_around(path.parts if path.is_dir() else path.parts[:-1]))
    if not path.is_dir():
        return DataFolder([DataFile(path, above)])
    try:
        every = sorted(map(Path, files_under(path)))
    except OSError as error:
        why = reason_of(error)
        what = Text(f"无法读取：{why.zh}", f"cannot be read: {why.en}")
        hint = Text("检查其权限；否则其中的企业会遗漏", "check its permissions: else its companies would be left out")
        raise fault(str(error.filename or path), what, hint) from None
    _refuse_tables(path, every)
    files, unfinished, others = [], [], []
    for file in every:
        inside = file.relative_to(path).parts
        named = file.suffix.lower() in _ENDINGS
        if any(map(_is_hidden, inside)):
            unfinished += [file] if named else []
        elif named:
            files.append(DataFile(file, (*above, *_columns(inside[:-1]))))
        else:
            others.append(file)
    notices = [
        *_plain_names(path, [file.path for file in files]),
        *_left_out(path, unfinished, Text("名称以 _ 或 . 开头，不是数据", "names that begin with _ or . are no data")),
        *_left_out(path, others, Text("不是 Parquet", "not Parquet")),
    ]
    return DataFolder(files, notices)


def partition_names(files: Sequence[DataFile]) -> tuple[str, ...]:
    """The columns that the names of folders tell, in the order that they are met."""
    return tuple(dict.fromkeys(name for file in files for name, _ in file.partition))


def _is_hidden(name: str) -> bool:
    """Whether a file or folder of this name holds no data; `_part=1` is a partition whatever it begins with."""
    return name.startswith(".") or (name.startswith("_") and "=" not in name)


def _partitions_around(folders: Sequence[str]) -> Sequence[str]:
    """The innermost folders of a path as far as they are partitions: a path inside one still gives its column."""
    inner = list(itertools.takewhile(lambda name: "=" in name, reversed(folders)))
    return inner[::-1]


def _columns(folders: Sequence[str]) -> Partition:
    """The columns that the names of folders tell."""
    found = []
    for folder in folders:
        name, sign, value = folder.partition("=")
        if sign and name:
            found.append((unquote(name), None if value in (_MISSING, "") else unquote(value)))
    return tuple(dict(found).items())


def _plain_names(folder: Path, files: Sequence[Path]) -> Iterator[Text]:
    """The notice on folders whose names tell no column, such as `上海` alone, a few of them named."""
    within = (file.relative_to(folder).parts[:-1] for file in files)
    names = [*dict.fromkeys(name for inside in within for name in inside if not _columns([name]))]
    if names:
        more = ["…"] if len(names) > _SHOWN else []
        shown = listed([*(f"`{cut(shown_name(name), 60)}`" for name in names[:_SHOWN]), *more])
        one = cut(shown_name(names[0]), 60)
        yield Text(
            f"文件夹的名称未作为数据读入：{shown.zh}；名称说明企业情况的，改名为“列名=值”，如 `city={one}`",
            f"the names of folders were not read as data: {shown.en}; where a name tells something of the companies, "
            f"write it as column=value, such as `city={one}`",
        )


def _left_out(folder: Path, files: Sequence[Path], why: Text) -> list[Text]:
    """The notice on files that were left out, a few of them named."""
    if not files:
        return []
    names = [cut(shown_name(os.fspath(file.relative_to(folder))), 60) for file in files[:_SHOWN]]
    more = ["…"] if len(files) > _SHOWN else []
    shown = listed([*names, *more])
    return [
        Text(
            f"{len(files)}个文件未读入（{why.zh}）：{shown.zh}",
            f"{len(files)} {'file was' if len(files) == 1 else 'files were'} left out ({why.en}): {shown.en}",
        )
    ]


def _refuse_tables(folder: Path, files: Sequence[Path]) -> None:
    """Raises ProfileError for a table of Delta Lake, Iceberg or Hudi: some of its files are no longer part of it."""
    for file in files:
        inside = file.relative_to(folder).parts
        if "_delta_log" in inside[:-1]:
            kind, export = "Delta Lake", 'spark.read.format("delta").load(…).write.parquet(…)'
        elif "metadata" in inside[:-1] and file.name.endswith(".metadata.json"):
            kind, export = "Iceberg", "spark.table(…).write.parquet(…)"
        elif ".hoodie" in inside[:-1]:
            kind, export = "Hudi", 'spark.read.format("hudi").load(…).write.parquet(…)'
        else:
            continue
        raise _a_table(folder, kind, export)


def _a_table(folder: Path, kind: str, export: str) -> ProfileError:
    what = Text(
        f"这是 {kind} 表：其中的文件含已删除或被取代的企业，只有表的日志知道哪些有效",
        f"it is a {kind} table: its files hold deleted and replaced rows too, and only its log says which count",
    )
    hint = Text(f"先导出为普通 Parquet，如 {export}", f"export it as plain Parquet first, as with {export}")
    return fault(shown_name(str(folder)), what, hint)
