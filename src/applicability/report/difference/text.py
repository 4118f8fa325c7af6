"""The differences between two rulebooks, as text for a terminal and as Markdown for a pull request."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from applicability.analysis.difference import Difference, Moved, RowDifference, RowStatus
from applicability.analysis.uncompared import UncomparedKind
from applicability.errors import Problem
from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Bucket, bucket_of
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.report import Options
from applicability.report.contract import plain
from applicability.report.language import labels as w, sentences as s
from applicability.report.layout.lines import LineWriter
from applicability.text import Lang, Text

_WORDS = {
    "title": Text("规则库差异", "What differs"),
    "sides": Text("{old} → {new}", "{old} → {new}"),
    "book": Text("{id} {version}（{digest}）", "{id} {version} ({digest})"),
    "same": Text(
        "共{measures}行，任何主体的结论均无变化", "{measures} rows: no verdict differs, for any entity whatever"
    ),
    "same_compared": Text(
        "共{measures}行，在已比较的情形中结论均无变化", "{measures} rows: no verdict differs in what was compared"
    ),
    "rows": Text("共{measures}行，其中{count}行结论有变化", "{count} of {measures} rows differ"),
    "whole": Text(
        "规则所能区分的全部情形均已逐一比较", "every class of profiles that the rules tell apart was gone through"
    ),
    "part": Text(
        "第{row}行只比较了{covered}种情形，共{cells}种", "row {row}: only {covered} of {cells} classes gone through"
    ),
    "share": Text("{cells}/{whole}种情形（{percent}）", "{cells} of {whole} classes ({percent})"),
    "witness": Text("例如：{witness}", "for example: {witness}"),
    "nobody": Text("什么都未填的档案", "a profile that says nothing"),
    "added": Text("新增一行", "a new row"),
    "removed": Text("删去一行", "a row gone"),
    "force": Text("力度：{old} → {new}", "force: {old} → {new}"),
    "words": Text(
        "只有一边认得的词（使用这些词的档案无法比较）",
        "words that one side alone knows: profiles with them cannot be compared",
    ),
    "uncompared": Text("以下规则也不同，有关的档案未比较", "rules that differ as well, with profiles not compared"),
    "reading": Text("{what}；涉及{facts}，第{rows}行读取", "{what}; it concerns {facts}, which rows {rows} read"),
    "unread": Text("{what}；涉及{facts}，没有行读取", "{what}; it concerns {facts}, which no row reads"),
    "profiles": Text("档案变化：{count}份中有{moved}份", "profiles that move: {moved} of {count}"),
    "unreadable": Text("{file}：{side}无法读取：{problem}", "{file}: cannot be read by {side}: {problem}"),
    "old": Text("旧规则库", "the old rulebook"),
    "new": Text("新规则库", "the new rulebook"),
    "row": Text("行", "Row"),
    "change": Text("变化", "Change"),
    "classes": Text("涉及情形", "Classes touched"),
    "example": Text("例", "Example"),
}  # fmt: skip
KINDS = {
    "facts": Text("事实", "facts"),
    "values": Text("事实的值", "values"),
    "activities": Text("活动", "activities"),
    "sectors": Text("行业代码", "sectors"),
    "divisions": Text("行政区划", "divisions"),
    "zones": Text("功能区", "zones"),
    "zone_types": Text("功能区类型", "types of zone"),
    "judgements": Text("认定", "judgements"),
    "limits": Text("限制", "limits"),
}
_UNCOMPARED: Mapping[UncomparedKind, Text] = MappingProxyType({
    "from_investors": Text(
        "推导`{name}`不同：列有投资者的档案", "derivation `{name}`: profiles that list investors"
    ),
    "open_origins": Text(
        "`{name}`的来源地可能是哪些，两边不同：列有投资者的档案",
        "what origins of `{name}` leave open: profiles that list investors",
    ),
    "derivation": Text(
        "推导`{name}`不同：与它矛盾、因而只有一边能读的档案",
        "derivation `{name}`: profiles that contradict it, which one side alone can read",
    ),
    "range": Text(
        "`{name}`可取的值不同：只有一边能读的值", "the values that `{name}` takes: those that one side alone can read"
    ),
    "registration": Text(
        "由`{name}`得出的结果可能不同：填写了它的档案", "what follows from `{name}`: profiles that give it"
    ),
})  # fmt: skip
_ABSENT = Text("无此行", "no such row")
_MOST = 12


@dataclass(frozen=True)
class ProfileMove:
    """One of the user's own profiles: the rows that change, or why a side could not read it."""

    file: str
    rows: tuple[tuple[int, Text, Bucket, Bucket], ...] = ()
    problem: tuple[str, Problem] | None = None  # the side (`old`, `new`), and its problem


def say(key: str, /, **slots: Text | str) -> Text:
    """A line of this page."""
    return s.say(_WORDS[key], **slots)


def verdict_word(verdict: Verdict | None, whereabouts: RowStatus) -> Text:
    """A verdict, or the reason why there is none."""
    if verdict is not None:
        return w.BUCKETS[bucket_of(verdict)]
    match whereabouts:
        case "absent":
            return _ABSENT
        case "authorities_only" | "text_lost" | "not_encoded":
            return w.BUCKETS[whereabouts]
        case "verdicts":
            raise ValueError("a row with verdicts has one")


def witness_text(witness: Mapping[str, object]) -> str:
    """A profile in one line of YAML; empty for an empty profile."""
    return json.dumps({name: plain(value) for name, value in witness.items()}, ensure_ascii=False) if witness else ""


def share(row: RowDifference, cells: int) -> Text:
    """A number of cells as a share of the row's."""
    percent = f"{100 * cells / row.cells:.1f}%" if row.cells else "0%"
    return say("share", cells=f"{cells:,}", whole=f"{row.cells:,}", percent=percent)


def moves(row: RowDifference) -> Iterator[tuple[Text, Moved]]:
    """Every way in which a row differs, in words."""
    for one in row.moved:
        words = say("sides", old=verdict_word(one.old, row.old), new=verdict_word(one.new, row.new))
        yield words, one


def force_line(row: RowDifference) -> Text | None:
    """The change of a row's force; None if unchanged."""
    old, new = row.forces
    if old == new or old is None or new is None:
        return None
    return say("force", old=w.FORCES[old], new=w.FORCES[new])


def render(found: Difference, profiles: Sequence[ProfileMove] | None, options: Options) -> str:
    """Renders the page for a terminal."""
    lang, out = options.lang, LineWriter(options.width, options.color)
    out.line(say("title").of(lang), "bold")
    out.line(_sides(found).of(lang), "dim")
    for line in _summary(found):
        out.line(line.of(lang))
    for row in found.rows:
        out.blank()
        out.line(row.title.of(lang), "bold", f"{row.key[1]:>4} ", "bold", 5)
        for line in filter(None, (_status_line(row), force_line(row))):
            out.line(line.of(lang), lead="     ")
        for words, one in moves(row):
            out.line(f"{words.of(lang)} · {share(row, one.cells).of(lang)}", "", "     ")
            out.line(_example(one, lang), "dim", "       ")
    for section in (_vocabulary(found, lang), _uncompared(found, lang)):
        for index, words_ in enumerate(section):
            if index == 0:
                out.blank()
            out.line(words_, lead="" if index == 0 else "  ")
    if profiles is not None:
        out.blank()
        _profiles(out, profiles, lang)
    return out.text()


def markdown(found: Difference, profiles: Sequence[ProfileMove] | None, options: Options) -> str:
    """Renders the page as a comment on a pull request."""
    lang = options.lang
    lines = [f"### {say('title').of(lang)}", "", _sides(found).of(lang), ""]
    lines += [*(line.of(lang) + "  " for line in _summary(found)), ""]
    if found.rows:
        heads = [say(key).of(lang) for key in ("row", "change", "classes", "example")]
        lines += ["| " + " | ".join(heads) + " |", "|---|---|---|---|"]
    for row in found.rows:
        head = f"**{row.key[1]}** {_cell(row.title.of(lang))}"
        told = [line.of(lang) for line in (_status_line(row), force_line(row)) if line is not None]
        if told:
            lines.append(f"| {head} | {_cell('; '.join(told))} | | |")
        for words, one in moves(row):
            example = witness_text(one.witness)
            shown = f"`{_cell(example)}`" if example else say("nobody").of(lang)
            lines.append(f"| {head} | {_cell(words.of(lang))} | {share(row, one.cells).of(lang)} | {shown} |")
    for section in (_vocabulary(found, lang), _uncompared(found, lang)):
        lines += [f"- {_cell(line)}" if index else f"\n{line}\n" for index, line in enumerate(section) if line]
    if profiles is not None:
        out = LineWriter(1000, False)
        _profiles(out, profiles, lang)
        first, *rest = out.text().rstrip("\n").split("\n")
        lines += ["", first, "", *(f"- {_cell(line.strip())}" for line in rest if line.strip())]
    return "\n".join(lines).rstrip("\n") + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _sides(found: Difference) -> Text:
    return say("sides", old=_book(found.old), new=_book(found.new))


def _book(rulebook: Rulebook) -> Text:
    return say("book", id=rulebook.id, version=rulebook.version, digest=rulebook.digest[:12])


def _summary(found: Difference) -> Iterator[Text]:
    count = str(len(found.rows))
    same = "same_compared" if found.uncompared else "same"
    yield say("rows" if found.rows else same, measures=str(found.measures), count=count)
    if found.complete:
        yield say("whole")
    for row in found.rows:
        if row.covered < row.cells:
            yield say("part", row=str(row.key[1]), covered=f"{row.covered:,}", cells=f"{row.cells:,}")


def _status_line(row: RowDifference) -> Text | None:
    if row.old == "absent":
        return say("added")
    if row.new == "absent":
        return say("removed")
    return None


def _example(one: Moved, lang: Lang) -> str:
    return say("witness", witness=witness_text(one.witness) or say("nobody")).of(lang)


def _vocabulary(found: Difference, lang: Lang) -> Iterator[str]:
    if found.vocabulary:
        yield say("words").of(lang)
    for one in found.vocabulary:
        parts = [f"{sign}{name}" for sign, names in (("−", one.removed), ("+", one.added)) for name in names]
        yield f"{KINDS[one.kind].of(lang)}: {_first_of(parts, ', ')}"


def _uncompared(found: Difference, lang: Lang) -> Iterator[str]:
    if found.uncompared:
        yield say("uncompared").of(lang)
    between = "、" if lang == "zh" else ", "
    for one in found.uncompared:
        what = s.say(_UNCOMPARED[one.kind], name=one.name).of(lang)
        facts = between.join(f"`{name}`" for name in one.facts)
        rows = _first_of([str(row) for _, row in one.rows], between)
        yield say("reading" if rows else "unread", what=what, facts=facts, rows=rows).of(lang)


def _first_of(parts: Sequence[str], between: str) -> str:
    """The first of a list; of a long one also how many there are."""
    return between.join(parts[:_MOST]) + (f" … ({len(parts)})" if len(parts) > _MOST else "")


def _profiles(out: LineWriter, profiles: Sequence[ProfileMove], lang: Lang) -> None:
    moved = [one for one in profiles if one.rows]
    out.line(say("profiles", count=str(len(profiles)), moved=str(len(moved))).of(lang), "bold")
    for one in profiles:
        if one.problem is not None:
            side, problem = one.problem
            out.line(
                say("unreadable", file=one.file, side=say(side), problem=problem.told_message(lang)).of(lang), lead="  "
            )
        for row, title, old, new in one.rows:
            sides = say("sides", old=w.BUCKETS[old], new=w.BUCKETS[new]).of(lang)
            out.line(f"{one.file} · {row} {title.of(lang)} · {sides}", lead="  ", indent=4)
