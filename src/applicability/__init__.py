"""Which openings of China's services pilots an enterprise can use, on what terms, and why not the others.

>>> from applicability import Profile, check
>>> finding = check(Profile(city="天津", district="和平区"), engine="reference").finding(93)
>>> finding.scope_verdict
<Verdict.PENDING: 1>

Every name is loaded when it is first asked for (PEP 562), so that a program pays only for what it uses.
"""

from types import MappingProxyType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from applicability.analysis.comparison import Alternative, Comparison, Rank, Row
    from applicability.analysis.difference import Difference, Moved, RowDifference, UnsharedNames
    from applicability.analysis.edits import Edit, Option
    from applicability.analysis.minimal_changes import Change, Prospect
    from applicability.analysis.mutation_report import MutationReport, Survivor
    from applicability.analysis.questions import Question
    from applicability.analysis.reach_map import Reach, ReachMap
    from applicability.analysis.rulebook_mutants import Mutant
    from applicability.analysis.same_meaning import Apart
    from applicability.analysis.uncompared import UncomparedRule
    from applicability.api import ProfileLike, check, lint, load_rulebook, read_profile, screener
    from applicability.bulk.engine.screener import Screener
    from applicability.bulk.job import Summary
    from applicability.cases import run_cases as test
    from applicability.decisions import Candidate, ChangeReport, change, compare, diff, reach_map
    from applicability.errors import (
        ApplicabilityError,
        ArgumentError,
        DisagreementError,
        EngineError,
        Location,
        Problem,
        ProfileError,
        RulebookError,
    )
    from applicability.interview import Interview
    from applicability.loading.lint.report import LintReport
    from applicability.loading.profile.reader import load_profile
    from applicability.model.assessment import Assessment, Bucket, Finding, Fired, LimbFinding, Reason
    from applicability.model.cases import CaseReport, Mismatch, Result, Unseen
    from applicability.model.measure import Limb, Measure
    from applicability.model.profile import Profile
    from applicability.model.rulebook import Entry, Rulebook
    from applicability.model.selection import select_measures
    from applicability.model.verdict import Verdict
    from applicability.mutation import run_mutants as test_mutants
    from applicability.screening import Screening, screen
    from applicability.text import Lang, Text

# The module of each name: `module`, or `module:name` if it has another name there.
_HOMES = MappingProxyType(
    {
        # Use cases
        "Interview": "interview",
        "change": "decisions",
        "check": "api",
        "compare": "decisions",
        "diff": "decisions",
        "lint": "api",
        "reach_map": "decisions",
        "screen": "screening",
        "screener": "api",
        "test": "cases:run_cases",
        "test_mutants": "mutation:run_mutants",
        # Inputs
        "Candidate": "decisions",
        "Profile": "model.profile",
        "ProfileLike": "api",
        "load_profile": "loading.profile.reader",
        "load_rulebook": "api",
        "read_profile": "api",
        "select_measures": "model.selection",
        # Results
        "Alternative": "analysis.comparison",
        "Apart": "analysis.same_meaning",
        "Assessment": "model.assessment",
        "Bucket": "model.assessment",
        "CaseReport": "model.cases",
        "Change": "analysis.minimal_changes",
        "ChangeReport": "decisions",
        "Comparison": "analysis.comparison",
        "Difference": "analysis.difference",
        "Edit": "analysis.edits",
        "Finding": "model.assessment",
        "Fired": "model.assessment",
        "LimbFinding": "model.assessment",
        "LintReport": "loading.lint.report",
        "Mismatch": "model.cases",
        "Moved": "analysis.difference",
        "Mutant": "analysis.rulebook_mutants",
        "MutationReport": "analysis.mutation_report",
        "Option": "analysis.edits",
        "Prospect": "analysis.minimal_changes",
        "Question": "analysis.questions",
        "Rank": "analysis.comparison",
        "Reach": "analysis.reach_map",
        "ReachMap": "analysis.reach_map",
        "Reason": "model.assessment",
        "Result": "model.cases",
        "Row": "analysis.comparison",
        "RowDifference": "analysis.difference",
        "Screener": "bulk.engine.screener",
        "Screening": "screening",
        "Summary": "bulk.job",
        "Survivor": "analysis.mutation_report",
        "UncomparedRule": "analysis.uncompared",
        "UnsharedNames": "analysis.difference",
        "Unseen": "model.cases",
        "Verdict": "model.verdict",
        # Rules
        "Entry": "model.rulebook",
        "Limb": "model.measure",
        "Measure": "model.measure",
        "Rulebook": "model.rulebook",
        # Texts and errors
        "ApplicabilityError": "errors",
        "ArgumentError": "errors",
        "DisagreementError": "errors",
        "EngineError": "errors",
        "Lang": "text",
        "Location": "errors",
        "Problem": "errors",
        "ProfileError": "errors",
        "RulebookError": "errors",
        "Text": "text",
    }
)

__all__ = [
    "Alternative",
    "Apart",
    "ApplicabilityError",
    "ArgumentError",
    "Assessment",
    "Bucket",
    "Candidate",
    "CaseReport",
    "Change",
    "ChangeReport",
    "Comparison",
    "Difference",
    "DisagreementError",
    "Edit",
    "EngineError",
    "Entry",
    "Finding",
    "Fired",
    "Interview",
    "Lang",
    "Limb",
    "LimbFinding",
    "LintReport",
    "Location",
    "Measure",
    "Mismatch",
    "Moved",
    "Mutant",
    "MutationReport",
    "Option",
    "Problem",
    "Profile",
    "ProfileError",
    "ProfileLike",
    "Prospect",
    "Question",
    "Rank",
    "Reach",
    "ReachMap",
    "Reason",
    "Result",
    "Row",
    "RowDifference",
    "Rulebook",
    "RulebookError",
    "Screener",
    "Screening",
    "Summary",
    "Survivor",
    "Text",
    "UncomparedRule",
    "Unseen",
    "UnsharedNames",
    "Verdict",
    "change",
    "check",
    "compare",
    "diff",
    "lint",
    "load_profile",
    "load_rulebook",
    "reach_map",
    "read_profile",
    "screen",
    "screener",
    "select_measures",
    "test",
    "test_mutants",
]


if not TYPE_CHECKING:  # hidden from type checkers, which would otherwise accept any name

    def __getattr__(name: str) -> object:
        """Loads a public name on first use."""
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        module, _, other = home.partition(":")
        found: object = getattr(import_module(f"{__name__}.{module}"), other or name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    """The public names and the module's own attributes."""
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
