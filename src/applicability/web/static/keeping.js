// Printing a page, and copying its link, which holds the profile.

import { h, t } from "./dom.js";

/** A button that copies the link of the page, and tells so in `note`. */
export const copyButton = (note) => h("button", { type: "button", class: "copy", onclick: async () => {
  try {
    await navigator.clipboard.writeText(location.href);
    note.textContent = t.copied;
  } catch {
    window.prompt(t.copy_link, location.href);
  }
} }, t.copy_link);

/** Both buttons, of a page that has nothing else to keep. */
export function printAndCopy() {
  const note = h("p", { class: "note", role: "status" });
  return h("div", { class: "take" }, h("p", { class: "buttons" }, h("button", { type: "button", onclick: () => window.print() }, t.print), copyButton(note)), note);
}
