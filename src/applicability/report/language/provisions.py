"""A provision of a document's body in one line: what it says, and where its words stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from applicability.model.assessment import Assessment
from applicability.model.rulebook import Provision, Rulebook
from applicability.report.language import labels as w, sentences as s
from applicability.text import Text


def provision_line(one: Provision, rulebook: Rulebook) -> Text:
    """The line. A check has the words."""
    number = rulebook.documents[one.document].number
    return s.say(w.LABELS["provision_line"], title=one.title, document=number, section=one.section)


def provision_lines(columns: Sequence[tuple[Text, Assessment]]) -> Iterator[Text]:
    """A line for each provision that applies to one of several assessments, with their labels unless it is to all."""
    found: dict[str, tuple[Text, list[Text]]] = {}
    for label, assessment in columns:
        for one in assessment.provisions:
            found.setdefault(one.id, (provision_line(one, assessment.rulebook), []))[1].append(label)
    for line, labels in found.values():
        named = Text("、".join(one.zh for one in labels), ", ".join(one.en for one in labels))
        yield line if len(labels) == len(columns) else s.say(w.LABELS["provided"], labels=named, line=line)
