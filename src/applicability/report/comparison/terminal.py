"""A comparison for a terminal: the rows that differ, totals, and the ranking."""

from __future__ import annotations

from collections.abc import Sequence

from applicability.analysis.comparison import Comparison, Rank, Row
from applicability.analysis.plausibility import Plausibility
from applicability.model.assessment import BUCKETS, Bucket
from applicability.model.measure import FORCES, Measure
from applicability.report import Options
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.plausible import describe
from applicability.report.language.provisions import provision_lines
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout.buckets import MARKS, STYLES
from applicability.report.layout.lines import TITLE_ROOM, LineWriter, column_blocks
from applicability.report.layout.wrap import fitted, pad, printable, text_width
from applicability.text import Lang, Text

_WORDS = {
    "title": Text("并列比较", "Side by side"),
    "differ": Text("共{count}行，其中{differ}行各栏不同", "{differ} of {count} rows differ"),
    "implausible": Text("其中{count}行一般不涉及{who}", "{count} of them, unlikely for {who}"),
    "implausible_each": Text("其中{count}行一般不涉及各栏的主体", "{count} of them, unlikely in every column"),
    "none": Text("各栏没有不同的行", "no row differs"),
    "same": Text("各栏相同的行", "Rows that are alike in every column"),
    "totals": Text("合计", "Totals"),
    "forces": Text("可用措施的力度", "What is open, by force"),
    "ranking": Text("排名（可适用与须经认定的措施数）", "Ranking, by how many measures are open"),
    "rank": Text("{label}：{open}项", "{label}: {open}"),
    "gains": Text("比第1栏多：{rows}", "open here and not in column 1: {rows}"),
    "losses": Text("比第1栏少：{rows}", "open in column 1 and not here: {rows}"),
    "alike": Text("与第1栏相同", "the same as column 1"),
}
_MOST = 10


def say(key: str, /, **slots: Text | str) -> Text:
    """A line of this page."""
    return s.say(_WORDS[key], **slots)


def reason(rank: Rank, first: bool) -> Text:
    """The reason of a rank: the rows gained and lost against the first column."""
    parts = [
        say(key, rows=_rows(measures)) for key, measures in (("gains", rank.gains), ("losses", rank.losses)) if measures
    ]
    if not parts:
        return Text("", "") if first else _WORDS["alike"]
    return Text("；".join(one.zh for one in parts), "; ".join(one.en for one in parts))


def _rows(measures: Sequence[Measure]) -> str:
    shown = ", ".join(str(one.row) for one in measures[:_MOST])
    return shown if len(measures) <= _MOST else f"{shown} … ({len(measures)})"


def render(comparison: Comparison, options: Options, every: bool = False) -> str:
    """Renders the page; `every` also shows the rows that do not differ."""
    out = LineWriter(options.width, options.color)
    _ComparisonPage(out, comparison, options.lang).set(every)
    return out.text()


class _ComparisonPage:
    def __init__(self, out: LineWriter, comparison: Comparison, lang: Lang) -> None:
        self.out, self.comparison, self.lang = out, comparison, lang
        self.labels = [printable(one.label.of(lang)) for one in comparison.alternatives]
        count = len(self.labels)
        named = [max(text_width(label), 3) for label in self.labels]
        # Columns are headed by names if these leave room for titles, else by numbers.
        self.by_name = sum(named) + count <= out.width - 40
        self.widths = named if self.by_name else [3] * count
        self.blocks = column_blocks(self.widths, out.width - TITLE_ROOM)

    def say(self, key: str, **slots: Text | str) -> str:
        return say(key, **slots).of(self.lang)

    def set(self, every: bool) -> None:
        out, comparison = self.out, self.comparison
        out.line(self.say("title"), "bold")
        book = comparison.rulebook
        out.line(
            s.say(w.LABELS["rulebook"], id=book.id, version=book.version, digest=book.digest[:12]).of(self.lang), "dim"
        )
        if any(one.assessment.engine == "reference" for one in comparison.alternatives):
            out.line(w.LABELS["by_reference"].of(self.lang), "dim")
        out.blank()
        if not self.by_name:
            for index, label in enumerate(self.labels, 1):
                out.line(label, "", f"{index:>4}  ", "bold")
            out.blank()
        legend = "  ".join(f"{MARKS[bucket]} {w.BUCKETS[bucket].of(self.lang)}" for bucket in BUCKETS[:7])
        out.line(legend, "dim")
        rows = comparison.rows
        differ = [row for row in rows if row.differs]
        out.blank()
        counted = {"count": str(len(rows)), "differ": str(len(differ))}
        out.line(self.say("differ", **counted) if differ else self.say("none"), "bold")
        likely = [row for row in differ if row.plausible]
        self.matrix(likely)
        rest = [row for row in differ if not row.plausible]
        if rest:
            if likely:
                out.blank()
            out.line(self.implausible(len(rest)), "bold")
            self.matrix(rest)
        alike = [row for row in rows if not row.differs]
        if every and alike:
            out.blank()
            out.line(self.say("same"), "bold")
            self.matrix(alike)
        out.blank()
        self.totals()
        out.blank()
        out.line(self.say("ranking"), "bold")
        grouped: dict[tuple[int, Text], list[Rank]] = {}
        for rank in comparison.ranking:
            grouped.setdefault((rank.place, reason(rank, rank.index == 0)), []).append(rank)
        for (place, why), ranks in grouped.items():
            self.rank(place, ranks, why.of(self.lang))
        self.provisions()

    def implausible(self, count: int) -> str:
        """That the rows that follow are implausible, and for whom if that is the same in every column."""
        known = [Plausibility(one.assessment.facts, self.comparison.rulebook) for one in self.comparison.alternatives]
        if any(one.traits != known[0].traits for one in known):
            return self.say("implausible_each", count=str(count))
        words = ConditionRenderer(known[0].rulebook, known[0].facts)
        return self.say("implausible", count=str(count), who=describe(known[0], words))

    def heads(self, columns: range) -> None:
        names = self.labels if self.by_name else [str(index + 1) for index in range(len(self.labels))]
        start = self.out.width - sum(self.widths[index] + 1 for index in columns)
        line = " " * start + "".join(" " + pad(names[index], self.widths[index]) for index in columns)
        self.out.line("", lead=line, lead_style="bold")

    def matrix(self, rows: Sequence[Row]) -> None:
        for columns in self.blocks if rows else ():
            self.heads(columns)
            for row in rows:
                title = f"{row.measure.row:>4} {row.measure.title.of(self.lang)}"
                self.cells(title, [self.mark(row.buckets[index], self.widths[index]) for index in columns], columns)

    def mark(self, bucket: Bucket, width: int) -> str:
        return " " + self.out.paint(pad(MARKS[bucket], width), STYLES[bucket])

    def cells(self, title: str, cells: Sequence[str], columns: range) -> None:
        start = self.out.width - sum(self.widths[index] + 1 for index in columns)
        self.out.raw(fitted(title, start) + "".join(cells))

    def totals(self) -> None:
        totals, forces = self.comparison.totals, self.comparison.forces
        for columns in self.blocks:
            self.out.line(self.say("totals"), "bold")
            self.heads(columns)
            for bucket in BUCKETS:
                counts = [totals[index][bucket] for index in columns]
                if any(counts):
                    name = f"   {MARKS[bucket]} {w.BUCKETS[bucket].of(self.lang)}"
                    self.cells(name, [self.number(totals[index][bucket], index) for index in columns], columns)
            self.out.line(self.say("forces"), "bold")
            for force in FORCES:
                if any(forces[index][force] for index in columns):
                    name = f"     {w.FORCES[force].of(self.lang)}"
                    self.cells(name, [self.number(forces[index][force], index) for index in columns], columns)

    def number(self, count: int, index: int) -> str:
        return " " + pad(f"{count:>{min(3, self.widths[index])}}", self.widths[index])

    def provisions(self) -> None:
        """What a document's body says to whole columns."""
        labels = [Text(name, name) for name in map(self.named, range(len(self.labels)))]
        assessments = [one.assessment for one in self.comparison.alternatives]
        for place, line in enumerate(provision_lines([*zip(labels, assessments, strict=True)])):
            if not place:
                self.out.blank()
            self.out.line(line.of(self.lang))

    def named(self, index: int) -> str:
        return self.labels[index] if self.by_name else self.numbered(index)

    def numbered(self, index: int) -> str:
        return f"[{index + 1}] {self.labels[index]}"

    def rank(self, place: int, ranks: Sequence[Rank], why: str) -> None:
        """One line for alternatives that share a rank and a reason."""
        joined = ("、" if self.lang == "zh" else ", ").join(self.named(one.index) for one in ranks)
        self.out.line(self.say("rank", label=joined, open=str(ranks[0].open)), "", f"{place:>4}. ", "bold", 6)
        if why:
            self.out.line(why, "dim", "      ")
