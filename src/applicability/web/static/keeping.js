// Files to take away, printing a page, and copying its link, which holds the profile.

import { h, isMistake, labelOf, save, say, t } from "./dom.js";

/** A button that copies the link of the page, and tells so in `note`. */
export const copyButton = (note) => h("button", { type: "button", class: "copy", onclick: async () => {
  try {
    await navigator.clipboard.writeText(location.href);
    note.textContent = t.copied;
  } catch {
    window.prompt(t.copy_link, location.href);
  }
} }, t.copy_link);

/** A button that prints the page, or tells in `note` that what stands there is no answer to what was said. */
export const printButton = (note, id, pdf) => h("button", { type: "button", class: id && "main", id, onclick: () => {
  if (document.querySelector("#result:is(.stale, .typing)")) note.textContent = t.stale_print;
  else if (typeof window.print === "function") window.print();
  // Browsers within other apps may have no print.
  else if (pdf) take("pdf", pdf, note, "no_print");
  else note.textContent = t.no_print_here;
} }, t.print);

/** The fields that problems are of, for a line that names them. */
export const fieldsOf = (problems) => [...new Set(problems.map((one) => labelOf(one.field)).filter(Boolean))].join(t.listing);

/** A button for each format: `ask` gives the file, and `note` tells what became of it. */
export const fileButtons = (formats, ask, note) => formats.map((format) => h("button", { type: "button", onclick: () => take(format, ask, note, "taken") }, format.toUpperCase()));

async function take(format, ask, note, told) {
  note.textContent = t.loading;
  try {
    const { name, blob } = await ask(format);
    save(name, blob);
    note.textContent = say(told, { name });
  } catch (error) {
    note.textContent = isMistake(error) ? say("take_mistake", { fields: fieldsOf(error.problems) }) : t.take_unreachable;
  }
}

/** The buttons of a page whose answer can be printed as it stands: files, print, copy the link. */
export function keeping(formats, ask) {
  const note = h("p", { class: "note", role: "status" });
  return h("div", { class: "take" }, h("p", { class: "buttons" }, `${t.take}${t.colon}`, fileButtons(formats, ask, note), printButton(note, undefined, formats.includes("pdf") ? ask : undefined), copyButton(note)), note);
}
