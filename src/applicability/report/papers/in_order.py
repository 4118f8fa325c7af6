"""The order in which a paper tells what is open: what matters most to the entity first."""

from __future__ import annotations

from collections.abc import Iterable

from applicability.model.assessment import Finding
from applicability.model.measure import FORCES
from applicability.report.papers.met import is_own_business, is_very_own


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Open findings by how much they matter: those of its own business first, then what is certain, then what asks for
    that very business, then by force.
    """

    def key(one: Finding) -> tuple[bool, bool, bool, int]:
        own = is_own_business(one)
        return not own, one.bucket != "eligible", own and not is_very_own(one), FORCES.index(one.force or FORCES[-1])

    return sorted(findings, key=key)
