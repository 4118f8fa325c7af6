"""What linting a rulebook found."""

from __future__ import annotations

from applicability.errors import Problem
from applicability.published import Published


class LintReport(tuple[Problem, ...], Published):
    """Every problem of a rulebook, in order of place; empty where there is nothing to mend."""

    __slots__ = ()
