"""The derivation of an assessment in its published contract."""

from __future__ import annotations

from applicability.model.assessment import Assessment, Finding
from applicability.report.assessment.explain import derived, given, row
from applicability.report.contract import Model, TextModel, text_model
from applicability.report.language.firings import firings
from applicability.report.layout.lines import Node
from applicability.text import Lang


class NodeModel(Model):
    """One line of a derivation, and the lines under it."""

    text: str
    verdict: str | None
    parts: list[NodeModel]


class FiredModel(Model):
    """A rule that fired: its name, and its premises and conclusions by name and in words.

    Names change as the rulebook does. An engine that records no firings has none.
    """

    rule: str
    because: list[str]
    concluded: list[str]
    premises: list[TextModel]
    conclusions: list[TextModel]


class ExplanationModel(Model):
    """The derivation; the conditions of the rows are in the language asked for."""

    given: list[TextModel]
    derived: list[TextModel]
    rows: list[NodeModel]
    fired: list[FiredModel]


def explanation_json(assessment: Assessment, shown: tuple[Finding, ...], lang: Lang) -> ExplanationModel:
    """The derivation of the rows shown."""
    facts, book = assessment.facts, assessment.rulebook
    return ExplanationModel(
        given=[text_model(one) for one in given(facts, book)],
        derived=[text_model(one) for one in derived(facts, book)],
        rows=[node_model(row(finding, lang)) for finding in shown if finding.scope_trace is not None],
        fired=[
            FiredModel(
                rule=one.fired.rule,
                because=list(one.fired.because),
                concluded=list(one.fired.concluded),
                premises=[text_model(text) for text in one.premises],
                conclusions=[text_model(text) for text in one.conclusions],
            )
            for one in firings(assessment, shown)
        ],
    )


def node_model(node: Node) -> NodeModel:
    """A line of a tree, and the lines under it."""
    return NodeModel(text=node.text, verdict=node.bucket, parts=[node_model(part) for part in node.parts])
