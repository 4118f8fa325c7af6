"""The result of running mutants of a rulebook on its cases."""

from __future__ import annotations

from applicability.analysis.rulebook_mutants import Mutant
from applicability.analysis.same_meaning import Apart
from applicability.lazy_dataclass import dataclass, field
from applicability.model.cases import Case
from applicability.model.rulebook import Rulebook
from applicability.published import Published


@dataclass(frozen=True)
class Survivor:
    """A mutant that no case notices, and where it differs from the original."""

    mutant: Mutant
    apart: Apart


@dataclass(frozen=True)
class MutationReport(Published):
    """How many mutants of a rulebook there are; those that mean the same, and those that survive. The cases notice the
    others.

    `failing` are the cases that the unchanged rulebook fails, which notice nothing.
    """

    rulebook: Rulebook = field(repr=False)
    cases: int
    failing: tuple[Case, ...]
    mutants: int
    same: tuple[Mutant, ...]
    survivors: tuple[Survivor, ...]

    @property
    def noticed(self) -> int:
        """The number of mutants that a case notices."""
        return self.mutants - len(self.same) - len(self.survivors)

    @property
    def passed(self) -> bool:
        """Whether no mutant survived and every case passed on the unchanged rulebook."""
        return not self.survivors and not self.failing

    def __bool__(self) -> bool:
        raise TypeError("a mutation report is no bool: look at its `survivors` and `passed`")
