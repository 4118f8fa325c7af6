"""A profile's file that answers are added to: what a person wrote in it stays as it is, comments and all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from applicability.cli.output import emit
from applicability.model.profile import Profile


class ProfileFile:
    """A YAML or JSON file. Facts that it does not hold yet are added at its end, and taken out again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._text = path.read_text("utf-8-sig") if path.is_file() else ""
        self._before = None if not self._text.strip() else self._text
        self._first: Mapping[str, object] | None = None

    @property
    def there(self) -> bool:
        """Whether there is such a file."""
        return self.path.exists()

    @property
    def shown(self) -> str:
        """Its name as given."""
        return str(self.path)

    def begin(self, profile: Profile) -> None:
        """Remember what the file says before any answer."""
        self._first = dict(profile.facts)

    def save(self, profile: Profile) -> None:
        """Write the file whole: as it was, and the facts that were answered since."""
        first = self._first or {}
        added = {name: value for name, value in profile.facts.items() if first.get(name) is None and value is not None}
        emit(self._json(profile) if self._is_json() else self._yaml(added), str(self.path))

    def _is_json(self) -> bool:
        return self.path.suffix == ".json" or (self._before or "").lstrip().startswith("{")

    def _json(self, profile: Profile) -> str:
        return json.dumps(dict(profile.facts), ensure_ascii=False, indent=2, default=str) + "\n"

    def _yaml(self, added: Mapping[str, object]) -> str:
        lines = [line for line in (self._before or "").splitlines() if not self._empty(line, added)]
        return "\n".join([*lines, *(f"{name}: {_flow(value)}" for name, value in added.items())]).lstrip("\n") + "\n"

    def _empty(self, line: str, added: Mapping[str, object]) -> bool:
        """Whether a line names a fact and leaves it blank, so that the answer stands in its place."""
        name, colon, rest = line.partition(":")
        return bool(colon) and name in added and not rest.split("#")[0].strip().strip("~")


def _flow(value: object) -> str:
    """A value as YAML, in one line; JSON is YAML."""
    return json.dumps(value, ensure_ascii=False, default=str)
