"""The files of a rulebook as bytes, before parsing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from applicability.errors import Location, Problem, RulebookError
from applicability.files import files_under
from applicability.loading.yaml.reader import parse
from applicability.messages import reason_of
from applicability.text import Text

# The extensions of files that are read, and of those that look as if they should be.
_READ = (".yaml", ".csv", ".txt")
_MEANT = (*_READ, ".yml")
_NO_FOLDER = Text("`extends` 不是文件夹的名称", "`extends` is not the name of a folder")
PACKAGED = "packaged"  # in a manifest: the rulebook that comes with the package


@dataclass(frozen=True)
class RuleFiles:
    """The bytes of every file of a rulebook, by name relative to its folder, and the digest of them all.

    `extended` are the files of a rulebook that it extends, each with the folder name shown in problems.
    """

    folder: str
    files: Mapping[str, bytes]
    extended: Mapping[str, str] = field(default_factory=dict)

    def shown(self, name: str) -> str:
        """The path shown for a file in problems."""
        return f"{self.extended.get(name, self.folder)}/{name}"

    def shown_added(self, name: str) -> str:
        """The path shown for the folder's own part of a file that both it and the rulebook it extends have."""
        return f"{self.folder}/{name}"

    @property
    def digest(self) -> str:
        """SHA-256 over names and contents, in order of name."""
        total = hashlib.sha256()
        for name in sorted(self.files):
            total.update(f"{name}\0{len(self.files[name])}\0".encode())
            total.update(self.files[name])
        return total.hexdigest()


def rules_folder() -> Path:
    """The rulebook that comes with the package: inside the wheel, or beside `src` in a checkout."""
    inside = Path(__file__).parents[1] / "rules"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "rules"


def read_source(folder: Path, shown: str | None = None) -> RuleFiles:
    """Reads all rule files of a folder into memory, after those of the rulebook that it extends.

    A file that both have is kept in two parts: the folder's own is stored under its name and a `+`, and merged when
    parsed. Raises RulebookError.
    """
    return _read(folder, shown or str(folder), {})


def _read(folder: Path, shown: str, above: Mapping[str, str]) -> RuleFiles:
    """The files of a folder; `above` maps the folders that extend it to the names they are shown by."""
    own = _files(folder, shown)
    base = _extended(own["rulebook.yaml"])
    if base is None:
        return RuleFiles(shown, own)
    here = Location(f"{shown}/rulebook.yaml")
    if "\0" in base:
        raise RulebookError(
            [Problem("R015", here, _NO_FOLDER, Text("写文件夹，或 `packaged`", "name a folder, or `packaged`"))]
        )
    under = rules_folder() if base == PACKAGED else folder / base
    way = {**above, os.path.realpath(folder): shown}
    if os.path.realpath(under) in way:
        around = " → ".join(f"`{name}`" for name in (*way.values(), base))
        message = Text("规则库扩展了自己", "extends itself")
        if len(way) > 1:
            message = Text(f"规则库经由其他规则库扩展了自己：{around}", f"extends itself, by way of others: {around}")
        raise RulebookError([Problem("R015", here, message, Text("写另一个文件夹", "name another folder"))])
    behind = _read(under, base, way)
    files = dict(behind.files)
    extended = {name: behind.extended.get(name, behind.folder) for name in behind.files if name != "rulebook.yaml"}
    for name, data in own.items():
        files[f"{name}+" if name in files and name != "rulebook.yaml" else name] = data
    return RuleFiles(shown, files, extended)


def _files(folder: Path, shown: str) -> dict[str, bytes]:
    try:
        found = (folder / "rulebook.yaml").is_file()
    except OSError as error:
        raise RulebookError([_unreadable(shown, error)]) from error
    if not found:
        hint = Text("规则库是含有 `rulebook.yaml` 的文件夹", "a rulebook is a folder with a `rulebook.yaml` in it")
        raise RulebookError([Problem("R001", Location(shown), Text("这里没有规则库", "no rulebook here"), hint)])
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in found_under(folder, shown):
        name = path.relative_to(folder).as_posix()
        if name.startswith("cases/"):
            continue
        if path.suffix in _READ:
            try:
                files[name] = path.read_bytes()
            except OSError as error:
                problems.append(_unreadable(f"{shown}/{name}", error))
        elif path.suffix.lower() in _MEANT:
            problems.append(misnamed(f"{shown}/{name}"))
    if problems:
        raise RulebookError(problems)
    return files


def found_under(folder: Path, shown: str) -> list[Path]:
    """Every file in a folder and below, in order of name. Raises RulebookError for an unreadable folder."""
    try:
        return sorted(path for path in files_under(folder) if path.is_file())
    except OSError as error:
        where = Path(error.filename or folder)
        inside = where.relative_to(folder).as_posix() if where.is_relative_to(folder) else "."
        raise RulebookError([_unreadable(shown if inside == "." else f"{shown}/{inside}", error)]) from error


def misnamed(shown: str) -> Problem:
    """The problem for a file that is not read though its name suggests it should be."""
    return Problem(
        "R014",
        Location(shown),
        Text("这个文件名不会被读取", "is not read under this name"),
        Text("文件名须以小写的 `.yaml` 结尾", "let the name end in `.yaml`, in small letters"),
    )


def _unreadable(shown: str, error: OSError) -> Problem:
    why = reason_of(error)
    return Problem(
        "R001",
        Location(shown),
        Text(f"无法读取：{why.zh}", f"cannot be read: {why.en}"),
        Text("检查权限", "check its permissions"),
    )


def _extended(manifest: bytes) -> str | None:
    """The folder that a manifest extends; the manifest is validated later with all other files."""
    tree, _ = parse(manifest, "rulebook.yaml", "R")
    named = tree.data.get("extends") if tree is not None and isinstance(tree.data, dict) else None
    return named if isinstance(named, str) else None
