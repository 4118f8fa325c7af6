"""A profile file that answers are added to; everything else in it is preserved, including comments."""

from __future__ import annotations

import codecs
import os
from collections.abc import Mapping
from pathlib import Path

from applicability import api
from applicability.cli.output import emit_bytes
from applicability.errors import Location, Problem, ProfileError
from applicability.loading.profile.keys import as_told, key_of
from applicability.loading.yaml.edit import CannotEdit, with_values, written
from applicability.loading.yaml.reader import read_bytes
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.text import Text

# Byte order marks, and their encodings.
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class ChangedMeanwhile(Exception):
    """The file was changed by somebody else since it was read or last saved; it has not been overwritten."""


class ProfileFile:
    """A YAML or JSON file. Facts are set in its original text, so that they can be removed again."""

    def __init__(self, path: Path, rulebook: Rulebook) -> None:
        self.path = path
        self._rulebook = rulebook
        self._spelt: Mapping[str, str] = {}  # how the file spells a key
        self._held: bytes | None = None  # what the file holds, as far as is known here
        self._before: str | None = None
        self._mark, self._encoding = b"", "utf-8"
        self._first: Mapping[str, object] = {}

    @property
    def there(self) -> bool:
        """Whether the file exists."""
        return os.path.exists(self.path)

    @property
    def shown(self) -> str:
        """Its name as given."""
        return str(self.path)

    def read(self) -> Profile:
        """The profile in the file; empty if there is none. Raises ProfileError."""
        self._held = data = self._bytes()
        self._before, self._first, self._spelt, self._mark, self._encoding = None, {}, {}, b"", "utf-8"
        if data is None:
            return Profile()
        profile = api.read_profile(data, self.shown)
        self._mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
        self._encoding = _MARKS.get(self._mark, "utf-8")
        self._before = data[len(self._mark) :].decode(self._encoding)
        self._first = dict(as_told(profile, self._rulebook).facts)
        self._spelt = {name: key for key in profile.facts if (name := key_of(key, self._rulebook)) is not None}
        self._with({"a fact to come": "x"})
        return profile

    def save(self, profile: Profile) -> None:
        """Writes the file: its original text with the facts answered since. Without answers a new file is removed.

        Raises ChangedMeanwhile.
        """
        if self._bytes() != self._held:
            raise ChangedMeanwhile
        answers = {
            self._spelt.get(name, name): value
            for name, value in profile.facts.items()
            if value is not None and value != self._first.get(name)
        }
        if self._before is None and not answers:
            self.path.unlink(missing_ok=True)
            self._held = None
            return
        data = self._mark + self._with(answers).encode(self._encoding, "backslashreplace")
        emit_bytes(data, self.shown)
        self._held = data

    def _bytes(self) -> bytes | None:
        if not self.there:
            return None
        data, problems = read_bytes(self.path, self.shown, "P001")
        if data is None:
            raise ProfileError(problems)
        return data

    def _with(self, answers: Mapping[str, object]) -> str:
        if self._before is None:
            if self.path.suffix.lower() == ".json":
                lines = ",\n".join(f"  {written(name)}: {written(value)}" for name, value in answers.items())
                return f"{{\n{lines}\n}}\n"
            return "".join(f"{name}: {written(value)}\n" for name, value in answers.items())
        try:
            return with_values(self._before, answers)
        except CannotEdit:
            what = Text("无法在此文件中添加回答", "answers cannot be added to the file as it is laid out")
            hint = Text(
                "每项事实各占一行，写作 `name: value`", "write each fact on a line of its own, as `name: value`"
            )
            raise ProfileError([Problem("P014", Location(self.shown), what, hint)]) from None
