"""The page that a terminal shows first: what is open and on what terms, what would settle more, the rest as counts."""

from __future__ import annotations

from collections import Counter

from applicability.model.assessment import Bucket, Finding
from applicability.model.conditions import Step
from applicability.model.measure import FORCES
from applicability.report.assessment.view import Page, Writer
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.reasons import FindingText
from applicability.report.layout.buckets import MARKS, STYLES
from applicability.report.layout.lines import LineWriter
from applicability.report.layout.wrap import pad, text_width
from applicability.text import Text

_QUESTIONS = 5  # that the page names
_INDENT = 5
_WORDS = {
    "open": Text("现可使用", "Open now"),
    "none": Text("现在没有可以使用的措施", "Nothing is open now"),
    "keep": Text("须遵守：{limits}", "to keep: {limits}"),
    "judge": Text("须认定：{about}（{authority}）", "to be found: {about} (by {authority})"),
    "doubt": Text("有存疑之处", "with a doubt"),
    "asks": Text("再填写什么可以判定更多", "What would settle more"),
    "more_asks": Text("另有{count}个问题", "{count} more questions"),
    "rest": Text("其余", "The rest"),
    "waits": Text("{count}项待落实：{steps}", "{count} pending: {steps}"),
    "step": Text("{step}{count}项", "{step} ({count})"),
    "needs": Text("{count}项待补充事实", "{count} need information"),
    "shut": Text("{count}项不适用", "{count} ineligible"),
    "nobody": Text(
        "{count}项仅约束主管部门、原文缺失或尚未编入", "{count} bind authorities only, are lost or not yet encoded"
    ),
    "how": Text(
        "逐项列出用 --all；一项的原文和条件用 --measure 行号；成文的报告用 applicability report",
        "every measure: --all; the words and terms of one: --measure ROW; a paper to hand over: applicability report",
    ),
}


def head(out: LineWriter, page: Page) -> None:
    """Whose page it is, and the summary."""
    out.line(page.title, "bold")
    if page.about:
        out.line(page.about)
    out.line(page.made_by, "dim")
    out.blank()
    names = max(text_width(name) for name in (*(row[1] for row in page.summary), page.total[0]))
    for bucket, name, count, meaning in page.summary:
        lead = f"{MARKS[bucket]} {pad(name, names)} {count:>4}  "
        out.line(meaning, "dim", lead, STYLES[bucket] if count else "dim")
    out.line("", lead=f"  {pad(page.total[0], names)} {page.total[1]:>4}")


def brief_page(out: LineWriter, writer: Writer) -> None:
    """The page."""
    page = writer.page(brief=True)
    head(out, page)
    for note in page.notes:
        out.blank()
        out.line(note)
    _BriefPage(out, writer).set()
    for remark in page.provisions:
        out.blank()
        out.line(f"{remark.title}", "bold")
        out.line(remark.note, lead=" " * _INDENT)
    out.blank()
    out.line(page.warning, "dim")


class _BriefPage:
    def __init__(self, out: LineWriter, writer: Writer) -> None:
        self.out, self.writer, self.findings = out, writer, writer.selection.findings

    def say(self, key: str, /, **slots: Text | str) -> str:
        return s.say(_WORDS[key], **slots).of(self.writer.lang)

    def of(self, *buckets: Bucket) -> list[Finding]:
        return [one for one in self.findings if one.bucket in buckets]

    def heading(self, text: str, bucket: Bucket | None = None) -> None:
        self.out.blank()
        style = STYLES[bucket] if bucket is not None else "bold"
        self.out.line(text, style, f"{MARKS[bucket]} " if bucket is not None else "", style)
        self.out.line("─" * min(self.out.width, 78), "dim")

    def set(self) -> None:
        self.open()
        self.asks()
        self.rest()

    def open(self) -> None:
        """What is open, by verdict and force, each row with its terms."""
        found = self.of("eligible", "conditional")
        if not found:
            self.heading(self.say("none"))
        for bucket in ("eligible", "conditional"):
            for force in FORCES:
                own = [one for one in found if one.bucket == bucket and one.force == force]
                if own:
                    self.heading(self.writer.heading(own[0].bucket, len(own), force), own[0].bucket)
                for one in own:
                    self.row(one)

    def row(self, one: Finding) -> None:
        measure, told, lang = one.measure, FindingText(one), self.writer.lang
        self.out.line(measure.title.of(lang), "bold", f"{measure.row:>4} ", "bold", _INDENT)
        labels = [each.limit.label for each in told.to_keep if each.state != "kept"]
        labels += [span.note or Text(span.words, span.words) for span in told.limits]
        if labels:
            joined = Text("；".join(each.zh for each in labels), "; ".join(each.en for each in labels))
            self.out.line(self.say("keep", limits=joined), "dim", indent=_INDENT)
        if one.bucket == "conditional":
            for each in one.judgements:
                line = self.say("judge", about=each.about, authority=each.authority)
                self.out.line(line, "dim", indent=_INDENT)
        if told.doubts:
            self.out.line(self.say("doubt"), "dim", indent=_INDENT)

    def asks(self) -> None:
        """The questions that settle most."""
        asked = self.writer.questions()
        if not asked:
            return
        self.heading(self.say("asks"), "needs_info")
        for number, question in enumerate(asked[:_QUESTIONS], 1):
            self.out.line(question.question, "", f"{number:>3}. ", "bold", _INDENT)
            self.out.line(question.helps, "dim", indent=_INDENT)
        if len(asked) > _QUESTIONS:
            self.out.line(self.say("more_asks", count=str(len(asked) - _QUESTIONS)), "dim", indent=_INDENT)

    def rest(self) -> None:
        """Everything else as counts."""
        self.heading(self.say("rest"))
        waits = self.of("pending")
        if waits:
            self.out.line(self.say("waits", count=str(len(waits)), steps=self.steps(waits)))
        for key, buckets in _REST:
            count = len(self.of(*buckets))
            if count:
                self.out.line(self.say(key, count=str(count)))
        self.out.line(self.say("how"), "dim")

    def steps(self, waits: list[Finding]) -> Text:
        """How many wait on which step."""
        book = self.writer.assessment.rulebook
        counted = Counter(
            next((each.condition.step for each in one.why if isinstance(each.condition, Step)), "") for one in waits
        )
        other = w.MEANINGS["pending"]
        named = [
            s.say(_WORDS["step"], step=book.steps[step].label if step else other, count=str(count))
            for step, count in counted.most_common()
        ]
        return Text("，".join(one.zh for one in named), ", ".join(one.en for one in named))


_REST: tuple[tuple[str, tuple[Bucket, ...]], ...] = (
    ("needs", ("needs_info",)),
    ("shut", ("ineligible",)),
    ("nobody", ("authorities_only", "text_lost", "not_encoded")),
)
