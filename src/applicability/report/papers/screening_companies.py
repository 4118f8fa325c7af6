"""Which companies have something open, in a screening's paper: each with the numbers of its measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern
from applicability.model.frozen import FrozenDict
from applicability.report.language import labels as w, sentences as s
from applicability.report.layout.buckets import PAPER_MARKS
from applicability.report.layout.paper import Block, Bullets, CellLines, Heading, Paragraph, Table, same
from applicability.report.papers.rows import items_text, marked_number, measure_list
from applicability.report.papers.screening_open import OpenMeasures, open_to, title_of
from applicability.report.papers.screening_texts import WORDS
from applicability.report.papers.texts import appendix, joined, say, sentence
from applicability.report.screening.json import CompanyModel, OpenCompanyModel, TallyModel
from applicability.text import Text

_REMARK = lazy_pattern(r"(（[^（）]+）|\([^()]+\))$")  # at the end of a name
_NONE: Mapping[tuple[str, int], tuple[int, ...]] = FrozenDict()
_LINE = 40  # companies of a group on one line of the table


@dataclass(frozen=True)
class CompaniesTold:
    """The companies of a register that have something open."""

    open: OpenMeasures
    told_by: Mapping[tuple[str, int], tuple[int, ...]] = _NONE  # by measure, the steps after which it is told of

    def blocks(self) -> Iterator[Block]:
        """Every company by the numbers of its open measures, as far as the summary lists them; of a summary of before
        it did, the first companies of each measure; nothing where none were listed.
        """
        listed = self.open.summary.open_companies
        if listed:
            yield from self._all(listed)
        elif any(one.first for one in self.open.found):
            yield from self._first_of_each()

    def _all(self, listed: list[OpenCompanyModel]) -> Iterator[Block]:
        yield Heading(appendix(WORDS["who_each"]))
        whole = max(self.open.summary.served or 0, len(listed))
        lead = [s.say(WORDS["who_all"], companies=f"{whole:,}", part=WORDS["top"]), *self._signs()]
        if len(listed) < whole:
            lead.append(s.say(WORDS["who_first"], shown=f"{len(listed):,}"))
        every = self.open.summary.measures
        numbers = {f"{one.document}:{one.row}": f"{_sign(one)}{marked_number(self.open.measure(one))}" for one in every}
        steps = {f"{one.document}:{one.row}": self.told_by.get((one.document, one.row), ()) for one in every}
        alike: dict[Text, list[OpenCompanyModel]] = {}
        for one in listed:
            alike.setdefault(_by_step([key for key in one.measures if key in numbers], numbers, steps), []).append(one)
        ending = _common_remark(listed)
        if ending:
            lead.append(s.say(WORDS["who_ending"], ending=ending))
        rows = tuple(
            (
                same("" if start else f"{len(own):,}"),
                CellLines(
                    (
                        s.say(WORDS["items_on"], items=items) if start else items,
                        same("；".join(_named(one).removesuffix(ending) for one in own[start : start + _LINE])),
                    ),
                    named=True, paired=True,
                ),
            )
            for items, own in sorted(alike.items(), key=lambda group: -len(group[1]))
            for start in range(0, len(own), _LINE)
        )  # fmt: skip
        yield Bullets(tuple(lead))
        yield Table((WORDS["companies"], WORDS["items_open"]), rows, (10, 90), right=(0,))
        if len(listed) < whole:
            yield Paragraph(WORDS["who_list"])

    def _signs(self) -> Iterator[Text]:
        """What the signs before the items mean, as far as there are such items, and what is to be confirmed first."""
        found = self.open.found
        yield from self.open.zones.listed([self.open.measure(one) for one in found], say("next"))
        for key, told in (
            ("who_conditional", any(one.conditional and not one.eligible for one in found)),
            ("who_partly", any(one.conditional and one.eligible for one in found)),
        ):
            if told:
                yield s.say(WORDS[key], sign=PAPER_MARKS["conditional"])

    def _first_of_each(self) -> Iterator[Block]:
        """For every open measure its first companies, by row and by name."""
        yield Heading(appendix(WORDS["who_each"]))
        confirm = self.open.zones.listed([self.open.measure(one) for one in self.open.found], say("next"))
        yield Paragraph(sentence([WORDS["who_lead"], *confirm]), "soft")
        alike: dict[tuple[tuple[str, ...], Text, Text], list[TallyModel]] = {}
        for one in self.open.found:
            alike.setdefault((tuple(_names(one)), _left(one), _opened(one)), []).append(one)
        measure = self.open.measure
        rows = tuple(
            (
                same(", ".join(marked_number(measure(one)) for one in own)),
                CellLines((title_of(own[0]) if len(own) == 1 else measure_list(map(measure, own)), opened)),
                CellLines(tuple(map(same, names))),
                left,
            )
            for (names, left, opened), own in alike.items()
        )
        heads = (say("row"), say("rows"), WORDS["who"], WORDS["who_left"])
        yield Table(heads, rows, (9, 36, 44, 11), right=(3,))
        yield Paragraph(WORDS["who_list"])


def _by_step(keys: Iterable[str], numbers: Mapping[str, str], steps: Mapping[str, tuple[int, ...]]) -> Text:
    """The numbers of items, those together that are told of after the same step, behind its number.

    >>> told = _by_step(["a", "b", "c"], {"a": "99", "b": "◎12", "c": "132"}, {"a": (2,), "b": (6, 7), "c": (2,)})
    >>> told.zh, told.en
    ('第2步：第99、132项；第6/7步：第◎12项', 'step 2: items 99, 132; step 6/7: item ◎12')
    """
    found: dict[tuple[int, ...], list[str]] = {}
    for key in sorted(keys, key=lambda one: steps.get(one, ())):
        found.setdefault(steps.get(key, ()), []).append(numbers[key])
    return joined(
        [
            s.say(WORDS["items_after"], step="/".join(map(str, step)), items=items_text(own))
            if step
            else items_text(own)
            for step, own in found.items()
        ]
    )


def _sign(one: TallyModel) -> str:
    """The sign of an item that needs a finding: of all its companies, or of some of them, which a summary does not
    tell apart.
    """
    if not one.conditional:
        return ""
    return f"({PAPER_MARKS['conditional']})" if one.eligible else PAPER_MARKS["conditional"]


def _opened(one: TallyModel) -> Text:
    """How many of its companies are eligible, and how many wait for a finding."""
    counts = ((w.BUCKETS["eligible"], one.eligible), (w.BUCKETS["conditional"], one.conditional))
    return joined([Text(f"{name.zh}{count:,}家", f"{name.en.lower()}: {count:,}") for name, count in counts if count])


def _names(one: TallyModel) -> list[str]:
    """Its first companies, by row and name."""
    return list(map(_named, one.first))


def _named(one: CompanyModel) -> str:
    return f"{one.line} {one.name}" if one.name else str(one.line)


def _common_remark(companies: Sequence[CompanyModel]) -> str:
    """What all names of some companies have in brackets at their end; empty where they do not."""
    ends = {found[0] if one.name and (found := _REMARK.search(one.name)) else "" for one in companies}
    return ends.pop() if len(ends) == 1 and len(companies) > 1 else ""


def _left(one: TallyModel) -> Text:
    """How many companies it has beside its first ones."""
    return same(f"{open_to(one) - len(one.first):,}")
