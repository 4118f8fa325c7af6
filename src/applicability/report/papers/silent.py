"""What the words leave open of one finding's measure: of the parts that its entity, or people or another entity of its
own, may use.
"""

from __future__ import annotations

from applicability.model.assessment import Finding
from applicability.model.measure import Limb
from applicability.model.verdict import Verdict
from applicability.report.language import silences
from applicability.report.language.for_others import for_others
from applicability.text import Text


def silent_of(finding: Finding) -> list[Text]:
    """What the row does not say of these parts, and of which where that is not the same of each."""
    return silences.silent_on(finding.rulebook, finding.measure, _parts(finding))


def asked_of_any(finding: Finding) -> list[Text]:
    """What is to be asked of any measure, since no row says it."""
    return silences.asked_of_any(finding.rulebook, finding.measure, _parts(finding))


def _parts(finding: Finding) -> list[Limb]:
    """The parts that are for the entity, or for somebody whom it deals with."""
    own = [
        one.limb
        for one in finding.limbs
        if not one.limb.binds_authorities_only
        and (finding.verdict_of(one) is not Verdict.INELIGIBLE or for_others(finding, one) is not None)
    ]
    return own or list(finding.measure.usable)
