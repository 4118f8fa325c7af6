"""Places, values or profiles side by side, as a paper: totals and ranking first, then the rows that differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from applicability.analysis.comparison import OPEN_BUCKETS, Alternative, Comparison, Rank
from applicability.model.assessment import BUCKETS
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.page_title import compared_parts, title_text
from applicability.report.language.provisions import provision_lines
from applicability.report.layout.paper import Block, Bullets, Heading, Paper, Paragraph, Table, same
from applicability.report.papers.awaited import pending
from applicability.report.papers.comparison_labels import in_sentences, is_of_one
from applicability.report.papers.comparison_lead import (
    but_waiting,
    cannot_be_said,
    lead_of,
    rows_of,
    waiting,
    with_instruments,
)
from applicability.report.papers.comparison_matrix import CellReasons, cell_of, matrix, only_within
from applicability.report.papers.comparison_ranks import own_figure, own_rows, own_unknown, ranks
from applicability.report.papers.elsewhere import Elsewhere
from applicability.report.papers.facts import differing, facts_in_short
from applicability.report.papers.rows import items_text, marked_number
from applicability.report.papers.sources import rulebook_of
from applicability.report.papers.texts import day_of_paper, documents, joined, say, sentence
from applicability.report.papers.unlikely import unlikely_part
from applicability.report.papers.wide_tables import FITTING, in_a_row, parted
from applicability.report.papers.zone_doubts import depends_on, resting_on_each
from applicability.text import Text

_FACTS = 4  # facts beside each other, with many alternatives below each other
_WIDE = 6  # alternatives from which pages lie on their long side
_WORDS = {
    "title": Text("并列比较", "Side by side"),
    "many": Text("{count}种情形", "{count} alternatives"),
    "in_doubt": Text("{where}：{rows}{on}", "{where}: {rows}, {on}"),
    "all": Text("各处均可适用或须经认定：{rows}", "Open, or subject to an authority's finding, in all of them: {rows}"),
    "both": Text("{first}与{second}相同：{rows}", "Alike for {first} and {second}: {rows}"),
    "only": Text("{first}有而{second}没有：{rows}", "For {first} and not for {second}: {rows}"),
    "tables": Text(
        "下表列出各处结果不同的措施，至少一处可用的在前。",
        "The tables below show the measures that differ, those that are open somewhere first.",
    ),
    "assumed": Text("各处所依据的不同事实", "Facts that differ between them"),
    "assumed_lead": Text(
        "其余事实各处相同，见“所依据的事实”。",
        "All other facts are the same for each, as listed under “Facts relied on”.",
    ),
    "totals": Text("合计", "Totals"),
    "ranking": Text("排名", "Ranking"),
    "ranking_lead": Text(
        "按目前可适用或须经认定的项数排列。取决于官方步骤或当地自己方案的措施不计入：本报告不能判断其在当地是否可用。",
        "Ranked by what is open now, or subject to an authority's finding. What depends on an official step or on a "
        "programme of the place's own is not counted: this report cannot say whether it is open there.",
    ),
    "ranking_own": Text(
        "名次只按与本业直接相关的可用项数；名次相同的，按全部可适用或须经认定的项数先后列出。取决于官方步骤或当地自己方案的措施不计入："
        "本报告不能判断其在当地是否可用。",
        "Ranked by what is open of the entity's own business alone; within a rank, listed by all that is open, or "
        "subject to an authority's finding. What depends on an official step or on a programme of the place's "
        "own is not counted: this report cannot say whether it is open there.",
    ),
    "unknown": Text(
        "“?”表示未知：与本业直接相关的措施中，有的在当地是否可用尚不能判断。",
        "“?” stands for what is not known: it cannot be said of some measure of the own business whether it is open "
        "there.",
    ),
    "own_count": Text("其中本业", "Own business"),
    "rank": Text("名次", "Rank"),
    "equal": Text("并列{place}", "{place} (equal)"),
    "which": Text("情形", "Alternative"),
    "open": Text("可适用或须经认定的项数", "Open, or subject to a finding"),
    "differs": Text("与{first}相比", "Compared with {first}"),
    "more": Text("另可适用或须经认定：{rows}", "also open, or subject to a finding: {rows}"),
    "less": Text("不可用：{rows}", "not open: {rows}"),
    "row_within": Text("第{row}项{where}", "item {row} {where}"),
    "waits": Text("{rows}取决于：{steps}", "{rows}: depends on {steps}"),
    "alike": Text("可用的相同", "the same are open"),
    "base": Text("（其余与此相比）", "(what the others are compared with)"),
    "open_somewhere": Text("结果不同、且至少一处可用的措施", "Measures that differ and are open somewhere"),
    "programmes": Text(
        "适用范围只写明其他地方的措施，在有自己方案或清单的地方列为“不适用”；该方案、清单是否另列有这些措施，本报告没有审查。",
        "A measure whose scope names other places alone counts as “Ineligible” in a place that has a programme or a "
        "list of its own; whether that programme or list holds it all the same is not examined in this report.",
    ),
    "next": Text(
        "对一种情形该做什么、每项措施的原文和理由，见该情形的完整报告（applicability report）。",
        "What to do next in one of them, with the words and the reasons of each measure, is told in the report on that "
        "whole case (applicability report).",
    ),
    "rest": Text(
        "结果不同、但本主体在各处都尚不可用的措施",
        "Other measures that differ, none of them open yet to the entity itself",
    ),
    "rest_parts": Text("其中对他人的部分，见“{part}”。", "What parts of these are for others is told under “{part}”."),
}


def comparison_paper(comparison: Comparison) -> Paper:
    """The paper of a comparison."""
    comparison = in_sentences(comparison)
    alternatives, first = comparison.alternatives, comparison.alternatives[0].assessment
    book = comparison.rulebook
    cover = (
        (_WORDS["which"], names_of(alternatives)),
        (say("day"), day_of_paper(first.as_of)),
        *_facts(comparison),
        (say("documents"), documents(book)),
    )
    name = first.profile.facts.get("name")
    who = same(str(name)) if name is not None else _many(comparison)
    elsewhere = Elsewhere(comparison)
    body = provision_lines([(one.label, one.assessment) for one in alternatives])
    blocks = (
        *comparison_blocks(comparison), *elsewhere.blocks(), *pending(tuple(elsewhere.waiting())),
        *map(Paragraph, body), *unlikely_part(elsewhere.rows, (), tuple(elsewhere.waiting())), *rulebook_of(book),
    )  # fmt: skip
    summary = (
        *lead_of(comparison),
        *cannot_be_said(comparison),
        Paragraph(sentence([*_tables_lead(comparison, say("reading")), _WORDS["next"]]), "soft"),
    )
    return Paper(
        _WORDS["title"], who, cover, summary, blocks, say("notice"), first.as_of,
        title_text(compared_parts(comparison), _WORDS["title"]), wide=len(alternatives) >= _WIDE,
    )  # fmt: skip


def _facts(comparison: Comparison) -> Iterator[tuple[Text, Text]]:
    """What one entity that is compared with itself says of itself, but for what differs."""
    every = [one.assessment for one in comparison.alternatives]
    told = facts_in_short(every[0], {label for label, _ in differing(every)}) if is_of_one(comparison) else None
    if told is not None:
        yield say("facts_short"), told


def comparison_blocks(comparison: Comparison, *, inside: bool = False, steps: Text | None = None) -> Iterator[Block]:
    """Ranking, totals and matrix; `inside` another paper under one heading. `steps` is the part of that paper, if any,
    that tells of what is waited for: then it is not told here.
    """
    level = 2 if inside else 1
    if inside:
        yield Heading(_WORDS["title"])
        yield from cannot_be_said(comparison, steps)
        yield Paragraph(sentence(_tables_lead(comparison, say("doubts"))), "soft")
    yield Heading(_WORDS["ranking"], level)
    own = bool(own_rows(comparison))
    if own or any(total["pending"] for total in comparison.totals):
        unknown = any(own_unknown(comparison, place) for place in range(len(comparison.alternatives)))
        lead = [_WORDS["ranking_own" if own else "ranking_lead"], *([_WORDS["unknown"]] if unknown else [])]
        yield Paragraph(sentence(lead), "soft")
    yield _ranking(comparison)
    yield from _differences(comparison)
    assumed = tuple(_not_by_name(differing([one.assessment for one in comparison.alternatives]), comparison))
    if assumed:
        yield Heading(_WORDS["assumed"], level)
        if inside:
            yield Paragraph(_WORDS["assumed_lead"], "soft")
        yield from _assumed([one.label for one in comparison.alternatives], assumed)
    yield Heading(_WORDS["totals"], level)
    yield from _totals(comparison)
    if not inside:  # else the summary has told it
        yield _legend(comparison)
    if any(total["pending"] for total in comparison.totals):
        yield Paragraph(_WORDS["programmes"])
    differ = [row for row in comparison.rows if row.differs]
    near = [row for row in differ if any(bucket in OPEN_BUCKETS for bucket in row.buckets)]
    far = [row for row in differ if row not in near]
    reasons = CellReasons(comparison, steps)
    for key, rows in (("open_somewhere", near), ("rest", far)):
        if rows:
            yield Heading(_WORDS[key], level)
            if key == "rest" and inside and any(one.bucket == "needs_info" for row in rows for one in row.findings):
                yield Paragraph(s.say(_WORDS["rest_parts"], part=say("needs")), "soft")
            yield from matrix(comparison, rows, reasons)
    yield from reasons.blocks(level)


def _tables_lead(comparison: Comparison, readings: Text) -> Iterator[Text]:
    """What the tables show, and where the readings of what they mark stand."""
    yield _WORDS["tables"]
    if any(row.differs and row.measure.narrower_reading for row in comparison.rows):
        yield say("marked_short", part=readings)


def _legend(comparison: Comparison) -> Bullets:
    """What each verdict that stands somewhere means."""
    used = [bucket for bucket in BUCKETS[:5] if any(total[bucket] for total in comparison.totals)]
    told = ((cell_of(bucket), w.MEANINGS[bucket]) for bucket in used)
    return Bullets(tuple(Text(f"{one.zh}：{means.zh}", f"{one.en}: {means.en}") for one, means in told))


def names_of(alternatives: Sequence[Alternative]) -> Text:
    """The names of the alternatives."""
    return in_a_row([one.label for one in alternatives])


def _many(comparison: Comparison) -> Text:
    count = len(comparison.alternatives)
    return Text(_WORDS["many"].zh.format(count=count), _WORDS["many"].en.format(count=count))


def _differences(comparison: Comparison) -> Iterator[Block]:
    """In what the first two differ."""
    ranking = ranks(comparison)
    lines = _first_two(ranking[0][1].alternative, ranking[1][1].alternative, comparison) if len(ranking) > 1 else ()
    told = (*lines, *_in_doubt(comparison))
    if told:
        yield Bullets(told)


def _in_doubt(comparison: Comparison) -> Iterator[Text]:
    """What is open in an alternative by a zone alone whose lying in another is in doubt."""
    for one in comparison.alternatives:
        for zone, found in resting_on_each(one.open).items():
            rows = items_text(marked_number(each.measure) for each in found)
            yield s.say(_WORDS["in_doubt"], where=one.label, rows=rows, on=depends_on(zone, comparison.rulebook))


def _first_two(one: Alternative, two: Alternative, comparison: Comparison) -> list[Text]:
    """What is open in all, and in what two alternatives differ."""
    every = [each.open_keys for each in comparison.alternatives]
    shared = frozenset.intersection(*every)
    slots = {"first": one.label, "second": two.label}
    told = (
        ("all", shared, slots, comparison.alternatives, None),
        ("both", (one.open_keys & two.open_keys) - shared, slots, (one, two), None),
        ("only", one.open_keys - two.open_keys, slots, (one,), two),
        ("only", two.open_keys - one.open_keys, {"first": two.label, "second": one.label}, (two,), one),
    )
    lines = []
    for key, keys, names, where, lacking in told:
        if any(measure.key in keys for measure in comparison.measures):
            within = only_within(lacking, keys, comparison) if lacking is not None else {}
            rows = rows_of(where[0], keys, comparison, within)
            lines.append(s.say(_WORDS[key], rows=with_instruments(rows, keys, where, comparison), **names))
    return lines


def _ranking(comparison: Comparison) -> Table:
    first, differs = comparison.alternatives[0].label, _WORDS["differs"]
    own = bool(own_rows(comparison))
    placed = [(None if own and own_unknown(comparison, one.index) else place, one) for place, one in ranks(comparison)]
    rows = tuple(
        (
            _place(place, [each for each, _ in placed]),
            one.alternative.label,
            *((own_figure(comparison, one.index),) if own else ()),
            same(str(one.open)),
            _WORDS["base"] if one.index == 0 else _apart(one, comparison),
        )
        for place, one in placed
    )
    if len(rows) > FITTING:
        rows = _together(rows)
    compared = Text(differs.zh.format(first=first.zh), differs.en.format(first=first.en))
    heads = (_WORDS["rank"], _WORDS["which"], *((_WORDS["own_count"],) if own else ()), _WORDS["open"], compared)
    return Table(heads, rows, (10, 15, 13, 17, 45) if own else (10, 17, 26, 47), right=(2, 3) if own else (2,))


def _together(rows: Sequence[tuple[Text, ...]]) -> tuple[tuple[Text, ...], ...]:
    """Lines of a ranking, once for the alternatives of which the same is told."""
    alike: dict[tuple[Text, ...], list[Text]] = {}
    for place, label, *rest in rows:
        alike.setdefault((place, *rest), []).append(label)
    return tuple((place, in_a_row(labels), *rest) for (place, *rest), labels in alike.items())


def _place(place: int | None, shown: Sequence[int | None]) -> Text:
    """A rank, said to be shared where several have it; None where it is not known."""
    if place is None:
        return same("?")
    return s.say(_WORDS["equal"], place=str(place)) if shown.count(place) > 1 else same(str(place))


def _apart(rank: Rank, comparison: Comparison) -> Text:
    """The rows that are open in an alternative and not in the first, and the other way round, with all that waits.

    What waits in the first as well is no difference.
    """
    waits = waiting(rank.alternative, comparison, but_waiting(comparison.alternatives[0], comparison))
    first, told = comparison.alternatives[0], list[Text]()
    if rank.gains:
        within = only_within(first, {one.key for one in rank.gains}, comparison)
        zones = [
            s.say(_WORDS["row_within"], row=marked_number(one), where=within[one.key])
            for one in rank.gains
            if one.key in within
        ]
        told.append(joined([s.say(_WORDS["more"], rows=items_text(map(marked_number, rank.gains))), *zones]))
    unsure = {row for rows in waits.values() for row in rows}
    shut = [number for number in map(marked_number, rank.losses) if number not in unsure]
    told += [s.say(_WORDS["less"], rows=items_text(shut))] if shut else []
    told += [s.say(_WORDS["waits"], rows=items_text(rows), steps=steps) for steps, rows in waits.items()]
    return joined(told) if told else _WORDS["alike"]


def _not_by_name(
    facts: Iterable[tuple[Text, tuple[Text, ...]]], comparison: Comparison
) -> Iterator[tuple[Text, tuple[Text, ...]]]:
    """The facts but for those that are told by the names of the alternatives, such as their cities."""
    for label, values in facts:
        pairs = zip(comparison.alternatives, values, strict=True)
        if not all(_names(one.label.en, label.en, value.en) for one, value in pairs):
            yield label, values


def _names(name: str, label: str, value: str) -> bool:
    """Whether the name of an alternative tells the value of a fact: of its place, or the value itself."""
    return name in (value, f"{label} {value}") or name.startswith(f"{value} (")


def _assumed(labels: Sequence[Text], facts: Sequence[tuple[Text, tuple[Text, ...]]]) -> Iterator[Table]:
    """The facts that differ, a line each; of many that are compared, a line for each of these."""
    if len(labels) <= FITTING:
        yield from parted((say("fact"),), labels, [((label,), values) for label, values in facts], (24,))
        return
    for start in range(0, len(facts), _FACTS):
        own, alike = facts[start : start + _FACTS], dict[tuple[Text, ...], list[Text]]()
        for place, label in enumerate(labels):
            alike.setdefault(tuple(values[place] for _, values in own), []).append(label)
        lines = tuple((in_a_row(some), *values) for values, some in alike.items())
        heads = (_WORDS["which"], *(label for label, _ in own))
        yield Table(heads, lines, (24, *(76 // len(own) for _ in own)))


def _totals(comparison: Comparison) -> Iterator[Table]:
    used = [bucket for bucket in BUCKETS if any(total[bucket] for total in comparison.totals)]
    rows = [((w.BUCKETS[bucket],), [same(str(total[bucket])) for total in comparison.totals]) for bucket in used]
    yield from parted((same(""),), [one.label for one in comparison.alternatives], rows, (24,), figures=True)
