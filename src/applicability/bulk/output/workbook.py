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
from applicability.bulk.output.about_sheet import AboutSheet, Described, Formats
from applicability.bulk.output.clerk_hints import ClerkHints
from applicability.bulk.output.labels import WORDS, say
from applicability.bulk.output.open_companies import COUNTED, counted_companies
from applicability.bulk.output.pieces import NOTES, REJECTS, tables
from applicability.bulk.output.summary import tallies
from applicability.bulk.output.word_lists import word_lists, word_meanings
from applicability.bulk.register.status_columns import is_status, says_gone
from applicability.bulk.sources.headings import clean
from applicability.bulk.sources.xlsx import SHEET_ROWS
from applicability.errors import Location, Problem, ProfileError
from applicability.files import whole
from applicability.loading.profile.parts import whole_name
from applicability.model.assessment import BUCKETS, Bucket, bucket_of
from applicability.model.measure import Measure
from applicability.model.verdict import Verdict
from applicability.report.language import labels as w
from applicability.report.layout.buckets import FILLS, MARKS
from applicability.report.layout.workbooks import created_on, new_workbook
from applicability.report.layout.wrap import cut_to
from applicability.text import SurfaceText, Text

_WORD_BUCKETS: dict[str, Bucket] = {
    **{verdict.word: bucket_of(verdict) for verdict in Verdict},
    **{bucket: bucket for bucket in BUCKETS[5:]},
}
# Characters that a cell can hold.
_LONGEST = 32_767
_WIDTHS = {"line": 9, "title": 52, "reason": 70, "verdict": 14, "document": 16, "row": 6, "problem": 60, "hint": 60,
           "value": 30, "column": 18, "code": 8, "note": 80, "fact": 18, "limits": 60, "not_asked": 40}  # fmt: skip
_ASKED = {"ask": 46, "answer": 46, "into": 16, "decides": 10, "items": 24}
_WIDTHS |= dict.fromkeys(COUNTED, 9)
_WIDTHS |= {f"{one}_{number}": wide for one, wide in _ASKED.items() for number in (1, 2, 3)}
_HEADS = {"title": "title_of"} | {f"{one}_{number}": one for one in _ASKED for number in (1, 2, 3) if one != "ask"}
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
        looked_up = ClerkHints(job).looked_up(tables(state, numbers, NOTES))
        shown = {"lines", "measures", "matrix", *(("asks",) if ASKS in job.forms else ())}
        shown |= {name for name, some in (("rejects", summary.rejected), ("notes", summary.notes)) if some}
        shown |= {"words"} if word_lists(job, summary, looked_up) else set()
        asked = sum(table.num_rows for table in tables(state, numbers, ASKS))
        counted = counted_companies(tables(state, numbers, WIDE))
        sheets.about(summary, Described(source, asked, counted, shown))
        columns = (*verdict_tables.COLUMNS, verdict_tables.LIMITS)
        sheets.lines("sheet_lines", map(sheets.with_numbers, map(_open_first, tables(state, numbers, LONG))), columns)
        sheets.lines("sheet_asks", tables(state, numbers, ASKS), ())
        sheets.words(summary, looked_up)
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
        self._hints = ClerkHints(job)
        self._fills = {one: book.add_format({"bg_color": FILLS[one], "valign": "top", "border": 1}) for one in BUCKETS}

    def _say(self, key: str, **slots: object) -> str:
        return say(key, self._job.lang, self._job.surface, **slots)

    def about(self, summary: Summary, described: Described) -> None:
        """Adds the sheet with the description and a reading guide."""
        title = self._book.add_format({"bold": True, "font_size": 14})
        formats = Formats(self._head, self._wrap, self._count, title, self._fills)
        AboutSheet(self._book.add_worksheet(self._say("sheet_about")), self._job, formats).write(summary, described)

    def words(self, summary: Summary, looked_up: Collection[str]) -> None:
        """Adds the sheet with the words to answer questions with, each list once, in the order of the rulebook, and
        those of the facts whose words are to be looked up.
        """
        lists = word_lists(self._job, summary, looked_up)
        if not lists:
            return
        self._listed = {fact: one.heading for fact, one in lists.items()}
        sheet = self._book.add_worksheet(self._say("sheet_words"))
        for place, wide in enumerate((24, 44, 40, 80)):
            sheet.set_column(place, place, wide)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [self._say(one) for one in ("fact", "question", "word", "meaning_of")], self._head)
        facts = self._job.rulebook.facts
        means = {fact: word_meanings(self._job.rulebook, facts[fact], self._job.lang) for fact in lists}
        lines = [(fact, one, word) for fact, one in lists.items() for word in one.choices]
        for line, (fact, one, word) in enumerate(lines, 1):
            for place, text in enumerate((one.heading, one.question, word, means[fact].get(word, ""))):
                sheet.write_string(line, place, text, self._wrap)
        sheet.autofilter(0, 0, len(lines), 3)

    def with_numbers(self, found: Any) -> Any:
        """Lines with documents by their numbers, as their issuer has them, in place of the keys that programs read."""
        book, column = self._job.rulebook, found.column("document").combine_chunks()
        numbers = [book.documents[key].cited.of(self._job.lang) for key in column.dictionary.to_pylist()]
        named = pa.DictionaryArray.from_arrays(column.indices, pa.array(numbers, pa.string()))
        return found.set_column(found.column_names.index("document"), "document", named)

    def with_words(self, notes: Any) -> Any:
        """Notes with facts by their labels; a hint where words are to be found names the sheet that has them."""
        sheet = self._say("sheet_words")
        see = {fact: self._say("see_words", sheet=sheet, column=heading) for fact, heading in self._listed.items()}
        hints = [
            self._hints.told(fact or "", hint or "", see)
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
        sheet.set_column(2, 2, 40)
        sheet.set_column(3, 7, 12)
        sheet.set_column(8, 8, 60)
        names = [w.BUCKETS[bucket].of(self._job.lang) for bucket in BUCKETS[:5]]
        sheet.write_row(
            0, 0, [self._say("row"), self._say("measure"), self._say("force"), *names, self._say("whom")], self._head
        )
        found = tallies(self._job, summary)
        for line, one in enumerate(found, 1):
            sheet.write_number(line, 0, one.measure.row, self._plain)
            sheet.write_string(line, 1, one.measure.title.of(self._job.lang), self._wrap)
            sheet.write_string(line, 2, self._force(one.measure), self._wrap)
            for column, bucket in enumerate(BUCKETS[:5], 3):
                sheet.write_number(line, column, one.of(bucket), self._fills[bucket] if one.of(bucket) else self._plain)
            sheet.write_string(line, 8, self._whom(one.measure), self._wrap)
        sheet.autofilter(0, 0, max(len(found), 1), 8)

    def _force(self, measure: Measure) -> str:
        """The force of a measure, by part where its parts differ."""
        lang, limbs = self._job.lang, measure.usable or measure.limbs
        forces = dict.fromkeys(one.force for one in limbs)
        if len(forces) < 2:
            return "".join(w.FORCES[one].of(lang) for one in forces)
        told = (self._say("force_of", force=w.FORCES[one.force].of(lang), title=one.title.of(lang)) for one in limbs)
        return ("；" if lang == "zh" else "; ").join(told)

    def _whom(self, measure: Measure) -> str:
        """Whom to ask about a measure, as the words name them or as is inferred."""
        lang, authorities = self._job.lang, self._job.rulebook.authorities
        if authorities is None or authorities.document != measure.document:
            return ""
        told = (
            self._say("whom_inferred", who=one.who.of(lang)) if one.inferred else one.who.of(lang)
            for one in authorities.contacts(measure.row)
        )
        return ("；" if lang == "zh" else "; ").join(dict.fromkeys(told))

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
