"""Texts of an interview: the question, its options, why it is asked, and what an answer decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from applicability.analysis.plausibility import Plausibility
from applicability.analysis.questions import Question
from applicability.model.assessment import LimitFinding, LimitState
from applicability.model.conditions import Leaf
from applicability.model.facts import LISTS_IN_PART, FactDeclaration
from applicability.model.measure import Measure, MeasureKey
from applicability.model.rulebook import Rulebook
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.place_meant import places_meant
from applicability.report.language.plausible import describe, unasked
from applicability.report.language.render_condition import ConditionRenderer, cited
from applicability.report.language.row_numbers import ranges
from applicability.report.language.translated import beside_row
from applicability.report.layout.lines import LineWriter
from applicability.text import Lang, Text

_WORDS = {
    "start": Text(
        "回答即存入{file}。可随时输入：? 为什么问 · d 不知道 · b 上一题 · q 保存退出",
        "Answers are saved to {file}. At any time: ? why this is asked · d I don't know · b back · q save and leave",
    ),
    "undecided": Text("{count}项措施待判断", "{count} measures undecided"),
    "words": Text("`applicability facts {fact}` 查看用词", "`applicability facts {fact}` shows the words"),
    "helps": Text("{rows}项措施待此判断", "{rows} measures depend on this"),
    "one": Text("填一个编号或名称", "a number or a name"),
    "several": Text(
        "填编号或名称，可填多个，用逗号分隔；都没有则填 []", "numbers or names, separated by commas; [] for none"
    ),
    "free": Text("填写后回车", "type your answer"),
    "settled": Text("这一答判定了{count}项，还有{left}项待判断", "decided {count}; {left} still undecided"),
    "passed": Text("留空不填，还有{left}项待判断", "skipped; {left} still undecided"),
    "first": Text("已是第一题", "this is the first question"),
    "unreadable": Text("这一行无法作为文字读取，请重新填写", "that line cannot be read as text; type it again"),
    "changed": Text(
        "{file}已被别人修改，现按新内容继续；刚才的回答没有存入",
        "{file} was changed meanwhile; continuing from the file as it is now, your last answer was not saved",
    ),
    "unclear": Text("没有编号{number}", "there is no number {number}"),
    "why": Text("以下措施待此判断：", "These measures depend on it:"),
    "place": Text("本行看的是：{place}", "for this row: {place}"),
    "more": Text("……等共{count}项", "… {count} in all"),
    "done": Text("已全部判定", "nothing is left to ask"),
    "saved": Text(
        "已存入{file}；下一步：applicability check {file}", "saved to {file}; next: applicability check {file}"
    ),
    "unsaved": Text("没有回答，未写文件", "no answers given; no file written"),
    "planned": Text(
        "企业还没有设立，只是拟设立吗？只影响报告的措辞，不影响结果。填 是 或 否（回车跳过）",
        "Is the company still to be set up? It changes the words of a report, no result. yes or no (Enter to skip)",
    ),
    "no_truth": Text("请填 是 或 否", "type yes or no"),
    "name": Text("最后：报告上写什么名称？（回车跳过）", "Last: which name should a report carry? (Enter for none)"),
    "report": Text(
        "要写成可以交付的报告吗？填 docx、pdf 或 html（回车跳过）",
        "Write this as a report to hand over? docx, pdf or html (Enter for none)",
    ),
    "written": Text("报告已存入{file}", "the report is in {file}"),
    "no_such": Text("请填 docx、pdf 或 html", "type docx, pdf or html"),
    "limits": Text(
        "已开放的措施须遵守下列限制；遵守的，在档案中写 `limits: {{KEY: true}}`：",
        "The open measures have limits to keep in each use; for those you keep, write `limits: {{KEY: true}}`:",
    ),
    "not_offered": Text(
        "另有{count}项业务一般不涉及{who}，未列出，也不算回答；从事的可填名称，--all 全部列出",
        "{count} more, unlikely for {who}, are not listed and stay unanswered; give the name of one that applies, "
        "or start with --all",
    ),
    "unasked": Text("{told}（第{rows}行）；--all 一并询问", "{told} (rows {rows}); --all asks about them too"),
    "open": Text("{count}项措施因有不知道的事实仍待补充", "{count} measures still need what you did not know"),
}  # fmt: skip
_MOST = 6
# Questions for which it matters which place a row means.
_PLACES = ("city", "district", "zones", "zone_types", "registered_in", "registered_here")


def say(key: str, lang: Lang, /, **slots: Text | str) -> str:
    """A line of the interview."""
    return s.say(_WORDS[key], **slots).of(lang)


def option(rulebook: Rulebook, declaration: FactDeclaration, key: str, lang: Lang) -> str:
    """The label of a value."""
    match declaration.type:
        case "zones" | "zone_types":
            return rulebook.gazetteer.name(key, lang)
        case "activities":
            return rulebook.sectors.activities[key].label.of(lang)
        case "boolean":
            return s.TRUTHS[key].of(lang)
        case _:
            return declaration.values[key].label.of(lang)


def ask(
    out: LineWriter,
    rulebook: Rulebook,
    question: Question,
    options: Sequence[str],
    number: int,
    lang: Lang,
    not_offered: str = "",
) -> None:
    """Writes the question, its possible answers, and a line on those that are not offered."""
    declaration = rulebook.declaration(question.fact)
    out.blank()
    out.line(declaration.question.of(lang), "bold", f"{number}. ", "bold")
    out.line(say("helps", lang, rows=str(len(question.rows))), "dim", "   ")
    out.line(declaration.help.of(lang), "dim", "   ")
    if declaration.type == "activities":
        out.line(say("words", lang, fact=question.fact), "dim", "   ")
    for place, key in enumerate(options, 1):
        out.line(option(rulebook, declaration, key, lang), "", f"{place:>6}  ", "dim")
    if not_offered:
        out.line(not_offered, "dim", "   ")
    many = declaration.type in LISTS_IN_PART
    out.line(say("several" if many else "one" if options else "free", lang), "dim", "   ")


_BOXES: Mapping[LimitState, str] = {"kept": "☑", "not_kept": "☒", "unsaid": "☐", "unknown": "☐"}


def limits(
    out: LineWriter, rulebook: Rulebook, open_: Sequence[tuple[Measure, Sequence[LimitFinding]]], lang: Lang
) -> None:
    """What uses of the open measures must keep, as a checklist."""
    if not open_:
        return
    out.blank()
    out.line(say("limits", lang), "bold", "   ")
    for measure, found in open_:
        out.line(measure.title.of(lang), "", f"{measure.row:>6}  ", "bold", 8)
        for one in found:
            line = s.say(
                w.LABELS["limit_keyed"], label=one.limit.label, cited=cited(one.limit.ground), key=one.limit.key
            )
            put = beside_row(rulebook, measure, lang)
            out.line(put(line.of(lang)), "", f"        {_BOXES[one.state]} ", "dim", 10)


def why(
    out: LineWriter, rulebook: Rulebook, fact: str, reasons: Sequence[tuple[Measure, Sequence[Leaf]]], lang: Lang
) -> None:
    """The rows that wait on the question, and the words for whose sake it is asked; of a place, which one they mean."""
    out.line(say("why", lang), lead="   ")
    for measure, leaves in reasons[:_MOST]:
        out.line(measure.title.of(lang), "", f"{measure.row:>6}  ", "bold", 8)
        for quote in dict.fromkeys(cited(leaf.ground).of(lang) for leaf in leaves if leaf.ground.quote):
            out.line(beside_row(rulebook, measure, lang)(quote), "dim", "        ")
        for place in places_meant(rulebook, measure) if fact in _PLACES else ():
            out.line(say("place", lang, place=place), "dim", "        ")
    if len(reasons) > _MOST:
        out.line(say("more", lang, count=str(len(reasons))), "dim", "        ")


def not_offered(count: int, plausibility: Plausibility, lang: Lang) -> str:
    """How many values are not offered, and for whom they are implausible; empty if none."""
    words = ConditionRenderer(plausibility.rulebook, plausibility.facts)
    return say("not_offered", lang, count=str(count), who=describe(plausibility, words)) if count else ""


def unasked_line(rows: Sequence[MeasureKey], plausibility: Plausibility, lang: Lang) -> str:
    """What was not asked about since it is implausible for the entity."""
    words = ConditionRenderer(plausibility.rulebook, plausibility.facts)
    told = unasked(len(rows), plausibility, words)
    return say("unasked", lang, told=told, rows=ranges([row for _, row in rows], lang))
