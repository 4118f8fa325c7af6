// The short list that is printed: what may be used, each in a line or two, what waits, and what was not answered.

import { h, lang, pick, page, reasonOf, say, spokenMessage, t } from "./dom.js";
import { forOthers, keyed, limitPrinted, notKept, openGroups, restOf, tallied, titleOf, told, words } from "./answer.js";
import { byNumber } from "./measure.js";
import { state } from "./profile.js";

const MOST = 8, NAMED = 3; // questions that are listed, and measures that each names
const TITLED = 2; // measures of the own line of business that are named before the question

/** How the measures stand, in a sentence. */
function counted(found) {
  const counts = tallied(found);
  const limits = found.open.map((one) => keyed(one).length).filter(Boolean);
  const seek = found.open.filter((one) => one.verdict === "eligible" && one.force !== "permit").length;
  const details = [seek && say("counted_seek", { count: seek }),
    limits.length && say("counted_limits", { measures: limits.length, limits: limits.reduce((sum, one) => sum + one) })].filter(Boolean);
  const parts = Object.keys(t.plain).filter((name) => counts[name]).map((name) => (name === "eligible" && details.length
    ? say("counted_with", { count: counts.eligible, details: details.join(t.between_counts) })
    : say(`counted_${name}`, { count: counts[name] })));
  return say("counted", { count: found.rows.length, parts: parts.join(t.listing) });
}

/** The first measures that wait, those of the own line of business before others, and how many more. */
function rowsOf(found, rows, titles) {
  const own = new Set(found.rows.filter((one) => one.own_line).map((one) => one.measure));
  const first = [...rows].sort((one, other) => own.has(other) - own.has(one) || one - other).slice(0, NAMED);
  const names = first.map((row) => (titles.has(row) ? `${row} ${pick(titles.get(row))}` : row)).join(t.listing);
  return rows.length > NAMED ? say("and_more", { rows: names, count: rows.length - NAMED }) : names;
}

/** The titles of the first of some measures, and how many more there are. */
export function byTitle(rows, titles) {
  const told = rows.slice(0, TITLED).map((row) => pick(titles.get(row))).join(t.listing);
  return rows.length > TITLED ? say("and_more", { rows: told, count: rows.length - TITLED }) : told;
}

const named = (one) => [h("span", { class: "number" }, `${one.measure}${one.narrower ? "†" : ""}`), " ", h("strong", {}, pick(one.title))];

// A star stands for what is inferred. In English an authority has its Chinese name beside it where it is told of first.
function whom(one, told) {
  const both = lang === "en" && !told.has(one.who.zh), who = both ? `${one.who.en} (${one.who.zh})` : pick(one.who);
  told.add(one.who.zh);
  return one.finds || one.inferred ? say(one.finds ? "finder" : "who_inferred", { who }) : who;
}

function measure(one, authorities) {
  const terms = [...keyed(one).map((limit) => limitPrinted(limit)), ...one.for_others.flatMap(forOthers),
    ...one.judgements.map((each) => `${t.judged}${t.colon}${pick(each.authority)} – ${pick(each.about)}`),
    ...(one.contacts.length ? [`${t.whom}${t.colon}${one.contacts.map((each) => whom(each, authorities)).join(t.listing)}`] : [])];
  return h("li", {}, h("p", {}, named({ ...one, title: { [lang]: titleOf(one) } }), told(one) ? ` · ${told(one)}` : ""), restOf(one), words(one),
    terms.map((one) => h("p", {}, one)));
}

function open(found) {
  const authorities = new Set();
  return openGroups(found, (rows) => h("ul", { class: "list" }, rows.map((one) => measure(one, authorities))));
}

function waiting(found, titles) {
  const rows = found.rows.filter((one) => one.bucket === "pending" && !one.unlikely);
  return rows.length ? [h("h3", {}, t.waits), h("ul", { class: "list" }, rows.map(({ measure }) => h("li", {}, named({ measure, title: titles.get(measure) }))))] : null;
}

function shut(found, titles) {
  const limits = notKept(found);
  return limits.length ? [h("h3", {}, t.limits_shut), h("ul", {}, limits.map((one) => h("li", {}, `${one.measure} ${titles.has(one.measure) ? pick(titles.get(one.measure)) : ""} · `, limitPrinted(one))))] : null;
}

function unanswered(found, titles) {
  const asked = [...found.questions, ...found.passed_over].filter((one) => one.rows.length);
  if (!asked.length) return null;
  const line = (one) => h("li", {}, say(one.fact in found.profile ? "unanswered_rest" : "unanswered_rows", { count: one.rows.length, question: pick(one.question), rows: rowsOf(found, one.rows, titles) }));
  return [h("h3", {}, t.unanswered), h("ul", {}, asked.slice(0, MOST).map(line), asked.length > MOST ? h("li", {}, say("unanswered_more", { count: asked.length - MOST })) : null)];
}

/** The short list; `titles` are the names of all measures by number. */
export const brief = (found, titles) => h("div", { class: "brief" }, h("p", {}, counted(found)), found.notes.map((one) => h("p", {}, h("strong", {}, spokenMessage(pick(one.message))))), open(found), waiting(found, titles), shut(found, titles), unanswered(found, titles));

/** What goes for the whole answer: the plan that it follows, how words were read, and what the plan says besides. */
export const answerNotes = (found) => h("div", { class: "answer-notes" }, h("h3", {}, t.answer_notes), h("ul", {},
  found.open.some((one) => one.contacts.some((each) => each.inferred && !each.finds)) ? h("li", { class: "paper" }, t.note_inferred) : null,
  found.open.filter((one) => one.reading).map((one) => h("li", { class: "paper" }, say("note_reading", { row: one.measure, reading: byNumber(pick(one.reading)) }))),
  found.provisions.map((one) => h("li", {}, say("note_provision", { title: pick(one.title), note: reasonOf(one.note) }))),
  page.sources.map((words) => h("li", {}, words)), h("li", {}, t.note_words)), h("ul", { class: "paper", id: "noes-print" }));
