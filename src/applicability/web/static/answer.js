// The answer below the counts: what is open, limits to keep, what else there is, and the files to take away.

import { h, lang, page, pick, problemList, reasonOf, say, t } from "./dom.js";
import { copyButton, fileButtons, printButton } from "./keeping.js";
import { measureLine } from "./measure.js";
import { reask, set, state } from "./profile.js";
import * as source from "./source.js";

const BUCKETS = ["eligible", "conditional", "needs_info", "pending", "ineligible", "authorities_only", "text_lost", "not_encoded"];
const FIRST = 6; // rows of the own line of business, of those that stand alike, that are shown at once
const FIELDS = ["city", "zones", "sector", "foreign_share"]; // what is changed in the form
const titles = new Map(), limits = new Map();

/** The tiles of an answer and how many measures each counts: of those that need information, the unlikely ones stand apart. */
export const TILES = ["eligible", "conditional", "needs_info", "unlikely", "pending", "ineligible"];
export const tileOf = (row) => (row.unlikely && row.bucket === "needs_info" ? "unlikely" : row.bucket);
export function tallied(found) {
  const unlikely = found.rows.filter((one) => tileOf(one) === "unlikely").length;
  return { ...found.counts, needs_info: found.counts.needs_info - unlikely, unlikely };
}

/** The counts, each with what it means; of what needs information, how much waits on what was passed over. */
export function tiles(found, before, passed) {
  const counts = tallied(found), rest = BUCKETS.slice(5).filter((bucket) => counts[bucket]);
  const waits = found.rows.filter((one) => one.bucket === "pending" && one.unlikely).length;
  const part = (words) => h("span", { class: "part" }, words);
  const parts = { needs_info: passed ? part(say("left_passed", { count: passed })) : null, pending: waits ? part(say("pending_unlikely", { count: waits })) : null };
  return [
    h("ul", { class: "tiles" }, TILES.map((name) =>
      h("li", { class: `tile ${name}${before && before[name] !== counts[name] ? " moved" : ""}` }, h("strong", {}, String(counts[name])), ` ${t.plain[name]}`, part(t.in_short[name]), parts[name]))),
    h("p", { class: "hint" }, say("rest_counts", { count: found.rows.length, rest: rest.map((name) => `${t.plain[name]} ${counts[name]}`).join(t.listing) })),
  ];
}

/** What is open, under a heading each: what is permitted before what is only encouraged or tried out. */
export function openGroups(found, lines) {
  const planned = state.profile.planned === true ? "_planned" : "";
  const groups = ["permit", "seek"].flatMap((kind) => [["eligible", ""], ["conditional", "_judged"]].map(([verdict, judged]) =>
    [`open_${kind}${judged}${planned}`, found.open.filter((one) => one.verdict === verdict && (one.force === "permit") === (kind === "permit"))])).filter(([, rows]) => rows.length);
  const first = groups[0];
  if (!found.open.some((one) => one.verdict === "eligible")) groups.unshift([`open${planned}`, []]);
  return groups.map((one) => [h("h3", {}, t[one[0]]), one === first ? h("p", { class: "law" }, t.other_law) : null, one[1].length ? lines(one[1], one === first) : h("p", {}, t.nothing_open)]);
}

const listed = (texts) => texts.map(pick).join(t.listing);
/** What an open measure is called: by its open parts, where a part of it could be taken for open and is not. */
export const titleOf = (one) => (one.rest.length ? listed(one.parts) : pick(one.title));
/** Why it is open, where that may surprise, what of it is not, and what the register has of it. */
export const restOf = (one) => [...(one.because.length ? [say("because", { activities: listed(one.because) })] : []), ...(one.rest.length ? [say("rest_shut", { title: pick(one.title), parts: listed(one.rest) })] : []), ...one.instruments.map(pick)].map((line) => h("p", {}, line));
/** Its force, where the heading has not told it, and its open parts. */
export const told = (one) => [one.force && one.force !== "permit" ? t.verbs[one.force] : "", one.rest.length ? "" : listed(one.parts)].filter(Boolean).join(t.colon);
export const words = (one) => [one.quote ? h("blockquote", { class: "words", lang: "zh-Hans" }, one.quote) : null, lang === "en" && one.quote_en ? h("p", { class: "words soft" }, one.quote_en) : null];

export const openList = (found) => h("div", { id: "open" }, openGroups(found, (rows, first) => [first && found.open.some(unsaid) ? h("p", { class: "hint" }, `${t.open_with_limits}${t.sentence}${t.limits_hint}`) : null, openRows(rows)]));
const unsaid = (one) => one.limits.some((limit) => limit.key && state.profile.limits?.[limit.key] === undefined);

function openRows(open) {
  const lines = open.map((one) => h("li", { class: `row ${one.verdict}` },
    measureLine(one.measure, titleOf(one), undefined, one.narrower ? "†" : ""),
    h("p", { class: "soft" }, h("span", { title: t.meanings[one.verdict] }, t.buckets[one.verdict]), told(one) ? [" · ", h("span", { title: t.force_meanings[one.force] }, told(one))] : ""),
    restOf(one), words(one),
    one.narrower ? h("p", { class: "soft" }, t.narrower) : null,
    keyed(one).length ? h("div", { class: "kept" }, h("p", { class: "of-limits" }, t.limits), limitFields(keyed(one).map((limit) => ({ ...limit, measure: one.measure })))) : null,
    one.for_others.map((part) => h("p", { class: "soft" }, forOthers(part).join(t.sentence))),
    one.judgements.map((each) => h("p", {}, `${t.judged}${t.colon}${pick(each.authority)} – ${pick(each.about)}`))));
  return h("ul", { class: "rows" }, lines);
}

export const keyed = (one) => one.limits.filter((limit) => limit.key);
/** A limit as it is printed, with what was said of it. */
export const limitPrinted = (limit, said = state.profile.limits?.[limit.key]) => say("limit_print", { limit: pick(limit.note), state: typeof said !== "boolean" ? t.state_unsaid : said ? t.state_kept : t.state_not_kept });
/** A part that is for others than the entity, with what its use must keep: nobody can confirm that here. */
export const forOthers = (part) => [say("part_for_others", { part: pick(part.title) }), ...part.limits.map((limit) => say("of_that_part", { limit: pick(limit.note) }))];

/** Has the words of limits that are not kept and whose rows are shut, which no answer tells any more. */
export async function knowLimits(found) {
  const open = new Set(found.open.flatMap((one) => one.limits.map((limit) => limit.key)));
  const shut = Object.entries(state.profile.limits ?? {}).some(([key, kept]) => kept === false && !open.has(key));
  if (shut && !limits.size) for (const one of await source.limits().catch(() => [])) limits.set(one.key, one);
}

/** What a use of a measure must keep, to be confirmed one by one. */
function limitFields(limits) {
  const said = state.profile.limits ?? {};
  const radio = (one, value, name) => h("label", { class: "choice" }, h("input", { type: "radio", name: `limits.${one.key}`, id: `limits.${one.key}.${value}`, checked: (said[one.key] ?? "unsaid") === value, onchange: () => set(`limits.${one.key}`, value === "unsaid" ? undefined : value) }), ` ${name}`);
  return h("ul", { class: "limits" }, limits.map((one) =>
    h("li", {}, h("fieldset", {}, h("legend", {}, h("span", { class: "number" }, String(one.measure)), ` ${one.title ? `${pick(one.title)}${t.colon}` : ""}${pick(one.note)}`),
      one.quote ? h("p", { class: "hint" }, lang === "en" && one.words_en ? `“${one.words_en}” ` : "", h("q", { lang: "zh-Hans" }, one.quote)) : null,
      radio(one, true, t.kept), radio(one, false, t.not_kept), radio(one, "unsaid", t.unsaid)))));
}

/** The limits that are not kept and have shut their row. */
export function notKept(found) {
  const open = new Set(found.open.flatMap((one) => one.limits.map((limit) => limit.key)));
  return Object.entries(state.profile.limits ?? {}).filter(([key, kept]) => kept === false && !open.has(key) && limits.has(key)).map(([key]) => ({ ...limits.get(key), note: limits.get(key).label, title: titles.get(limits.get(key).measure), words_en: limits.get(key).quote_en }));
}

/** The same, so that each can be taken back. */
export function limitsShut(found) {
  const shut = notKept(found);
  return shut.length ? h("div", { id: "limits-shut" }, h("h3", {}, t.limits_shut), limitFields(shut)) : null;
}

/** What is of the entity's own line of business and shut to it: it should not have to be looked for among all others. */
export function ownLine(found, done) {
  const count = found.own_line.reduce((sum, one) => sum + one.rows.length, 0);
  if (!count) return null;
  return h("div", { class: "others own-line" }, h("h3", {}, say("own_line", { count })), found.own_line.map((one) => {
    const first = h("ul", { class: "rows" }), rest = h("ul", { class: "rows" });
    fillRows(first, one.rows.slice(0, FIRST));
    if (one.rows.length > FIRST) fillRows(rest, one.rows.slice(FIRST));
    const why = `${t.plain[one.bucket]}${t.colon}${one.why.map(reasonOf).join(t.sentence)}`;
    return [first, one.rows.length > FIRST ? h("details", { class: "more" }, h("summary", {}, say("more_rows", { count: one.rows.length - FIRST })), rest) : null,
      h("p", { class: "soft" }, one.rows.length > 1 ? say("reason_of", { count: one.rows.length, why }) : why,
        one.facts.filter((fact) => state.profile[fact] !== undefined && !FIELDS.includes(fact)).map((fact) => [" ", h("button", { type: "button", class: "plain", onclick: () => { done(fact); reask(fact); } }, say("change_answer", { fact: page.labels[fact] }))]))];
  }));
}

export function others(found, answer, before) {
  const opened = new Set([...answer.querySelectorAll("details.group[open]")].map((one) => one.dataset.bucket));
  return h("div", { class: "others" }, h("h3", {}, t.others), before, [...TILES.slice(2), ...BUCKETS.slice(5)].map((bucket) => {
    const rows = found.rows.filter((one) => tileOf(one) === bucket).sort((one, other) => other.own_line - one.own_line || one.unlikely - other.unlikely);
    if (!rows.length) return null;
    const list = h("ul", { class: "rows" });
    const group = h("details", { class: "group", "data-bucket": bucket }, h("summary", {}, say("rows_of", { name: t.plain[bucket], count: rows.length })), h("p", { class: "hint" }, t.in_short[bucket] ?? t.meanings[bucket]), list);
    group.addEventListener("toggle", () => { if (group.open && !list.childElementCount) fillRows(list, rows.map((one) => one.measure)); });
    if (opened.has(bucket)) group.open = true;
    return group;
  }));
}

let asked = null;
/** The names of all measures by number, asked for once. */
export async function measureNames() {
  if (!titles.size) await knowTitles().catch(() => {});
  return titles;
}

async function knowTitles() {
  asked ??= source.measures();
  for (const one of (await asked.finally(() => { asked = null; })).measures) titles.set(one.measure, one.title);
}

/** Puts measures into a list, each of which opens in place; their names are asked for once. */
export async function fillRows(list, rows) {
  if (!titles.size) {
    try {
      await knowTitles();
    } catch (error) {
      return list.replaceChildren(h("li", {}, problemList(error)));
    }
  }
  list.replaceChildren(...rows.map((row) => h("li", {}, measureLine(row, pick(titles.get(row))))));
}

/** The words of verdicts and forces, to be looked up here and told in print. */
export function terms(found) {
  const counts = tallied(found), { open } = found;
  const verdicts = (every) => h("dl", {}, Object.keys(t.plain).filter((one) => counts[one] || (every && TILES.includes(one))).flatMap((one) => [h("dt", {}, `${t.plain[one]} ${counts[one]}`), h("dd", {}, t.in_short[one] ?? t.meanings[one])]));
  const forces = (names) => h("dl", {}, names.flatMap((one) => [h("dt", {}, t.verbs[one]), h("dd", {}, t.force_meanings[one])]));
  return [
    h("details", { class: "terms screen" }, h("summary", {}, t.terms), verdicts(true), forces(Object.keys(t.force_meanings)),
      h("p", { class: "of-limits" }, t.plan_notes), h("dl", {}, Object.values(page.notes).flatMap((notes) => Object.entries(notes)).flatMap(([number, words]) => [h("dt", {}, say("plan_note", { number })), h("dd", {}, words)]))),
    h("div", { class: "paper" }, h("h3", {}, say("all_counts", { count: found.rows.length })), verdicts(false), forces([...new Set(open.map((one) => one.force).filter(Boolean))])),
  ];
}

/** The files to keep, and what to print; while `left` measures wait for answers, that is said beside them. */
export function takeAway(left) {
  const note = h("p", { class: "note", role: "status", id: "take-note" });
  const words = document.getElementById("print-words")?.checked ?? false; // as it was chosen before this answer
  const choice = (id, name, checked) => h("label", { class: "choice" }, h("input", { type: "radio", name: "print", id, checked }), ` ${name}`);
  const file = (format) => source.report(state.profile, format);
  return h("div", { class: "take", id: "take", tabindex: "-1" }, left > 0 ? h("p", { class: "hint" }, say("take_early", { count: left })) : null,
    h("div", { class: "buttons", role: "radiogroup", "aria-label": t.print_what }, printButton(note, "print", file),
      choice("print-short", t.print_short, !words), choice("print-words", t.print_words, words)),
    h("p", { class: "buttons" }, `${t.take}${t.colon}`, fileButtons(["pdf", "docx", "html", "xlsx", "json"], file, note),
      copyButton(note)), note);
}
