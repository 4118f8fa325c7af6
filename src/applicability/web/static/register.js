// A register dropped on the page: screened with progress, the workbook to keep.

import { fill, h, lang, page, pick, problemList, save, say, spokenMessage, t } from "./dom.js";
import * as source from "./source.js";

source.speak(lang);
const form = document.getElementById("register"), input = document.getElementById("file");
const result = document.getElementById("result"), problems = document.getElementById("problems");
const SHOWN = 5;

form.addEventListener("submit", (event) => { event.preventDefault(); run(input.files[0]); });
let runs = 0; // of files that follow each other only the last is told of
let last = null; // the file that was screened: what is said of shares afterwards is for it as well
input.addEventListener("change", () => { if (input.files[0]) run(input.files[0]); });
document.getElementById("shares").addEventListener("change", () => { if (last) run(last); });
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    form.classList.toggle("over", name === "dragover");
    if (name === "drop" && event.dataTransfer.files[0]) {
      input.files = event.dataTransfer.files; // the field names the file that was dropped
      run(input.files[0]);
    }
  });
}

/** Tells what is wrong in the place of any result: that of another file is none of this one. */
function refuse(error, file) {
  fill(result);
  if (!error.problems?.length) return fill(problems, problemList(error));
  const told = error.problems.map((one) => (one.field === file?.name ? { ...one, field: "file", message: `${file.name}${t.colon}${one.message}` } : one));
  fill(problems, problemList({ status: error.status, instance: error.instance, problems: told }));
}

async function run(file) {
  const turn = ++runs;
  last = file ?? null;
  fill(problems);
  const mistake = (message) => refuse({ status: 422, problems: [{ field: "file", message, hint: "" }] }, file);
  if (!file) return mistake(t.register_no_file);
  if (file.size > page.size * 1e6) return mistake(`${file.name}${t.colon}${say("register_too_large", { size: page.size })}`);
  const count = h("p", {}, t.loading);
  fill(result, h("progress", { "aria-label": t.loading }), count);
  try {
    const { summary, name, blob } = await source.screen(file, document.getElementById("shares").value, (read) => { count.textContent = say("register_progress", { count: read }); });
    if (turn !== runs) return;
    fill(result, h("p", {}, say("register_done", { ...summary, count: summary.companies })),
      summary.rejected ? h("p", { class: "hint" }, say("register_rejected", { ...summary, count: summary.rejected })) : null,
      h("p", { id: "verdicts" }, say("register_found", { companies: summary.companies, results: Object.values(summary.verdicts).reduce((sum, one) => sum + one, 0), verdicts: ["eligible", "conditional", "needs_info", "pending", "ineligible"].map((one) => `${t.buckets[one]} ${summary.verdicts[one]}`).join(t.listing) })),
      doubts(summary), asks(summary),
      summary.notices.map((one) => h("p", { class: "note" }, spokenMessage(pick(one)))),
      summary.ignored_columns.length ? h("p", { class: "hint" }, say("register_columns", { columns: summary.ignored_columns.join(t.listing) })) : null,
      h("p", { class: "buttons" }, h("button", { type: "button", class: "main", id: "save", onclick: () => save(name, blob) }, t.register_save)));
    document.getElementById("save").focus();
  } catch (error) {
    if (turn === runs) refuse(error, file);
  }
}

// What was not read, or read by inference: how much, and the first of it.
function doubts(summary) {
  if (!summary.notes) return null;
  const line = (one) => say(one.column ? "register_doubt" : "register_doubt_of_row", { ...one, example: spokenMessage(one.example) });
  return h("div", { id: "doubts" }, h("p", {}, say("register_doubts", { count: summary.notes, companies: summary.noted })),
    h("ul", {}, summary.kinds_of_notes.slice(0, SHOWN).map((one) => h("li", {}, line(one), one.hint ? h("span", { class: "hint" }, " ", spokenMessage(one.hint)) : null)),
      summary.kinds_of_notes.length > SHOWN ? h("li", {}, say("register_doubts_more", { count: summary.kinds_of_notes.length - SHOWN })) : null), h("p", { class: "hint" }, t.register_doubts_where));
}

// Which columns would settle most; where nothing is open for want of them, that first.
function asks(summary) {
  const open = summary.verdicts.eligible + summary.verdicts.conditional;
  if (!summary.asks.length) return open ? null : h("p", {}, t.register_none_open);
  return h("div", { id: "asks" }, open ? null : h("p", {}, t.register_none_open), h("p", {}, t.register_asks),
    h("ul", {}, summary.asks.slice(0, SHOWN).map((one) => h("li", {}, say("register_ask", { ...one, label: pick(one.label) })))));
}
