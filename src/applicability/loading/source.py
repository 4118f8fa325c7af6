"""The files of a rulebook as bytes, before parsing."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Mapping
from typing import TYPE_CHECKING

from applicability.errors import Location, Problem, RulebookError
from applicability.files import files_under
from applicability.lazy_dataclass import dataclass, field
from applicability.loading.yaml.reader import parse
from applicability.messages import reason_of
from applicability.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    StrPath = str | os.PathLike[str]

# How the names of files end that are read, and of those that are meant to be.
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
    from pathlib import Path  # costs start-up time: a start names files by their names alone

    return Path(_rules_folder())


def _rules_folder() -> str:
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "rules")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(os.path.dirname(package)), "rules")


def read_packaged() -> RuleFiles:
    """The files of the rulebook that comes with the package. Raises RulebookError."""
    return read_source(_rules_folder(), "rules")


def read_source(folder: StrPath, shown: str | None = None) -> RuleFiles:
    """Read all rule files of a folder into memory, after those of the rulebook that it extends.

    A file that both have is kept in two parts: the folder's own is stored under its name and a `+`, and merged when
    parsed. Raises RulebookError.
    """
    return _read(os.fspath(folder), shown or str(folder), {})


def _read(folder: str, shown: str, above: Mapping[str, str]) -> RuleFiles:
    """The files of a folder; `above` are the folders that extend it, by where they are, with what each is called."""
    own = _files(folder, shown)
    base = _extended(own["rulebook.yaml"])
    if base is None:
        return RuleFiles(shown, own)
    here = Location(f"{shown}/rulebook.yaml")
    if "\0" in base:
        raise RulebookError(
            [Problem("R015", here, _NO_FOLDER, Text("写文件夹，或 `packaged`", "name a folder, or `packaged`"))]
        )
    under = _rules_folder() if base == PACKAGED else os.path.join(folder, base)
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


def _files(folder: str, shown: str) -> dict[str, bytes]:
    try:
        found = _is_file(os.path.join(folder, "rulebook.yaml"))
    except OSError as error:
        raise RulebookError([_unreadable(shown, error)]) from error
    if not found:
        hint = Text("规则库是含有 `rulebook.yaml` 的文件夹", "a rulebook is a folder with a `rulebook.yaml` in it")
        raise RulebookError([Problem("R001", Location(shown), Text("这里没有规则库", "no rulebook here"), hint)])
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in found_under(folder, shown):
        name = _below(path, folder)
        if name.startswith("cases/"):
            continue
        ending = os.path.splitext(name)[1]
        if ending in _READ:
            try:
                with open(path, "rb") as stream:
                    files[name] = stream.read()
            except OSError as error:
                problems.append(_unreadable(f"{shown}/{name}", error))
        elif ending.lower() in _MEANT:
            problems.append(misnamed(f"{shown}/{name}"))
    if problems:
        raise RulebookError(problems)
    return files


def found_under(folder: StrPath, shown: str) -> list[str]:
    """Every file in a folder and below, in order of name. Raises RulebookError for a folder that cannot be read."""
    try:
        found = (path for path in files_under(folder) if _is_file(path))
        return sorted(found, key=lambda path: path.split(os.sep))
    except OSError as error:
        inside = _below(error.filename, folder) if error.filename else "."
        inside = "." if inside.startswith("..") else inside
        raise RulebookError([_unreadable(shown if inside == "." else f"{shown}/{inside}", error)]) from error


def _is_file(path: str) -> bool:
    """Whether there is such a file. Raises OSError where that cannot be told."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
            return False
        raise


def _below(path: str, folder: StrPath) -> str:
    """The name of a file by its folder, with slashes whatever the system has."""
    return os.path.relpath(path, folder).replace(os.sep, "/")


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
    """What a manifest extends; the manifest itself is read and checked with all other files."""
    if not any(sign in manifest for sign in (b"extends", b"\\", b"\0")):
        return None  # the key is not there, however it may be written
    tree, _ = parse(manifest, "rulebook.yaml", "R")
    named = tree.data.get("extends") if tree is not None and isinstance(tree.data, dict) else None
    return named if isinstance(named, str) else None
