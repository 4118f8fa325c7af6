// The profile of the link in every pilot, side by side.

import { fill, h, lang, pick, problemList, t } from "./dom.js";
import { fromFragment, state } from "./profile.js";
import * as source from "./source.js";

source.speak(lang);
const form = document.getElementById("compare"), result = document.getElementById("result"), problems = document.getElementById("problems");
if (fromFragment()) {
  for (const name of ["city", "sector", "foreign_share"]) {
    document.getElementById(name).value = [state.profile[name] ?? ""].flat().join(", ");
  }
  run();
}
form.addEventListener("submit", (event) => { event.preventDefault(); run(); });

async function run() {
  const profile = { ...state.profile };
  for (const name of ["city", "sector", "foreign_share"]) {
    const value = document.getElementById(name).value.trim();
    if (value) profile[name] = value;
    else delete profile[name];
  }
  if (profile.city !== state.profile.city) { delete profile.zones; delete profile.district; }
  fill(result, h("p", {}, t.loading));
  fill(problems);
  try {
    show(await source.comparison(profile));
  } catch (error) {
    fill(result);
    fill(problems, problemList(error));
  }
}

function show(found) {
  const labels = found.alternatives.map((one) => pick(one.label));
  const differ = found.rows.filter((one) => one.differs);
  const scroll = (label, table) => h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, table);
  fill(result,
    scroll(t.nav_compare, h("table", {}, h("thead", {}, h("tr", {}, [t.rank, t.place, t.open_count, t.why].map((one) => h("th", { scope: "col" }, one)))),
      h("tbody", {}, found.ranking.map((one) => h("tr", {}, h("td", {}, String(one.place)), h("th", { scope: "row" }, labels[one.alternative]), h("td", {}, String(one.open)), h("td", {}, pick(one.reason))))))),
    h("h2", {}, t.differs),
    scroll(t.differs, h("table", { class: "matrix" }, h("thead", {}, h("tr", {}, h("td", {}), labels.map((one) => h("th", { scope: "col" }, one)))),
      h("tbody", {}, differ.map((one) => h("tr", {}, h("th", { scope: "row" }, h("span", { class: "number" }, String(one.measure)), ` ${pick(one.title)}`), one.buckets.map((bucket) => h("td", { class: `cell ${bucket}` }, t.buckets[bucket]))))))));
}
