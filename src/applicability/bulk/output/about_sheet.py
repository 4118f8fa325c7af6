"""The sheet of a workbook that describes it: its sheets, what to do with them in which order, and what was counted."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from applicability.bulk.engine import verdict_tables
from applicability.bulk.job import Job, Summary
from applicability.bulk.output.column_notices import column_notices
from applicability.bulk.output.labels import say
from applicability.bulk.output.next_asks import SHOWN
from applicability.bulk.output.open_companies import CompanyCounts
from applicability.bulk.output.summary import derived_line, ignored_names, note_kinds, totals
from applicability.bulk.sources.headings import clean
from applicability.days import day_text
from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import BUCKETS, Bucket
from applicability.report.language import labels as w
from applicability.report.layout.buckets import MARKS
from applicability.report.layout.wrap import text_width

# The widths of the columns, how high a line is in points, and how much wider words are than counted.
_WIDTHS, _LINE, _WIDER = (24, 14, 76), 15, 1.25
# The sheets in their order, each with what tells of it.
SHEETS = ("lines", "asks", "words", "measures", "matrix", "rejects", "notes")
_STEPS = ("step_check", "step_notes", "step_asks", "step_again")
_KINDS = (("unread_column", "kind_unread"), ("asking_column", "kind_of_column"), ("read_column", "kind_of_column"))


@dataclass(frozen=True)
class Described:
    """What the description tells of a workbook beside its summary: the source, how many companies are asked for
    something, how many have what verdicts, and which of `SHEETS` there are.
    """

    source: str
    asked: int
    companies: CompanyCounts
    sheets: Collection[str]


@dataclass(frozen=True)
class Formats:
    """How cells are written: headings, words that wrap, counts, and verdicts in their colours."""

    head: Any
    wrap: Any
    count: Any
    title: Any
    fills: dict[Bucket, Any]


class AboutSheet:
    """Writes the description, from the top down."""

    def __init__(self, sheet: Any, job: Job, formats: Formats) -> None:
        self._sheet, self._job, self._formats = sheet, job, formats
        self._next = 0
        for place, wide in enumerate(_WIDTHS):
            sheet.set_column(place, place, wide)

    def write(self, summary: Summary, described: Described) -> None:
        """Writes everything."""
        job = self._job
        counts = {"read": summary.read, "companies": summary.companies, "rejected": summary.rejected}
        self._sheet.write_string(0, 0, self._say("title"), self._formats.title)
        self._next = 1
        told = {name: f"{count:,}" for name, count in counts.items()}
        self._plain(self._say("read", source=described.source, **told))
        book, day = job.rulebook, day_text(job.day).of(job.lang)
        self._plain(self._say("about", id=book.id, version=book.version, digest=book.digest[:12], day=day))
        self._next += 1
        self._sheets(summary, described)
        self._verdicts(summary, described)
        self._source(summary)
        self._notes(summary)
        self._waits(summary, described)

    def _say(self, key: str, **slots: object) -> str:
        return say(key, self._job.lang, self._job.surface, **slots)

    def _sheets(self, summary: Summary, described: Described) -> None:
        """A line for each sheet, then what its words mean, then what to do first."""
        lang = self._job.lang
        every = {bucket: w.BUCKETS[bucket].of(lang) for bucket in BUCKETS}
        listed = [every[bucket] for bucket in BUCKETS[:5] if bucket in {one.word for one in self._job.only}]
        slots = {
            "only": ("、" if lang == "zh" else ", ").join(listed),
            "shown": SHOWN,
            "count": f"{summary.rejected:,}",
        }
        self._heads("sheet_of", "about_sheet")
        for name in SHEETS:
            if name in described.sheets:
                self._beside(self._say(f"sheet_{name}"), self._say(f"explains_{name}", **slots))
        self._across(self._say("explains_terms"))
        self._across(self._say("explains_eligible", eligible=every["eligible"]))
        self._across(self._say("explains_findings"))
        self._next += 1
        self._sheet.write_string(self._next, 0, self._say("steps"), self._formats.head)
        self._next += 1
        names = {name: self._say(f"sheet_{name}") for name in SHEETS}
        for number, key in enumerate((one for one in _STEPS if self._applies(one, described)), 1):
            self._across(f"{number}. {self._say(key, **names)}")
        self._next += 1

    def _applies(self, step: str, described: Described) -> bool:
        needs = {"step_notes": "notes", "step_asks": "asks"}.get(step)
        return needs is None or needs in described.sheets

    def _verdicts(self, summary: Summary, described: Described) -> None:
        job = self._job
        self._heads("verdict", "pairs", "meaning")
        found = totals(job, summary)
        without = {verdict_tables.status_of(one) for one in job.measures if one.condition is None}
        for bucket in (one for one in BUCKETS if one in found or one in without):
            mark = f"{MARKS[bucket]} {w.BUCKETS[bucket].of(job.lang)}"
            self._sheet.write_string(self._next, 0, mark, self._formats.fills[bucket])
            if bucket in found:
                self._sheet.write_number(self._next, 1, found[bucket], self._formats.count)
            self._sheet.write_string(self._next, 2, w.MEANINGS[bucket].of(job.lang), self._formats.wrap)
            self._next += 1
        own = described.companies
        counts = {"eligible": own.eligible, "open": own.open, "waiting": own.waiting, "companies": summary.companies}
        told = {name: f"{count:,}" for name, count in counts.items()}
        self._across(self._say("about_companies", matrix=self._say("sheet_matrix"), **told))
        labels = {one.type: one.label.of(job.lang) for one in job.rulebook.facts.values()}
        if "activities" in labels and "sector" in labels:
            shut = w.BUCKETS["ineligible"].of(job.lang)
            slots = {"activities": labels["activities"], "sector": labels["sector"], "shut": shut}
            self._across(self._say("by_sector", **slots))
        self._next += 1

    def _source(self, summary: Summary) -> None:
        """What was made of the register."""
        job = self._job
        if summary.ignored:
            self._across(self._say("ignored", names=ignored_names(job, summary)))
        if (derived := derived_line(job, summary)) is not None:
            self._across(derived)
        clerk = dict(zip(column_notices(job, summary), column_notices(job, summary, clerk=True), strict=True))
        for one in summary.notices:
            self._across(self._say("notice", text=clerk.get(one, one).of(job.lang)))

    def _notes(self, summary: Summary) -> None:
        """The notes by kind: what was not read, what is to be filled in, what is only to be checked."""
        if summary.notes:
            counts = {"count": summary.notes, "companies": summary.noted, "unread": summary.unread}
            told = {name: f"{count:,}" for name, count in counts.items()}
            self._across(self._say("about_notes", sheet=self._say("sheet_notes"), **told))
        kinds = note_kinds(summary)
        for rank, (head, key) in enumerate(_KINDS):
            lines = []
            for one in kinds:
                if rank == (0 if one.code else 1 if one.hint else 2):
                    told_kind = self._say(key, example=one.example, companies=f"{one.companies:,}", code=one.code)
                    lines.append((clean(one.column) or self._say("whole_row"), one.count, told_kind))
            self._counted((head, "note_count", "note_example"), lines)

    def _waits(self, summary: Summary, described: Described) -> None:
        """The facts that companies wait for, how many are asked for each, and why the others are not."""
        if not (waited := [*self._waited(summary)]):
            return
        self._next += 1
        slots = {
            "listed": f"{described.asked:,}", "others": f"{summary.companies - described.asked:,}", "shown": SHOWN,
            "sheet": self._say("sheet_asks"), "matrix": self._say("sheet_matrix"), "lines": self._say("sheet_lines"),
            "answer": self._say("answer"),
        }  # fmt: skip
        facts = self._job.rulebook.facts
        zones, types = (
            [one.label.of(self._job.lang) for one in facts.values() if one.type == wanted]
            for wanted in ("zones", "zone_types")
        )
        for key in ("about_asks", "none_settles", "either_row", "why_open", "about_waits"):
            self._across(self._say(key, **slots))
            if key == "none_settles" and types and any(facts[one].type == "zones" for one in summary.asks):
                self._across(
                    self._say("zone_not_listed", zones=zones[0], types=types[0], words=self._say("sheet_words"))
                )
        self._counted(("fact", "asked_companies", "asked_told"), waited)

    def _waited(self, summary: Summary) -> Iterator[tuple[str, int, str]]:
        job, between = self._job, "；" if self._job.lang == "zh" else "; "
        for fact, declared in job.rulebook.facts.items():
            (_, companies), (senseless, later) = summary.asks.get(fact, (0, 0)), summary.unasked.get(fact, (0, 0))
            asked = companies - later
            if not companies and not senseless:
                continue
            words = [self._say("asks_of", waiting=f"{companies + senseless:,}", asked=f"{asked:,}")]
            words += [
                self._say(key, count=f"{count:,}")
                for key, count in (("asks_senseless", senseless), ("asks_later", later))
                if count
            ]
            yield declared.label.of(job.lang), asked, between.join(words)

    def _plain(self, words: str) -> None:
        self._sheet.write_string(self._next, 0, words)
        self._next += 1

    def _heads(self, *keys: str) -> None:
        self._sheet.write_row(self._next, 0, [self._say(one) for one in keys], self._formats.head)
        self._next += 1

    def _across(self, words: str) -> None:
        """Writes a text over all columns, as high as it needs: no program fits the height of merged cells."""
        self._merged(0, words)
        self._next += 1

    def _beside(self, label: str, words: str) -> None:
        """Writes a label, and a text over the columns beside it."""
        self._sheet.write_string(self._next, 0, label, self._formats.wrap)
        self._merged(1, words)
        self._next += 1

    def _merged(self, first: int, words: str) -> None:
        high = math.ceil(text_width(words) * _WIDER / sum(_WIDTHS[first:]))
        self._sheet.set_row(self._next, _LINE * max(1, high))
        self._sheet.merge_range(self._next, first, self._next, len(_WIDTHS) - 1, words, self._formats.wrap)

    def _counted(self, heads: Sequence[str], lines: Sequence[tuple[str, int, str]]) -> None:
        """Writes lines of a name, a count and words under headings, if there are any."""
        if not lines:
            return
        self._heads(*heads)
        write: Callable[..., Any] = self._sheet.write_string
        for label, count, words in lines:
            write(self._next, 0, label, self._formats.wrap)
            self._sheet.write_number(self._next, 1, count, self._formats.count)
            write(self._next, 2, words, self._formats.wrap)
            self._next += 1
