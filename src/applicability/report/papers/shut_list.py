"""The appendix of what is shut: a line for each reason, with the measures that it shuts by number and title.

What such an entity is likely to look for stands first, each with the words that shut it; a reason of one measure stands
beside it. Each measure stands once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from applicability.analysis.minimal_changes import Prospect
from applicability.model.assessment import BUCKETS, Bucket, Finding
from applicability.model.measure import Measure
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.said_by_title import said_by_title
from applicability.report.layout.paper import (
    Block,
    CellLines,
    Folded,
    Heading,
    Paragraph,
    Quote,
    Table,
    TableCell,
    nested,
    same,
)
from applicability.report.papers.rows import RowWriter, marked_number, row_list, with_terms
from applicability.report.papers.shut import LISTED, Shut
from applicability.report.papers.texts import appendix, counted, joined, say, sentence
from applicability.text import Text

_REGISTER = "官方步骤登记册"  # as reasons name it
_ONE_WAY = "途径之一）"
_FEW = 2  # measures of a reason that need no line of its own where many share its sentence but for what it lists
_ListedFinding = tuple[Finding, Text | None]  # a measure, and what it lists beside the sentence that it shares
_WORDS = {
    "told": Text("{title}：{told}", "{title}: {told}"),
    "quoted": Text("{told}，“{words}”", "{told}, “{words}” [“{english}”]"),
    "quoted_where": Text("{told}，“{words}”（{where}）", "{told}, “{words}” [“{english}”] ({where})"),
}


def shut_list(
    rows: RowWriter, findings: Sequence[Finding], prospects: Sequence[Prospect], here: Text | None = None
) -> Iterator[Block]:
    """The appendix; `here` is what to call the place beside others compared."""
    of: dict[Bucket, list[Finding]] = {
        bucket: [one for one in findings if one.bucket == bucket] for bucket in BUCKETS[4:]
    }
    if not any(of.values()):
        return
    yield Heading(appendix(say("shut") if here is None else say("shut_in", place=here)))
    lists = _AppendixLists(Shut(rows, prospects))
    lists.add_shut(of["ineligible"])
    lists.add_duties([one for bucket in BUCKETS[5:] for one in of[bucket]])
    lead = list(lists.lead())
    if any(one.measure.narrower_reading for one in (*of["ineligible"], *of["authorities_only"])):
        lead.append(say("marked_shut"))
    # Beside something that waits it is told there.
    if lists.says(_REGISTER) and not any(one.bucket == "pending" for one in findings):
        lead.append(say("register_is"))
    told = [(w.BUCKETS[bucket], str(len(own))) for bucket, own in of.items() if own]
    parts = Text(
        "，".join(f"{name.zh}{count}项" for name, count in told),
        ", ".join(f"{count} {name.en.lower()}" for name, count in told),
    )
    before = [Paragraph(sentence(lead), "soft")] if lead else []
    title = say("shut_fold", count=str(sum(map(len, of.values()))), parts=parts)
    yield Folded(title, (*before, *lists.blocks()))


class _AppendixLists:
    """The three lists of the appendix, while they are gathered."""

    def __init__(self, shut: Shut) -> None:
        self.shut = shut
        self.likely = list[tuple[TableCell, ...]]()
        self.shared = list[tuple[TableCell, ...]]()
        self.alone = list[tuple[TableCell, ...]]()

    def add_shut(self, found: Sequence[Finding]) -> None:
        """What is shut for the entity."""
        groups, quotes, others = dict[Text, list[_ListedFinding]](), dict[Text, Sequence[Quote]](), list[Finding]()
        for reason, own in self.shut.by_reason(found):
            words = self.shut.shared_words(own)
            if len(own) <= _FEW and not words and self.shut.framed(own[0])[1] is not None:
                others += own
            else:
                groups[reason], quotes[reason] = [(one, None) for one in own], words
        for one, told in self.shut.each(found):
            if self.shut.is_likely(one):
                self.likely.append(_line(one.measure, _quoted(told, self.shut.words(one))))
            else:
                others.append(one)
        for one in others:
            place = self.shut.place_besides(one)
            reason, listed = (place, None) if place is not None else self.shut.framed(one)
            groups.setdefault(reason, []).append((one, listed))
        for reason, each in sorted(groups.items(), key=lambda one: -len(one[1])):
            if len(each) > 1:
                each.sort(key=lambda one: one[0].measure.row)
                told = joined([_named(one, listed) for one, listed in each])
                self._share(_quoted(reason, quotes.get(reason, ())), len(each), told)
        alone = [each[0][0] for each in groups.values() if len(each) == 1]
        for one in sorted(alone, key=lambda each: each.measure.row):
            self.alone.append(_line(one.measure, self.shut.asked(one, here=False, brief=True)))

    def add_duties(self, found: Sequence[Finding]) -> None:
        """What nobody can apply for."""
        for reason, own in self.shut.without_verdict(found):
            if len(own) > 1:
                self._share(reason, len(own), row_list(own))
            else:
                self.alone.append(_line(own[0].measure, reason))

    def _share(self, reason: Text, count: int, told: Text) -> None:
        self.shared.append((CellLines((counted(reason, count), told), named=True),))

    def says(self, words: str) -> bool:
        """Whether some words stand anywhere in them."""
        return any(words in cell.zh for rows in (self.likely, self.shared, self.alone) for row in rows for cell in row)

    def lead(self) -> Iterator[Text]:
        """What is to be known before they are read."""
        if self.likely:
            yield say("shut_words")
        if self.says(LISTED.zh):
            yield say("shut_listed")
        if self.says(_ONE_WAY):
            yield say("one_way_lead")

    def blocks(self) -> Iterator[Block]:
        """Those that have any, each under its heading."""
        if self.likely:
            yield Heading(say("shut_likely"), 2)
            yield Table((say("row"), say("rows_ask_for")), tuple(self.likely), (8, 92))
        if self.shared:
            yield Heading(say("shut_shared"), 2)
            yield Table((say("reason_rows"),), tuple(self.shared), (100,))
        if self.alone:
            yield Heading(say("shut_alone" if self.shared or self.likely else "shut_each"), 2)
            yield Table((say("row"), say("rows_why")), tuple(self.alone), (8, 92))


def _line(measure: Measure, told: Text) -> tuple[Text, Text]:
    return same(marked_number(measure)), s.say(_WORDS["told"], title=measure.title, told=told)


def _named(finding: Finding, listed: Text | None) -> Text:
    """A measure by number and title, and what is listed for it unless its title says the same."""
    title = row_list([finding])
    return title if listed is None or said_by_title(finding.measure.title, listed) else with_terms(title, [listed])


def _quoted(told: Text, words: Sequence[Quote]) -> Text:
    """A reason, and behind it the words that it rests on, with their English, unless it says no more than they do."""
    for one in words:
        if one.words in told.zh and one.en.lower() in told.en.lower():
            continue
        slots: dict[str, Text | str] = {"told": told, "words": nested(one.words), "english": nested(one.en)}
        key = "quoted" if one.where is None else "quoted_where"
        told = s.say(_WORDS[key], **slots, **({} if one.where is None else {"where": one.where}))
    return told
