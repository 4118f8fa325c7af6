// A field with a list of what a search finds, after the pattern of the WAI-ARIA authoring practices.

import { h, say, t } from "./dom.js";

/** `search` gives hits; `show` makes the children of one; `choose` hears of the one taken, or of free text; `typing`
 * hears whether what stands in the field is not yet taken. */
export function combobox(input, search, show, choose, typing = () => {}) {
  const list = h("ul", { role: "listbox", id: `${input.id}-list`, hidden: true, "aria-label": input.labels[0].textContent });
  const status = h("p", { class: "quiet", role: "status" });
  let hits = [], at = -1, timer, written = input.value, turn = 0;
  let answered = null; // the words that `hits` were found for
  let entered = null; // the words that Enter was pressed on before they were answered
  input.removeAttribute("list");
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", spellcheck: "false",
  })) input.setAttribute(name, value);
  const whole = h("p", { class: "soft whole screen", hidden: true }); // of a name that is longer than its field
  input.after(list, status, whole);
  function tellWhole() {
    input.parentElement.querySelector(":scope > .said")?.replaceChildren(input.value); // what is printed
    whole.hidden = document.activeElement === input || input.scrollWidth <= input.clientWidth;
    whole.textContent = whole.hidden ? "" : input.value;
  }

  function close() {
    list.hidden = true;
    unmark();
    input.setAttribute("aria-expanded", "false");
  }

  function unmark() {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = -1;
    input.removeAttribute("aria-activedescendant");
  }

  function mark(next) {
    at = hits.length ? (next + hits.length) % hits.length : -1;
    [...list.children].forEach((one, index) => one.setAttribute("aria-selected", String(index === at)));
    if (at >= 0) {
      input.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  }

  // What is still asked for belongs to words that no longer matter.
  function leave() {
    clearTimeout(timer);
    turn += 1;
    answered = entered = null;
  }

  function take(hit) {
    leave();
    typing(false);
    written = choose(hit);
    input.value = written;
    close();
    tellWhole();
  }

  async function look() {
    const words = input.value.trim();
    if (!words) return close();
    const mine = ++turn;
    let found;
    try {
      found = await search(words);
    } catch (error) {
      if (error.name === "AbortError" && entered === null) return;
      found = [];
    }
    if (mine !== turn || input.value.trim() !== words) return;
    if (entered !== null) return found.length ? take(found[0]) : free();
    if (document.activeElement !== input) return;
    hits = found;
    answered = words;
    list.replaceChildren(...hits.map((hit, index) =>
      h("li", { role: "option", id: `${list.id}-${index}`, "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); take(hit); } }, show(hit))));
    list.hidden = !hits.length;
    list.lastElementChild?.scrollIntoView({ block: "nearest" });
    list.scrollTop = 0;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    status.textContent = hits.length ? say("hits", { count: hits.length }) : t.no_hits;
    at = -1;
  }

  input.addEventListener("input", () => {
    leave();
    unmark();
    typing(input.value.trim() !== written);
    timer = setTimeout(look, 120);
  });
  input.addEventListener("keydown", (event) => {
    const words = input.value.trim();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden || answered !== words) look();
      else mark(event.key === "ArrowDown" ? at + 1 : at < 0 ? hits.length - 1 : at - 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      clearTimeout(timer);
      if (!list.hidden && hits.length && answered === words) take(hits[Math.max(at, 0)]);
      else if (!words || words === written || answered === words) free();
      else {
        // The list that is shown may still be that of fewer letters.
        entered = words;
        look();
      }
    } else if (event.key === "Escape") {
      leave();
      close();
      answered = words; // Enter takes what is typed
    }
  });
  function free() {
    leave();
    typing(false);
    close();
    if (input.value.trim() === written) return;
    written = input.value.trim();
    choose(null, written);
  }
  input.addEventListener("blur", () => {
    if (entered === null) free();
    close();
    tellWhole();
  });
  input.addEventListener("focus", tellWhole);
  return { show(value) { written = value; input.value = value; status.textContent = ""; hits = []; leave(); typing(false); close(); tellWhole(); } };
}
