"""Minimal changes for a terminal: in full for named rows, else one line each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from applicability.analysis.edits import Edit
from applicability.analysis.effort import advisable, is_plausible, rank
from applicability.analysis.minimal_changes import Change, Prospect
from applicability.analysis.plausibility import Plausibility
from applicability.days import day_text
from applicability.model.assessment import Assessment, Bucket, bucket_of
from applicability.model.conditions import Step
from applicability.report import Options
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.edits import clauses, edit_text, option_values, owner
from applicability.report.language.plausible import describe
from applicability.report.language.provisions import provision_line
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.language.row_numbers import ranges
from applicability.report.layout.lines import LineWriter
from applicability.text import Lang, Text

_WORDS = {
    "title": Text("怎样才能适用", "What would open the other measures"),
    "yours": Text("企业自身可以做到（{count}）", "Within your control ({count})"),
    "implausible": Text(
        "企业自身可以做到、但一般不涉及{who}的（{count}）：第{rows}行；--all 全部列出",
        "Within your control, but unlikely for {who} ({count}): rows {rows}; --all lists them in full",
    ),
    "implausible_all": Text(
        "企业自身可以做到、但一般不涉及{who}的（{count}）", "Within your control, but unlikely for {who} ({count})"
    ),
    "others": Text("非企业自身所能决定（{count}）", "Outside your control ({count})"),
    "nobody": Text("无可申请之事，或原文缺失（{count}）", "Nobody can apply, or the text is lost ({count})"),
    "to": Text("则为“{verdict}”", "then: {verdict}"),
    "now": Text("现为“{verdict}”", "now: {verdict}"),
    "together": Text("须同时做到下列各项（{verdict}）：", "all of these together ({verdict}):"),
    "more": Text("其他做法{count}种，见 --measure {row}", "other ways: {count}, see --measure {row}"),
    "way": Text("做法{number}", "way {number}"),
    "cannot": Text("企业自身的改变不能使其适用：{what}", "nothing you can change opens it: {what}"),
    "fixed": Text("只对{who}开放，不能自行改变", "open only to {who}, which is not up to you"),
    "fixed_way": Text(
        "途径之一对{who}开放，不能自行改变；其余途径的条件也不满足",
        "one way is open to {who}, which is not up to you; none of the other ways is met either",
    ),
    "cannot_way": Text(
        "{told}（途径之一；其余途径的条件也不满足）", "{told} (one way; none of the other ways is met either)"
    ),
    "who": Text("{label}为“{values}”的", "those whose {label} is “{values}”"),
    "who_has": Text("{label}包括“{values}”的", "those with “{values}” among their {label}"),
    "ask": Text(
        "“{values}”是否属于本企业的{label}？所填没有此项；如属实，补填后再看是否适用",
        "Is “{values}” among your {label}? It was not stated; if so, state it, and see whether these open",
    ),
    "besides": Text("{fixed}；此外：{what}", "{fixed}; besides: {what}"),
    "none": Text("不超过{size}处的任何改变都不能使其适用", "no combination of up to {size} changes opens it"),
    "open": Text("已可适用或仅待认定，无须改变：第{rows}行", "open already, nothing to change: row {rows}"),
    "checked": Text(
        "每种做法都已代入档案重新判断。各做法均为最小：去掉任何一处都不成立；不超过{size}处的做法已全部列出。",
        "Each way was checked by putting it into the profile. Each is minimal: it fails without any one part. "
        "All sets of up to {size} changes are listed.",
    ),
}


def say(key: str, /, **slots: Text | str) -> Text:
    """A line of this page."""
    return s.say(_WORDS[key], **slots)


def reason(prospect: Prospect, words: ConditionRenderer) -> Text | None:
    """Why nothing the entity does opens a measure; None if something does."""
    if prospect.yours:
        return None
    if prospect.finding.verdict is None:
        return w.MEANINGS[prospect.finding.bucket]
    if prospect.awaited:
        # What an entity is cannot be awaited: that the words are for others is all there is to say.
        fixed = [one for one in prospect.awaited if one.movable == "fixed" and one.fact is not None]
        others = [one for one in prospect.awaited if one not in fixed]
        several = prospect.has_other_ways
        if not fixed:
            told = say("cannot", what=_until(others, words))
            return say("cannot_way", told=told) if several else told
        asked = question(prospect, words)
        if asked is not None:
            return asked
        who = s.listed([_for_others(one, words) for one in fixed], s.AND)
        told = say("fixed_way" if several else "fixed", who=who)
        return say("besides", fixed=told, what=_until(others, words)) if others else told
    return say("none", size=str(prospect.size))


def question(prospect: Prospect, words: ConditionRenderer) -> Text | None:
    """What to ask where a measure is shut by nothing but what the entity did not name in a list, and may well be."""
    known, facts = Plausibility(words.facts, words.rulebook), words.rulebook.facts
    if not prospect.awaited or not all(_may_be_so(one, known) for one in prospect.awaited):
        return None
    told = [
        say("ask", label=words.label(one.fact), values=option_values(one, words))
        for one in prospect.awaited
        if one.fact is not None and one.fact in facts
    ]
    return s.listed(told, s.AND) if told else None


def _may_be_so(edit: Edit, known: Plausibility) -> bool:
    """Whether an edit adds to a list of which the entity named nothing what is plausible for it."""
    declaration = known.rulebook.facts.get(edit.fact) if edit.fact is not None else None
    if declaration is None or edit.fact is None or declaration.type != "choices" or edit.kind not in ("add", "answer"):
        return False
    fact, none = edit.fact, not known.facts.values.get(edit.fact)
    added = [word for one in edit.options for word in _words(one.sample.values.get(fact))]
    return none and known.asks(fact) and any(known.value(fact, word) for word in added)


def _words(held: object) -> list[str]:
    return [str(one) for one in held] if isinstance(held, frozenset) else []


def _until(edits: Sequence[Edit], words: ConditionRenderer) -> Text:
    """What is awaited: of an official step, what the text says of it and how far it has come."""
    told = [
        words.rulebook.steps[one.leaf.step].pending if isinstance(one.leaf, Step) else clauses([one], words)
        for one in edits
    ]
    return Text("；".join(one.zh for one in told), "; ".join(one.en for one in told))


def _for_others(edit: Edit, words: ConditionRenderer) -> Text:
    """Those whom a measure is for, who are something else than the entity is."""
    if edit.kind == "drop" or edit.fact is None:
        return clauses([edit], words)
    declaration = words.rulebook.facts.get(edit.fact)
    many = declaration is not None and declaration.type == "choices"
    return say("who_has" if many else "who", label=words.label(edit.fact), values=option_values(edit, words))


def render(
    assessment: Assessment, prospects: Sequence[Prospect], options: Options, full: bool, opened: Sequence[int] = ()
) -> str:
    """Renders the page: with `full` every way for every row, else the first way and the number of others.

    `opened` are rows that were asked for and are already open.
    """
    words = ConditionRenderer(assessment.rulebook, assessment.facts)
    out = LineWriter(options.width, options.color)
    out.line(say("title").of(options.lang), "bold")
    name = assessment.profile.facts.get("name")
    here = words.here.of(options.lang) if words.here else ""
    about = (str(name) if name is not None else "", here, day_text(assessment.as_of).of(options.lang))
    out.line(" · ".join(part for part in about if part))
    if assessment.engine == "reference":
        out.line(w.LABELS["by_reference"].of(options.lang), "dim")
    if opened:
        out.blank()
        out.line(say("open", rows=", ".join(map(str, opened))).of(options.lang))
    if not prospects:
        _provisions(out, assessment, options.lang)
        return out.text()
    own = [one for one in prospects if one.yours]
    nobody = [one for one in prospects if one.finding.verdict is None]
    others = [one for one in prospects if not one.yours and one.finding.verdict is not None]
    page = _ChangesPage(out, words, options.lang)
    advised, implausible = apart(nearest(own, assessment), page.plausibility)
    page.group("yours", advised, full)
    page.implausible(implausible, full)
    page.group("others", others, full)
    page.group("nobody", nobody, full)
    _provisions(out, assessment, options.lang)
    out.blank()
    out.line(say("checked", size=str(prospects[0].size)).of(options.lang), "dim")
    return out.text()


def _provisions(out: LineWriter, assessment: Assessment, lang: Lang) -> None:
    """What a document's body says to the whole answer, a line each."""
    lines = [provision_line(one, assessment.rulebook) for one in assessment.provisions]
    if lines:
        out.blank()
    for line in lines:
        out.line(line.of(lang))


def nearest(prospects: Sequence[Prospect], assessment: Assessment) -> list[Prospect]:
    """Those that the entity can open itself, by what is cheap and likely: the nearest way of each counts."""

    plausibility = Plausibility(assessment.facts, assessment.rulebook)

    def near(one: Prospect) -> tuple[bool, tuple[bool, int, int, int, int], int]:
        best = min(rank(change, plausibility) for change in one.yours)
        return not advisable(one, plausibility), best, one.finding.measure.row

    return sorted((one for one in prospects if one.yours), key=near)


def apart(
    prospects: Sequence[Prospect], plausibility: Plausibility
) -> tuple[tuple[Prospect, ...], tuple[Prospect, ...]]:
    """Those that a plausible change of the entity's own opens, and the others."""
    advised = tuple(one for one in prospects if advisable(one, plausibility))
    kept = {one.finding.measure.key for one in advised}
    return advised, tuple(one for one in prospects if one.finding.measure.key not in kept)


class _ChangesPage:
    def __init__(self, out: LineWriter, words: ConditionRenderer, lang: Lang) -> None:
        self.out, self.words, self.lang = out, words, lang
        self.plausibility = Plausibility(words.facts, words.rulebook)

    def implausible(self, prospects: Sequence[Prospect], full: bool) -> None:
        """Rows that could only be opened by what is implausible for the entity: their numbers, or `full`."""
        if not prospects:
            return
        slots = {"who": describe(self.plausibility, self.words), "count": Text(*(str(len(prospects)),) * 2)}
        if full:
            self._heading(say("implausible_all", **slots))
            for one in prospects:
                self._row(one, full)
            return
        self.out.blank()
        rows = ranges([one.finding.measure.row for one in prospects], self.lang)
        self.out.line(say("implausible", rows=rows, **slots).of(self.lang), "dim")

    def _heading(self, told: Text) -> None:
        self.out.blank()
        self.out.line(told.of(self.lang), "bold")
        self.out.line("─" * min(self.out.width, 78), "dim")

    def group(self, key: str, prospects: Sequence[Prospect], full: bool) -> None:
        if not prospects:
            return
        self._heading(say(key, count=str(len(prospects))))
        if full or key == "yours":
            for one in prospects:
                self._row(one, full)
        else:
            self._by_reason(prospects)

    def _row(self, one: Prospect, full: bool) -> None:
        measure = one.finding.measure
        self.out.line(measure.title.of(self.lang), "bold", f"{measure.row:>4} ", "bold", 5)
        if full and one.finding.verdict is not None:
            now = say("now", verdict=w.BUCKETS[one.finding.bucket])
            self.out.line(now.of(self.lang), "dim", "     ")
        why = reason(one, self.words)
        if why is not None:
            self.out.line(why.of(self.lang), lead="     ")
        best = min(one.yours, key=lambda change: rank(change, self.plausibility), default=None)
        shown = [best] if best is not None else []
        if full:
            shown = sorted(one.changes, key=lambda change: not self._likely(change))
        for number, change in enumerate(shown, 1):
            self._way(change, number if full and len(shown) > 1 else None)
        more = len(one.changes) - len(shown)
        if more and not full:
            self.out.line(say("more", count=str(more), row=str(measure.row)).of(self.lang), "dim", "     ")

    def _likely(self, change: Change) -> bool:
        return not change.yours or is_plausible(change, self.plausibility)

    def _way(self, change: Change, number: int | None) -> None:
        verdict = say("to", verdict=w.BUCKETS[_bucket(change)]).of(self.lang)
        if number is not None:
            self.out.line(say("way", number=str(number)).of(self.lang) + " · " + verdict, "", "     ")
        elif len(change.edits) > 1:
            self.out.line(say("together", verdict=verdict).of(self.lang), "", "     ")
        for edit in change.edits:
            line = f"{edit_text(edit, self.words).of(self.lang)} · {owner(edit).of(self.lang)}"
            alone = number is None and len(change.edits) == 1
            self.out.line(f"{line} · {verdict}" if alone else line, "", "     → ", "dim", 7)

    def _by_reason(self, prospects: Iterable[Prospect]) -> None:
        grouped: dict[Text, list[Prospect]] = {}
        for one in prospects:
            why = reason(one, self.words)
            assert why is not None  # rows of this group always have one
            grouped.setdefault(why, []).append(one)
        for why, rows in sorted(grouped.items(), key=lambda item: -len(item[1])):
            self.out.line(why.of(self.lang))
            for one in rows:
                measure = one.finding.measure
                self.out.line(measure.title.of(self.lang), "dim", f"{measure.row:>4} ", "bold", 5)


def _bucket(change: Change) -> Bucket:
    return bucket_of(change.verdict)
