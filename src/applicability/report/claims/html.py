"""The documents as one HTML page, every character in the colour of what claims it and linked to its rule.

Nothing is fetched, nothing runs.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from applicability.analysis.claims import Claim, Passage, Stretch
from applicability.model.conditions import All, Condition
from applicability.model.facts import Facts
from applicability.model.places import Whereabouts
from applicability.model.rulebook import Measure, Rulebook
from applicability.report.assessment.explain import Node
from applicability.report.assessment.html import escape
from applicability.report.claims.terminal import KINDS, WHERE, Count, Part, count, name, parts
from applicability.report.language import labels as w
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout.languages import marked
from applicability.report.rulebook.measure import node
from applicability.text import Lang, Text

_STYLE = """
:root { color-scheme: light dark; --ink: #1c1c1e; --soft: #5f6168; --line: #d9dae0; --page: #fff; --box: #f6f6f8;
  --condition: #cfe3ff; --judgement: #cdeef2; --step: #dcd6ff; --effect: #d3f0d8; --limit: #ffdcd2; --duty: #e6e3d6;
  --background: #d8d8e0; --unclaimed: #ffe45c }
@media (prefers-color-scheme: dark) { :root { --ink: #ececf0; --soft: #a3a5ae; --line: #3a3b42; --page: #17181b;
  --box: #212227; --condition: #1f4272; --judgement: #17505a; --step: #41357e; --effect: #1f5430; --limit: #74331f;
  --duty: #4b4733; --background: #45464f; --unclaimed: #7a6600 } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1.25rem 1rem 4rem; max-width: 64rem; background: var(--page); color: var(--ink);
  font: 1rem/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.4rem; line-height: 1.35; margin: 0 0 .25rem } h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem;
  padding-bottom: .35rem; border-bottom: 2px solid var(--line) } h3 { font-size: 1rem; margin: 0 } a { color: inherit }
p { margin: .4rem 0 } .soft { color: var(--soft); font-size: .9rem } .scroll { overflow-x: auto }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; font-size: .9rem }
td, th { padding: .3rem .4rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top;
  font-variant-numeric: tabular-nums; font-weight: inherit; overflow-wrap: normal }
th[scope=row], th:first-child { text-align: left; padding-left: 0; min-width: 12rem }
thead th, tfoot { font-weight: 600 }
ul.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem .8rem; margin: 1rem 0; padding: 0 }
article { margin: 1rem 0; padding: .75rem .9rem; background: var(--box); border-left: 3px solid var(--line) }
.words { font-family: Georgia, "Songti SC", "SimSun", serif; line-height: 2 }
.claim { background: var(--of); text-decoration: none; padding: .15rem 0; border-radius: 2px }
a.claim:hover, a.claim:focus { outline: 2px solid var(--ink) }
.unclaimed { outline: 2px dashed var(--ink) } ul.tree { padding-left: 1.1rem; margin: .2rem 0 }
.number { font-variant-numeric: tabular-nums; margin-right: .5rem } :target { outline: 2px solid var(--ink) }
"""

_TITLE = Text("原文与规则对照", "What claims the words")
_ABOUT = Text(
    "原文的每个字由哪条规则承担；点按文字可到其规则。标点不计。",
    "Which rule claims each character of the text. Follow a word to its rule. Punctuation is not counted.",
)
_HEADS = (Text("部分", "Part"), Text("已对应", "Claimed"), Text("应对应", "Needed"))
_TOTAL, _SCOPES = Text("合计", "Total"), Text("适用范围规则", "Scope rules")
_ALWAYS = Text("原文未设条件", "the words set no condition")


def page(rulebook: Rulebook, lang: Lang) -> str:
    """The page, ending in a newline."""
    return marked("\n".join(_Writer(rulebook, lang).lines()) + "\n", lang)


class _Writer:
    def __init__(self, rulebook: Rulebook, lang: Lang) -> None:
        self.rulebook = rulebook
        self.lang: Lang = lang
        self.parts = parts(rulebook)
        self.words = ConditionRenderer(rulebook, Facts({}, Whereabouts(), datetime.date.min))

    def say(self, text: Text) -> str:
        return escape(text.of(self.lang))

    def lines(self) -> Iterator[str]:
        yield "<!doctype html>"
        yield f'<html lang="{"zh-Hans" if self.lang == "zh" else "en"}"><head><meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        book = f"{self.rulebook.title.of(self.lang)} ({self.rulebook.version})"
        yield f"<title>{self.say(_TITLE)} · {escape(book)}</title><style>{_STYLE}</style></head><body>"
        yield f'<header><h1>{self.say(_TITLE)}</h1><p>{self.say(_ABOUT)}</p><p class="soft">{escape(book)}</p></header>'
        yield f'<main><ul class="legend">{"".join(self._legend())}</ul>'
        for document in self.rulebook.documents.values():
            own = [part for part in self.parts if part.document is document]
            yield f'<h2>{self.say(document.title)}</h2><p class="soft">{escape(document.number)}</p>'
            yield from self._table(own)
            for part in own:
                yield from self._part(part)
        yield from self._scopes()
        yield "</main></body></html>"

    def _legend(self) -> Iterator[str]:
        for kind, label in KINDS.items():
            own = "claim" if kind else "claim unclaimed"
            yield f'<li><span class="{own}" style="--of: var(--{kind or "unclaimed"})">{self.say(label)}</span></li>'

    def _table(self, own: list[Part]) -> Iterator[str]:
        heads = (*_HEADS, *(label for kind, label in KINDS.items() if kind))
        yield '<div class="scroll"><table><thead><tr>'
        yield "".join(f'<th scope="col">{self.say(head)}</th>' for head in heads) + "</tr></thead><tbody>"
        for part in own:
            link = f'<a href="#{escape(_part_anchor(part))}">{self.say(part.title)}</a>'
            yield self._figures(link, count(part.passages))
        yield "</tbody><tfoot>"
        yield self._figures(self.say(_TOTAL), count(p for part in own for p in part.passages))
        yield "</tfoot></table></div>"

    def _figures(self, title: str, found: Count) -> str:
        numbers = (found.claimed, found.total, *found.kinds.values())
        return f'<tr><th scope="row">{title}</th>' + "".join(f"<td>{number}</td>" for number in numbers) + "</tr>"

    def _part(self, part: Part) -> Iterator[str]:
        yield f'<section id="{escape(_part_anchor(part))}"><h2>{self.say(part.title)}</h2>'
        rows: dict[int | None, list[Passage]] = {}
        for passage in part.passages:
            rows.setdefault(passage.row, []).append(passage)
        for row, held in rows.items():
            if row is None:
                for passage in held:
                    anchor = escape(f"{passage.document}-{passage.where}")
                    yield f'<article id="{anchor}"><h3>{self.say(name(passage))}</h3>'
                    yield f'<p class="words">{self._colored(passage)}</p></article>'
            else:
                yield from self._row(self.rulebook.measure(row, part.document.id), held)
        yield "</section>"

    def _row(self, measure: Measure, held: list[Passage]) -> Iterator[str]:
        anchor = escape(row_anchor(measure.document, measure.row))
        number = f'<a class="number" href="#{anchor}">{measure.row}</a>'
        yield f'<article id="{anchor}"><h3>{number}{self.say(measure.title)}</h3>'
        for passage in held:
            label = f'<span class="soft">{self.say(WHERE["cell"])}</span> ' if passage.where == "cell" else ""
            yield f'<p class="words">{label}{self._colored(passage)}</p>'
        for limb in measure.limbs:
            rule = escape(_rule_anchor(measure.document, f"row {measure.row}{limb.id}"))
            title = f"{limb.id} {limb.title.of(self.lang)}" if limb.id else w.FORCES[limb.force].of(self.lang)
            yield f'<div id="{rule}"><p class="soft">{escape(title)}</p>{self._condition(limb.when)}</div>'
        rule, place = escape(measure.scope_rule), escape(str(measure.location))
        yield f'<p class="soft"><a href="#scope-{rule}">{rule}</a> · {place}</p>'
        yield "</article>"

    def _colored(self, passage: Passage) -> str:
        words = "".join(self._stretch(passage, stretch) for stretch in passage.stretches)
        return words if self.lang == "zh" else f'<span lang="zh-Hans">{words}</span>'

    def _stretch(self, passage: Passage, stretch: Stretch) -> str:
        if stretch.kind is None:
            return "".join(self._open(passage, stretch))
        first = next(claim for claim in stretch.claims if claim.kind == stretch.kind)
        title = "; ".join(dict.fromkeys(self._says(claim) for claim in stretch.claims))
        return (
            f'<a class="claim" style="--of: var(--{stretch.kind})" title="{escape(title)}" '
            f'href="#{escape(self._target(passage.document, first))}">'
            f"{escape(passage.words[stretch.start : stretch.end])}</a>"
        )

    def _open(self, passage: Passage, stretch: Stretch) -> Iterator[str]:
        """What nothing claims: words are marked, the punctuation between them is not."""
        done = stretch.start
        for start, end in passage.unclaimed:
            if stretch.start <= start and end <= stretch.end:
                yield escape(passage.words[done:start])
                yield '<span class="claim unclaimed" style="--of: var(--unclaimed)" '
                yield f'title="{self.say(KINDS[None])}">{escape(passage.words[start:end])}</span>'
                done = end
        yield escape(passage.words[done : stretch.end])

    def _says(self, claim: Claim) -> str:
        return f"{KINDS[claim.kind].of(self.lang)}: {claim.rule}"

    def _target(self, document: str, claim: Claim) -> str:
        """The limb or scope that claims it, or the row as a whole where a span of the row does."""
        kind, _, rest = claim.rule.partition(" ")
        if kind == "scope":
            return f"scope-{rest}"
        if rest.isdigit() and all(limb.id for limb in self.rulebook.measure(int(rest), document).limbs):
            return row_anchor(document, int(rest))
        return _rule_anchor(document, claim.rule)

    def _scopes(self) -> Iterator[str]:
        yield f"<section><h2>{self.say(_SCOPES)}</h2>"
        for scope in self.rulebook.scopes.values():
            yield f'<article id="scope-{escape(scope.id)}"><h3>{escape(scope.id)}</h3><p>{self.say(scope.title)}</p>'
            yield f"{self._condition(scope.when)}</article>"
        yield "</section>"

    def _condition(self, condition: Condition) -> str:
        if condition == All(()):
            return f'<p class="soft">{self.say(_ALWAYS)}</p>'
        return "".join(self._tree((node(condition, self.words, self.lang),)))

    def _tree(self, nodes: tuple[Node, ...]) -> Iterator[str]:
        yield '<ul class="tree">'
        for one in nodes:
            yield f"<li>{escape(one.text)}{''.join(self._tree(one.parts)) if one.parts else ''}</li>"
        yield "</ul>"


def row_anchor(document: str, row: int) -> str:
    """The anchor of a row; a rulebook may hold several documents."""
    return f"{document}-row-{row}"


def _rule_anchor(document: str, rule: str) -> str:
    return f"{document}-rule-{rule.replace(' ', '-')}"


def _part_anchor(part: Part) -> str:
    return f"{part.document.id}-{'notes' if part.number is None else f'chapter-{part.number}'}"
