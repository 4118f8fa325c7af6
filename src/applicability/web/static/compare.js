// The profile of the link in every pilot, side by side.

import { fill, h, isMistake, lang, pick, problemList, say, t, tellBeside } from "./dom.js";
import { fromFragment, state, written } from "./profile.js";
import * as source from "./source.js";

source.speak(lang);
const form = document.getElementById("compare"), result = document.getElementById("result"), problems = document.getElementById("problems");
// What a field shows for what the profile has: a code by its name.
const shown = {};
if (fromFragment() === "read") {
  for (const name of ["city", "sector", "foreign_share"]) show(name, written(state.profile[name]));
  run();
  rename("city", source.places);
  rename("sector", source.sectors);
}

function show(name, words) {
  document.getElementById(name).value = shown[name] = words;
}

async function rename(fact, search) {
  const code = written(state.profile[fact]);
  const hit = code && (await search(code).catch(() => [])).find((one) => one.code === code);
  if (hit && document.getElementById(fact).value === code) show(fact, fact === "sector" ? `${code} ${pick(hit.name)}` : pick(hit.name));
}

form.addEventListener("submit", (event) => { event.preventDefault(); run(); });

async function run() {
  const profile = { ...state.profile };
  for (const name of ["city", "sector", "foreign_share"]) {
    const value = document.getElementById(name).value.trim();
    if (value === shown[name]) continue;
    if (value) profile[name] = value;
    else delete profile[name];
  }
  if (profile.city !== state.profile.city) { delete profile.zones; delete profile.district; }
  fill(result, h("p", {}, t.loading));
  fill(problems);
  try {
    table(await source.comparison(profile));
    tell([]);
  } catch (error) {
    fill(result);
    fill(problems, problemList(error));
    tell(isMistake(error) ? error.problems : []);
  }
}

function tell(list) {
  tellBeside(list, ["city", "sector", "foreign_share"].map((fact) => [fact, document.getElementById(fact), document.getElementById(`${fact}-error`)]));
}

function againstTheFirst(rank, rows) {
  const parts = [["gains", rank.gains], ["losses", rank.losses]].filter(([, held]) => held.length);
  if (!parts.length && rank.alternative) parts.push(["alike", []]);
  // What is no longer open may be lost, or wait for a step: of each it is said where it stands there.
  const now = (row) => h("span", { class: "soft" }, ` ${t.buckets[rows.get(row).buckets[rank.alternative]]}`);
  return parts.map(([key, held]) => h("p", {}, say(key), held.map((row, at) => [at ? t.listing : "", h("a", { href: `/${lang}/measures/${row}` }, String(row)), key === "losses" ? now(row) : null])));
}

function table(found) {
  const labels = found.alternatives.map((one) => pick(one.label));
  const rows = new Map(found.rows.map((one) => [one.measure, one]));
  const differ = found.rows.filter((one) => one.differs);
  const scroll = (label, table) => h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, table);
  fill(result,
    scroll(t.nav_compare, h("table", {}, h("thead", {}, h("tr", {}, [t.rank, t.place, t.open_count, t.why].map((one) => h("th", { scope: "col" }, one)))),
      h("tbody", {}, found.ranking.map((one) => h("tr", {}, h("td", {}, String(one.place)), h("th", { scope: "row" }, labels[one.alternative]), h("td", {}, String(one.open)), h("td", {}, againstTheFirst(one, rows))))))),
    h("h2", {}, t.differs),
    scroll(t.differs, h("table", { class: "matrix" }, h("thead", {}, h("tr", {}, h("td", {}), labels.map((one) => h("th", { scope: "col" }, one)))),
      h("tbody", {}, differ.map((one) => h("tr", {}, h("th", { scope: "row" }, h("span", { class: "number" }, String(one.measure)), ` ${pick(one.title)}`), one.buckets.map((bucket) => h("td", { class: `cell ${bucket}` }, t.buckets[bucket]))))))));
}
