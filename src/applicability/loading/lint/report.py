"""The result of linting a rulebook."""

from __future__ import annotations

from applicability.errors import Problem
from applicability.published import Published


class LintReport(tuple[Problem, ...], Published):
    """Every problem of a rulebook, ordered by location; empty if there is none."""

    __slots__ = ()
