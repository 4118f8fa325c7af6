"""The changes that a whole case does not tell in full: the likely ones by what has to change, the others as a count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from applicability.analysis.effort import Effort, is_plausible
from applicability.analysis.minimal_changes import Change, Prospect
from applicability.analysis.plausibility import Plausibility
from applicability.model.assessment import Assessment
from applicability.model.measure import Measure
from applicability.report.language import sentences as s
from applicability.report.language.edits import clauses, edit_label, option_values
from applicability.report.language.plausible import describe
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout.paper import Block, CellLines, Heading, Paragraph, Table
from applicability.report.papers.rows import items_text, marked_number
from applicability.report.papers.texts import counted, is_planned, joined
from applicability.text import Text

_WORDS = {
    "likely": Text("其余可能的调整", "Other changes that are likely"),
    "what": Text("调整什么", "What has to change"),
    "opens": Text("调整为何，及新增的措施", "To what, and what that opens"),
    "add": Text("{label}增加", "add to the {label}"),
    "set": Text("{label}改为", "change the {label} to"),
    "move": Text("换一个地方", "another place"),
    "several": Text("几处一并调整", "several at once"),
    "line": Text("{change}：{rows}", "{change}: {rows}"),
    "closes": Text("{told}（{closed}）", "{told} ({closed})"),
    "unlikely": Text(
        "另有{count}种调整，一般不会涉及{who}，不在此列出；它们可增加：{rows}。如有涉及，可向出具本报告的一方索取。",
        "Another {count} changes are unlikely for {who}, and are not printed here; they would open {rows}. If one does "
        "concern the entity, ask whoever made this report for it.",
    ),
}
_CHANGED = Sequence[tuple[Effort, Change, list[Prospect]]]


def rest_of_changes(
    assessment: Assessment,
    left: _CHANGED,
    opened: Callable[[Change, Sequence[Prospect]], Sequence[Text]],
    closed: Callable[[Change], Sequence[Text]],
) -> Iterator[Block]:
    """The changes that are `left`, the cheap ones first: those of the same thing together, each with what it opens and
    what it closes; of those that are unlikely for the entity how many there are, and of which measures.
    """
    plausibility = Plausibility(assessment.facts, assessment.rulebook)
    words = ConditionRenderer(assessment.rulebook, assessment.facts)
    likely = [one for one in left if is_plausible(one[1], plausibility)]
    groups: dict[Text, list[Text]] = {}
    for _, change, rows in likely:
        head, told = _parted(change, words, planned=is_planned(assessment))
        line = s.say(_WORDS["line"], change=told, rows=joined(opened(change, rows)))
        lost = closed(change)
        if lost:
            line = s.say(_WORDS["closes"], told=line, closed=joined(lost))
        groups.setdefault(head, []).append(line)
    if groups:
        yield Heading(counted(_WORDS["likely"], len(likely)), 2)
        lines = tuple((head, CellLines(tuple(own))) for head, own in groups.items())
        yield Table((_WORDS["what"], _WORDS["opens"]), lines, (20, 80))
    unlikely = [one for one in left if one not in likely]
    if unlikely:
        found = {one.finding.measure.key: one.finding.measure for *_, rows in unlikely for one in rows}
        numbers = [marked_number(one) for one in sorted(found.values(), key=lambda one: one.row)]
        who, count = describe(plausibility, words), str(len(unlikely))
        yield Paragraph(s.say(_WORDS["unlikely"], count=count, who=who, rows=items_text(numbers)), "soft")


def numbered_items(measures: Iterable[Measure]) -> Text:
    """Measures by number alone."""
    return items_text(map(marked_number, measures))


def _parted(change: Change, words: ConditionRenderer, *, planned: bool) -> tuple[Text, Text]:
    """What a change is of, and to what."""
    edit = change.edits[0]
    if len(change.edits) > 1 or edit.kind not in ("add", "set", "move") or _is_to_have_any(change, words):
        return _WORDS["several"] if len(change.edits) > 1 else joined([edit_label(edit, words)]), clauses(
            change.edits, words, planned=planned
        )
    return s.say(_WORDS[edit.kind], label=edit_label(edit, words)), option_values(edit, words)


def _is_to_have_any(change: Change, words: ConditionRenderer) -> bool:
    """Whether the rules have words of their own for the change, as for a first foreign shareholder."""
    edit = change.edits[0]
    return edit.kind == "set" and edit.fact is not None and words.rulebook.facts[edit.fact].from_none is not None
