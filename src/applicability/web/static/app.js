// The page of one profile: four facts, counts that move, the next question, what is open, limits to keep.

import { combobox } from "./combobox.js";
import { fill, h, lang, pick, problemList, save, say, t } from "./dom.js";
import { measureLine } from "./measure.js";
import { askAgain, fromFragment, onChange, passOver, set, several, state } from "./profile.js";
import * as source from "./source.js";

source.speak(lang);
const find = (id) => document.getElementById(id);
const form = find("profile"), answer = find("answer"), problems = find("problems"), more = find("more");
const main = new Set(["name", "planned", "city", "zones", "sector", "foreign_share", "limits"]);
const settlesNothing = new Set(["name", "planned"]);
const titles = new Map();
let declared = new Map(), before = null, zoneCity = null;
const status = h("p", { class: "quiet", role: "status", id: "status" });
answer.before(status);
form.querySelector("button[type=submit]").hidden = true;

// The four facts ------------------------------------------------------------------------------------------------------

const placed = (one) => [`${pick(one.name)} `, h("span", { class: "soft" }, [one.kind === "former" ? t.former : "", ...one.within.map(pick), one.pilot ? t.pilot : ""].filter(Boolean).join(" · "))];
const city = combobox(find("city"), async (words) => (await source.places(words)).filter((one) => one.kind === "division"), placed, (hit, words) => {
  state.profile.zones = undefined;
  delete state.profile.zones;
  delete state.profile.district;
  set("city", hit ? hit.code : words, hit ? pick(hit.name) : words);
  return hit ? pick(hit.name) : words;
});
const sector = combobox(find("sector"), source.sectors, (one) => [`${one.code} ${pick(one.name)} `, one.word ? h("span", { class: "soft" }, one.word) : ""], (hit, words) => {
  set("sector", hit ? hit.code : words, hit ? `${hit.code} ${pick(hit.name)}` : words);
  return hit ? `${hit.code} ${pick(hit.name)}` : words;
});
let typing;
for (const id of ["foreign_share", "name"]) {
  find(id).addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => set(id, find(id).value.trim() || undefined), 30);
  });
}
find("planned").addEventListener("change", (event) => set("planned", event.target.checked || undefined));
form.addEventListener("submit", (event) => event.preventDefault());
find("clear").addEventListener("click", (event) => {
  event.preventDefault();
  state.profile = {};
  state.unknown = [];
  state.labels = {};
  set("name", undefined);
  restore();
  find("city").focus();
});

async function showZones() {
  const where = state.profile.city;
  if (zoneCity === where) return;
  zoneCity = where;
  const field = find("zones-field");
  const chosen = new Set(state.profile.zones ?? []);
  const none = Array.isArray(state.profile.zones) && !state.profile.zones.length;
  let found = [];
  if (where) {
    try {
      found = await source.zones(where);
    } catch {
      found = [];
    }
  }
  if (zoneCity !== where) return;
  const boxes = found.map((one) => h("label", { class: "choice" }, h("input", { type: "checkbox", name: "zone", value: one.code, checked: chosen.has(one.code), onchange: () => read(false) }), pick(one.name)));
  const empty = h("label", { class: "choice" }, h("input", { type: "checkbox", name: "no_zones", checked: none, onchange: (event) => read(event.target.checked) }), t.zones_none);
  function read(cleared) {
    const inputs = [...field.querySelectorAll("input[name=zone]")];
    if (cleared) for (const one of inputs) one.checked = false;
    const held = inputs.filter((one) => one.checked);
    if (held.length) empty.firstChild.checked = false;
    set("zones", held.length ? held.map((one) => one.value) : empty.firstChild.checked ? [] : undefined);
  }
  fill(field, h("fieldset", {}, h("legend", {}, t.zones), h("p", { class: "hint" }, where ? t.zones_hint : t.zones_first), h("div", { class: "options" }, boxes), empty));
}

// The answer ----------------------------------------------------------------------------------------------------------

async function update() {
  if (!Object.keys(state.profile).some((name) => !settlesNothing.has(name)) && !state.unknown.length) {
    fill(answer);
    fill(problems);
    showJump();
    showTold();
    showZones();
    return;
  }
  showZones();
  let found;
  try {
    found = await source.overview(state.profile, state.unknown);
  } catch (error) {
    if (error.name !== "AbortError") fill(problems, problemList(error));
    return;
  }
  fill(problems);
  showTold();
  const question = questionBox(found.question);
  const left = found.unasked && h("p", { class: "hint unasked" }, say("unasked", { count: found.unasked.rows.length, who: pick(found.unasked.implausible_for) }));
  fill(answer,
    h("p", { class: "soft" }, say("as_of", { day: found.as_of })),
    tiles(found.counts), question, left, openList(found), limitsList(found), others(found), takeAway());
  status.textContent = Object.entries(found.counts).slice(0, 5).map(([name, count]) => `${t.buckets[name]} ${count}`).join(", ");
  before = found.counts;
  showJump();
}

function tiles(counts) {
  return h("ul", { class: "tiles" }, Object.keys(counts).slice(0, 5).map((name) =>
    h("li", { class: `tile ${name}${before && before[name] !== counts[name] ? " moved" : ""}` }, h("strong", {}, String(counts[name])), ` ${t.buckets[name]}`)));
}

function questionBox(question) {
  if (!question) {
    return h("div", { class: "unasked" }, h("p", {}, t.no_question), state.unknown.length ? h("button", { type: "button", onclick: askAgain }, t.asked_again) : null);
  }
  const many = several(question.type), kind = many ? "checkbox" : "radio";
  // What is ticked or typed already stays while another fact is changed.
  const shown = answer.querySelector(".question");
  const same = shown?.dataset.fact === question.fact ? shown : null;
  const ticked = new Set([...(same?.querySelectorAll("input[name=answer]:checked") ?? [])].map((one) => one.value));
  const choices = question.options.map((one, index) =>
    h("label", { class: "choice", "data-words": `${one.value} ${one.label.zh} ${one.label.en}`.toLowerCase() }, h("input", { type: kind, name: "answer", value: one.value, id: `answer-${index}`, checked: ticked.has(one.value) }), ` ${pick(one.label)}`));
  if (many && choices.length) choices.push(h("label", { class: "choice" }, h("input", { type: "checkbox", name: "answer", value: "[]", id: "answer-none", checked: ticked.has("[]") }), ` ${t.none_of_these}`));
  const filter = choices.length > 12 ? h("input", { type: "search", id: "filter", "aria-label": t.filter, placeholder: t.filter, oninput: (event) => {
    const words = event.target.value.toLowerCase();
    for (const one of choices) one.hidden = Boolean(words) && one.dataset.words !== undefined && !one.dataset.words.includes(words);
  } }) : null;
  const free = choices.length ? null : h("input", { id: "free", "aria-label": pick(question.question), maxlength: "200", value: same?.querySelector("#free")?.value });
  const box = h("fieldset", { class: "question", "data-fact": question.fact }, h("legend", {}, pick(question.question)),
    [many ? t.tick_all : "", spokenHelp(pick(question.help))].filter(Boolean).map((words) => h("p", { class: "hint" }, words)), filter,
    choices.length ? h("div", { class: "options" }, choices) : free,
    h("p", { class: "buttons" },
      h("button", { type: "button", class: "main", id: "give", onclick: give }, t.answer),
      h("button", { type: "button", id: "pass", onclick: () => { passOver(question.fact); focusQuestion(); } }, t.unknown)),
    h("details", {}, h("summary", {}, t.why_asked), h("p", {}, pick(question.why)),
      h("ul", {}, question.waiting.map((one) => h("li", {}, h("span", { class: "number" }, String(one.measure)), ` ${pick(one.title)} `, one.quotes.map((words) => h("q", { lang: "zh-Hans" }, words)))))));
  free?.addEventListener("keydown", (event) => { if (event.key === "Enter") give(); });
  function give() {
    const held = [...box.querySelectorAll("input[name=answer]:checked")];
    const labels = held.map((one) => one.parentElement.textContent.trim()).join(lang === "zh" ? "、" : ", ");
    let value = free ? free.value.trim() : many ? held.map((one) => one.value).filter((one) => one !== "[]") : held[0]?.value;
    if (free ? !value : !held.length) return box.querySelector("input")?.focus();
    if (question.fact.startsWith("limits.")) value = value === "true";
    else if (question.type === "boolean") value = value === "true";
    else if (question.not_offered) value = inPart(question, value);
    set(question.fact, value, free ? value : labels);
    restoreField(question.fact);
    focusQuestion();
  }
  return box;
}

// Of activities of which only some are offered, an answer tells these; whoever does a part does the general as well.
function inPart(question, chosen) {
  const own = new Set(chosen.flatMap((value) => [value, ...question.options.find((one) => one.value === value).implies]));
  return { yes: chosen, no: question.options.map((one) => one.value).filter((value) => !own.has(value)) };
}

// On a page nobody writes `[]`, commands or lists: such clauses are left out of the help, as by `spoken_help`.
const spokenHelp = (text) => text.split(/(?<=[；;])/).filter((part) => !/\[\]|`|^(列出全部|List them all)/.test(part.trim())).join("").replace(/[；;\s]+$/, "");

function focusQuestion() {
  const wait = new MutationObserver(() => {
    wait.disconnect();
    (answer.querySelector(".question input") ?? find("result")).focus({ preventScroll: true });
  });
  wait.observe(answer, { childList: true });
}

function openList(found) {
  const lines = found.open.map((one) => h("li", { class: `row ${one.verdict}` },
    measureLine(one.measure, pick(one.title)),
    h("p", { class: "soft" }, t.buckets[one.verdict], one.force ? ` · ${t.verbs[one.force]}` : ""),
    one.quote ? h("blockquote", { lang: "zh-Hans" }, one.quote) : null,
    lang === "en" && one.quote_en ? h("p", { class: "soft" }, one.quote_en) : null,
    one.judgements.map((each) => h("p", {}, `${t.judged}${t.colon}${pick(each.authority)} – ${pick(each.about)}`))));
  return [h("h3", {}, state.profile.planned === true ? t.open_planned : t.open), lines.length ? h("ul", { class: "rows", id: "open" }, lines) : h("p", {}, t.nothing_open)];
}

function limitsList(found) {
  const said = { ...state.profile.limits };
  const lines = found.open.flatMap((one) => one.limits.map((limit) => ({ ...limit, measure: one.measure })));
  // A limit that is not kept has shut its row; it stays here so that it can be taken back.
  const shut = Object.keys(said).filter((key) => said[key] === false && !lines.some((one) => one.key === key)).map((key) => ({ key, measure: Number(key.split(".")[0]), note: null, question: { zh: key, en: key } }));
  const every = [...lines, ...shut];
  if (!every.length) return null;
  const radio = (one, value, name) => h("label", { class: "choice" }, h("input", { type: "radio", name: `limits.${one.key}`, id: `limits.${one.key}.${value}`, checked: (said[one.key] ?? "unsaid") === value, onchange: () => set(`limits.${one.key}`, value === "unsaid" ? undefined : value) }), ` ${name}`);
  return [h("h3", {}, t.limits), h("p", { class: "hint" }, t.limits_hint), h("ul", { class: "limits" }, every.map((one) =>
    h("li", {}, h("fieldset", {}, h("legend", {}, h("span", { class: "number" }, String(one.measure)), ` ${pick(one.question)}`),
      one.quote ? h("p", { class: "hint" }, `${pick(one.note)} · `, h("q", { lang: "zh-Hans" }, one.quote)) : null,
      radio(one, true, t.kept), radio(one, false, t.not_kept), radio(one, "unsaid", t.unsaid)))))];
}

function others(found) {
  const groups = ["needs_info", "pending", "ineligible", "authorities_only", "text_lost", "not_encoded"];
  const opened = new Set([...answer.querySelectorAll("details.group[open]")].map((one) => one.dataset.bucket));
  return h("div", { class: "others" }, h("h3", {}, t.others), groups.map((bucket) => {
    const rows = found.rows.filter((one) => one.bucket === bucket);
    if (!rows.length) return null;
    const list = h("ul", { class: "rows" });
    const group = h("details", { class: "group", "data-bucket": bucket }, h("summary", {}, say("rows_of", { name: t.buckets[bucket], count: rows.length })), h("p", { class: "hint" }, t.meanings[bucket]), list);
    group.addEventListener("toggle", async () => {
      if (group.open && !list.childElementCount) {
        await loadTitles();
        list.append(...rows.map((one) => h("li", {}, measureLine(one.measure, pick(titles.get(one.measure))))));
      }
    });
    if (opened.has(bucket)) group.open = true;
    return group;
  }));
}

async function loadTitles() {
  if (!titles.size) for (const one of (await source.measures()).measures) titles.set(one.measure, one.title);
}

function takeAway() {
  const file = (format) => h("button", { type: "button", onclick: async () => {
    try {
      const { name, blob } = await source.report(state.profile, format);
      save(name, blob);
    } catch (error) {
      fill(problems, problemList(error));
    }
  } }, format.toUpperCase());
  return h("p", { class: "buttons take" }, `${t.take}${t.colon}`, ["pdf", "docx", "html", "xlsx", "json"].map(file),
    h("button", { type: "button", onclick: () => window.print() }, t.print),
    h("button", { type: "button", id: "copy", onclick: async () => {
      try {
        await navigator.clipboard.writeText(location.href);
        status.textContent = t.copied;
      } catch {
        window.prompt(t.copy_link, location.href);
      }
    } }, t.copy_link));
}

// On a narrow screen the answer stands below the facts: a line at the foot keeps the counts in sight and leads there.
const jump = h("button", { type: "button", class: "jump main", hidden: true, onclick: () => {
  const there = answer.querySelector(".question") ?? find("result");
  there.scrollIntoView();
  (there.querySelector("input") ?? there).focus({ preventScroll: true });
} });
find("facts-title").parentElement.append(jump);
let below = false;
new IntersectionObserver(([seen]) => {
  below = !seen.isIntersecting && seen.boundingClientRect.top > 0;
  showJump();
}, { rootMargin: "0px 0px -25% 0px" }).observe(find("result"));

function showJump() {
  jump.hidden = !below || !answer.childElementCount;
  if (before) jump.textContent = say("jump", { open: before.eligible + before.conditional, missing: before.needs_info });
}

// What else was said --------------------------------------------------------------------------------------------------

async function showTold() {
  const rest = Object.keys(state.profile).filter((name) => !main.has(name));
  if (!rest.length) return fill(more);
  if (!declared.size) declared = new Map((await source.facts()).map((one) => [one.name, one]));
  fill(more, h("h3", {}, t.more_facts), h("ul", { class: "told" }, rest.map((name) => {
    const label = declared.has(name) ? pick(declared.get(name).label) : name;
    return h("li", {}, h("span", {}, `${label}${t.colon}${shown(name)}`), h("button", { type: "button", class: "plain", "aria-label": `${t.remove} ${label}`, onclick: () => set(name, undefined) }, t.remove));
  })));
}

function shown(name) {
  if (state.labels[name]) return state.labels[name];
  // Of a list that is known in part, what is in it.
  const value = state.profile[name]?.yes ?? state.profile[name];
  const values = declared.get(name)?.values ?? [];
  const one = (held) => pick(values.find((each) => each.value === held)?.label) || (held === true ? t.yes : held === false ? t.no : typeof held === "object" ? JSON.stringify(held) : String(held));
  if (Array.isArray(value)) return value.length ? value.map(one).join(lang === "zh" ? "、" : ", ") : t.none_of_these;
  return one(value);
}

function restoreField(fact) {
  if (fact === "city") { zoneCity = null; city.show(String(state.labels.city ?? state.profile.city)); }
  if (fact === "sector") sector.show(String(state.labels.sector ?? state.profile.sector));
  if (fact === "zones") zoneCity = null;
  if (fact === "foreign_share") find("foreign_share").value = state.profile.foreign_share;
}

async function restore() {
  const { profile } = state;
  city.show(profile.city ? String(profile.city) : "");
  sector.show(profile.sector ? [profile.sector].flat().join(", ") : "");
  find("foreign_share").value = profile.foreign_share ?? "";
  find("name").value = profile.name ?? "";
  find("planned").checked = profile.planned === true;
  zoneCity = null;
  if (/^\d{6}$/.test(profile.city ?? "")) {
    const hit = (await source.places(String(profile.city))).find((one) => one.code === profile.city);
    if (hit && state.profile.city === profile.city) city.show(pick(hit.name));
  }
  if (typeof profile.sector === "string" && profile.sector) {
    const hit = (await source.sectors(profile.sector)).find((one) => one.code === profile.sector);
    if (hit && state.profile.sector === profile.sector) sector.show(`${hit.code} ${pick(hit.name)}`);
  }
}

onChange(update);
window.addEventListener("hashchange", () => { if (fromFragment()) { restore(); update(); } });
if (fromFragment()) restore().then(update);
else showZones();
