"""What is open, for the first page: a line for each measure, with its force, its limits and whom to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from applicability.model.assessment import Finding
from applicability.model.conditions import Limit
from applicability.model.frozen import FrozenDict
from applicability.model.measure import MeasureKey
from applicability.model.rulebook import Rulebook
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.reasons import FindingText
from applicability.report.layout.paper import Table, same
from applicability.report.papers.in_order import in_order
from applicability.report.papers.in_part import open_in_part
from applicability.report.papers.met import unsaid_uses
from applicability.report.papers.parts import RowParts
from applicability.report.papers.rows import is_not_itself, marked_number
from applicability.report.papers.texts import joined, say
from applicability.report.papers.whom import Whom, supervisor_of
from applicability.report.papers.zone_doubts import asked_in_short, to_confirm
from applicability.text import Text

_MOST = 12  # measures that are listed
_NONE: Mapping[tuple[MeasureKey, str], Text] = FrozenDict()
_WORDS = {
    "part": Text(
        "第{number}部分“{title}”是另一主体的用途，本主体不能使用：只供{whose}",
        "part {number}, {title}: a use of another entity, which this one cannot make: for a {whose} alone",
    ),
    "found": Text("{force}；须先经认定", "{force}, once an authority has made its finding"),
    "unsaid": Text(
        "{limit}（是否如此，所填事实没有说明；不是的，用不上）",
        "{limit} (whether this is so, the facts given do not say; if not, it is of no use)",
    ),
    "to_find": Text("须经认定：{about}", "to be found by an authority: {about}"),
    "of_part": Text("第{number}部分（对他人）：{limits}", "part {number}, which is for others: {limits}"),
    "more": Text("另有{count}项，见“{part}”。", "{count} more: see “{part}”."),
    "another": Text(
        "另一主体的用途，不由本主体自身使用（本主体即该公司的除外）：{limits}",
        "a use of another entity, and not of this one unless it is one itself: {limits}",
    ),
    "never": Text(
        "另一主体的用途，本主体不能使用：{limits}",
        "a use of another entity, which this one cannot make: {limits}",
    ),
}


def open_now(
    rulebook: Rulebook, findings: Sequence[Finding], others: Mapping[tuple[MeasureKey, str], Text] = _NONE
) -> Table:
    """Open measures, those of its own business first, each with its terms in one line; `others` are the parts that are
    for another entity.
    """
    rows = tuple(
        (same(marked_number(one.measure)), one.measure.title, _force(one), _limits(one, others), _whom(rulebook, one))
        for one in in_order(findings)[:_MOST]
    )
    return Table(
        (say("row"), say("rows"), say("force"), say("limits"), say("ask")), rows, (5, 28, 11, 33, 23), parted=True
    )


def left_out(findings: Sequence[Finding], part: Text) -> Iterator[Text]:
    """How many are not listed, and in which part they are."""
    if len(findings) > _MOST:
        yield s.say(_WORDS["more"], count=str(len(findings) - _MOST), part=part)


def _force(finding: Finding) -> Text:
    if finding.force is None:
        return same("–")
    force = w.FORCE_NAMES[finding.force]
    return force if finding.bucket == "eligible" else s.say(_WORDS["found"], force=force)


def _limits(finding: Finding, others: Mapping[tuple[MeasureKey, str], Text]) -> Text:
    limits = [each.limit for each in FindingText(finding).to_keep]
    unsaid = unsaid_uses(finding)
    own_limits = [one for one in limits if not one.of_another]
    told = [s.say(_WORDS["unsaid"], limit=one.label) if one in unsaid else one.label for one in own_limits]
    for key in ("another", "never"):
        used = [one.label for one in limits if one.of_another and _use(one, finding) == key]
        told += [s.say(_WORDS[key], limits=joined(used))] if used else []
    for number, limb in enumerate(finding.measure.limbs, 1):
        whose = others.get((finding.measure.key, limb.id))
        if whose is not None:
            told.append(s.say(_WORDS["part"], number=str(number), title=limb.title, whose=whose))
    told += [span.note or Text(span.words, span.words) for span in FindingText(finding).limits]
    own = [] if any(not one.of_another for one in limits) or FindingText(finding).limits else [say("limits_none")]
    if finding.bucket == "conditional":
        outstanding = Whom(finding.rulebook, finding).outstanding
        about = joined(list(dict.fromkeys(one.about for one in outstanding)))
        own.append(s.say(_WORDS["to_find"], about=about))
    for number, limb, _ in RowParts(finding.rulebook, finding).for_others():
        if limb.limits and (finding.measure.key, limb.id) not in others:
            kept = joined([one.label for one in limb.limits])
            told.append(s.say(_WORDS["of_part"], number=str(number), limits=kept))
    return joined([*filter(None, (open_in_part(finding),)), *to_confirm(finding), *own, *told])


def _use(limit: Limit, finding: Finding) -> str:
    """Whether a limit of another entity's use is of one which this entity may be, or is not."""
    return "never" if is_not_itself(limit, finding.facts) else "another"


def _whom(rulebook: Rulebook, finding: Finding) -> Text:
    """With whom to begin; that a supervisor is asked about other law is told once, below the table."""
    own = Whom(rulebook, finding)
    begin = own.begin() if supervisor_of(finding.facts, rulebook) is None else own.apart()
    told = [*asked_in_short(finding), *begin]
    return joined(told) if told else same("–")
