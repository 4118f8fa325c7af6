// The list of all measures, searched as one types by the same search as without script.

import { lang, say, t } from "./dom.js";
import * as source from "./source.js";

source.speak(lang);
const input = document.getElementById("q"), found = document.getElementById("found");
const rows = [...document.querySelectorAll("li.row")];
// Of a page that came as the result of a search only those rows are here: then the form searches anew.
if (!new URLSearchParams(location.search).get("q")) {
  document.querySelector("#search button").hidden = true;
  document.getElementById("search").addEventListener("submit", (event) => { event.preventDefault(); look(); });
  let timer;
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 80); });
}

async function look() {
  const words = input.value.trim();
  let hits = null;
  try {
    if (words) hits = new Set((await source.found(words)).map((one) => String(one.measure)));
  } catch (error) {
    if (input.value.trim() === words && error.name !== "AbortError") found.textContent = `${t.no_answer} · ${t.unreachable}`;
    return;
  }
  if (input.value.trim() !== words) return;
  for (const row of rows) row.hidden = hits !== null && !hits.has(row.dataset.row);
  for (const chapter of document.querySelectorAll(".chapter")) chapter.hidden = !chapter.querySelector("li.row:not([hidden])");
  found.textContent = hits?.size === 0 ? t.found_none : say("found", { count: hits?.size ?? rows.length });
}
