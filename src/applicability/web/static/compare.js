// The profile of the link in the places that are chosen, or in every pilot, side by side.

import { fill, h, isMistake, lang, pick, problemList, reasonOf, say, t, tellBeside } from "./dom.js";
import { keeping } from "./keeping.js";
import { measureLine } from "./measure.js";
import { moved, saidOfPlaces, tellMoved } from "./moving.js";
import { choosePlaces } from "./places.js";
import { fromFragment, keep, state, written } from "./profile.js";
import { askShare, shareLeftOut } from "./share.js";
import * as source from "./source.js";

source.speak(lang);
const find = (id) => document.getElementById(id);
const form = find("compare"), result = find("result"), problems = find("problems"), status = find("compared");
const FIELDS = ["city", "sector", "foreign_share"];
// What a field shows for what the profile has: a code by its name.
const shown = {};
const FEW = 3, SOME = 6; // places that stand side by side on a phone, and on a desk
let runs = 0;
const note = h("p", { class: "note", role: "status", hidden: true });
find("city-error").after(note);
const read = fromFragment();
if (read === "damaged") fill(problems, h("p", { class: "problems" }, t.damaged));
choosePlaces(() => {
  keep();
  if (result.childElementCount) run();
});
if (read === "read") {
  for (const name of FIELDS) show(name, written(state.profile[name]));
  run();
  rename("city", source.places);
  rename("sector", source.sectors);
}

function show(name, words) {
  find(name).value = shown[name] = words;
}

async function rename(fact, search) {
  const code = written(state.profile[fact]);
  const hit = code && (await search(code).catch(() => [])).find((one) => one.code === code);
  if (hit && find(fact).value === code) show(fact, fact === "sector" ? `${code} ${pick(hit.name)}` : pick(hit.name));
}

form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
find("foreign_share").addEventListener("input", () => askShare(find("foreign_share"), run));

/** The profile of the link with what stands in the fields now. */
async function said() {
  const before = state.profile, was = shown.city;
  let profile = { ...before };
  for (const name of FIELDS) {
    const value = name === "foreign_share" ? askShare(find(name), run) ?? "" : find(name).value.trim();
    if (value === shown[name]) continue;
    if (!value) delete profile[name];
    else if (name !== "city") profile[name] = value;
    else {
      const { made, gone } = await moved(profile, value);
      profile = made;
      tellMoved(note, gone, value, () => { state.profile = before; show("city", was); run(); find("city").focus(); });
    }
  }
  return profile;
}

async function run() {
  const turn = ++runs;
  status.textContent = t.loading;
  fill(problems);
  const profile = await said();
  if (turn !== runs) return;
  state.profile = profile;
  for (const name of FIELDS) shown[name] = find(name).value.trim();
  keep();
  try {
    const found = await source.comparison(profile, state.places);
    if (turn !== runs) return;
    table(found);
    tell([]);
  } catch (error) {
    if (turn !== runs) return;
    status.textContent = "";
    fill(result);
    const list = (error.problems ?? []).map((one) => (one.field.startsWith("across city=") ? { ...one, field: "places" } : one));
    fill(problems, problemList({ ...error, status: error.status, problems: list }));
    tell(isMistake(error) ? list : []);
  }
}

function tell(list) {
  // What is typed of a place and not chosen stays told beside it.
  const untaken = find("places").value.trim() && !list.some((one) => one.field === "places");
  tellBeside(list, [...FIELDS, ...(untaken ? [] : ["places"])].map((fact) => [fact, find(fact), find(`${fact}-error`)]));
}

// Against the profile where it stands; where that is nowhere, against the first of the places.
function againstTheFirst(rank, rows, base, profile, shared) {
  const bucket = (row) => rows.get(row).buckets[rank.alternative];
  const [gains, judged] = ["eligible", "conditional"].map((one) => rank.gains.filter((row) => bucket(row) === one));
  const parts = [["gains", gains], ["gains_judged", judged]].filter(([, held]) => held.length);
  if (!parts.length && !rank.lost.length && rank.alternative) parts.push(["alike", []]);
  return parts.map(([key, held]) => h("p", {}, say(base ? `${key}_of` : key, { base }), held.map((row, at) => [at ? t.sentence : "", h("a", { href: `/${lang}/measures/${row}` }, `${row} ${pick(rows.get(row).title)}`)]))).concat(rank.lost.map((one) => h("div", { class: "lost" }, h("p", {}, say(base ? "losses_of" : "losses", { base }),
    h("span", { class: "soft" }, `${t.buckets[one.bucket]}${t.colon}${shared.has(whyOf(one)) ? t.told_above : whyOf(one)}`)),
    one.rows.map((row) => measureLine(row, pick(rows.get(row).title), () => profile)))));
}

const whyOf = (lost) => lost.why.map(reasonOf).join(t.sentence);
// Where the profile stands is its own place.
const labelOf = (one) => pick(one.label).replace(`${t.own_was}${t.colon}`, `${t.own_place}${t.colon}`);

/** Reasons that several places share, with these: told once above the table. */
function sharedReasons(ranking, labels) {
  const places = new Map();
  for (const one of ranking) for (const why of new Set(one.lost.map(whyOf))) places.set(why, [...(places.get(why) ?? []), labels[one.alternative]]);
  return new Map([...places].filter(([, held]) => held.length > 1));
}

// What is open now, and what is once an authority has made its finding.
const openCount = ({ eligible, conditional }) => (conditional ? say("open_and_judged", { open: eligible, judged: conditional }) : String(eligible));

const scroll = (label, table) => h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, table);

/** Where each of some measures stands in each place. */
const matrix = (label, rows, labels) => [
  labels.length > FEW ? h("p", { class: labels.length > SOME ? "hint screen" : "hint screen narrow" }, say("table_scrolls", { rows: rows.length, columns: labels.length })) : null,
  scroll(label, h("table", { class: labels.length <= FEW ? "matrix few" : labels.length <= SOME ? "matrix some" : "matrix" }, h("thead", {}, h("tr", {}, h("td", {}), labels.map((one) => h("th", { scope: "col" }, one)))),
    h("tbody", {}, rows.map((one) => h("tr", {}, h("th", { scope: "row" }, h("a", { href: `/${lang}/measures/${one.measure}` }, h("span", { class: "number" }, String(one.measure)), ` ${pick(one.title)}`)), one.buckets.map((bucket) => h("td", { class: `cell ${bucket}` }, t.buckets[bucket]))))))),
];

function table(found) {
  const labels = found.alternatives.map(labelOf), shared = sharedReasons(found.ranking, labels);
  const rows = new Map(found.rows.map((one) => [one.measure, one]));
  const differ = found.rows.filter((one) => one.differs);
  const base = ["city", "district", "zones"].some((fact) => [state.profile[fact] ?? []].flat().length) ? "" : labels[0];
  // What is open nowhere differs by where it waits alone, and is folded away below what is; so is what is unlikely.
  const isOpen = (one) => one.buckets.some((bucket) => bucket === "eligible" || bucket === "conditional");
  const likely = differ.filter((one) => one.plausible), open = likely.filter(isOpen);
  const first = open.length ? open : likely;
  const rest = (name, own) => (own.length ? h("details", { class: "more" }, h("summary", {}, say(name, { count: own.length })), matrix(say(name, { count: own.length }), own, labels)) : null);
  status.textContent = labels.length > 1 ? say(differ.length > likely.length ? "compared" : "compared_likely", { count: labels.length, differ: likely.length, unlikely: differ.length - likely.length }) : t.compared_one;
  const same = saidOfPlaces(state.profile);
  // Whoever said to be in no zone is in one all the same where it covers the whole place.
  const covered = state.profile.zones?.length === 0 ? found.alternatives.filter((one) => one.covered_by.length) : [];
  fill(result, shareLeftOut(),
    same.length ? h("p", { class: "hint", id: "same-everywhere" }, say("same_everywhere", { facts: same.join(t.listing) })) : null,
    covered.map((one) => h("p", { class: "hint covered" }, say("covered", { place: labelOf(one), zones: one.covered_by.map(pick).join(t.listing) }))),
    [...shared].map(([why, places]) => h("p", { class: "hint shared" }, say("of_places", { places: places.join(t.listing), why }))),
    scroll(t.nav_compare, h("table", { class: "ranking" }, h("thead", {}, h("tr", {}, [t.rank, t.place, t.open_count, t.why].map((one) => h("th", { scope: "col" }, one)))),
      h("tbody", {}, found.ranking.map((one) => h("tr", {}, h("td", {}, String(one.place)), h("th", { scope: "row" }, labels[one.alternative]), h("td", {}, openCount(found.alternatives[one.alternative].counts)), h("td", {}, againstTheFirst(one, rows, base, found.alternatives[one.alternative].profile, shared))))))),
    differ.length ? [h("h2", {}, t.differs), first.length ? matrix(t.differs, first, labels) : h("p", {}, t.none_likely),
      rest("differ_shut", likely.filter((one) => !first.includes(one))), rest("differ_unlikely", differ.filter((one) => !one.plausible))] : null,
    keeping(["pdf", "docx", "html", "xlsx", "csv", "json"], (format) => source.comparisonFile(state.profile, state.places, format)));
}
