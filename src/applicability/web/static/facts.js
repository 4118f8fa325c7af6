// The facts of the form: the four that have fields, what else was said, and what is wrong with either, told beside it.

import { combobox } from "./combobox.js";
import { fill, h, labelOf, lang, pick, t, tellBeside } from "./dom.js";
import { set, state, written } from "./profile.js";
import * as source from "./source.js";

const find = (id) => document.getElementById(id);
const result = find("result"), zonesField = find("zones-field"), more = find("more");
const zonesError = find("zones-error");
const own = ["city", "zones", "sector", "foreign_share", "name"];
const main = new Set([...own, "planned", "limits"]);
let declared = new Map(), zoneCity = null, zonesAsked = 0;

// What is typed and not yet taken is answered by nothing that stands on the page.
const typing = (on) => result.classList.toggle("typing", on);
const placed = (one) => [`${pick(one.name)} `, h("span", { class: "soft" }, [one.kind === "former" ? t.former : "", ...one.within.map(pick), one.pilot ? t.pilot : ""].filter(Boolean).join(" · "))];
const city = combobox(find("city"), async (words) => (await source.places(words)).filter((one) => one.kind === "division"), placed, (hit, words) => {
  delete state.profile.zones;
  delete state.profile.district;
  set("city", hit ? hit.code : words, hit ? pick(hit.name) : words);
  return hit ? pick(hit.name) : words;
}, typing);
const sector = combobox(find("sector"), source.sectors, (one) => [`${one.code} ${pick(one.name)} `, one.word ? h("span", { class: "soft" }, one.word) : ""], (hit, words) => {
  set("sector", hit ? hit.code : words, hit ? `${hit.code} ${pick(hit.name)}` : words);
  return hit ? `${hit.code} ${pick(hit.name)}` : words;
}, typing);
let timer;
for (const id of ["foreign_share", "name"]) {
  find(id).addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => set(id, find(id).value.trim() || undefined, undefined, true), 30);
  });
}
find("planned").addEventListener("change", (event) => set("planned", event.target.checked || undefined));

export async function showZones() {
  const where = state.profile.city;
  if (zoneCity === where) return;
  zoneCity = where;
  const turn = ++zonesAsked;
  const chosen = new Set([state.profile.zones ?? []].flat());
  const none = Array.isArray(state.profile.zones) && !state.profile.zones.length;
  const found = typeof where === "string" && where ? await source.zones(where).catch(() => []) : [];
  if (turn !== zonesAsked) return;
  const boxes = found.map((one) => h("label", { class: "choice" }, h("input", { type: "checkbox", name: "zone", value: one.code, checked: chosen.has(one.code), onchange: () => read(false) }), pick(one.name)));
  const empty = h("label", { class: "choice" }, h("input", { type: "checkbox", name: "no_zones", checked: none, onchange: (event) => read(event.target.checked) }), t.zones_none);
  function read(cleared) {
    const inputs = [...zonesField.querySelectorAll("input[name=zone]")];
    if (cleared) for (const one of inputs) one.checked = false;
    const held = inputs.filter((one) => one.checked);
    if (held.length) empty.firstChild.checked = false;
    set("zones", held.length ? held.map((one) => one.value) : empty.firstChild.checked ? [] : undefined);
  }
  fill(zonesField, h("fieldset", { id: "zones", "aria-describedby": "zones-hint zones-error" }, h("legend", {}, t.zones),
    h("p", { class: "hint", id: "zones-hint" }, where ? t.zones_hint : t.zones_first), zonesError, h("div", { class: "options" }, boxes), empty));
}

// What is wrong, beside its field ---------------------------------------------------------------------------------------

/** Tells each problem beside the field that it is of, in the form or in the question; gives the first such field. */
export function tellFields(problems, asked) {
  const fields = own.map((fact) => (fact === "zones" ? [fact, zonesField.querySelector("input"), zonesError] : [fact, find(fact), find(`${fact}-error`)]));
  const answered = find("free") ?? document.querySelector(".question input");
  return tellBeside(problems, [...fields, ...(asked && !own.includes(asked) ? [[asked, answered, find("answer-error")]] : [])]);
}

export const fieldsOf = (problems) => [...new Set(problems.map((one) => labelOf(one.field)).filter(Boolean))].join(t.listing);

/** How facts were read where that is not plain, and a place that is too wide: below the fields. */
export function showNotes(notes) {
  const box = find("city-note");
  box.textContent = notes.map((one) => pick(one.message)).join(" ");
  box.hidden = !notes.length;
}

// What else was said ------------------------------------------------------------------------------------------------------

/** Facts without a field of their own, each of which can be taken back; `taken` hears where the focus should go then. */
export async function showTold(taken) {
  const rest = Object.keys(state.profile).filter((name) => !main.has(name));
  if (!rest.length) return fill(more);
  if (!declared.size) declared = new Map((await source.facts().catch(() => [])).map((one) => [one.name, one]));
  fill(more, h("h3", {}, t.more_facts), h("ul", { class: "told" }, rest.map((name, at) => {
    const label = declared.has(name) ? pick(declared.get(name).label) : name;
    const next = rest[at + 1] ?? rest[at - 1];
    return h("li", {}, h("span", {}, `${label}${t.colon}${shown(name)}`), h("button", { type: "button", class: "plain", id: `remove-${name}`, "aria-label": `${t.remove} ${label}`, onclick: () => { taken(next ? `remove-${next}` : null); set(name, undefined); } }, t.remove));
  })));
}

function shown(name) {
  if (state.labels[name]) return state.labels[name];
  // Of a list that is known in part, what is in it.
  const value = state.profile[name]?.yes ?? state.profile[name];
  const values = declared.get(name)?.values ?? [];
  const one = (held) => pick(values.find((each) => each.value === held)?.label) || (held === true ? t.yes : held === false ? t.no : written(held));
  if (Array.isArray(value)) return value.length ? value.map(one).join(lang === "zh" ? "、" : ", ") : t.none_of_these;
  return one(value);
}

/** Puts into a field what a question was answered with. */
export function restoreField(fact) {
  if (fact === "city") { zoneCity = null; city.show(written(state.labels.city ?? state.profile.city)); }
  if (fact === "sector") sector.show(written(state.labels.sector ?? state.profile.sector));
  if (fact === "zones") zoneCity = null;
  if (fact === "foreign_share") find("foreign_share").value = written(state.profile.foreign_share);
}

/** Puts the whole profile into the fields; codes by their names, as soon as these are known. */
export async function restore() {
  const { profile, labels } = state;
  city.show(written(labels.city ?? profile.city));
  sector.show(written(labels.sector ?? profile.sector));
  find("foreign_share").value = written(profile.foreign_share);
  find("name").value = written(profile.name);
  find("planned").checked = profile.planned === true;
  zoneCity = null;
  if (!labels.city && /^\d{6}$/.test(profile.city ?? "")) {
    const hit = (await source.places(String(profile.city)).catch(() => [])).find((one) => one.code === profile.city);
    if (hit && state.profile.city === profile.city) city.show(pick(hit.name));
  }
  if (!labels.sector && typeof profile.sector === "string" && profile.sector) {
    const hit = (await source.sectors(profile.sector).catch(() => [])).find((one) => one.code === profile.sector);
    if (hit && state.profile.sector === profile.sector) sector.show(`${hit.code} ${pick(hit.name)}`);
  }
}
