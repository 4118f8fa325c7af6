"""Serialises results by their published contracts, except those of use cases, which serialise themselves."""

from __future__ import annotations

from applicability.analysis.comparison import Comparison
from applicability.analysis.difference import Difference
from applicability.analysis.mutation_report import MutationReport
from applicability.analysis.reach_map import ReachMap
from applicability.loading.lint.report import LintReport
from applicability.model.assessment import Assessment
from applicability.model.cases import CaseReport
from applicability.published import Plain


def serialize(result: object) -> Plain:
    """The result as plain data. Raises TypeError for a type without a contract."""
    match result:
        case Assessment():
            from applicability.report.assessment.json import assessment_json

            return assessment_json(result).to_dict()
        case CaseReport():
            from applicability.report.cases.json import cases_json

            return cases_json(result).to_dict()
        case MutationReport():
            from applicability.report.cases.mutants_json import mutation_json

            return mutation_json(result).to_dict()
        case Comparison():
            from applicability.report.comparison.json import comparison_json

            return comparison_json(result).to_dict()
        case Difference():
            from applicability.report.difference.json import difference_json

            return difference_json(result).to_dict()
        case ReachMap():
            from applicability.report.reach_map.json import reach_map_json

            return reach_map_json(result).to_dict()
        case LintReport():
            from applicability.report.rulebook.problems import problems_json

            return problems_json(result).to_dict()
        case _:
            raise TypeError(f"no contract describes a {type(result).__name__}")
