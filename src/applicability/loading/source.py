"""The bytes of a rulebook's files, before anything of them is read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from applicability.errors import Location, Problem, RulebookError


@dataclass(frozen=True)
class Source:
    """The bytes of every file of a rulebook, by name relative to its folder, and the digest of them all."""

    folder: str
    files: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        """SHA-256 over names and contents, in order of name."""
        total = hashlib.sha256()
        for name in sorted(self.files):
            total.update(f"{name}\0{len(self.files[name])}\0".encode())
            total.update(self.files[name])
        return total.hexdigest()


def read_source(folder: Path, shown: str | None = None) -> Source:
    """Read all rule files of a folder, and of the one it extends, into memory."""
    shown = shown or str(folder)
    if not (folder / "rulebook.yaml").is_file():
        hint = "a rulebook is a folder with a `rulebook.yaml` in it"
        raise RulebookError([Problem("R001", Location(shown), "no rulebook here", hint)])
    files: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix in (".yaml", ".csv", ".txt") and path.is_file() and not name.startswith("cases/"):
            try:
                files[name] = path.read_bytes()
            except OSError as error:
                raise RulebookError(
                    [Problem("R001", Location(f"{shown}/{name}"), f"cannot be read: {error.strerror}")]
                ) from error
    return Source(shown, files)
