"""What a paper of changes comes to: how many there are by what they take, the first of them, and what nothing opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from applicability.analysis.effort import EFFORTS, Effort
from applicability.analysis.minimal_changes import Change, Prospect
from applicability.model.assessment import Finding
from applicability.report.language import sentences as s
from applicability.report.language.edits import clauses
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout.paper import Block, Bullets, Paragraph, Table, same
from applicability.report.papers.rows import measure_list, row_list
from applicability.report.papers.texts import say
from applicability.text import Text

_FIRST = 3  # changes that the first page of a paper names
_LINE = 8  # measures on one line of those that share a reason
_WORDS = {
    "answer": Text(
        "目前尚不可用的{shut}项措施中，企业自身作出调整即可增加{open}项（有的须经认定），共{changes}种调整（一般不会涉及的另计）。",
        "Of the {shut} measures that are not open now, {open} would open, some subject to a finding, by what the "
        "entity itself can do: {changes} changes, without those that are unlikely for it.",
    ),
    "answer_none": Text(
        "目前尚不可用的{shut}项措施，没有一项因一般会作出的调整而可用。",
        "None of the {shut} measures that are not open now would open by a change that is likely for the entity.",
    ),
    "first": Text("先看这几种：", "The first to look at:"),
    "first_line": Text("{change}：可增加{rows}", "{change}: opens {rows}"),
    "cost": Text("代价", "What it takes"),
    "how_many": Text("调整", "Changes"),
    "how_many_rows": Text("措施", "Measures"),
    "say": Text("不费成本：只须说明或遵守", "Free: a fact to state, or a limit to keep"),
    "near": Text("较小：在本行业之内", "Little: within the line of business"),
    "far": Text("由企业决定，须投入成本", "The entity's decision, at a cost"),
    "move": Text("换一个地方", "Another place"),
    "not_yours": Text("非企业所能决定", "Not up to the entity"),
    "question": Text("问题", "Question"),
    "asked": Text("不费成本：先要回答的问题", "Free: a question to answer first"),
    "unlikely": Text("不大可能涉及本企业", "Unlikely for such an entity"),
}
ChangeRows = Sequence[tuple[Effort, Change, list[Prospect]]]
ReasonedProspects = Sequence[tuple[Prospect, Text]]


class ChangeCounts(NamedTuple):
    """The changes of a paper: the likely and the unlikely ones, what is asked first, and what nothing opens."""

    likely: ChangeRows
    unlikely: ChangeRows
    asked: ReasonedProspects
    closed: ReasonedProspects


def answer(
    prospects: Sequence[Prospect],
    counts: ChangeCounts,
    first: Sequence[tuple[Change, Sequence[Prospect]]],
    words: ConditionRenderer,
    *,
    planned: bool,
) -> Iterator[Block]:
    """How many changes there are by what they take, and the `first` to look at."""
    shut, opened = str(len(prospects)), {one.finding.measure.key for _, _, rows in counts.likely for one in rows}
    if counts.likely:
        told = s.say(_WORDS["answer"], shut=shut, open=str(len(opened)), changes=str(len(counts.likely)))
    else:
        told = s.say(_WORDS["answer_none"], shut=shut)
    yield Paragraph(told, "lead")
    lines_first = tuple(
        s.say(
            _WORDS["first_line"],
            change=clauses(change.edits, words, planned=planned),
            rows=measure_list(one.finding.measure for one in rows),
        )
        for change, rows in first[:_FIRST]
    )
    if lines_first:
        yield Paragraph(_WORDS["first"])
        yield Bullets(lines_first)
    lines = list[tuple[Text, int, int]]()
    for kind in EFFORTS:
        own = [rows for effort_, _, rows in counts.likely if effort_ == kind]
        lines.append((_WORDS[kind], len(own), sum(map(len, own))))
        if kind == "say":
            lines.append((_WORDS["asked"], len({told for _, told in counts.asked}), len(counts.asked)))
    lines.append((_WORDS["unlikely"], len(counts.unlikely), sum(len(rows) for *_, rows in counts.unlikely)))
    rows = [(label, same(str(changes)), same(str(rows))) for label, changes, rows in lines if changes]
    rows += [(_WORDS["not_yours"], same("–"), same(str(len(counts.closed))))] if counts.closed else []
    heads = (_WORDS["cost"], _WORDS["how_many"], _WORDS["how_many_rows"])
    yield Table(heads, tuple(rows), (64, 18, 18), right=(1, 2))


def asked_table(told: ReasonedProspects) -> Table:
    """What to answer first, with the measures that hang on it."""
    return by_reasons(told, _WORDS["question"])


def by_reasons(told: ReasonedProspects, head: Text | None = None) -> Table:
    """Measures by the reason that several share, the largest groups first; a long group on several lines."""
    by_reason: dict[Text, list[Finding]] = {}
    for one, why in told:
        by_reason.setdefault(why, []).append(one.finding)
    lines = tuple(
        (why, row_list(rows[start : start + _LINE]))
        for why, rows in sorted(by_reason.items(), key=lambda item: -len(item[1]))
        for start in range(0, len(rows), _LINE)
    )
    return Table((head or say("reason"), say("rows")), lines, (45, 55))
