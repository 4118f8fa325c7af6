"""What would open more, as a paper: the nearest changes first, those that open most before those that open one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from applicability.analysis.edits import Edit
from applicability.analysis.effort import EFFORTS, Effort, advisable, effort, is_plausible, rank
from applicability.analysis.minimal_changes import Change, Prospect
from applicability.analysis.other_entities import other_entities
from applicability.analysis.plausibility import MOST, Plausibility
from applicability.lazy_dataclass import replace
from applicability.model.assessment import Assessment, bucket_of
from applicability.model.facts import Facts
from applicability.model.measure import Measure, MeasureKey
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.report.changes.terminal import question, reason
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.edits import clauses, edit_label, is_near, owner
from applicability.report.language.page_title import day_part, entity_parts, title_text
from applicability.report.language.plausible import describe
from applicability.report.language.provisions import provision_line
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout.paper import Block, CellLines, Heading, Paper, Paragraph, Table
from applicability.report.papers.changes_answer import ChangeCounts, answer, asked_table, by_reasons
from applicability.report.papers.changes_close import closed_anywhere, closed_lines, facts_after, is_open
from applicability.report.papers.changes_rest import numbered_items, rest_of_changes
from applicability.report.papers.met import is_own_business
from applicability.report.papers.opened import opened_line
from applicability.report.papers.rows import measure_list, row_list
from applicability.report.papers.set_up import SetUp, set_up
from applicability.report.papers.sources import rulebook_of
from applicability.report.papers.texts import is_planned, joined, say, sentence
from applicability.report.papers.whom import Whom, supervised
from applicability.text import Text

_MOST = 4  # changes that a whole case names
_GROUP = 3  # digits of the code of a group of trades

KINDS: dict[Effort, Text] = {
    "say": Text("只须说明或遵守的", "What only has to be said or undertaken"),
    "near": Text("在本行业之内的", "Within the line of business"),
    "far": Text("须另作安排的", "Another business, licence or standing"),
    "move": Text("须换一个地方的", "Elsewhere"),
}
_WORDS = {
    "alone": Text(
        "以下调整只就{own}而言，所比较的其他各处没有审查。",
        "These changes are for {own} alone; they were not looked for in the others compared.",
    ),
    "title": Text("哪些调整可增加适用措施", "What would open more"),
    "questions": Text("先要回答的问题", "Questions to answer first"),
    "questions_lead": Text(
        "下列各项不是调整：如属实，补填即可，不费成本。",
        "These are no changes: what is so only has to be stated, at no cost.",
    ),
    "method": Text("怎样得出", "How this was found"),
    "lead": Text(
        "所列为企业自身可以作出的最小调整，每一种都已重新判断，去掉任何一处都不成立。本报告没有审查其他法律是否允许、"
        "是否要求先取得许可或批准；持牌或受监管的，先问明监管部门。",
        "These are the smallest changes that are the entity's own to make. Each was put into the profile and checked "
        "again; without any part of it, it fails. Whether other law allows a change, or asks for a licence or an "
        "approval first, is not examined here: whoever is licensed or supervised asks the supervisor first.",
    ),
    "marked": Text(
        "标†的，可以读得更窄：依更窄的读法，该项或其一部分须等待官方步骤或不可用；怎样读，写在本企业的完整报告中。",
        "What is marked † could be read more narrowly: it, or a part of it, would then wait for an official step or "
        "not be open; how, is told in the report on the whole case.",
    ),
    "terms": Text(
        "括号内依次为力度、须经的认定、须遵守的限制、向谁询问；标“推断”的，原文没有指明，可先问其由谁受理。原文和理由写在本企业的完整报告中。",
        "In brackets stand the force, what an authority has to find, the limits to keep and whom to ask; where it is "
        "“inferred”, the text names nobody: ask there first which authority is competent. The words and the reasons "
        "are told in the report on the whole case.",
    ),
    "unlikely_head": Text("不大可能涉及本企业的调整", "Changes that are unlikely for such an entity"),
    "unlikely": Text(
        "另有{count}种调整，一般不会涉及{who}。它们可增加：{rows}。"
        "怎样调整，可用 applicability change 的 --measure 逐项查看。",
        "Another {count} changes are unlikely for {who}. They would open: {rows}. How is told of each item by "
        "applicability change with --measure.",
    ),
    "own_decision": Text("由企业决定；是否须许可未审查", "your decision; licence not examined"),
    "others": Text("企业自身做不到的", "What nothing the entity does opens"),
    "none": Text("没有企业自身可以作出的调整。", "There is no change that is the entity's own to make."),
    "by": Text("由谁决定", "Who can change it"),
    "owner_of": Text("{part}：{who}", "{part}: {who}"),
    "set_up": Text("另设一个主体", "Another entity, set up beside it"),
    "set_up_lead": Text(
        "列在最前的是可另设的主体，措施由该主体使用。",
        "First comes another entity that it may set up beside itself, which then uses the measures.",
    ),
}


def nearest_change(prospect: Prospect, plausibility: Plausibility) -> Change | None:
    """The change that is told of a measure: the nearest that is the entity's own to make."""
    return min(prospect.yours, key=lambda change: rank(change, plausibility), default=None)


def ways(assessment: Assessment, prospects: Sequence[Prospect]) -> list[tuple[Effort, Change, list[Prospect]]]:
    """The entity's own changes, each with the rows that it opens: the nearest first, then those that open most."""
    facts, book = assessment.facts, assessment.rulebook
    words, plausibility = ConditionRenderer(book, facts), Plausibility(facts, book)
    found: dict[Text, tuple[Change, list[Prospect]]] = {}
    for one in prospects:
        best = nearest_change(one, plausibility)
        if best is not None:
            found.setdefault(clauses(best.edits, words), (best, []))[1].append(one)
    every = [(effort(change, facts, book), change, rows) for change, rows in found.values()]

    def near(one: tuple[Effort, Change, list[Prospect]]) -> tuple[bool, int, bool, int, int, int]:
        implausible, usual = not is_plausible(one[1], plausibility), not is_of_its_kind(one[1], facts, book)
        return implausible, EFFORTS.index(one[0]), usual, len(one[1].edits), -len(one[2]), -one[1].verdict

    return sorted(every, key=near)


def is_of_its_kind(change: Change, facts: Facts, rulebook: Rulebook) -> bool:
    """Whether what is added is done by companies of its own group of trades, and not by anybody in any business."""
    return all(does_such(each, facts, rulebook) for each in _added(change, facts))


def _added(change: Change, facts: Facts) -> Iterator[frozenset[str]]:
    """The activities that each way of a change adds."""
    held = facts.values.get("activities")
    before = held if isinstance(held, frozenset) else frozenset[str]()
    for edit in change.edits:
        for option in edit.options:
            after = option.sample.values.get("activities")
            if isinstance(after, frozenset):
                yield after - before


def added_activities(change: Change, facts: Facts) -> frozenset[str]:
    """All activities that a change could add."""
    return frozenset[str]().union(*_added(change, facts))


def does_such(activities: Iterable[str], facts: Facts, rulebook: Rulebook) -> bool:
    """Whether companies of its own group of trades do one of some activities in particular; of a company without a
    sector, whether it is plausible.
    """
    codes, known = facts.values.get("sector"), rulebook.sectors.activities
    if not isinstance(codes, tuple):
        return not Plausibility(facts, rulebook).activities.isdisjoint(activities)
    wanted = [
        code
        for one in activities
        if one in known
        for code in (known[one].plausible_for or {}).get("sector", ())
        if len(code) >= _GROUP
    ]
    return any(rulebook.sectors.lies_in(str(own), code) for own in codes for code in wanted)


def offered(
    assessment: Assessment, found: Sequence[tuple[Effort, Change, list[Prospect]]]
) -> list[tuple[Effort, Change, list[Prospect]]]:
    """The changes that a case offers: none that is implausible, and no move that loses what is of its own business."""
    plausibility = Plausibility(assessment.facts, assessment.rulebook)
    own = {one.measure.key for one in assessment.open if is_own_business(one)}

    def loses(change: Change) -> bool:
        moves = any(edit.kind == "move" for edit in change.edits)
        return moves and any(one.key in own for one in closed_anywhere(assessment, change))

    def is_foreign(change: Change, rows: Sequence[Prospect]) -> bool:
        """Whether a licensed entity would begin a business of another line, of which its supervisor is not asked."""
        if any(Whom(assessment.rulebook, one.finding).is_of_supervisor for one in rows):
            return False
        added = added_activities(change, assessment.facts)
        shared = [plausibility.breadth("activities", one) for one in added]
        return bool(assessment.facts.values.get("licences") and added) and all(
            one is None or one > MOST for one in shared
        )

    kept = [(how, change, [one for one in rows if advisable(one, plausibility)]) for how, change, rows in found]
    return [
        one
        for one in kept
        if one[2] and is_plausible(one[1], plausibility) and not loses(one[1]) and not is_foreign(one[1], one[2])
    ]


def in_own_city(
    assessment: Assessment, found: Sequence[tuple[Effort, Change, list[Prospect]]]
) -> list[tuple[Effort, Change, list[Prospect]]]:
    """The first change that takes nothing but another place within its own city, told with these places alone."""
    near = []
    for how, change, rows in found:
        if len(change.edits) == 1 and change.edits[0].kind == "move":
            (edit,) = change.edits
            options = tuple(one for one in edit.options if is_near(one, assessment.facts, assessment.rulebook))
            if options:
                near.append((how, replace(change, edits=(replace(edit, options=options, plausible=None),)), rows))
    return offered(assessment, near)[:1]


def told_of(
    assessment: Assessment, every: Sequence[tuple[Effort, Change, list[Prospect]]]
) -> list[tuple[Effort, Change, list[Prospect]]]:
    """The changes that a case tells of: the nearest few, and a move within its own city."""
    found = offered(assessment, every)[:_MOST]
    return [*found, *(one for one in in_own_city(assessment, every) if all(one[2] != each[2] for each in found))]


def changes_of(assessment: Assessment, prospects: Sequence[Prospect], own: Text | None = None) -> Iterator[Block]:
    """The part of a whole case: the first changes in a table, the others in short. `own` is what to call the entity
    beside others compared.
    """
    every, others = ways(assessment, prospects), set_up(assessment, terms=True)
    found = told_of(assessment, every)
    if not found and not others:
        return
    yield Heading(say("changes"))
    alone = [] if own is None else [s.say(_WORDS["alone"], own=own)]
    yield Paragraph(sentence([*alone, say("changes_lead"), *([_WORDS["set_up_lead"]] if others else [])]), "soft")
    table, notes = _table(assessment, found, others, terms=True), list[Text]()
    left = [one for one in every if one not in found and all(one[2] != each[2] for each in found)]
    if left:
        plausibility = Plausibility(assessment.facts, assessment.rulebook)
        likely = sum(is_plausible(change, plausibility) for _, change, _ in left)
        notes.append(say("changes_more", count=str(len(left)), likely=str(likely)))
    if any("†" in cell.zh for row in table.rows for cell in row):
        notes.append(say("marked_short", part=say("doubts")))
    if notes:
        yield Paragraph(sentence(notes), "soft")
    yield table
    yield from rest_of_changes(
        assessment,
        left,
        lambda change, rows: opened_lines(assessment, change, rows),
        lambda change: closed_lines(assessment, change, numbered_items),
    )


def changed_keys(assessment: Assessment, prospects: Sequence[Prospect]) -> frozenset[MeasureKey]:
    """The measures that a whole case tells a change to open."""
    found = told_of(assessment, ways(assessment, prospects))
    return frozenset(
        (
            *(one.key for _, change, rows in found for one in opened_measures(assessment, change, rows)),
            *(part.measure.key for one in other_entities(assessment) for part in one.opened),
        )
    )


def changes_paper(
    assessment: Assessment,
    prospects: Sequence[Prospect],
    who: Text | None,
    cover: tuple[tuple[Text, Text], ...],
    asked: Sequence[Text] = (),
) -> Paper:
    """A paper of changes alone; its title names what was `asked`: the rows, and what counts as a change."""
    found, others = ways(assessment, prospects), set_up(assessment, terms=True)
    plausibility = Plausibility(assessment.facts, assessment.rulebook)
    words = ConditionRenderer(assessment.rulebook, assessment.facts)
    likely = [one for one in found if is_plausible(one[1], plausibility)]
    asked_first = [(one, told) for one in prospects if not one.yours and (told := question(one, words)) is not None]
    blocks: list[Block] = [Heading(_WORDS["set_up"]), _table(assessment, (), others, terms=True)] if others else []
    for kind in EFFORTS:
        own = [one for one in likely if one[0] == kind]
        if own:
            blocks += [Heading(KINDS[kind]), _table(assessment, own, terms=True)]
    if asked_first:
        blocks += [Heading(_WORDS["questions"]), Paragraph(_WORDS["questions_lead"], "soft"), asked_table(asked_first)]
    unlikely = [one for one in found if one not in likely]
    if unlikely:
        every = {one.finding.measure.key: one.finding for _, _, own in unlikely for one in own}
        rows = row_list(sorted(every.values(), key=lambda one: one.measure.row))
        who_not, count = describe(plausibility, words), str(len(unlikely))
        told = s.say(_WORDS["unlikely"], count=count, who=who_not, rows=rows)
        blocks += [Heading(_WORDS["unlikely_head"]), Paragraph(told)]
    told_first = [one for one, _ in asked_first]
    closed = [(one, why) for one in prospects if one not in told_first and (why := reason(one, words)) is not None]
    if closed:
        blocks += [Heading(_WORDS["others"]), by_reasons(closed)]
    marked = any("†" in cell.zh for one in blocks if isinstance(one, Table) for row in one.rows for cell in row)
    lead = [_WORDS["lead"] if found else _WORDS["none"]]
    if likely or others:
        lead.append(_WORDS["terms"])
    lead += [_WORDS["marked"]] if marked else []
    blocks += [Heading(_WORDS["method"]), Paragraph(sentence(lead), "soft")]
    counts = ChangeCounts(likely, unlikely, asked_first, closed)
    first = [(change, rows) for _, change, rows in offered(assessment, likely)]
    summary = tuple(answer(prospects, counts, first, words, planned=is_planned(assessment)))
    blocks += [Paragraph(provision_line(one, assessment.rulebook)) for one in assessment.provisions]
    blocks += rulebook_of(assessment.rulebook)
    window = title_text((*entity_parts(assessment), *asked, day_part(assessment.as_of)), _WORDS["title"])
    return Paper(_WORDS["title"], who, cover, summary, tuple(blocks), say("notice"), assessment.as_of, window)


def _table(
    assessment: Assessment,
    found: Sequence[tuple[Effort, Change, list[Prospect]]],
    others: Sequence[SetUp] = (),
    *,
    terms: bool = False,
) -> Table:
    words = ConditionRenderer(assessment.rulebook, assessment.facts)
    put = CellLines if terms else joined
    lines = [
        (one.step, supervised(one.by, assessment.facts, assessment.rulebook), one.standing, put(one.opens))
        for one in others
    ]
    for _, change, rows in found:
        told = clauses(change.edits, words, planned=is_planned(assessment))
        opens = opened_lines(assessment, change, rows, terms=terms)
        opens += closed_lines(assessment, change, measure_list)
        lines.append((told, owners(change, words), w.BUCKETS[bucket_of(change.verdict)], put(tuple(opens))))
    heads = (say("change"), _WORDS["by"], say("standing"), say("opens"))
    return Table(heads, tuple(lines), (22, 20, 10, 48) if terms else (33, 23, 11, 33))


def owners(change: Change, words: ConditionRenderer) -> Text:
    """Who can make a change; where that differs from one part of it to another, of which part."""
    by_owner: dict[Text, list[Text]] = {}
    for edit in change.edits:
        by_owner.setdefault(_owner(edit, words), []).append(edit_label(edit, words))
    parts = [
        s.say(_WORDS["owner_of"], part=s.listed(list(dict.fromkeys(own)), s.AND), who=who)
        for who, own in by_owner.items()
    ]
    free = all(edit.kind == "answer" for edit in change.edits)
    whose = next(iter(by_owner)) if len(by_owner) == 1 else joined(parts)
    return whose if free else supervised(whose, words.facts, words.rulebook)


def _owner(edit: Edit, words: ConditionRenderer) -> Text:
    """Who can make an edit; of another business or standing, that no licence for it was examined."""
    declaration = words.rulebook.facts.get(edit.fact) if edit.fact is not None else None
    other = declaration is not None and declaration.type in ("activities", "choices", "choice", "sector")
    return _WORDS["own_decision"] if other and edit.movable == "cost" and edit.kind in ("add", "set") else owner(edit)


def opened_lines(
    assessment: Assessment, change: Change, rows: Sequence[Prospect], *, terms: bool = False, limits: bool = False
) -> list[Text]:
    """The measures that a change opens, each with what an authority has still to find and how it comes out where that
    is not as the change says: of a move, those too that have another nearest change and open wherever it leads; with
    their `terms` in short, or their `limits` alone.
    """
    after, book = facts_after(assessment, change), assessment.rulebook
    opened = opened_measures(assessment, change, rows)
    told = [opened_line(one, after, change.verdict, book, terms=terms, limits=limits) for one in opened]
    if any(len(edit.options) > 1 for edit in change.edits if edit.kind == "move"):
        return [say("opens_any", rows=joined(told))]
    return told


def opened_measures(assessment: Assessment, change: Change, rows: Sequence[Prospect]) -> list[Measure]:
    """The measures that a change opens; of a move, those too that are open wherever it leads."""
    found = {one.finding.measure.key: one.finding.measure for one in rows}
    if any(edit.kind == "move" for edit in change.edits):
        after = facts_after(assessment, change)
        for one in assessment.findings:
            condition = one.measure.condition
            shut = one.verdict is not None and one.verdict < Verdict.CONDITIONAL and condition is not None
            if shut and all(is_open(one.measure, facts, assessment.rulebook) for facts in after):
                found.setdefault(one.measure.key, one.measure)
    return list(found.values())
