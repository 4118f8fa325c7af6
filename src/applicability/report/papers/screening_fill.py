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
from applicability.report.layout.paper import Block, CellLines, Heading, Labelled, Paragraph, Table
from applicability.report.papers.screening_step_lines import StepLine, ZoneStep, paired
from applicability.report.papers.screening_steps import text_of
from applicability.report.papers.screening_texts import WORDS
from applicability.report.papers.screening_words import SHEETS, WordsToEnter
from applicability.report.papers.texts import appendix, joined, sentence
from applicability.report.screening.json import SummaryModel, WaitModel
from applicability.text import Text

_FILL = 5  # columns among the next steps
_FILL_FIRST = 3  # of them on the first page
_OF_PLACE = ("place", "zones", "zone_types")  # types of facts that whoever runs the zone knows of a company there
_WORDS = {
    "do": Text(
        "补全企业名册空缺的列；等待的结论多的在前",
        "complete what the register of companies leaves empty; the columns that most verdicts wait for come first",
    ),
    "get": Text(
        "先向出具本报告的一方索取同一次筛查的工作簿（.xlsx），以知道是哪些企业",
        "first have whoever made this report hand over the workbook (.xlsx) of the same screening, to know which "
        "companies they are",
    ),
    "made_by": Text(
        "出具本报告的一方（所用命令：screen 企业名册.xlsx -o 工作簿.xlsx）",
        "whoever made this report (by the command: screen COMPANIES.xlsx -o WORKBOOK.xlsx)",
    ),
    "made": Text("出具本报告的一方", "whoever made this report"),
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
        "“{asks}”表逐行列出企业、该问的问题、填法和填入的列（每家一次至多3问），“{notes}”表列出没有读懂的单元格和怎样改正，"
        "“{words}”表列出全部可填的词",
        "its sheet “{asks}” has a line for each company with what to ask, how to answer and in which column (at most 3 "
        "questions for each at a time), its sheet “{notes}” the cells that could not be read, with how to mend them, "
        "and its sheet “{words}” all words to answer with",
    ),
    "back": Text(
        "填好后交回企业名册，再筛查一次，然后才请求认定",
        "return the register of companies when it is filled in and have it screened again, before any finding is "
        "requested",
    ),
    "renewed": Text("本汇总随之更新", "this summary is renewed by it"),
    "by_zone": Text("功能区管理机构自己填：{columns}", "the zone's administration itself: {columns}"),
    "by_companies": Text("由企业填报：其余各列", "the companies: all other columns"),
    "by_companies_all": Text("由企业填报", "the companies themselves"),
    "who_fills": Text("列：由谁填；应问企业；等待的结论", "Column: by whom; companies; verdicts"),
    "counts": Text("{who}；{companies}家；{verdicts}个", "{who}; {companies}; {verdicts}"),
    "zone": Text("功能区", "the zone"),
    "company": Text("企业", "the company"),
    "asked": Text("问什么，可以填什么", "What it asks, and what may be entered"),
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

    def steps(self) -> Iterator[ZoneStep]:
        """The step that completes the register; none where no fact is missing."""
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
        told = (
            s.say(_WORDS["columns"], columns=joined(columns)),
            s.say(_WORDS["what_all" if len(columns) < len(asks) else "what"], part=WORDS["asks"]),
        )
        first = [
            s.say(_WORDS["first"], column=text_of(one.label), companies=f"{one.companies:,}")
            for one in asks[:_FILL_FIRST]
        ]
        brief = Text("、".join(one.zh for one in first), ", ".join(one.en for one in first))
        lines = (
            StepLine(_WORDS["get"], s.say(_WORDS["which"], **SHEETS), _WORDS["made_by"]),
            StepLine(_WORDS["do"], paired(told), paired(list(self._who())), "next"),
            StepLine(_WORDS["back"], _WORDS["renewed"], _WORDS["made"], "next"),
        )
        yield ZoneStep(lines, (_WORDS["brief"], brief))

    def _who(self) -> Iterator[Text]:
        own = [text_of(one.label) for one in self.summary.asks if self._is_of_place(one)]
        if own:
            yield s.say(_WORDS["by_zone"], columns=Text("、".join(one.zh for one in own), s.listed(own, s.AND).en))
        if len(own) < len(self.summary.asks):
            yield _WORDS["by_companies" if own else "by_companies_all"]

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
                CellLines((text_of(one.label), self._counted(one)), named=True, paired=True),
                CellLines(tuple(self._told(one)), paired=True),
            )
            for one in asks
        )
        yield Table((_WORDS["who_fills"], _WORDS["asked"]), rows, (18, 82), parted=True)

    def _counted(self, one: WaitModel) -> Text:
        """Who fills a column in, for how many companies, and how many verdicts wait for it."""
        who = _WORDS["zone" if self._is_of_place(one) else "company"]
        return s.say(_WORDS["counts"], who=who, companies=f"{one.companies:,}", verdicts=f"{one.verdicts:,}")

    def _reason(self, one: WaitModel) -> Iterator[Text]:
        """Why so many are asked."""
        if one.fact == "zones" and any(each.kind == "zone" for each in self.summary.named_places):
            yield _WORDS["zones_named"]
        elif one.companies == self.summary.companies > 1:
            yield _WORDS["everyone"]

    @cached_property
    def _answers(self) -> tuple[dict[str, tuple[str, str]], ...]:
        return tuple(
            {fact: (one.question, one.how) for fact, one in answers(self.rulebook, lang).items()}
            for lang in ("zh", "en")
        )

    @cached_property
    def _words(self) -> WordsToEnter:
        return WordsToEnter(self.summary, self.rulebook)

    def _told(self, one: WaitModel) -> Iterator[Text | Labelled]:
        """What a column asks, then how it is answered, with the words to choose from, and why so many are asked."""
        (question, how), (asked, answer) = (each[one.fact] for each in self._answers)
        told = [Text(question, asked), *([Text(how, answer.replace("[]", "none"))] if how else [])]
        yield sentence(told)
        yield from self._reason(one)
        yield from self._words.lines(one.fact)
