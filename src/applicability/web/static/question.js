// The next question, answered in place.

import { h, lang, page, pick, say, t } from "./dom.js";
import { fillRows } from "./answer.js";
import { askAgain, askFirst, reply, state } from "./profile.js";

const WIDE = 6, MANY = 20; // choices from which on a question takes the whole width, and can be searched
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
  const tell = (answers, passed = []) => {
    for (const fact of [...answers.map((one) => one.fact), ...passed]) done(fact);
    reply(answers, passed);
  };
  const button = (id, words, act, main) => h("button", { type: "button", id, class: main && "main", onclick: act }, words);
  const title = (words) => h("legend", {}, h("span", { id: "question-title", tabindex: "-1" }, words));
  const why = h("details", {}, h("summary", { class: "hint why" }, `${t.why_asked}${t.colon}${pick(question.why)}`),
    h("ul", {}, question.waiting.map((one) => h("li", {}, h("span", { class: "number" }, String(one.measure)), ` ${pick(one.title)} `, one.quotes.map((words) => h("q", { lang: "zh-Hans" }, words)))),
      question.also_waiting.length ? h("li", {}, say("also_waiting", { count: question.also_waiting.length, rows: question.also_waiting.join(t.listing) })) : null));
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
    return h("fieldset", { class: "question", "data-fact": question.fact }, title(say("above", { field })),
      h("p", { class: "buttons" }, button("go", say("go_field", { field }), go, true), button("pass", t.unknown, () => tell([], [question.fact]))), why);
  }
  const parts = [question, ...found.beside].filter((one) => !asksAbove(one)).map((one, at) => partOf(one, at, answer));
  const [first] = parts, ofPeople = isOfPeople(question.fact);
  const wrong = h("p", { class: "error", id: "answer-error", role: "alert", hidden: true });
  // Beside other questions "none of these" is a choice of its own question; alone it is a button, which answers at once.
  const canNone = first.many && !first.free && !ofPeople;
  const noneBox = canNone && parts.length > 1 ? h("input", { type: "checkbox", id: "none", checked: answer.querySelector(`[data-fact="${question.fact}"] input#none`)?.checked, onchange: () => {
    if (!noneBox.checked) return;
    for (const one of first.boxes.querySelectorAll("input:checked")) one.checked = false;
    first.boxes.dispatchEvent(new Event("change"));
  } }) : null;
  if (noneBox) first.boxes.addEventListener("change", () => { if (first.boxes.querySelector("input:checked")) noneBox.checked = false; });
  const given = () => parts.map((one) => (one === first && noneBox?.checked ? one.none(t.none_of_these) : one.said())).filter(Boolean);
  function give() {
    const held = given();
    if (noneBox?.checked && doubted()) return;
    if (held.length) return tell(held);
    wrong.textContent = first.free ? t.type_first : first.many ? t.tick_first : t.choose_first; // nothing ticked may be an oversight
    wrong.hidden = false;
    box.querySelector("input")?.focus();
  }
  // What is chosen of two questions is said; the other is passed over.
  function pass() {
    const held = given(), left = parts.map((one) => one.fact).filter((fact) => !held.some((one) => one.fact === fact));
    if (left.length) tell(held, left);
    else tell([], parts.map((one) => one.fact));
  }
  // That it does nothing of what its sector usually does may be an oversight: it is asked once more.
  let sure = false;
  function doubted() {
    if (sure || !first.usual) return false;
    sure = true;
    wrong.textContent = say("none_usual", { usual: first.usual });
    wrong.hidden = false;
    return true;
  }
  const none = (id, words, main) => button(id, words, () => { if (!doubted()) tell([first.none(words)]); }, main);
  const box = h("fieldset", { class: first.wide ? "question wide" : "question", "data-fact": question.fact }, title(pick(question.question)),
    ofPeople ? [h("p", { class: "hint" }, t.people_hint), h("p", { class: "buttons" }, none("pass-people", t.pass_people, true))] : null,
    first.boxes, noneBox && h("label", { class: "choice" }, noneBox, ` ${t.none_of_these}`), parts.slice(1).map((one) => h("fieldset", { class: "beside" }, h("legend", {}, pick(one.question)), one.boxes)), wrong,
    h("p", { class: "buttons" }, button("give", t.answer, give, !ofPeople), canNone && !noneBox ? none("none", t.none_of_these) : null, button("pass", t.unknown, pass)), why);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    if (event.target.type !== "search") give();
  });
  return box;
}

/** Whether a fact is of people and asked of something that is no person: most ask it for nobody in particular. */
export const isOfPeople = (fact) => fact === page.of_people.fact && state.profile[page.of_people.unless[0]] !== page.of_people.unless[1];

/** The choices of one question, or a field for its answer; `said` gives what is chosen, null where nothing is. */
function partOf(question, at, answer) {
  const { fact } = question, many = page.lists.includes(question.type), ofPeople = isOfPeople(fact);
  // What is ticked or typed already stays while another fact is changed.
  const same = answer.querySelector(`[data-part="${fact}"]`);
  const ticked = new Set([...(same?.querySelectorAll("input:checked") ?? [])].map((one) => one.value));
  const likely = new Set(question.likely), name = at ? `answer-${at}` : "answer";
  const choices = question.options.map((one, index) =>
    h("label", { class: "choice", "data-words": `${one.value} ${one.label.zh} ${one.label.en} ${page.words[one.value] ?? ""}`.toLowerCase() },
      h("input", { type: many ? "checkbox" : "radio", name, value: one.value, id: `${name}-${index}`, checked: ticked.has(one.value), "data-label": pick(one.label) }), h("span", {}, pick(one.label), likely.has(one.value) ? h("span", { class: "soft" }, t.likely) : null)));
  const free = choices.length ? null : h("input", { id: "free", "aria-label": pick(question.question), "aria-describedby": "answer-error", maxlength: "200", value: same?.querySelector("#free")?.value });
  const filter = choices.length > MANY ? h("input", { type: "search", id: "filter", "aria-label": t.filter, placeholder: t.filter, oninput: (event) => {
    const words = event.target.value.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    for (const one of choices) one.hidden = !words.every((word) => stands(one.dataset.words, word));
    count();
  } }) : null;
  // What makes no sense for such an entity stands behind a line of its own; with one or two that is not worth it.
  // Of a list these are not in sight while they are folded: an answer does not tell them, and they are asked about later.
  const few = question.plausible && choices.length - question.plausible > 2 ? question.plausible : choices.length, folded = choices.slice(few);
  let more = null;
  const inSight = (index) => !choices[index].hidden && (index < few || more.open || choices[index].querySelector("input").checked);
  const chosen = () => question.options.filter((_, index) => choices[index].querySelector("input").checked);
  const rest = h("p", { class: "hint rest", role: "status" });
  const left = () => restOf(question, chosen(), inSight);
  // What is not ticked counts as no: how many these are follows the ticks.
  const count = () => { rest.textContent = many && chosen().length && left().length ? say("rest_no", { count: left().length }) : ""; };
  const options = (list) => h("div", { class: question.type === "boolean" ? "options inline" : "options" }, list);
  const hints = (words) => words.filter(Boolean).map((one) => h("p", { class: "hint" }, one));
  const help = ofPeople ? [] : hints([spokenHelp(pick(question.help))]);
  const boxes = h("div", { "data-part": fact, onchange: count }, hints([many ? t.tick_several : ""]), folded.length ? null : help, filter,
    free ?? [options(choices.slice(0, few)), folded.length ? (more = h("details", { class: "folded", open: folded.some((one) => one.querySelector("input").checked), ontoggle: () => count() }, h("summary", {}, say(fact === "activities" ? "more_activities" : "more_choices", { count: folded.length })), help, options(folded))) : null], many ? rest : null);
  count();
  const worded = (held) => held.map((one) => pick(one.label)).join(lang === "zh" ? "、" : ", ");
  function said() {
    const held = free ? [] : chosen();
    let value = free ? free.value.trim() : many ? held.map((one) => one.value) : held[0]?.value;
    if (free ? !value : !held.length) return null;
    if (fact.startsWith("limits.") || question.type === "boolean") value = value === "true";
    else if (many) value = inPart(value, left());
    return { fact, value, label: free ? value : before[0].length ? undefined : worded(held) };
  }
  // Of choices of which only some are offered, or in sight, an answer tells these, beside those that are known already.
  const known = state.profile[fact] ?? {}, before = [known.yes ?? [], known.no ?? []];
  const inPart = (yes, no) => (question.not_offered || choices.some((_, index) => !inSight(index)) ? { yes: [...before[0], ...yes], no: [...before[1], ...no] } : [...before[0], ...yes]);
  const none = (label) => ({ fact, value: ofPeople ? [] : inPart([], restOf(question, [], inSight)), label: before[0].length ? undefined : label });
  const usual = question.options.filter((one) => likely.has(one.value)).map((one) => pick(one.label)).join(t.listing);
  return { fact, many, free, boxes, question: question.question, wide: few > WIDE, usual, said, none };
}

// Whoever does a part does the general as well.
function restOf(question, chosen, inSight) {
  const own = new Set(chosen.flatMap((one) => [one.value, ...one.implies]));
  return question.options.map((one) => one.value).filter((value, index) => !own.has(value) && inSight(index));
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

/** Shows the question below what can be printed, and the counts where all fit; the focus is on its heading, which its choices follow. */
export function focusQuestion() {
  const title = find("question-title") ?? find("result"), box = title.closest(".question") ?? title;
  title.focus({ preventScroll: true });
  const ready = document.querySelector(".ready") ?? box, counts = document.querySelector(".tiles");
  const top = (one) => one.getBoundingClientRect().top, bottom = box.getBoundingClientRect().bottom;
  const room = innerHeight - (matchMedia("(max-width: 50rem)").matches ? 4 * parseFloat(getComputedStyle(document.documentElement).fontSize) : 0);
  const first = counts && bottom - top(counts) <= room ? counts : ready;
  if (top(first) < 0 || bottom > room) first.scrollIntoView({ block: "start" });
}

/** Shows the counts and what can be printed, where they are not in sight. */
export function showResult() {
  const { top } = find("result").getBoundingClientRect(), print = find("print-now")?.getBoundingClientRect();
  if (top < 0 || !print || print.bottom > innerHeight - 64) find("result").scrollIntoView({ block: "start" });
}
