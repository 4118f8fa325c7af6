"""The atlas as one page: a table of places by measures, and filters that work with no server and no network."""

from __future__ import annotations

import json
from html import escape

from applicability.analysis.reach_map import Reach, ReachMap
from applicability.model.assessment import BUCKETS
from applicability.model.rulebook import FORCES
from applicability.report.assessment.terminal import MARKS
from applicability.report.language import labels as w
from applicability.report.layout.colours import FILLS
from applicability.report.layout.languages import marked
from applicability.report.reach_map.json import interval_model
from applicability.report.reach_map.terminal import (
    activities_text,
    chapter_text,
    place_names,
    say,
    sectors_text,
    shares_text,
    w_rulebook,
)  # fmt: skip
from applicability.text import Lang

_STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif;
  margin: 1.5rem; color: #222; background: #fff; }
h1 { font-size: 1.4rem; margin: 0; }
p { color: #555; margin: .3rem 0 1rem; max-width: 60rem; }
form { display: flex; flex-wrap: wrap; gap: .8rem; align-items: end; margin-bottom: 1rem; }
label { display: flex; flex-direction: column; font-size: .8rem; color: #555; }
input, select { font: inherit; padding: .2rem .4rem; max-width: 16rem; }
table { border-collapse: separate; border-spacing: 1px; }
thead th { position: sticky; top: 0; background: #fff; vertical-align: bottom; font-weight: 500; z-index: 1; }
thead th.place { height: 7rem; }
thead th.place div { writing-mode: vertical-rl; white-space: nowrap; margin: 0 auto; }
:lang(en) thead th.place div { transform: rotate(180deg); }
td { text-align: center; width: 1.9rem; height: 1.6rem; padding: 0; }
th.row { text-align: left; font-weight: 400; padding-right: .8rem; max-width: 34rem; }
th.row small { display: block; color: #666; }
th.row b { display: inline-block; min-width: 2.2rem; }
tr.chapter th { text-align: left; padding-top: .8rem; font-weight: 600; }
ul.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; font-size: .85rem; }
ul.legend span { display: inline-block; width: 1.2rem; text-align: center; border: 1px solid #bbb;
  margin-right: .3rem; }
tfoot td, tfoot th { font-size: .8rem; color: #444; text-align: center; }
tfoot th { text-align: right; padding-right: .8rem; font-weight: 400; }
@media print { form { display: none; } thead th { position: static; } }
"""

_SCRIPT = """
const form = document.querySelector("form"), rows = [...document.querySelectorAll("tbody tr[data-row]")];
const count = document.getElementById("count"), heads = [...document.querySelectorAll("tr.chapter")];
function within(share, spans) {
  return spans === null || spans.some(s =>
    (s.low === null || (s.low_open ? share > s.low : share >= s.low)) &&
    (s.high === null || (s.high_open ? share < s.high : share <= s.high)));
}
function filter() {
  const f = Object.fromEntries(new FormData(form)), words = f.words.trim().toLowerCase();
  let shown = 0;
  for (const row of rows) {
    const d = row.dataset, sectors = JSON.parse(d.sectors), buckets = JSON.parse(d.buckets);
    const open = b => b === "eligible" || b === "conditional";
    const ok = (!words || row.textContent.toLowerCase().includes(words)) &&
      (!f.chapter || d.chapter === f.chapter) && (!f.force || d.force === f.force) &&
      (f.place === "" || open(buckets[Number(f.place)])) &&
      (!f.sector || sectors === null || sectors.includes(f.sector)) &&
      (f.share === "" || within(Number(f.share), JSON.parse(d.shares)));
    row.hidden = !ok;
    shown += ok;
  }
  for (const head of heads) head.hidden = !rows.some(r => r.dataset.chapter === head.dataset.chapter && !r.hidden);
  count.textContent = count.dataset.text.replace("{count}", shown);
}
form.addEventListener("input", filter);
form.addEventListener("submit", event => event.preventDefault());
filter();
"""


def render(atlas: ReachMap, lang: Lang) -> str:
    """The page, whole: its styles, its data and its filters are in it."""
    names = place_names(atlas, lang)
    parts = [
        "<!doctype html>",
        f'<html lang="{"zh-CN" if lang == "zh" else "en"}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(say('title', lang))} · {escape(w_rulebook(atlas, lang))}</title>",
        f"<style>{_STYLE}</style></head><body>",
        f"<h1>{escape(say('title', lang))}</h1>",
        f"<p>{escape(say('about', lang))}<br>{escape(w_rulebook(atlas, lang))}</p>",
        _form(atlas, names, lang),
        _legend(atlas, lang),
        "<table><thead><tr>",
        f'<th class="row" id="count" data-text="{escape(say("shown", lang, count="{count}"))}"></th>',
        *(f'<th class="place" scope="col"><div>{escape(name)}</div></th>' for name in names),
        "</tr></thead><tbody>",
        *_rows(atlas, lang),
        "</tbody><tfoot>",
        *_totals(atlas, lang),
        f"</tfoot></table><script>{_SCRIPT}</script></body></html>",
    ]
    return marked("\n".join(parts) + "\n", lang)


def _form(atlas: ReachMap, names: list[str], lang: Lang) -> str:
    sectors = atlas.rulebook.sectors.codes
    chapters = {_chapter(row): chapter_text(atlas, row.measure, lang) for row in atlas.rows}
    codes = [code for code in sectors if len(code) == 2]
    named = {
        code: f"{code} {sectors[code].zh if lang == 'zh' else sectors[code].en or sectors[code].zh}" for code in codes
    }
    fields = (
        _select("chapter", say("chapters", lang), chapters, lang),
        _select("force", say("force", lang), {force: w.FORCES[force].of(lang) for force in FORCES}, lang),
        _select("place", say("at", lang), {str(index): name for index, name in enumerate(names)}, lang),
        _select("sector", say("sectors", lang), named, lang),
        _input("share", say("share_of", lang), 'type="number" min="0" max="100" step="any"'),
        _input("words", say("search", lang), 'type="search"'),
    )
    return f"<form>{''.join(fields)}</form>"


def _select(name: str, label: str, options: dict[str, str], lang: Lang) -> str:
    inside = "".join(f'<option value="{escape(key)}">{escape(text)}</option>' for key, text in options.items())
    every = f'<option value="">{escape(say("every", lang))}</option>'
    return f'<label>{escape(label)}<select name="{name}">{every}{inside}</select></label>'


def _input(name: str, label: str, attributes: str) -> str:
    return f'<label>{escape(label)}<input name="{name}" {attributes}></label>'


def _legend(atlas: ReachMap, lang: Lang) -> str:
    used = {bucket for row in atlas.rows for bucket in row.buckets}
    items = "".join(
        f'<li><span style="background:{FILLS[bucket]}">{MARKS[bucket]}</span>{escape(w.BUCKETS[bucket].of(lang))}'
        f" – {escape(w.MEANINGS[bucket].of(lang))}</li>"
        for bucket in BUCKETS
        if bucket in used
    )
    return f'<ul class="legend">{items}</ul>'


def _chapter(row: Reach) -> str:
    return f"{row.measure.document}/{row.measure.chapter}"


def _rows(atlas: ReachMap, lang: Lang) -> list[str]:
    found, chapter = [], ""
    for row in atlas.rows:
        own = _chapter(row)
        if own != chapter:
            chapter = own
            head = escape(chapter_text(atlas, row.measure, lang))
            wide = len(atlas.places) + 1
            found.append(f'<tr class="chapter" data-chapter="{escape(own)}"><th colspan="{wide}">{head}</th></tr>')
        found.append(_row(atlas, row, lang))
    return found


def _row(atlas: ReachMap, row: Reach, lang: Lang) -> str:
    data = {
        "row": str(row.measure.row),
        "chapter": _chapter(row),
        "force": row.measure.force or "",
        "buckets": json.dumps(row.buckets),
        "sectors": json.dumps(row.sectors),
        "shares": "null"
        if row.shares is None
        else json.dumps([interval_model(one).model_dump() for one in row.shares]),
    }
    told = ""
    if row.measure.condition is not None:
        asked = (
            (key, text)
            for key, text in (
                ("activities", activities_text(atlas, row, lang)),
                ("sectors", "" if row.sectors is None else sectors_text(atlas, row, lang)),
                ("shares", "" if row.shares is None else shares_text(atlas, row, lang)),
            )
            if text
        )
        told = "".join(f"<small>{escape(say(key, lang))}: {escape(text)}</small>" for key, text in asked)
    attributes = " ".join(f'data-{name}="{escape(value)}"' for name, value in data.items())
    cells = "".join(
        f'<td style="background:{FILLS[bucket]}" title="{escape(w.BUCKETS[bucket].of(lang))}">{MARKS[bucket]}</td>'
        for bucket in row.buckets
    )
    title = escape(row.measure.title.of(lang))
    return f'<tr {attributes}><th class="row" scope="row"><b>{row.measure.row}</b>{title}{told}</th>{cells}</tr>'


def _totals(atlas: ReachMap, lang: Lang) -> list[str]:
    return [
        f"<tr><th>{MARKS[bucket]} {escape(w.BUCKETS[bucket].of(lang))}</th>"
        + "".join(f"<td>{total[bucket]}</td>" for total in atlas.totals)
        + "</tr>"
        for bucket in BUCKETS
        if any(total[bucket] for total in atlas.totals)
    ]
