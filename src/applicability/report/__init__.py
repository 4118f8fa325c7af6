"""Renders assessments in several formats. Rendering decides nothing.

A format's module is imported when it is first used, so that other formats cost nothing.
"""

from __future__ import annotations

import importlib
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from applicability.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from applicability.model.assessment import Assessment, Finding
    from applicability.text import Lang

Format = Literal["text", "json", "yaml", "markdown", "html"]

# Each module has `render(selection, options) -> str`.
FORMATS = MappingProxyType(
    {
        "text": "applicability.report.assessment.terminal",
        "json": "applicability.report.assessment.json",
        "yaml": "applicability.report.assessment.yaml",
        "markdown": "applicability.report.assessment.markdown",
        "html": "applicability.report.assessment.html",
    }
)


@dataclass(frozen=True)
class Selection:
    """An assessment, and the findings of it to show; `single` if rows were named individually."""

    assessment: Assessment
    findings: tuple[Finding, ...]
    single: bool = False


@dataclass(frozen=True)
class Options:
    """How to show it: the language, whether with the whole derivation, and the width and colour of a terminal.

    `brief` tells a terminal what is open and what would settle more, and the rest as counts.
    """

    lang: Lang = "en"
    explain: bool = False
    width: int = 80
    color: bool = False
    brief: bool = False


def whole(assessment: Assessment) -> Selection:
    """The selection of all findings."""
    return Selection(assessment, assessment.findings)


def render(selection: Selection, format: Format, options: Options) -> str:
    """Renders the selection in that format, ending in a newline."""
    shown: str = importlib.import_module(FORMATS[format]).render(selection, options)
    return shown
