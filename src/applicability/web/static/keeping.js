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
export const printButton = (note, id) => h("button", { type: "button", class: id && "main", id, onclick: () => {
  if (document.querySelector("#result:is(.stale, .typing)")) note.textContent = t.stale_print;
  else window.print();
} }, t.print);

/** The fields that problems are of, for a line that names them. */
export const fieldsOf = (problems) => [...new Set(problems.map((one) => labelOf(one.field)).filter(Boolean))].join(t.listing);

/** A button for each format: `ask` gives the file, and `note` tells what became of it. */
export const fileButtons = (formats, ask, note) => formats.map((format) => h("button", { type: "button", onclick: async () => {
  note.textContent = t.loading;
  try {
    const { name, blob } = await ask(format);
    save(name, blob);
    note.textContent = say("taken", { name });
  } catch (error) {
    note.textContent = isMistake(error) ? say("take_mistake", { fields: fieldsOf(error.problems) }) : t.take_unreachable;
  }
} }, format.toUpperCase()));

/** The buttons of a page whose answer can be printed as it stands: files, print, copy the link. */
export function keeping(formats, ask) {
  const note = h("p", { class: "note", role: "status" });
  return h("div", { class: "take" }, h("p", { class: "buttons" }, `${t.take}${t.colon}`, fileButtons(formats, ask, note), printButton(note), copyButton(note)), note);
}
