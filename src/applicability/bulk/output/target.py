"""Parses the output of a screening: its file name or URL, with rejects and notes beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from applicability.bulk.output.results import Target
from applicability.bulk.sources.connection import table_of
from applicability.bulk.sources.open import is_database
from applicability.errors import ArgumentError, Location, Problem
from applicability.files import is_special, is_standard_input, shown_name
from applicability.lazy_dataclass import dataclass, replace
from applicability.text import Text

_STANDARD_INPUT = Path("/dev/stdin")
FORMATS = ("csv", "jsonl", "parquet", "xlsx")
# Endings by which a file of CSV would be taken for something else, which a spreadsheet refuses to open.
_NO_CSV = ("jsonl", "parquet", "xlsx", "xls")


@dataclass(frozen=True)
class Beside:
    """The options for files beside the result."""

    rejects: str | None
    notes: str | None
    facts: str | None

    def target(
        self, path: Path | None, format: str, near: tuple[Path, str] | None = None, *, folder: bool = False
    ) -> Target:
        """A target with these files; `near` gives the folder and name prefix of the files not asked for."""
        rejects, notes, facts = (_csv(one) for one in (self.rejects, self.notes, self.facts))
        if near is not None:
            where, stem = near
            rejects, notes = rejects or where / f"{stem}rejects.csv", notes or where / f"{stem}notes.csv"
        return Target(path, format, folder, rejects, notes, facts)


def target_of(output: str | None, format: str | None, beside: Beside) -> Target:
    """The target of -o and --format. Raises ArgumentError, and ProfileError for a database URL."""
    if output is None:
        return beside.target(None, format or "csv")
    if output == "-":
        return _stream(format, beside)
    if is_database(output):
        return _table(output, format, beside)
    path, folder = Path(output), output.endswith(("/", "\\")) or Path(output).is_dir()
    ending = path.suffix.lower().removeprefix(".")
    format = format or ("parquet" if folder else next((one for one in FORMATS if one == ending), None))
    if format is None or (folder and format == "xlsx"):
        output = shown_name(output)
        raise _misused(
            Text(
                f"`{output}`：文件名以 .csv、.jsonl、.parquet 或 .xlsx 结尾，或用 --format 指明",
                f"`{output}`: name it .csv, .jsonl, .parquet or .xlsx, or say --format",
            )
        )
    near = (path, "") if folder else (path.parent, f"{path.stem}.")
    return beside.target(path, format, near, folder=folder)


def _csv(name: str | None) -> Path | None:
    """The path of a file beside the result, which is CSV. Raises ArgumentError where its name says otherwise."""
    path = Path(name) if name else None
    if path is not None and path.suffix.lower().removeprefix(".") in _NO_CSV:
        shown = shown_name(str(path))
        raise _misused(
            Text(
                f"`{shown}`：事实、备注和非企业行的文件是 CSV，文件名以 .csv 结尾（-o 写成 .xlsx 的工作簿已有后两者）",
                f"`{shown}`: facts, notes and rows that are no company are written as CSV, so name it .csv (a "
                "workbook of -o has the latter two)",
            )
        )
    return path


def _stream(format: str | None, beside: Beside) -> Target:
    if format in (None, "xlsx"):
        raise _misused(
            Text(
                "指明标准输出的格式：--format csv、jsonl 或 parquet",
                "say what to write to standard output: --format csv, jsonl or parquet",
            )
        )
    return beside.target(None, format or "csv")


def _table(url: str, format: str | None, beside: Beside) -> Target:
    if format is not None:
        raise _misused(
            Text("--format 只用于文件，数据库的表不需要", "--format is for files: a table of a database has none")
        )
    table = table_of(url)
    near = (Path(), f"{table.beside}.")
    if table.file is not None:
        near = (table.file.parent, f"{table.file.stem}.{table.beside}.")
    return replace(beside.target(None, table.kind, near), table=table)


def apart(read: Sequence[str | None], target: Target, *more: str | None) -> None:
    """Rejects files that would overwrite an input or each other. Raises ArgumentError.

    `read` are the register and the other inputs of this run; a database URL counts as its file, and `-` as the file
    that standard input is, if it is one.
    """
    inputs = {path.resolve() for one in read if one and (path := _file(one)) is not None}
    files = [
        target.path,
        target.rejects,
        target.notes,
        target.facts,
        *(Path(one) for one in more if one and one != "-"),
    ]
    met = set(inputs)
    for file in files:
        if file is None or is_special(file):
            continue
        place = file.resolve()
        piped = "-" in read and is_standard_input(place)
        if place in met or piped:
            other = Text("所读的文件", "what is read")
            if place not in inputs and not piped:
                other = Text("本次运行的另一个文件", "another file of this run")
            raise _misused(
                Text(
                    f"`{file}` 会覆盖{other.zh}：请另起文件名",
                    f"`{file}` would take the place of {other.en}: give it a name of its own",
                )
            )
        met.add(place)
        for one in inputs:
            if one.is_dir() and one in place.parents:
                raise _misused(
                    Text(
                        f"`{file}` 会成为名册 `{one.name}/` 的一部分：请写到别处",
                        f"`{file}` would become a part of the register `{one.name}/`: write it elsewhere",
                    )
                )
            if target.folder and file == target.path and place in one.parents:
                raise _misused(
                    Text(
                        f"`{one.name}` 在文件夹 `{file}` 内：请把结果写到别处",
                        f"`{one.name}` stands in the folder `{file}`: write the results elsewhere",
                    )
                )


def _file(read: str) -> Path | None:
    """The file behind an input: a path, the file of a database, or that of standard input."""
    if read == "-":
        return _STANDARD_INPUT if is_standard_input(_STANDARD_INPUT) else None
    return table_of(read).file if is_database(read) else Path(read)


def _misused(what: Text) -> ArgumentError:
    """The error for files that cannot be written as asked."""
    return ArgumentError([Problem("U005", Location("screen"), what)])
