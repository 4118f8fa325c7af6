"""What is wrong in a profile: its code, the sentence that says so, and how to fix it."""

from __future__ import annotations

from typing import NamedTuple

from applicability.text import Text


class Mistake(NamedTuple):
    """A code, the problem, and its fix."""

    code: str
    what: Text
    mend: Text
