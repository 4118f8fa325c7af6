"""What a screening came to, as a paper for whoever runs a zone: how many companies, where, and what is open to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import PurePath

from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern
from applicability.model.conditions import leaves
from applicability.model.rulebook import Rulebook
from applicability.report.contract import TextModel
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.page_title import day_part, selected_rows, title_text
from applicability.report.language.render_condition import ground_of
from applicability.report.layout.paper import Block, Bullets, Heading, Paper, Paragraph, Table, same
from applicability.report.papers.reminders import earlier_plans, other_law, said_of_no_row
from applicability.report.papers.rows import entry_line
from applicability.report.papers.screening_companies import CompaniesTold
from applicability.report.papers.screening_fill import RegisterToFill
from applicability.report.papers.screening_next import ZoneSteps
from applicability.report.papers.screening_next_texts import NEXT
from applicability.report.papers.screening_none import OpenToNone
from applicability.report.papers.screening_open import OpenMeasures, certain, open_to, title_of
from applicability.report.papers.screening_places import Places
from applicability.report.papers.screening_step_lines import numbered_lines, steps_in_order
from applicability.report.papers.screening_steps import TITLE as STEPS, AwaitedSteps
from applicability.report.papers.screening_texts import WORDS
from applicability.report.papers.sources import document_line, notes_cited, rulebook_of, zones_named
from applicability.report.papers.texts import appendix, documents, say, sentence
from applicability.report.screening.json import SummaryModel, TallyModel
from applicability.text import Text

_UNREAD = 4  # columns with cells that could not be read
_STEPS = 5  # on the first page
_COMMAND = lazy_pattern(r"--[a-z]|`[a-z_]+\.[a-z]+`")  # an option, or a heading as a program writes it
_ABOVE = lazy_pattern(r"在列名之上，未读入：“(.+?)”")  # as the notice on rows above the headings words it
_COMPLETE = "按完整清单读取"  # as the notice on such columns words it
_CODE = lazy_pattern(r"`([^`]*)`")


def screening_paper(summary: SummaryModel, rulebook: Rulebook) -> Paper:
    """The paper of a screening's summary, for the rulebook that it was made with."""
    writer = _ScreeningPaper(summary, rulebook)
    name = same(PurePath(summary.source).stem or summary.source)
    above = next((found[1] for one in summary.notices if (found := _ABOVE.search(one.zh))), "")
    if above:  # its own title, mostly with its date
        name = same(f"{name.zh} · {above}")
    cover = (
        (WORDS["register"], name),
        (say("day"), same(summary.as_of.isoformat())),
        (say("documents"), documents(rulebook)),
    )
    return Paper(
        WORDS["title"], s.say(WORDS["named"], companies=f"{summary.companies:,}"), cover,
        tuple(writer.summarized()), tuple(writer.blocks()), say("notice"), summary.as_of,
        title_text(writer.title_parts(), WORDS["title"]),
    )  # fmt: skip


@dataclass(frozen=True)
class _ScreeningPaper:
    summary: SummaryModel
    rulebook: Rulebook

    @cached_property
    def open(self) -> OpenMeasures:
        return OpenMeasures(self.summary, self.rulebook)

    @property
    def found(self) -> Sequence[TallyModel]:
        return self.open.found

    @cached_property
    def none(self) -> OpenToNone:
        return OpenToNone(self.open)

    @cached_property
    def complete(self) -> list[TextModel]:
        """The notices by which a column counts as a complete list: what is not told there decides many verdicts."""
        return [one for one in self.summary.notices if _COMPLETE in one.zh]

    @cached_property
    def steps(self) -> AwaitedSteps:
        return AwaitedSteps(self.summary, self.rulebook)

    @cached_property
    def next_steps(self) -> ZoneSteps:
        return ZoneSteps(self.open, self.steps)

    def title_parts(self) -> Iterator[Text]:
        """What tells the paper apart from others of its kind."""
        summary = self.summary
        yield same(PurePath(summary.source).name or summary.source)
        yield s.say(WORDS["named"], companies=f"{summary.companies:,}")
        keys = {f"{one.document}:{one.row}" for one in summary.measures} | set(summary.without_verdicts)
        screened = [one for one in self.rulebook.measures if f"{one.document}:{one.row}" in keys]
        yield from selected_rows(screened, self.rulebook)
        yield day_part(summary.as_of)

    # The figures that everybody reads ----------------------------------------------------------------------------

    def summarized(self) -> Iterator[Block]:
        """The first page, which stands alone: what was screened, the answer, the measures, and the first steps."""
        yield Heading(say("summary"))
        told = (list(self._screened()), list(self._lead()), list(self._missing()), list(self._signs()))
        yield Bullets(tuple(sentence(one) for one in told if one))
        yield from self._front()

    def _missing(self) -> Iterator[Text]:
        """How much is not settled for want of facts, and for whom that may open something."""
        summary = self.summary
        if not summary.verdicts.needs_info:
            return
        asked = self._worth_asking()
        yield s.say(
            WORDS["front_needs" if asked is None else "front_asked"], count=f"{summary.verdicts.needs_info:,}",
            asked=f"{asked or 0:,}",
        )  # fmt: skip
        if summary.served is not None and (left := summary.companies - summary.served) > 0:
            yield s.say(WORDS["front_others"], left=f"{left:,}")

    def _worth_asking(self) -> int | None:
        """How many of the verdicts that miss facts it seems sensible to ask for; None where that was not counted."""
        asked = [one.worth_asking for one in self.summary.measures if one.worth_asking is not None]
        return sum(asked) if asked else None

    def _signs(self) -> Iterator[Text]:
        """What the heads and the mark of the table of measures mean."""
        if self.found:
            yield s.say(WORDS["verdicts_mean"], eligible=w.BUCKETS["eligible"], conditional=w.BUCKETS["conditional"])
        if any(self.open.measure(one).narrower_reading for one in self.found):
            yield s.say(WORDS["first_marks"], part=WORDS["readings"])

    def _front(self) -> Iterator[Block]:
        """The measures open to most companies, each on a line, and what to do first, with whom."""
        shown = self.open.front
        if not shown:
            return
        every = sum(1 for one in self.found if certain(one))
        judged = sum(1 for one in self.found if one.conditional and not one.eligible)
        more = s.say(WORDS["first_judged"], count=str(judged)) if judged else same("")
        slots: dict[str, Text | str] = {"shown": str(len(shown)), "all": str(every), "judged": more}
        listed = not every or len(shown) == len(self.found)
        title = WORDS["first_all"] if listed else s.say(WORDS["first"], **slots)
        rows = tuple(
            (
                self.open.number(one), self.open.zones.marked(self.open.measure(one), title_of(one)),
                self.open.figure(one), same(f"{one.conditional:,}"),
            )
            for one in shown
        )  # fmt: skip
        heads = (say("row"), title, w.BUCKETS["eligible"], w.BUCKETS["conditional"])
        yield Table(heads, rows, (7, 67, 12, 14), right=(2, 3))
        steps = [(same(str(number)), *line) for number, line in self.next_steps.first(_STEPS)]
        if steps:
            first = s.say(WORDS["first_steps"], shown=str(len(steps)), all=str(len(self.next_steps.steps)))
            yield Table((same(""), first, WORDS["measures_whom"]), tuple(steps), (4, 27, 69))

    def _how(self) -> Iterator[Text]:
        """What the figures and the marks mean, and what else applies."""
        yield s.say(WORDS["how_text"], part=WORDS["who_each"])
        yield from (Text(f"{one.zh}。", f"{one.en}.") for one in map(_unquoted, self.complete))
        if self.found:
            yield WORDS["force_lead"]
        yield WORDS["still_applies"]
        yield from self.open.marks()

    def _screened(self) -> Iterator[Text]:
        """What was screened: rows read, companies and others, and how many companies were not read in full."""
        summary = self.summary
        yield s.say(
            WORDS["lead_rejected" if summary.rejected else "lead"], read=f"{summary.read:,}",
            companies=f"{summary.companies:,}", rejected=f"{summary.rejected:,}",
        )  # fmt: skip
        if summary.unread:
            yield s.say(WORDS["lead_unread"], companies=f"{summary.unread:,}", part=WORDS["as_read"])

    def _lead(self) -> Iterator[Text]:
        """How many companies have something: by the plan first, then by what else."""
        summary = self.summary
        served, inside = summary.served, summary.served_by_scope
        if not self.found:
            waiting = summary.verdicts.needs_info
            yield s.say(WORDS["none_yet"], count=f"{waiting:,}") if waiting else WORDS["none"]
        elif served and inside is None:
            yield s.say(WORDS["served"], served=f"{served:,}")
        elif served and inside is not None:
            yield self._by_scope(inside)
            plain = self.summary.served_by_any_reading
            if plain is not None and plain < inside:
                yield s.say(WORDS["served_plain"], plain=f"{plain:,}")
            if served > inside:
                yield self.open.by_instruments(served - inside)
        yield from self.open.nationwide()

    def _by_scope(self, served: int) -> Text:
        """How many companies have something by the plan itself: eligible for it, or subject to a finding alone."""
        certain = self.summary.certain_by_scope
        if not served or certain is None:
            return s.say(WORDS["served_by_scope" if served else "served_by_none"], served=f"{served:,}")
        key = "served_split" if served > certain else "served_certain"
        return s.say(WORDS[key], certain=f"{certain:,}", judged=f"{served - certain:,}")

    def verdicts(self) -> Iterator[Block]:
        """All verdicts by kind, and what of them is not settled."""
        yield Heading(appendix(WORDS["all_verdicts"]))
        yield Paragraph(sentence(self._of_measures()), "soft")
        counts = self.summary.verdicts.model_dump()
        if any(counts.values()):
            rows = tuple(
                (w.BUCKETS[bucket], same(f"{count:,}"), w.MEANINGS[bucket])  # type: ignore[index]
                for bucket, count in counts.items()
            )
            yield Table((WORDS["verdicts"], WORDS["number"], say("meaning")), rows, (34, 12, 54), right=(1,))
        left = list(self._unsettled())
        if left:
            yield Paragraph(sentence(left), "soft")

    def _of_measures(self) -> Iterator[Text]:
        summary = self.summary
        apart = self.none.apart
        lost, duty = len(self.none.lost), sum(one.binds_authorities_only for one in apart)
        every, open_ = len(summary.measures) + len(apart), len(self.found)
        yield s.say(
            WORDS["sum"], all=str(every), open=str(open_), none=str(every - open_ - duty - lost),
            duty=str(duty), lost=str(lost), part=WORDS["none_open"],
        )  # fmt: skip
        whole, measures = sum(summary.verdicts.model_dump().values()), len(summary.measures)
        if whole and whole == summary.companies * measures:
            slots = {"measures": str(measures), "apart": str(len(apart)), "whole": f"{whole:,}"}
            yield s.say(WORDS["sum_verdicts"], companies=f"{summary.companies:,}", **slots)

    def _unsettled(self) -> Iterator[Text]:
        counts = self.summary.verdicts
        if counts.needs_info:
            whole = sum(counts.model_dump().values())
            asked = self._worth_asking()
            told = same("") if asked is None else s.say(WORDS["needs_asked"], asked=f"{asked:,}")
            slots: dict[str, Text | str] = {"whole": f"{whole:,}", "count": f"{counts.needs_info:,}", "asked": told}
            yield s.say(WORDS["needs"], **slots, part=WORDS["asks"])
        if counts.pending and self.steps.measures:
            yield s.say(WORDS["waits"], count=f"{counts.pending:,}", part=STEPS)

    def next(self) -> Iterator[Block]:
        """What whoever runs the register can do next, in order."""
        steps = self.next_steps.steps
        if not steps:
            return
        yield Heading(say("next"))
        lead = [steps_in_order(steps)]
        if self.next_steps.tell:
            lead.append(s.say(NEXT["tell"], part=WORDS["who_each"], terms=WORDS["top"]))
        yield Paragraph(sentence(lead), "soft")
        rows = tuple((same(number), one.do, one.concerns, one.whom) for number, one in numbered_lines(steps))
        yield Table((same(""), say("next_do"), WORDS["concerns"], say("next_whom")), rows, (5, 34, 36, 25))

    # All else ----------------------------------------------------------------------------------------------------

    def blocks(self) -> Iterator[Block]:
        yield Heading(WORDS["how"])
        yield Bullets(tuple(self._how()))
        yield from self.next()
        yield from Places(self.summary, self.rulebook, self.steps).blocks()
        yield from self.open.blocks()
        yield from CompaniesTold(self.open, self.next_steps.tell).blocks()
        yield from RegisterToFill(self.summary, self.rulebook).blocks()
        yield from self.steps.blocks()
        yield from self.none.blocks()
        yield from self.open.readings()
        yield from self.open.doubts()
        yield from self.verdicts()
        yield from self._register()
        yield from self._sources()

    def _register(self) -> Iterator[Block]:
        """How the register of companies was read."""
        unread = [one for one in self.summary.kinds_of_notes if one.code is not None and one.column]
        told = list[Text]()
        if self.summary.ignored_columns:
            names = self.summary.ignored_columns
            quoted = Text("".join(f"“{name}”" for name in names), ", ".join(f"“{name}”" for name in names))
            told.append(s.say(WORDS["ignored"], names=quoted))
        if self.summary.rejected:
            told.append(s.say(WORDS["rejected_rows"], count=f"{self.summary.rejected:,}"))
        if unread:
            columns = Counter[str]()
            for one in unread:
                columns[one.column] += one.count
            counted = [
                Text(f"“{name}”{count:,}处", f"“{name}” {count:,}") for name, count in columns.most_common(_UNREAD)
            ]
            if len(columns) > len(counted):
                rest = sum(columns.values()) - sum(count for _, count in columns.most_common(_UNREAD))
                counted.append(s.say(WORDS["unread_rest"], count=f"{rest:,}"))
            told.append(s.say(WORDS["unread_cells"], columns=s.listed(counted, s.AND)))
        told += [_unquoted(one) for one in self.summary.notices if one not in self.complete]
        if told:
            yield Heading(appendix(WORDS["as_read"]))
            yield Bullets(tuple(told))

    def _sources(self) -> Iterator[Block]:
        yield Heading(appendix(say("sources")))
        yield Bullets(tuple(map(document_line, self.rulebook.documents.values())))
        yield from rulebook_of(self.rulebook)
        told = [self.open.measure(one) for one in self.summary.measures if open_to(one) or one.pending]
        cites = {
            (one.document, ground_of(leaf).cites) for one in told for part in one.conditions for leaf in leaves(part)
        }
        notes = list(notes_cited(self.rulebook, cites))
        if notes:
            yield Heading(say("notes_of"), 2)
            yield from notes
        body = [*other_law(self.rulebook), *said_of_no_row(self.rulebook), *earlier_plans(self.rulebook)]
        if body:
            yield Heading(say("body_of"), 2)
            yield from body
        entries = {entry.id: entry for one in self.found for entry in self.open.instruments(one)}
        entries |= {entry.id: entry for entry in self.steps.entries}
        if entries:
            yield Heading(say("entries_of"), 2)
            yield Bullets(tuple(entry_line(one) for one in sorted(entries.values(), key=lambda one: one.date)))
        named = [one.code for one in self.summary.named_places] or self.open.zones.zones
        yield from zones_named(self.rulebook, map(self.open.measure, self.summary.measures), named)


def _unquoted(notice: TextModel) -> Text:
    """A notice of a screening, with the quotation marks of a paper for those of a terminal, and without what to do on
    the command line or in the register so that it is read otherwise.
    """
    told = []
    for one in (notice.zh, notice.en):
        ends = next((end for end in ("；", "; ", "，") if end in one), "")
        clauses = one.split(ends) if ends else [one]
        kept = [clauses[0], *(each for each in clauses[1:] if not _COMMAND.search(each))]
        told.append(_CODE.sub(r"“\1”", ends.join(kept)))
    return Text(*told)
