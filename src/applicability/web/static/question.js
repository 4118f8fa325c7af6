// The next question, answered in place.

import { h, lang, page, pick, say, t } from "./dom.js";
import { fillRows } from "./answer.js";
import { askAgain, askFirst, passOver, set, state } from "./profile.js";

const find = (id) => document.getElementById(id);
// What has a field among the facts is asked there and not twice.
const FIELDS = { city: "#city", zones: "#zones-field input", sector: "#sector", foreign_share: "#foreign_share" };
const asksAbove = (question) => FIELDS[question.fact] && (!question.options.length || state.profile[question.fact] === undefined);

// As the searches of the service: Chinese anywhere, words in letters where one of them begins, so that `art` is not in `department`.
const NO_LETTER = /[^\p{L}\p{N}]+|\p{Script=Han}+/u;
const stands = (text, word) => (/\p{Script=Han}/u.test(word) ? text.includes(word) : text.split(NO_LETTER).some((one) => one.startsWith(word)));

/** The box of a question; `done` hears of an answer before it is said, with the fact. */
export function questionBox(found, answer, done) {
  const { question } = found;
  if (!question) {
    return h("p", { class: "unasked", id: "question-title", tabindex: "-1" }, found.passed_over.some((one) => one.rows.length) ? t.no_new_question : t.no_question);
  }
  const passing = (id, words) => h("button", { type: "button", id, onclick: () => { done(question.fact); passOver(question.fact); } }, words);
  const ofPeople = question.fact === page.of_people;
  // Of people most are not asked: that comes first.
  const pass = passing("pass", t.unknown), passPeople = ofPeople ? passing("pass-people", t.pass_people) : null;
  const why = h("details", {}, h("summary", {}, t.why_asked),
    h("ul", {}, question.waiting.map((one) => h("li", {}, h("span", { class: "number" }, String(one.measure)), ` ${pick(one.title)} `, one.quotes.map((words) => h("q", { lang: "zh-Hans" }, words)))),
      question.also_waiting.length ? h("li", {}, say("also_waiting", { count: question.also_waiting.length, rows: question.also_waiting.join(t.listing) })) : null));
  const reason = h("p", { class: "hint why" }, `${t.why_asked}${t.colon}${pick(question.why)}`);
  const titled = (words) => h("legend", {}, h("span", { id: "question-title", tabindex: "-1" }, words));
  if (asksAbove(question)) {
    const field = page.labels[question.fact];
    const go = () => {
      const input = document.querySelector(FIELDS[question.fact]);
      const field = input?.closest(".field");
      input?.scrollIntoView({ block: "center" });
      input?.focus({ preventScroll: true });
      field?.classList.add("asked-for"); // until the focus leaves it
      field?.addEventListener("focusout", (event) => { if (!field.contains(event.relatedTarget)) field.classList.remove("asked-for"); });
    };
    return h("fieldset", { class: "question", "data-fact": question.fact }, titled(say("above", { field })), reason,
      h("p", { class: "buttons" }, h("button", { type: "button", class: "main", id: "go", onclick: go }, say("go_field", { field })), pass), why);
  }
  const many = page.lists.includes(question.type), kind = many ? "checkbox" : "radio";
  // What is ticked or typed already stays while another fact is changed.
  const shown = answer.querySelector(".question");
  const same = shown?.dataset.fact === question.fact ? shown : null;
  const ticked = new Set([...(same?.querySelectorAll("input[name=answer]:checked") ?? [])].map((one) => one.value));
  const likely = new Set(question.likely);
  const choices = question.options.map((one, index) =>
    h("label", { class: "choice", "data-words": `${one.value} ${one.label.zh} ${one.label.en} ${page.words[one.value] ?? ""}`.toLowerCase() }, h("input", { type: kind, name: "answer", value: one.value, id: `answer-${index}`, checked: ticked.has(one.value), "data-label": pick(one.label) }), h("span", {}, pick(one.label), likely.has(one.value) ? h("span", { class: "soft" }, t.likely) : null)));
  // Beside the choices and not among them, so that it is in sight however many there are.
  const none = !many || !choices.length ? null : h("label", { class: "choice" }, h("input", { type: "checkbox", name: "answer", value: "[]", id: "answer-none", checked: ticked.has("[]"), "data-label": t.none_of_these }), ` ${t.none_of_these}`);
  const filter = choices.length > 12 ? h("input", { type: "search", id: "filter", "aria-label": t.filter, placeholder: t.filter, oninput: (event) => {
    const words = event.target.value.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    for (const one of choices) one.hidden = one.dataset.words !== undefined && !words.every((word) => stands(one.dataset.words, word));
  } }) : null;
  const free = choices.length ? null : h("input", { id: "free", "aria-label": pick(question.question), "aria-describedby": "answer-error", maxlength: "200", value: same?.querySelector("#free")?.value });
  const wrong = h("p", { class: "error", id: "answer-error", role: "alert", hidden: true });
  const box = h("fieldset", { class: "question", "data-fact": question.fact }, titled(pick(question.question)), reason,
    [ofPeople ? t.people_hint : "", many ? t.tick_all : "", ofPeople ? "" : spokenHelp(pick(question.help))].filter(Boolean).map((words) => h("p", { class: "hint" }, words)), filter,
    choices.length ? [h("div", { class: "options" }, choices), none] : free, wrong,
    h("p", { class: "buttons" }, passPeople, h("button", { type: "button", class: "main", id: "give", onclick: give }, t.answer), pass), why);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    if (event.target !== filter) give();
  });
  function give() {
    const held = [...box.querySelectorAll("input[name=answer]:checked")];
    let value = free ? free.value.trim() : many ? held.map((one) => one.value).filter((one) => one !== "[]") : held[0]?.value;
    if (free ? !value : !held.length) { // nothing ticked may be an oversight: that none applies is said
      wrong.textContent = free ? t.type_first : many ? t.tick_first : t.choose_first;
      wrong.hidden = false;
      return box.querySelector("input")?.focus();
    }
    const labels = held.map((one) => one.dataset.label).join(lang === "zh" ? "、" : ", ") || t.none_of_these;
    if (question.fact.startsWith("limits.") || question.type === "boolean") value = value === "true";
    else if (many && (question.not_offered || choices.some((one) => one.hidden))) value = inPart(question, value, choices);
    done(question.fact);
    set(question.fact, value, free ? value : labels);
  }
  return box;
}

/** The questions that were passed over, with what depends on them; each can be answered, and `done` hears of it. */
export function passedOver(found, done) {
  const passed = found.passed_over;
  if (!passed.length) return null;
  const rows = new Set(passed.flatMap((one) => one.rows)).size;
  const ask = (one) => h("button", { type: "button", class: "plain", id: `again-${one.fact}`, "aria-label": `${t.answer_it}${t.colon}${pick(one.question)}`, onclick: () => { done(one.fact); askFirst(one.fact); } }, t.answer_it);
  const waiting = (rows) => {
    const list = h("ul", { class: "rows" });
    const group = h("details", { class: "waiting-rows" }, h("summary", { class: "soft" }, say("passed_over_rows", { count: rows.length })), list);
    group.addEventListener("toggle", () => { if (group.open && !list.childElementCount) fillRows(list, rows); });
    return group;
  };
  return h("details", { class: "passed", open: !found.question && rows > 0 }, h("summary", {}, say("passed_over", { count: passed.length, rows })),
    h("ul", {}, passed.map((one) => h("li", {}, pick(one.question), " ", ask(one), waiting(one.rows)))),
    passed.length > 1 ? h("button", { type: "button", onclick: () => { done(null); askAgain(); } }, t.asked_again) : null);
}

// Of choices of which only some are offered, or in sight, an answer tells these; whoever does a part does the general as well.
function inPart(question, chosen, choices) {
  const own = new Set(chosen.flatMap((value) => [value, ...(question.options.find((one) => one.value === value).implies ?? [])]));
  return { yes: chosen, no: question.options.map((one) => one.value).filter((value, index) => !own.has(value) && !choices[index].hidden) };
}

// On a page nobody writes `[]`, commands or names of a file: what says so is left out of the help, as by `spoken_help`.
const forFiles = /\[\]|`|^(列出全部|List them all)|[a-z]+_[a-z]+/;
function said(clause) {
  while (forFiles.test(clause.trim())) {
    const end = clause.replace(/[；; ]+$/, "");
    const cut = Math.max(end.lastIndexOf("，"), end.lastIndexOf(", "));
    if (cut < 0) return "";
    clause = end.slice(0, cut) + (end[cut] === "，" ? "；" : "; ");
  }
  return clause;
}
const spokenHelp = (text) => text.split(/(?<=[；;])/).map(said).join("").replace(/[；;，,\s]+$/, "");

/** Shows the question, with the counts above it where both fit, and puts the focus on its heading, which its choices follow. */
export function focusQuestion() {
  const title = find("question-title") ?? find("result");
  const box = title.closest(".question") ?? title;
  title.focus({ preventScroll: true });
  const { top, bottom } = box.getBoundingClientRect();
  const counts = document.querySelector(".tiles"), foot = 4 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  if (top >= 0 && bottom <= innerHeight - foot) return;
  const both = counts && bottom - counts.getBoundingClientRect().top <= innerHeight - foot;
  (both ? counts : box).scrollIntoView({ block: "start" });
}
