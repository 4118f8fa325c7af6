"""Which openings of China's services pilots an enterprise can use, on what terms, and why not the others.

>>> from applicability import Profile, check
>>> finding = check(Profile(city="天津", district="和平区"), engine="reference").finding(93)
>>> finding.scope_verdict
<Verdict.PENDING: 1>
"""

from applicability.api import check, load_rulebook
from applicability.errors import ApplicabilityError
from applicability.loading.profile.reader import load_profile
from applicability.model.assessment import Assessment
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict

__all__ = [
    "ApplicabilityError",
    "Assessment",
    "Profile",
    "Rulebook",
    "Verdict",
    "check",
    "load_profile",
    "load_rulebook",
]
