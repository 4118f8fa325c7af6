// Places by measures.

import { fill, h, lang, pick, problemList, say, t } from "./dom.js";
import * as source from "./source.js";

source.speak(lang);
const result = document.getElementById("result"), status = document.getElementById("status");
document.getElementById("map").addEventListener("submit", async (event) => {
  event.preventDefault();
  status.textContent = t.loading;
  try {
    const found = await source.reachMap();
    fill(result, h("p", { class: "hint screen" }, say("table_scrolls", { rows: found.measures.length, columns: found.places.length })), h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t.nav_map },
      h("table", { class: "matrix" }, h("thead", {}, h("tr", {}, h("td", {}), found.places.map((one) => h("th", { scope: "col" }, pick(one.name))))),
        h("tbody", {}, found.measures.map((one) => h("tr", {},
          h("th", { scope: "row" }, h("a", { href: `/${lang}/measures/${one.measure}` }, h("span", { class: "number" }, String(one.measure)), ` ${pick(one.title)}`)),
          one.buckets.map((bucket) => h("td", { class: `cell ${bucket}` }, t.buckets[bucket]))))))));
    status.textContent = "";
  } catch (error) {
    status.textContent = "";
    fill(result, problemList(error));
  }
});
