"""Places, values or profiles side by side, as a paper: totals and ranking first, then the rows that differ."""

from __future__ import annotations

from collections.abc import Iterator

from applicability.analysis.comparison import OPEN, Comparison, Rank, Row
from applicability.days import day_text
from applicability.model.assessment import BUCKETS, Bucket
from applicability.report.language import labels as w
from applicability.report.layout.buckets import FILLS, MARKS
from applicability.report.layout.paper import Block, Bullets, Heading, Paper, Paragraph, Table, same
from applicability.report.papers.awaited import pending
from applicability.report.papers.elsewhere import Elsewhere
from applicability.report.papers.rows import rows_text
from applicability.report.papers.texts import documents, say
from applicability.text import Text

_WIDE = 6  # alternatives from which pages lie on their long side
_WORDS = {
    "title": Text("并列比较", "Side by side"),
    "many": Text("{count}种情形", "{count} alternatives"),
    "lead": Text(
        "可用（可适用或须经认定）最多的是{best}，{open}项。",
        "Most is open in {best}: {open} measures (eligible or conditional).",
    ),
    "tables": Text(
        "下表列出各处结果不同的任务，至少一处可用的在前。",
        "The tables below show the measures that differ, those that are open somewhere first.",
    ),
    "totals": Text("合计", "Totals"),
    "ranking": Text("排名", "Ranking"),
    "rank": Text("名次", "Rank"),
    "which": Text("情形", "Alternative"),
    "open": Text("可用项数", "Open"),
    "differs": Text("与{first}相比", "Compared with {first}"),
    "more": Text("另可用第{rows}行", "also open: {rows}"),
    "less": Text("不可用第{rows}行", "not open: {rows}"),
    "alike": Text("可用的相同", "the same are open"),
    "base": Text("（与此相比）", "(what the others are compared with)"),
    "open_somewhere": Text("结果不同、且至少一处可用的任务", "Measures that differ and are open somewhere"),
    "rest": Text("结果不同、但各处都尚不可用的任务", "Other measures that differ, none of them open yet"),
    "measure": Text("任务", "Measure"),
    "marks": Text("标记", "Marks"),
}


def comparison_paper(comparison: Comparison) -> Paper:
    """The paper of a comparison."""
    alternatives, first = comparison.alternatives, comparison.alternatives[0].assessment
    book = comparison.rulebook
    cover = (
        (_WORDS["which"], names_of(comparison)),
        (say("day"), day_text(first.as_of)),
        (say("documents"), documents(book)),
        (say("rulebook"), same(f"{book.id} {book.version}")),
        (say("digest"), same(book.digest)),
    )
    name = first.profile.facts.get("name")
    who = same(str(name)) if name is not None else _many(comparison)
    elsewhere = Elsewhere(comparison)
    blocks = (*comparison_blocks(comparison), *elsewhere.blocks(), *pending(tuple(elsewhere.waiting())))
    summary = (lead_of(comparison), Paragraph(_WORDS["tables"], "soft"))
    return Paper(
        _WORDS["title"], who, cover, summary, blocks, say("notice"), first.as_of,
        wide=len(alternatives) >= _WIDE,
    )  # fmt: skip


def comparison_blocks(comparison: Comparison, *, inside: bool = False) -> Iterator[Block]:
    """Ranking, totals and matrix; `inside` another paper under one heading."""
    level = 2 if inside else 1
    if inside:
        yield Heading(_WORDS["title"])
        yield Paragraph(_WORDS["tables"], "soft")
    yield Heading(_WORDS["ranking"], level)
    yield _ranking(comparison)
    yield Heading(_WORDS["totals"], level)
    yield _totals(comparison)
    yield _legend(comparison)
    differ = [row for row in comparison.rows if row.differs]
    near = [row for row in differ if any(bucket in OPEN for bucket in row.buckets)]
    far = [row for row in differ if row not in near]
    for key, rows in (("open_somewhere", near), ("rest", far)):
        if rows:
            yield Heading(_WORDS[key], level)
            yield _matrix(comparison, rows)


def _legend(comparison: Comparison) -> Bullets:
    """What each verdict that stands somewhere means."""
    used = [bucket for bucket in BUCKETS[:5] if any(total[bucket] for total in comparison.totals)]
    told = ((_cell(bucket), w.MEANINGS[bucket]) for bucket in used)
    return Bullets(tuple(Text(f"{one.zh}：{means.zh}", f"{one.en}: {means.en}") for one, means in told))


def names_of(comparison: Comparison) -> Text:
    """The names of the alternatives."""
    labels = [one.label for one in comparison.alternatives]
    return Text("、".join(one.zh for one in labels), ", ".join(one.en for one in labels))


def _many(comparison: Comparison) -> Text:
    count = len(comparison.alternatives)
    return Text(_WORDS["many"].zh.format(count=count), _WORDS["many"].en.format(count=count))


def lead_of(comparison: Comparison) -> Paragraph:
    """Where most is open."""
    best = [one for one in comparison.ranking if one.place == 1]
    names = Text(
        "、".join(one.alternative.label.zh for one in best), " and ".join(one.alternative.label.en for one in best)
    )
    lead = _WORDS["lead"]
    return Paragraph(
        Text(lead.zh.format(best=names.zh, open=best[0].open), lead.en.format(best=names.en, open=best[0].open))
    )


def _ranking(comparison: Comparison) -> Table:
    first, differs = comparison.alternatives[0].label, _WORDS["differs"]
    rows = tuple(
        (
            same(str(one.place)),
            one.alternative.label,
            same(str(one.open)),
            _WORDS["base"] if one.index == 0 else _apart(one),
        )
        for one in comparison.ranking
    )
    compared = Text(differs.zh.format(first=first.zh), differs.en.format(first=first.en))
    return Table((_WORDS["rank"], _WORDS["which"], _WORDS["open"], compared), rows, (11, 26, 12, 51))


def _apart(rank: Rank) -> Text:
    """The rows that are open in an alternative and not in the first, and the other way round."""
    told = [
        Text(_WORDS[key].zh.format(rows=rows_text(rows).zh), _WORDS[key].en.format(rows=rows_text(rows).en))
        for key, found in (("more", rank.gains), ("less", rank.losses))
        if (rows := [one.row for one in found])
    ]
    if not told:
        return _WORDS["alike"]
    return Text("；".join(one.zh for one in told), "; ".join(one.en for one in told))


def _totals(comparison: Comparison) -> Table:
    heads = (same(""), *(one.label for one in comparison.alternatives))
    used = [bucket for bucket in BUCKETS if any(total[bucket] for total in comparison.totals)]
    rows = tuple((w.BUCKETS[bucket], *(same(str(total[bucket])) for total in comparison.totals)) for bucket in used)
    return Table(heads, rows, (24, *(_share(comparison) for _ in comparison.alternatives)))


def _share(comparison: Comparison) -> int:
    return max(1, 60 // len(comparison.alternatives))


def _matrix(comparison: Comparison, rows: list[Row]) -> Table:
    heads = (say("row"), _WORDS["measure"], *(one.label for one in comparison.alternatives))
    lines, fills = [], []
    for row in rows:
        lines.append((same(str(row.measure.row)), row.measure.title, *map(_cell, row.buckets)))
        fills.append((None, None, *(FILLS[bucket] for bucket in row.buckets)))
    return Table(heads, tuple(lines), (9, 33, *(_share(comparison) for _ in comparison.alternatives)), tuple(fills))


def _cell(bucket: Bucket) -> Text:
    return Text(f"{MARKS[bucket]} {w.BUCKETS[bucket].zh}", f"{MARKS[bucket]} {w.BUCKETS[bucket].en}")
