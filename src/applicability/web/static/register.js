// A register dropped on the page: screened with progress, the workbook to keep.

import { fill, h, lang, page, pick, problemList, save, say, t } from "./dom.js";
import * as source from "./source.js";

source.speak(lang);
const form = document.getElementById("register"), input = document.getElementById("file");
const result = document.getElementById("result"), problems = document.getElementById("problems");

form.addEventListener("submit", (event) => { event.preventDefault(); if (input.files[0]) run(input.files[0]); });
input.addEventListener("change", () => { if (input.files[0]) run(input.files[0]); });
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    form.classList.toggle("over", name === "dragover");
    if (name === "drop" && event.dataTransfer.files[0]) run(event.dataTransfer.files[0]);
  });
}

async function run(file) {
  fill(problems);
  if (file.size > page.size * 1e6) {
    fill(problems, problemList({ problems: [{ field: file.name, message: say("register_too_large", { size: page.size }), hint: "" }] }));
    return;
  }
  const count = h("p", {}, t.loading);
  fill(result, h("progress", { "aria-label": t.loading }), count);
  try {
    const { summary, blob } = await source.screen(file, (read) => { count.textContent = say("register_progress", { count: read }); });
    const name = `${file.name.replace(/\.[^.]*$/, "")}-screened.xlsx`;
    fill(result, h("p", {}, say("register_done", summary)),
      summary.rejected ? h("p", { class: "hint" }, say("register_rejected", summary)) : null,
      summary.ignored_columns.length ? h("p", { class: "hint" }, say("register_columns", { columns: summary.ignored_columns.join(", ") })) : null,
      summary.notices.map((one) => h("p", { class: "hint" }, pick(one))),
      h("p", { class: "buttons" }, h("button", { type: "button", class: "main", id: "save", onclick: () => save(name, blob) }, t.register_save)));
    document.getElementById("save").focus();
  } catch (error) {
    fill(result);
    fill(problems, problemList(error));
  }
}
