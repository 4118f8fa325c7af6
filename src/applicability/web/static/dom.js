// Elements from data: text is text, never markup. And the words of the page, which came with it.

const held = JSON.parse(document.getElementById("texts").textContent);
export const lang = held.lang;
export const t = held.texts;
export const page = held;

/** A text of the contract in the language of the page. */
export const pick = (text) => (text ? text[lang] : "");

/** A reason, which speaks of a profile, as it is said to whoever has filled it in. */
export const reasonOf = (text) => held.of_profile.reduce((words, [said, told]) => words.replaceAll(said, told), pick(text));
const slotted = (text, slots) => text.replace(/\{(\w+)\}/g, (_, key) => slots[key] ?? "");

/** A line with its slots; of one thing it has words of its own where the language wants them. */
export const say = (name, slots = {}) => slotted(slots.count === 1 && t[`${name}_one`] ? t[`${name}_one`] : t[name], slots);

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

// The name that a fact has in a file is left out, as `told_problems` does for the page without script.
const withoutKey = (message) => message.replace(/^`[\w.[\]]+`(：|: )/, "");
const spoken = (text) => text.replace(/`([^`]+)`/g, (_, word) => `“${held.labels[word] ?? word}”`);

/** A message without the name that its fact has in a file, and with what was typed in quotation marks. */
export const spokenMessage = (message) => spoken(withoutKey(message));

/** The fact that a problem's field belongs to: `zones` of `zones[0]`. */
export const factOf = (field) => (field ?? "").split(/[.[]/)[0];
export const labelOf = (field) => held.labels[field] ?? held.labels[factOf(field)] ?? field;

/** Whether the person has something to mend, and not the service. */
export const isMistake = (error) => [400, 413, 415, 422].includes(error.status);

// The message and the hint of a problem stand as sentences beside each other, as `told_problems` has them; a message
// may begin with the name of a file, which is left as it is.
const begun = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const ended = (text) => (/[.。?？!！…]$/.test(text) ? text : `${text}${lang === "zh" ? "。" : "."}`);

/** What a problem says, and how to mend it. */
export const problemWords = (one) => {
  const message = spokenMessage(one.message);
  return one.hint ? [ended(message), " ", h("span", { class: "hint" }, ended(begun(spoken(one.hint))))] : [message];
};

export function problemList(error) {
  const mine = isMistake(error);
  const problems = error.problems?.length ? error.problems : [{ field: "", message: t.unreachable, hint: "" }];
  const name = (field) => {
    const input = document.getElementById(factOf(field));
    return input?.matches("input") ? h("a", { class: "to", href: `#${input.id}` }, labelOf(field)) : h("strong", {}, labelOf(field));
  };
  return [
    h("h2", { class: "wrong" }, mine ? t.problems : t.no_answer),
    h("ul", { class: "problems" }, problems.map((one) =>
      h("li", {}, mine && one.field ? [name(one.field), t.colon] : null, problemWords(one)))),
    !mine && error.instance ? h("p", { class: "soft", id: "request-id" }, say("request_id", { id: error.instance.split(":").pop() })) : null,
  ].filter(Boolean);
}

/** Tells each problem beside the field that it is of; `fields` are [fact, input, box for the words]. Gives the first such input. */
export function tellBeside(problems, fields) {
  let first = null;
  for (const [fact, input, box] of fields) {
    const list = problems.filter((one) => factOf(one.field) === fact);
    if (list.length) first ??= input;
    if (input?.matches("input")) {
      if (list.length) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
    if (!box) continue;
    fill(box, list.map(problemWords));
    box.hidden = !list.length;
  }
  return first;
}

/** Hands a file to the person. */
export function save(name, blob) {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
