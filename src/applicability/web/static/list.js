// The list of all measures, searched as one types.

import { say } from "./dom.js";

const input = document.getElementById("q"), found = document.getElementById("found");
const rows = [...document.querySelectorAll("li.row")];
// Of a page that came as the result of a search only those rows are here: then the form searches anew.
if (!new URLSearchParams(location.search).get("q")) {
  document.querySelector("#search button").hidden = true;
  document.getElementById("search").addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      row.hidden = !words.every((word) => row.dataset.words.includes(word));
      if (!row.hidden) count += 1;
    }
    for (const chapter of document.querySelectorAll(".chapter")) chapter.hidden = !chapter.querySelector("li.row:not([hidden])");
    found.textContent = say("found", { count });
  });
}
