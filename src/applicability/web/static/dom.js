// Elements from data: text is text, never markup. And the words of the page, which came with it.

const held = JSON.parse(document.getElementById("texts").textContent);
export const lang = held.lang;
export const t = held.texts;
export const page = held;

/** A text of the contract in the language of the page. */
export const pick = (text) => (text ? text[lang] : "");
export const say = (name, slots = {}) => t[name].replace(/\{(\w+)\}/g, (_, key) => slots[key] ?? "");

/** An element with attributes and children; strings become text, null is left out. */
export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else made.setAttribute(name, value);
  }
  made.append(...children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false && one !== ""));
  return made;
}

/** Puts other children into an element, keeping the focus where an element of the same id has it. */
export function fill(element, ...children) {
  const focused = document.activeElement?.id;
  element.replaceChildren(...children.flat(Infinity).filter(Boolean));
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

// What a mistake says to files and the command line is left out, as `told_problems` does for the page without script.
const withoutKey = (message) => message.replace(/^`[\w.[\]]+`(：|: )/, "");
const withoutCommands = (hint) => (hint ?? "").split(/(?<=[；;？?。])\s*|(?<=\.)\s+/).filter((part) => part && !/`applicability|--\w/.test(part)).join(lang === "zh" ? "" : " ").replace(/[；;\s]+$/, "");

export function problemList(error) {
  const problems = error.problems ?? [{ field: "", message: t.failed, hint: "" }];
  return [
    h("h3", {}, t.problems),
    h("ul", { class: "problems" }, problems.map((one) =>
      h("li", {}, one.field ? h("strong", {}, held.labels[one.field] ?? one.field) : null, " ", withoutKey(one.message), " ", h("span", { class: "hint" }, withoutCommands(one.hint))))),
  ];
}

/** Hands a file to the person. */
export function save(name, blob) {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
