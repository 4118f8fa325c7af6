"""Writes a screening as a workbook: description, lines, what to ask next, counts per measure, matrix, notes.

Rows are streamed, so memory does not grow with their number. No cell can act as a formula.
"""

from __future__ import annotations

import itertools
import math
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from applicability.bulk.engine import verdict_tables
from applicability.bulk.job import ASKS, LONG, WIDE, Job, Summary
from applicability.bulk.output.clerk_hints import ClerkHints
from applicability.bulk.output.column_notices import column_notices
from applicability.bulk.output.labels import WORDS, say
from applicability.bulk.output.next_asks import FEW, SHOWN
from applicability.bulk.output.pieces import NOTES, REJECTS, tables
from applicability.bulk.output.summary import derived_line, ignored_names, note_kinds, tallies, totals
from applicability.bulk.register.status_columns import is_status, says_gone
from applicability.bulk.sources.headings import clean
from applicability.bulk.sources.xlsx import SHEET_ROWS
from applicability.days import day_text
from applicability.errors import Location, Problem, ProfileError
from applicability.files import whole
from applicability.loading.profile.parts import whole_name
from applicability.model.assessment import BUCKETS, Bucket, bucket_of
from applicability.model.verdict import Verdict
from applicability.report.interview.register_form import answers
from applicability.report.language import labels as w
from applicability.report.layout.buckets import FILLS, MARKS
from applicability.report.layout.workbooks import created_on, new_workbook
from applicability.report.layout.wrap import cut_to, text_width
from applicability.text import SurfaceText, Text

_WORD_BUCKETS: dict[str, Bucket] = {
    **{verdict.word: bucket_of(verdict) for verdict in Verdict},
    **{bucket: bucket for bucket in BUCKETS[5:]},
}
# Characters that a cell can hold.
_LONGEST = 32_767
_WIDTHS = {"line": 9, "title": 52, "reason": 70, "verdict": 14, "document": 16, "row": 6, "problem": 60, "hint": 60,
           "value": 30, "column": 18, "code": 8, "note": 80, "fact": 18, "limits": 60, "not_asked": 40}  # fmt: skip
_ASKED = {"ask": 46, "answer": 46, "into": 16, "decides": 10}
_WIDTHS |= {f"{one}_{number}": wide for one, wide in _ASKED.items() for number in (1, 2, 3)}
_HEADS = {"title": "title_of"} | {f"{one}_{number}": one for one in _ASKED for number in (1, 2, 3) if one != "ask"}
# The widths of the sheet of the description, how high a line is in points, and how much wider words are than counted.
_ABOUT, _LINE, _WIDER = (24, 14, 76), 15, 1.25
# How high the headings are that stand upright, in points, and how many characters of a title fit.
_UPRIGHT, _FITS = 180, 30


def write(path: Path, job: Job, summary: Summary, source: str, state: Path, numbers: Sequence[int]) -> None:
    """Writes the workbook of a screening, atomically. Raises ProfileError where a sheet cannot hold its rows."""
    _fits(path, job, summary, state, numbers)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="applicability-") as scratch, whole(path) as stream:
        # XlsxWriter leaves its temporary files behind when it fails.
        book = new_workbook(stream, {"constant_memory": True, "tmpdir": scratch})
        book.set_properties({"title": "applicability screen", "created": created_on(job.day)})
        sheets = _Sheets(book, job)
        sheets.about(summary, source, sum(table.num_rows for table in tables(state, numbers, ASKS)))
        columns = (*verdict_tables.COLUMNS, verdict_tables.LIMITS)
        sheets.lines("sheet_lines", map(sheets.with_numbers, map(_open_first, tables(state, numbers, LONG))), columns)
        sheets.lines("sheet_asks", tables(state, numbers, ASKS), ())
        sheets.words(summary, ClerkHints(job).looked_up(tables(state, numbers, NOTES)))
        sheets.measures(summary)
        sheets.lines("sheet_matrix", tables(state, numbers, WIDE), ())
        if summary.rejected:
            sheets.lines("sheet_rejects", tables(state, numbers, REJECTS), ())
        if summary.notes:
            # What was not read comes first, then what is to be filled in: how something was read is told of many rows.
            notes = itertools.chain(*(_of_rank(tables(state, numbers, NOTES), rank) for rank in range(3)))
            sheets.lines("sheet_notes", map(sheets.with_words, notes), ())
        book.close()


def _fits(path: Path, job: Job, summary: Summary, state: Path, numbers: Sequence[int]) -> None:
    found = sum(table.num_rows for table in tables(state, numbers, LONG))
    if max(found, summary.read, summary.notes) >= SHEET_ROWS:
        rows = max(found, summary.read, summary.notes)
        hint = SurfaceText(
            "改为 .parquet 或 .csv，或用 --only、--chapter、--measure 减少行数",
            "write .parquet or .csv, or ask for fewer with --only, --chapter or --measure",
            Text("把名册分成几份，分别筛查", "divide the register and screen each part"),
        )
        message = Text(
            f"一张工作表至多{SHEET_ROWS:,}行，而结果有{rows:,}行",
            f"a sheet holds {SHEET_ROWS:,} rows, and there are {rows:,}",
        )
        raise ProfileError([Problem("S104", Location(str(path)), message, hint)])


class _Sheets:
    """The sheets of one workbook."""

    def __init__(self, book: Any, job: Job) -> None:
        self._book = book
        self._job = job
        self._head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#e8e8e8"}
        )
        self._upright = book.add_format(
            {"bold": True, "text_wrap": True, "rotation": 90, "valign": "bottom", "border": 1, "bg_color": "#e8e8e8"}
        )
        self._wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self._plain = book.add_format({"valign": "top"})
        self._count = book.add_format({"valign": "top", "num_format": "#,##0"})
        self._gone = book.add_format({"valign": "top", "bold": True, "font_color": "#b00020"})
        self._listed: dict[str, str] = {}
        self._fills = {one: book.add_format({"bg_color": FILLS[one], "valign": "top", "border": 1}) for one in BUCKETS}

    def _say(self, key: str, **slots: object) -> str:
        return say(key, self._job.lang, self._job.surface, **slots)

    def about(self, summary: Summary, source: str, asked: int) -> None:
        """Adds the sheet with the description and a reading guide; `asked` companies are asked for something."""
        job = self._job
        sheet = self._book.add_worksheet(self._say("sheet_about"))
        for place, wide in enumerate(_ABOUT):
            sheet.set_column(place, place, wide)
        counts = {
            "read": f"{summary.read:,}",
            "companies": f"{summary.companies:,}",
            "rejected": f"{summary.rejected:,}",
        }
        sheet.write_string(0, 0, self._say("title"), self._book.add_format({"bold": True, "font_size": 14}))
        sheet.write_string(1, 0, self._say("read", source=source, **counts))
        digest = job.rulebook.digest[:12]
        about = self._say(
            "about", id=job.rulebook.id, version=job.rulebook.version, digest=digest, day=day_text(job.day).of(job.lang)
        )
        sheet.write_string(2, 0, about)
        names = {name: self._say(f"sheet_{name}") for name in ("lines", "asks", "measures", "matrix")}
        listed = [w.BUCKETS[_WORD_BUCKETS[one.word]].of(job.lang) for one in sorted(job.only, reverse=True)]
        names["sheet_words"], names["words"] = self._say("sheet_words"), self._say("explains_words")
        names["only"] = ("、" if job.lang == "zh" else ", ").join(listed)
        self._across(sheet, 3, self._say("explains", **names))
        sheet.write_row(5, 0, [self._say("verdict"), self._say("pairs"), self._say("meaning")], self._head)
        found = totals(job, summary)
        without = {verdict_tables.status_of(one) for one in job.measures if one.condition is None}
        shown = [one for one in BUCKETS if one in found or one in without]
        for line, bucket in enumerate(shown, 6):
            mark = f"{MARKS[bucket]} {w.BUCKETS[bucket].of(job.lang)}"
            sheet.write_string(line, 0, mark, self._fills[bucket])
            if bucket in found:
                sheet.write_number(line, 1, found[bucket], self._count)
            sheet.write_string(line, 2, w.MEANINGS[bucket].of(job.lang), self._wrap)
        told = [self._say("ignored", names=ignored_names(job, summary))] if summary.ignored else []
        if (derived := derived_line(job, summary)) is not None:
            told.append(derived)
        clerk = dict(zip(column_notices(job, summary), column_notices(job, summary, clerk=True), strict=True))
        told += [self._say("notice", text=clerk.get(one, one).of(job.lang)) for one in summary.notices]
        if summary.rejected:
            told.append(self._say("about_rejects", sheet=self._say("sheet_rejects"), count=f"{summary.rejected:,}"))
        if summary.notes:
            noted = {"companies": f"{summary.noted:,}", "unread": f"{summary.unread:,}"}
            counted = {"count": f"{summary.notes:,}", **noted}
            told.append(self._say("about_notes", sheet=self._say("sheet_notes"), **counted))
        for line, words in enumerate(told, 7 + len(shown)):
            self._across(sheet, line, words)
        below = 7 + len(shown) + len(told)
        kinds = note_kinds(summary)
        for head, key, rank in (
            ("unread_column", "kind_unread", 0),
            ("asking_column", "kind_of_column", 1),
            ("read_column", "kind_of_column", 2),
        ):
            lines = []
            for one in kinds:
                if rank == (0 if one.code else 1 if one.hint else 2):
                    counts = {"companies": f"{one.companies:,}", "code": one.code}
                    told_kind = self._say(key, example=one.example, **counts)
                    lines.append((clean(one.column) or self._say("whole_row"), one.count, told_kind))
            below = self._counted(sheet, below, (head, "note_count", "note_example"), lines)
        if waited := [*self._waited(summary)]:
            below += 1
            named = {"sheet": self._say("sheet_asks"), "matrix": self._say("sheet_matrix"), "shown": str(SHOWN)}
            others = f"{summary.companies - asked:,}"
            self._across(
                sheet,
                below,
                self._say("about_asks", listed=f"{asked:,}", others=others, answer=self._say("answer"), **named),
            )
            self._across(sheet, below + 1, self._say("either_row"))
            self._counted(sheet, below + 2, ("fact", "asked_companies", "asked_told"), waited)

    def _across(self, sheet: Any, line: int, words: str) -> None:
        """Writes a text over all columns of the sheet of the description, as high as it needs: no program fits the
        height of merged cells.
        """
        sheet.set_row(line, _LINE * max(1, math.ceil(text_width(words) * _WIDER / sum(_ABOUT))))
        sheet.merge_range(line, 0, line, len(_ABOUT) - 1, words, self._wrap)

    def _counted(self, sheet: Any, below: int, heads: Sequence[str], lines: Sequence[tuple[str, int, str]]) -> int:
        """Writes lines of a name, a count and words under headings, if there are any; the line behind them."""
        if not lines:
            return below
        sheet.write_row(below, 0, [self._say(one) for one in heads], self._head)
        for line, (label, count, words) in enumerate(lines, below + 1):
            sheet.write_string(line, 0, label, self._wrap)
            sheet.write_number(line, 1, count, self._count)
            sheet.write_string(line, 2, words, self._wrap)
        return below + 1 + len(lines)

    def _waited(self, summary: Summary) -> Iterator[tuple[str, int, str]]:
        """The facts that companies wait for, how many are asked for each, and why the others are not."""
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

    def words(self, summary: Summary, looked_up: Collection[str]) -> None:
        """Adds the sheet with the words to answer questions with, each list once, in the order of the rulebook, and
        those of the facts whose words are to be looked up.
        """
        told = answers(self._job.rulebook, self._job.lang)
        # Of what is not asked the sheet of questions tells no words, however few they are.
        unasked = {fact for fact, (senseless, _) in summary.unasked.items() if senseless}
        asked = {*summary.asks, *looked_up}
        facts = self._job.rulebook.facts
        if any(facts[one].type == "zones" for one in asked):  # a zone that is not in the list goes by its type
            asked |= {name for name, one in facts.items() if one.type == "zone_types"}
        lists = [
            (fact, told[fact])
            for fact in self._job.rulebook.facts
            if told[fact].choices and (fact in unasked or (fact in asked and len(told[fact].choices) > FEW))
        ]
        if not lists:
            return
        self._listed = {fact: one.heading for fact, one in lists}
        sheet = self._book.add_worksheet(self._say("sheet_words"))
        for place, wide in enumerate((24, 60, 60)):
            sheet.set_column(place, place, wide)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [self._say(one) for one in ("fact", "question", "word")], self._head)
        lines = [(one.heading, fact, word) for fact, one in lists for word in one.choices]
        for line, (heading, fact, word) in enumerate(lines, 1):
            for place, text in enumerate((heading, told[fact].question, word)):
                sheet.write_string(line, place, text, self._wrap)
        sheet.autofilter(0, 0, len(lines), 2)

    def with_numbers(self, found: Any) -> Any:
        """Lines with documents by their numbers, as their issuer has them, in place of the keys that programs read."""
        book, column = self._job.rulebook, found.column("document").combine_chunks()
        numbers = [book.documents[key].cited.of(self._job.lang) for key in column.dictionary.to_pylist()]
        named = pa.DictionaryArray.from_arrays(column.indices, pa.array(numbers, pa.string()))
        return found.set_column(found.column_names.index("document"), "document", named)

    def with_words(self, notes: Any) -> Any:
        """Notes with facts by their labels; a hint where words are to be found names the sheet that has them."""
        known, sheet = ClerkHints(self._job), self._say("sheet_words")
        see = {fact: self._say("see_words", sheet=sheet, column=heading) for fact, heading in self._listed.items()}
        hints = [
            known.told(fact or "", hint or "", see)
            for fact, hint in zip(*(notes.column(name).to_pylist() for name in ("fact", "hint")), strict=True)
        ]
        facts = self._job.rulebook.facts
        named = [
            facts[own].label.of(self._job.lang) if (own := whole_name(fact or "")[0]) in facts else fact
            for fact in notes.column("fact").to_pylist()
        ]
        notes = notes.set_column(notes.column_names.index("fact"), "fact", pa.array(named, pa.string()))
        return notes.set_column(notes.column_names.index("hint"), "hint", pa.array(hints, pa.string()))

    def measures(self, summary: Summary) -> None:
        """Adds the sheet with the companies per verdict on each measure."""
        sheet = self._book.add_worksheet(self._say("sheet_measures"))
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, 0, 6)
        sheet.set_column(1, 1, 60)
        sheet.set_column(2, 2, 26)
        sheet.set_column(3, 7, 12)
        names = [w.BUCKETS[bucket].of(self._job.lang) for bucket in BUCKETS[:5]]
        sheet.write_row(0, 0, [self._say("row"), self._say("measure"), self._say("force"), *names], self._head)
        found = tallies(self._job, summary)
        for line, one in enumerate(found, 1):
            force = w.FORCES[one.measure.force].of(self._job.lang) if one.measure.force else ""
            sheet.write_number(line, 0, one.measure.row, self._plain)
            sheet.write_string(line, 1, one.measure.title.of(self._job.lang), self._wrap)
            sheet.write_string(line, 2, force, self._wrap)
            for column, bucket in enumerate(BUCKETS[:5], 3):
                sheet.write_number(line, column, one.of(bucket), self._fills[bucket] if one.of(bucket) else self._plain)
        sheet.autofilter(0, 0, max(len(found), 1), 7)

    def lines(self, name: str, found: Iterable[Any], columns: Sequence[str]) -> None:
        """Adds a table unchanged, with coloured verdicts; `columns` are its headings if there are no lines."""
        sheet = self._book.add_worksheet(self._say(name))
        first = next(found := iter(found), None)
        heads = first.column_names if first is not None else list(columns)
        many = sum(head not in WORDS and head not in _HEADS for head in heads) > 20
        for place, head in enumerate(heads):
            sheet.set_column(place, place, _WIDTHS.get(head, 5 if many and head.split(":")[-1].isdigit() else 24))
        sheet.freeze_panes(1, 2)
        self._heads(sheet, heads, upright=many)
        # Colour verdict columns only: a company's name may equal a verdict word.
        judged = {"verdict", *verdict_tables.column_names(self._job.measures)}
        states = {place for place, head in enumerate(heads) if head not in judged and is_status(head)}
        line = 0
        for table in itertools.chain(() if first is None else (first,), found):
            for row in _rows(table):
                line += 1
                for place, value in enumerate(row):
                    bucket = _WORD_BUCKETS.get(str(value)) if heads[place] in judged else None
                    if place in states and value is not None and says_gone(value):
                        sheet.write_string(line, place, str(value)[:_LONGEST], self._gone)
                        continue
                    self._cell(sheet, line, place, value, bucket, short=many)
        sheet.autofilter(0, 0, max(line, 1), max(len(heads) - 1, 0))

    def _heads(self, sheet: Any, heads: Sequence[str], *, upright: bool) -> None:
        """Writes the headings; those of measures have their title, and stand `upright` where there are many."""
        names = verdict_tables.column_names(self._job.measures)
        titles = {name: one.title.of(self._job.lang) for name, one in zip(names, self._job.measures, strict=True)}
        if upright:
            sheet.set_row(0, _UPRIGHT)
        for place, head in enumerate(heads):
            key = _HEADS.get(head, head)
            if head in titles and key not in WORDS:
                shown = f"{head} {titles[head]}"
                form = self._upright if upright else self._head
                sheet.write_string(0, place, cut_to(shown, 2 * _FITS) if upright else shown, form)
            else:
                sheet.write_string(0, place, self._say(key) if key in WORDS else clean(head), self._head)

    def _cell(self, sheet: Any, line: int, place: int, value: object, bucket: Bucket | None, *, short: bool) -> None:
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(line, place, value, self._plain)
        elif isinstance(value, (int, float)) and math.isfinite(value):
            sheet.write_number(line, place, value, self._plain)
        elif bucket is not None:
            shown = MARKS[bucket] if short else w.BUCKETS[bucket].of(self._job.lang)
            sheet.write_string(line, place, shown, self._fills[bucket])
        else:
            text = str(value)
            if len(text) > _LONGEST:
                cut = self._say("cut", count=f"{len(text):,}")
                text = text[: _LONGEST - len(cut)] + cut
            sheet.write_string(line, place, text, self._wrap)


def _of_rank(found: Iterable[Any], rank: int) -> Iterator[Any]:
    """The notes with a code (0), those without that have a hint (1), or those that are only to be checked (2); the
    notes without a code by the column that they are about.
    """
    for table in found:
        code, hint = (pc.fill_null(pc.not_equal(table.column(name), ""), False) for name in ("code", "hint"))
        own = table.filter((code, pc.and_not(hint, code), pc.invert(pc.or_(code, hint)))[rank])
        yield own.take(pc.sort_indices(own, [("column", "ascending"), ("line", "ascending")])) if rank else own


def _open_first(table: Any) -> Any:
    """The lines with those of each company in the order of their verdicts, the best first."""
    ranks = [-Verdict(word) for word in table.column("verdict").combine_chunks().dictionary.to_pylist()]
    best = np.array([*ranks, 0], np.int64)[table.column("verdict").combine_chunks().indices.to_numpy()]
    return table.take(pa.array(np.lexsort((best, table.column("line").to_numpy()))))


def _rows(table: Any) -> Iterator[tuple[object, ...]]:
    for batch in table.to_batches(max_chunksize=1 << 12):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
