"""The page as one HTML file: nothing is fetched, nothing runs, everything from a profile is escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator

from applicability.report import Options, Selection
from applicability.report.assessment.explain import Node, derivation
from applicability.report.assessment.view import Brief, Card, Page, VerdictGroup, Writer
from applicability.report.layout.languages import marked
from applicability.report.layout.wrap import printable
from applicability.text import Lang

_LANGUAGES: dict[Lang, str] = {"zh": "zh-Hans", "en": "en"}

_STYLE = """
:root { color-scheme: light dark; --ink: #1c1c1e; --soft: #5f6168; --line: #d9dae0; --page: #fff; --box: #f6f6f8;
  --eligible: #17693a; --conditional: #0b6075; --needs_info: #8a5a00; --pending: #3b4fa8; --ineligible: #a12626;
  --authorities_only: #5f6168; --text_lost: #5f6168; --not_encoded: #5f6168 }
@media (prefers-color-scheme: dark) { :root { --ink: #ececf0; --soft: #a3a5ae; --line: #3a3b42; --page: #17181b;
  --box: #212227; --eligible: #6fd08f; --conditional: #67c7dd; --needs_info: #e5b65b; --pending: #9fb0ff;
  --ineligible: #f08c8c; --authorities_only: #a3a5ae; --text_lost: #a3a5ae; --not_encoded: #a3a5ae } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1.25rem 1rem 4rem; max-width: 52rem; background: var(--page); color: var(--ink);
  font: 1rem/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.4rem; line-height: 1.35; margin: 0 0 .25rem } h2 { font-size: 1.15rem; margin: 2.5rem 0 .25rem;
  padding-bottom: .35rem; border-bottom: 2px solid var(--of, var(--line)); color: var(--of, inherit) }
h3 { font-size: 1rem; margin: 0 } p { margin: .25rem 0 } a { color: inherit }
.soft, .meaning { color: var(--soft); font-size: .9rem }
table { border-collapse: collapse; margin: 1rem 0; width: 100% } td, th { padding: .3rem .5rem .3rem 0;
  border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: inherit }
td.count { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-right: 1rem }
th { font-weight: 600; color: var(--of); white-space: nowrap }
footer { margin-top: 2.5rem; border-top: 1px solid var(--line) }
article { margin: 1rem 0; padding: .75rem .9rem; background: var(--box); border-left: 3px solid var(--of);
  break-inside: avoid }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem .8rem; margin: .5rem 0 0 }
dt { color: var(--soft); font-size: .9rem } dd { margin: 0 } blockquote { margin: .25rem 0 .75rem 1rem }
blockquote, dd.words {
  font-family: Georgia, "Songti SC", "SimSun", serif }
ul.rows { list-style: none; padding: 0; margin: .25rem 0 1rem } ul.rows li { padding: .2rem 0; break-inside: avoid }
.number { font-variant-numeric: tabular-nums; font-weight: 600; margin-right: .5rem }
ol.asks li { margin: .5rem 0 } ul.tree { padding-left: 1.1rem } .mark { color: var(--of); font-weight: 600 }
:target { outline: 2px solid var(--of); outline-offset: 3px }
@media (max-width: 34rem) { dl { display: block } dd { margin-bottom: .35rem } td.meaning { display: none } }
@media print { body { max-width: none; padding: 0; font-size: 10pt } article { background: none }
  a { text-decoration: none } }
"""


def render(selection: Selection, options: Options) -> str:
    """The page as HTML."""
    page = Writer(selection, options.lang).page()
    explained = derivation(selection, options.lang) if options.explain else ()
    return marked("\n".join((*_head(page), *_body(page), *_explained(explained), *_foot(page))) + "\n", page.lang)


def escape(text: str) -> str:
    """The text as HTML: no markup, and no character that hides or turns text."""
    return html.escape(printable(text))


def _head(page: Page) -> Iterator[str]:
    yield "<!doctype html>"
    yield f'<html lang="{_LANGUAGES[page.lang]}">'
    yield '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f"<title>{escape(' · '.join(part for part in (page.about, page.title) if part))}</title>"
    yield f"<style>{_STYLE}</style></head>"
    yield "<body>"


def _body(page: Page) -> Iterator[str]:
    yield f"<header><h1>{escape(page.title)}</h1>"
    if page.about:
        yield f"<p>{escape(page.about)}</p>"
    yield f'<p class="soft">{escape(page.made_by)}</p></header>'
    yield "<main>"
    yield "<table>"
    anchors: dict[str, str] = {}
    for group in page.groups:
        anchors.setdefault(group.bucket, group.anchor)
    for bucket, name, count, meaning in page.summary:
        shown = f'<a href="#{anchors[bucket]}">{escape(name)}</a>' if bucket in anchors else escape(name)
        yield f'<tr style="--of: var(--{bucket})"><th scope="row">{shown}</th><td class="count">{count}</td>'
        yield f'<td class="meaning">{escape(meaning)}</td></tr>'
    name, total = page.total
    yield f'<tr><th scope="row">{escape(name)}</th><td class="count">{total}</td><td class="meaning"></td></tr>'
    yield "</table>"
    yield from (f"<p>{escape(note)}</p>" for note in page.notes)
    for group in page.groups:
        yield from _group(group, page)


def _group(group: VerdictGroup, page: Page) -> Iterator[str]:
    yield f'<section id="{escape(group.anchor)}" style="--of: var(--{group.bucket})">'
    yield f'<h2>{escape(group.heading)}</h2><p class="meaning">{escape(group.meaning)}</p>'
    if group.questions:
        yield f"<h3>{escape(page.asks)}</h3>"
        yield '<ol class="asks">'
        for one in group.questions:
            yield f"<li>{escape(one.question)}"
            yield f'<p class="soft">{escape(one.help)}</p><p class="soft">{escape(one.helps)}</p></li>'
        yield "</ol>"
    for brief in group.briefs:
        yield from _brief(brief)
    for card in group.cards:
        yield from _card(card)
    yield "</section>"


def _brief(brief: Brief) -> Iterator[str]:
    shared = len(brief.rows) > 1
    if shared and brief.reason:
        yield f"<p>{escape(brief.reason)}</p>"
    yield '<ul class="rows">'
    for card in brief.rows:
        reason = "" if shared or not brief.reason else f'<p class="soft">{escape(brief.reason)}</p>'
        words = "".join(
            f'<p class="soft">{escape(detail.text)}</p>'
            for detail in card.details[:2]
            if detail.verbatim and card.bucket == "pending"
        )
        title = f'<span class="number">{card.row}</span>{escape(card.title)}'
        yield f'<li id="{escape(card.anchor)}">{title}{reason}{words}</li>'
    yield "</ul>"


def _card(card: Card) -> Iterator[str]:
    anchor = escape(card.anchor)
    yield f'<article id="{anchor}">'
    yield f'<h3><a class="number" href="#{anchor}">{card.row}</a>{escape(card.title)}</h3>'
    yield "<dl>"
    for detail in card.details:
        words = ' class="words"' if detail.verbatim else ""
        yield f"<dt>{escape(detail.label)}</dt><dd{words}>{escape(detail.text)}</dd>"
    yield "</dl></article>"


def _explained(parts: Iterable[Node]) -> Iterator[str]:
    for part in parts:
        yield f"<section><h2>{escape(part.text)}</h2>"
        yield from _tree(part.parts)
        yield "</section>"


def _tree(nodes: Iterable[Node]) -> Iterator[str]:
    yield '<ul class="tree">'
    for node in nodes:
        mark = f'<span class="mark" style="--of: var(--{node.bucket})">{node.bucket}</span> ' if node.bucket else ""
        yield f"<li>{mark}{escape(node.text)}"
        if node.parts:
            yield from _tree(node.parts)
        yield "</li>"
    yield "</ul>"


def _foot(page: Page) -> Iterator[str]:
    yield "</main><footer>"
    for remark in page.provisions:
        yield f"<p><strong>{escape(remark.title)}</strong> {escape(remark.note)}</p>"
        yield f"<blockquote>{escape(remark.words)}</blockquote>"
    yield "<dl>"
    for detail in page.cited:
        yield f'<dt>{escape(detail.label)}</dt><dd class="words">{escape(detail.text)}</dd>'
    yield f'</dl><p class="soft">{escape(page.warning)}</p></footer>'
    yield "</body></html>"
