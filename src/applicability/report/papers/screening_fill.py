"""How the register of companies is completed, in a screening's paper: which columns, what may be entered in them, by
whom, where each company's questions are listed, and who screens it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from applicability.lazy_dataclass import dataclass
from applicability.model.rulebook import Rulebook
from applicability.report.interview.register_form import answers
from applicability.report.language import sentences as s
from applicability.report.layout.paper import Block, CellLines, Heading, Paragraph, Table, TableCell, same
from applicability.report.papers.screening_steps import text_of
from applicability.report.papers.screening_texts import WORDS
from applicability.report.papers.texts import appendix, joined, sentence
from applicability.report.screening.json import SummaryModel, WaitModel
from applicability.text import Text

SHEETS = {  # of the workbook of the results: a test compares them with what it calls them
    "asks": Text("下一步询问", "What to ask next"),
    "words": Text("可填的词", "Words to answer with"),
    "notes": Text("备注", "Notes"),
}
_FILL = 5  # columns among the next steps
_FILL_FIRST = 3  # of them on the first page
_CHOICES = 16  # words of a column that are listed
_OF_PLACE = ("place", "zones", "zone_types")  # types of facts that whoever runs the zone knows of a company there
_WORDS = {
    "do": Text(
        "先补全企业名册空缺的列，再由出具本报告的一方筛查一次，然后才请求认定；等待的结论多的在前",
        "first complete what the register of companies leaves empty; whoever made this report then screens it again, "
        "before any finding is requested; the columns that most verdicts wait for come first",
    ),
    "columns": Text(
        "看来应当询问的企业和等待该列的结论：{columns}",
        "companies that it seems sensible to ask, and verdicts that wait for the column: {columns}",
    ),
    "column": Text("“{column}”{companies}家、{verdicts}个", "“{column}” {companies} and {verdicts}"),
    "first": Text("{column}（{companies}家）", "{column} ({companies})"),
    "what": Text(
        "各列问什么、可以填什么，见“{part}”", "what each column asks and what may be entered: see “{part}”"
    ),
    "what_all": Text(
        "其余的列，以及各列问什么、可以填什么，见“{part}”",
        "for the other columns, and for what each asks and what may be entered, see “{part}”",
    ),
    "which": Text(
        "是哪些企业：请出具本报告的一方把同一次筛查的结果写成工作簿（.xlsx）交来，其“{asks}”表逐行列出企业、该问的问题、填法和填入的列"
        "（每家一次至多3问），“{words}”表列出可填的词，“{notes}”表列出没有读懂的单元格和怎样改正",
        "which companies: have whoever made this report write the results of the same screening to a workbook "
        "(.xlsx); its sheet “{asks}” has a line for each company with what to ask, how to answer and in which column "
        "(at most 3 questions for each at a time), its sheet “{words}” the words to answer with, and its sheet "
        "“{notes}” the cells that could not be read, with how to mend them",
    ),
    "back": Text(
        "填好后把企业名册交回该方，再筛查一次，本汇总随之更新",
        "return the register to them when it is filled in: they screen it again, and this summary is renewed",
    ),
    "by_zone": Text("功能区管理机构自己填：{columns}", "the zone's administration itself: {columns}"),
    "by_companies": Text("由企业填报：其余各列", "the companies: all other columns"),
    "by_companies_all": Text("由企业填报", "the companies themselves"),
    "again": Text("再筛查：出具本报告的一方", "to screen again: whoever made this report"),
    "who_fills": Text("由谁填", "Who fills it in"),
    "zone": Text("功能区", "the zone"),
    "company": Text("企业", "the company"),
    "asked": Text("列，问什么，可以填什么", "Column, what it asks, and what may be entered"),
    "in_sheet": Text("可填的词见工作簿的“{sheet}”表。", "For the words see the sheet “{sheet}” of the workbook."),
    "choices": Text("可填：{choices}。", "One of: {choices}."),
    "zones_named": Text(
        "写明了一处功能区的企业，有的也要问：住所只能说明在这一处，不能说明不在别处（例如自由贸易试验区）。",
        "Some companies that name a zone are asked too: an address tells of one zone, and not that there is no other, "
        "such as a free trade zone.",
    ),
    "everyone": Text(
        "要问全部企业：企业名册没有写，按其他各列也不能排除任何一家。",
        "It is asked of all companies: the register does not tell it, and no other column rules it out for any.",
    ),
    "brief": Text("先补全名册的列，再筛查", "complete, screen again"),
}  # fmt: skip


@dataclass(frozen=True)
class RegisterToFill:
    """The columns of a register that undecided verdicts wait for."""

    summary: SummaryModel
    rulebook: Rulebook

    def step(self) -> Iterator[tuple[Text, TableCell, TableCell, tuple[Text, Text]]]:
        """What to do first, what it concerns and with whom, and the same in brief; nothing where no fact is missing."""
        asks = self.summary.asks
        if not asks:
            return
        columns = [
            s.say(
                _WORDS["column"], column=text_of(one.label), companies=f"{one.companies:,}",
                verdicts=f"{one.verdicts:,}",
            )
            for one in asks[:_FILL]
        ]  # fmt: skip
        told = CellLines(
            (
                s.say(_WORDS["columns"], columns=joined(columns)),
                s.say(_WORDS["what_all" if len(columns) < len(asks) else "what"], part=WORDS["asks"]),
                s.say(_WORDS["which"], **SHEETS),
                _WORDS["back"],
            ),
            paired=True,
        )
        first = [
            s.say(_WORDS["first"], column=text_of(one.label), companies=f"{one.companies:,}")
            for one in asks[:_FILL_FIRST]
        ]
        brief = Text("、".join(one.zh for one in first), ", ".join(one.en for one in first))
        yield _WORDS["do"], told, CellLines(tuple(self._who()), paired=True), (_WORDS["brief"], brief)

    def _who(self) -> Iterator[Text]:
        own = [text_of(one.label) for one in self.summary.asks if self._is_of_place(one)]
        if own:
            yield s.say(_WORDS["by_zone"], columns=Text("、".join(one.zh for one in own), s.listed(own, s.AND).en))
        if len(own) < len(self.summary.asks):
            yield _WORDS["by_companies" if own else "by_companies_all"]
        yield _WORDS["again"]

    def _is_of_place(self, one: WaitModel) -> bool:
        """Whether it is about where a company lies or is registered."""
        fact = self.rulebook.facts[one.fact]
        settled = {each.settles for each in self.rulebook.facts.values() if each.settles}
        return fact.type in _OF_PLACE or bool(fact.settles) or one.fact in settled

    def blocks(self) -> Iterator[Block]:
        """The columns, those that would settle most first: what each asks and takes, who fills it in, and for whom."""
        asks = self.summary.asks
        if not asks:
            return
        yield Heading(appendix(WORDS["asks"]))
        yield Paragraph(WORDS["asks_lead"], "soft")
        rows = tuple(
            (
                CellLines((text_of(one.label), *self._told(one)), named=True, paired=True),
                _WORDS["zone" if self._is_of_place(one) else "company"],
                same(f"{one.verdicts:,}"),
                same(f"{one.companies:,}"),
            )
            for one in asks
        )
        heads = (_WORDS["asked"], _WORDS["who_fills"], WORDS["waiting"], WORDS["of_companies"])
        yield Table(heads, rows, (64, 12, 13, 11), right=(2, 3), parted=True)

    def _reason(self, one: WaitModel) -> Iterator[Text]:
        """Why so many are asked."""
        if one.fact == "zones" and any(each.kind == "zone" for each in self.summary.named_places):
            yield _WORDS["zones_named"]
        elif one.companies == self.summary.companies > 1:
            yield _WORDS["everyone"]

    @cached_property
    def _answers(self) -> tuple[dict[str, tuple[str, str, tuple[str, ...]]], ...]:
        return tuple(
            {fact: (one.question, one.how, one.choices) for fact, one in answers(self.rulebook, lang).items()}
            for lang in ("zh", "en")
        )

    def _told(self, one: WaitModel) -> Iterator[Text]:
        """What a column asks, then how it is answered, with the words to choose from where these are few."""
        (question, how, choices), (asked, answer, words) = (each[one.fact] for each in self._answers)
        yield Text(question, asked)
        told = [Text(how, answer.replace("[]", "none"))] if how else []
        kept = [(zh, en) for zh, en in zip(choices, words, strict=False) if zh != "无"]
        fact = self.rulebook.facts[one.fact]
        if len(kept) > _CHOICES or fact.type == "activities":
            told.append(s.say(_WORDS["in_sheet"], sheet=SHEETS["words"]))
        elif kept:
            listed = Text("；".join(zh for zh, _ in kept), "; ".join(en for _, en in kept))
            told.append(s.say(_WORDS["choices"], choices=listed))
        if told:
            yield sentence(told)
        yield from self._reason(one)
