// The answer below the counts: what is open, limits to keep, what else there is, and the files to take away.

import { h, lang, page, pick, problemList, reasonOf, say, t } from "./dom.js";
import { copyButton, fileButtons, printButton } from "./keeping.js";
import { measureLine } from "./measure.js";
import { set, state } from "./profile.js";
import * as source from "./source.js";

const BUCKETS = ["eligible", "conditional", "needs_info", "pending", "ineligible", "authorities_only", "text_lost", "not_encoded"];
const FIRST = 6; // rows of the own line of business, of those that stand alike, that are shown at once
const titles = new Map(), limits = new Map();

/** The counts; of what needs information, how much answers can settle, waits on what was passed over, and is unlikely. */
export function tiles(counts, before, { settle, passed, unlikely }) {
  const shown = BUCKETS.slice(0, 5), rest = BUCKETS.slice(5).filter((bucket) => counts[bucket]);
  const every = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const part = (words) => h("span", { class: "part" }, words);
  const needs = [["left_to_answer", settle], ["left_passed", passed], ["left_unlikely", unlikely]].map(([name, count]) => (count ? part(say(name, { count })) : null));
  return [
    h("ul", { class: "tiles" }, shown.map((name) =>
      h("li", { class: `tile ${name}${before && before[name] !== counts[name] ? " moved" : ""}`, title: t.meanings[name] }, h("strong", {}, String(counts[name])), ` ${t.buckets[name]}`, name === "needs_info" && (passed || unlikely) ? needs : null, counts[name] && t[`in_short_${name}`] ? part(t[`in_short_${name}`]) : null))),
    h("p", { class: "hint" }, say("rest_counts", { count: every, rest: rest.map((name) => `${t.buckets[name]} ${counts[name]}`).join(t.listing) })),
  ];
}

export function openList(found) {
  const planned = state.profile.planned === true;
  const [now, judged] = ["eligible", "conditional"].map((verdict) => found.open.filter((one) => one.verdict === verdict));
  return h("div", {},
    found.open.length ? h("p", { class: "law" }, t.other_law) : null,
    h("h3", {}, planned ? t.open_planned : t.open), now.length ? openRows(now, "open") : h("p", {}, t.nothing_open),
    judged.length ? [h("h3", {}, planned ? t.open_judged_planned : t.open_judged), openRows(judged, "open-judged")] : null);
}

function openRows(open, id) {
  const unsaid = open.some((one) => one.limits.some((limit) => limit.key && state.profile.limits?.[limit.key] === undefined));
  const lines = open.map((one) => h("li", { class: `row ${one.verdict}` },
    measureLine(one.measure, pick(one.title), undefined, one.narrower ? "†" : ""),
    h("p", { class: "soft" }, h("span", { title: t.meanings[one.verdict] }, t.buckets[one.verdict]), one.force ? [" · ", h("span", { title: t.force_meanings[one.force] }, t.verbs[one.force]), one.parts.length ? `${t.colon}${one.parts.map(pick).join(t.listing)}` : ""] : ""),
    one.quote ? h("blockquote", { lang: "zh-Hans" }, one.quote) : null,
    lang === "en" && one.quote_en ? h("p", { class: "soft" }, one.quote_en) : null,
    one.narrower ? h("p", { class: "soft" }, t.narrower) : null,
    keyed(one).length ? h("div", { class: "kept" }, h("p", { class: "of-limits" }, t.limits), limitFields(keyed(one).map((limit) => ({ ...limit, measure: one.measure })))) : null,
    one.judgements.map((each) => h("p", {}, `${t.judged}${t.colon}${pick(each.authority)} – ${pick(each.about)}`)),
    one.contacts.length ? h("p", { class: "paper" }, `${t.whom}${t.colon}${one.contacts.map(whom).join(t.listing)}`) : null));
  return [unsaid ? h("p", { class: "hint" }, `${t.open_with_limits}${t.sentence}${t.limits_hint}`) : null, h("ul", { class: "rows", id }, lines)];
}

const keyed = (one) => one.limits.filter((limit) => limit.key);
const whom = (one) => (one.finds || one.inferred ? say(one.finds ? "finder" : "inferred", { who: pick(one.who) }) : pick(one.who));

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
    h("li", {}, h("fieldset", {}, h("legend", {}, h("span", { class: "number" }, String(one.measure)), ` ${pick(one.question)}`),
      one.quote ? h("p", { class: "hint" }, `${pick(one.note)} · `, h("q", { lang: "zh-Hans" }, one.quote)) : null,
      radio(one, true, t.kept), radio(one, false, t.not_kept), radio(one, "unsaid", t.unsaid)))));
}

/** The limits that are not kept and have shut their row, so that each can be taken back. */
export function limitsShut(found) {
  const open = new Set(found.open.flatMap((one) => one.limits.map((limit) => limit.key)));
  const shut = Object.entries(state.profile.limits ?? {}).filter(([key, kept]) => kept === false && !open.has(key) && limits.has(key)).map(([key]) => ({ ...limits.get(key), note: limits.get(key).label }));
  return shut.length ? h("div", { id: "limits-shut" }, h("h3", {}, t.limits_shut), limitFields(shut)) : null;
}

/** What is of the entity's own line of business and shut to it: it should not have to be looked for among all others. */
export function ownLine(found) {
  const count = found.own_line.reduce((sum, one) => sum + one.rows.length, 0);
  if (!count) return null;
  return h("div", { class: "others own-line" }, h("h3", {}, say("own_line", { count })), found.own_line.map((one) => {
    const first = h("ul", { class: "rows" }), rest = h("ul", { class: "rows" });
    fillRows(first, one.rows.slice(0, FIRST));
    if (one.rows.length > FIRST) fillRows(rest, one.rows.slice(FIRST));
    const why = `${t.buckets[one.bucket]}${t.colon}${one.why.map(reasonOf).join(t.sentence)}`;
    return [first, one.rows.length > FIRST ? h("details", { class: "more" }, h("summary", {}, say("more_rows", { count: one.rows.length - FIRST })), rest) : null,
      h("p", { class: "soft" }, one.rows.length > 1 ? say("reason_of", { count: one.rows.length, why }) : why)];
  }));
}

export function others(found, answer) {
  const opened = new Set([...answer.querySelectorAll("details.group[open]")].map((one) => one.dataset.bucket));
  return h("div", { class: "others" }, h("h3", {}, t.others), BUCKETS.slice(2).map((bucket) => {
    const rows = found.rows.filter((one) => one.bucket === bucket).sort((one, other) => other.own_line - one.own_line);
    if (!rows.length) return null;
    const list = h("ul", { class: "rows" });
    const group = h("details", { class: "group", "data-bucket": bucket }, h("summary", {}, say("rows_of", { name: t.buckets[bucket], count: rows.length })), h("p", { class: "hint" }, t.meanings[bucket]), list);
    group.addEventListener("toggle", () => { if (group.open && !list.childElementCount) fillRows(list, rows.map((one) => one.measure)); });
    if (opened.has(bucket)) group.open = true;
    return group;
  }));
}

let asked = null;
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
export function terms(counts, open) {
  const verdicts = (every) => h("dl", {}, BUCKETS.filter((one, place) => counts[one] || (every && place < 5)).flatMap((one) => [h("dt", {}, `${t.buckets[one]} ${counts[one]}`), h("dd", {}, t.meanings[one])]));
  const forces = (names) => h("dl", {}, names.flatMap((one) => [h("dt", {}, t.verbs[one]), h("dd", {}, t.force_meanings[one])]));
  const every = Object.values(counts).reduce((sum, one) => sum + one, 0);
  return [
    h("details", { class: "terms screen" }, h("summary", {}, t.terms), verdicts(true), forces(Object.keys(t.force_meanings)),
      h("p", { class: "of-limits" }, t.plan_notes), h("dl", {}, Object.values(page.notes).flatMap((notes) => Object.entries(notes)).flatMap(([number, words]) => [h("dt", {}, say("plan_note", { number })), h("dd", {}, words)]))),
    h("div", { class: "paper" }, h("h3", {}, say("all_counts", { count: every })), verdicts(false), forces([...new Set(open.map((one) => one.force).filter(Boolean))])),
  ];
}

/** The files to keep; while `left` measures wait for answers, that is said beside them. */
export function takeAway(left) {
  const note = h("p", { class: "note", role: "status", id: "take-note" });
  return h("div", { class: "take", id: "take", tabindex: "-1" }, left > 0 ? h("p", { class: "hint" }, say("take_early", { count: left })) : null,
    h("p", { class: "buttons" }, `${t.take}${t.colon}`, fileButtons(["pdf", "docx", "html", "xlsx", "json"], (format) => source.report(state.profile, format), note),
      printButton(note),
      copyButton(note)), note);
}
