// The facts of the form: the four that have fields, what else was said, and what is wrong with either, told beside it.

import { combobox } from "./combobox.js";
import { fill, h, lang, page, pick, say, spokenMessage, t, tellBeside } from "./dom.js";
import { chosenZones, moved, rememberZone, saidOfPlaces, tellMoved, zoneName, zonesOf } from "./moving.js";
import { askFirst, bare, replace, reply, set, state, written } from "./profile.js";
import { isOfPeople } from "./question.js";
import { askShare } from "./share.js";
import * as source from "./source.js";

const find = (id) => document.getElementById(id);
const result = find("result"), zonesField = find("zones-field"), more = find("more");
const zonesError = find("zones-error");
const own = ["city", "zones", "sector", "foreign_share", "name"];
const main = new Set([...own, "planned", "limits"]);
const zonesNote = h("p", { class: "note", id: "zones-note", role: "status", hidden: true });
zonesField.before(zonesNote);
const WHOLE = 10; // zones that are shown without a box that scrolls, as in page.css
let declared = new Map(), zoneCity = null, zonesAsked = 0, moves = 0, tellings = 0;

// What is typed and not yet taken is answered by nothing that stands on the page.
const typing = (on) => result.classList.toggle("typing", on);
const placed = (one) => [`${pick(one.name)} `, h("span", { class: "soft" }, [one.kind === "former" ? t.former : one.kind === "zone" ? t.zone : "", ...one.within.map(pick), one.pilot ? t.pilot : ""].filter(Boolean).join(" · "))];
const city = combobox(find("city"), async (words) => (await source.places(words)).filter((one) => one.kind !== "former"), placed, (hit, words) => {
  if (hit?.kind === "zone") return standIn(hit);
  move(hit, hit ? hit.code : words, hit ? pick(hit.name) : words);
  return hit ? pick(hit.name) : words;
}, typing);
const sector = combobox(find("sector"), source.sectors, (one) => [`${one.code} ${pick(one.name)} `, one.word ? h("span", { class: "soft" }, one.word) : ""], (hit, words) => {
  set("sector", hit ? hit.code : words, hit ? `${hit.code} ${pick(hit.name)}` : words);
  return hit ? `${hit.code} ${pick(hit.name)}` : words;
}, typing);
const SEVERAL = "P104"; // the code of a name of several things
const MEANT = {
  city: (code, name) => { city.show(name || code); move(null, code, name || code); },
  sector: (code, name) => { const words = `${code} ${name}`.trim(); sector.show(words); set("sector", code, words); },
};
const said = { name: () => find("name").value.trim() || undefined, foreign_share: () => askShare(find("foreign_share"), () => tell("foreign_share")) };
const tell = (id) => set(id, said[id](), undefined, true);
let timer;
for (const id of Object.keys(said)) {
  find(id).addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => tell(id), 30);
  });
}
find("planned").addEventListener("change", (event) => set("planned", event.target.checked || undefined));

// A zone that is given as the city: it is said together with the place where it lies.
function standIn(zone) {
  const { district: _, city: __, ...profile } = state.profile;
  const { city: ___, ...labels } = state.labels;
  rememberZone(zone);
  zoneCity = null;
  replace({ ...profile, ...(zone.city && { city: zone.city }), zones: [zone.code] }, labels);
  restore();
  showZones();
  return written(zone.city);
}

// Another city: what was said of zones stays where it lies in it; what does not is told, and can be taken back.
async function move(hit, value, label) {
  const turn = ++moves, before = { profile: { ...state.profile }, labels: { ...state.labels } };
  tellMoved(zonesNote, []);
  const was = state.profile.city;
  if (value === was || !value || !(chosenZones(state.profile).length || state.profile.district)) {
    set("city", value, label);
    if (was && value && value !== was) tellMoved(zonesNote, [], label, null, saidOfPlaces(state.profile), dropKept);
    return;
  }
  typing(true);
  const { made, gone } = await moved(state.profile, value, hit);
  if (turn !== moves) return;
  typing(false);
  // What was said meanwhile of other facts stays said.
  for (const fact of ["zones", "district"]) {
    if (made[fact] === undefined) delete state.profile[fact];
    else state.profile[fact] = made[fact];
  }
  set("city", value, label);
  tellMoved(zonesNote, gone, label, () => {
    const { zones, district, city: then } = before.profile;
    const back = { ...state.profile, zones, district, city: then };
    for (const fact of ["zones", "district", "city"]) if (back[fact] === undefined) delete back[fact];
    const { city: _, ...labels } = state.labels;
    replace(back, before.labels.city ? { ...labels, city: before.labels.city } : labels);
    restoreField("city");
    find("city").focus();
  }, saidOfPlaces(state.profile), dropKept);
}

// What was said of another place is said no more.
function dropKept() {
  const { ...profile } = state.profile;
  for (const one of page.of_places) delete profile[one];
  if (!chosenZones(profile).length) delete profile.zones;
  replace(profile, state.labels);
  restoreField("zones");
  showZones();
  find("city").focus();
}

export async function showZones() {
  const where = state.profile.city;
  if (zoneCity === where) return;
  zoneCity = where;
  const turn = ++zonesAsked;
  const found = (await zonesOf(where)) ?? [];
  if (turn !== zonesAsked) return;
  const chosen = new Set(chosenZones(state.profile));
  const none = Array.isArray(state.profile.zones) && !state.profile.zones.length;
  // What is said stands here even where the city has no such zone: else it would be said unseen.
  const listed = [...new Set([...found.map((one) => one.code), ...chosen])];
  const boxes = listed.map((code) => h("label", { class: "choice" }, h("input", { type: "checkbox", name: "zone", value: code, checked: chosen.has(code), onchange: () => read(false) }), h("span", {}, zoneName(code), h("span", { class: "soft" }))));
  const empty = h("label", { class: "choice" }, h("input", { type: "checkbox", name: "no_zones", checked: none, onchange: (event) => read(event.target.checked) }), t.zones_none);
  const unsure = h("label", { class: "choice" }, h("input", { type: "checkbox", name: "unknown", checked: state.unknown.includes("zones"), onchange: (event) => { read(true, event.target.checked); } }), t.unknown);
  // A zone that what is chosen lies in counts without a tick of its own.
  function mark() {
    // The list of a city is long, and of no use to whoever is in none of them or cannot tell.
    zonesField.querySelector(".options").hidden = empty.firstChild.checked || unsure.firstChild.checked;
    const ticked = boxes.filter((one) => one.firstChild.checked).map((one) => one.firstChild.value), inside = new Set();
    const add = (zone) => { for (const { zh } of zone.within) if (!inside.has(zh)) { inside.add(zh); found.filter((one) => one.name.zh === zh).forEach(add); } };
    found.filter((one) => ticked.includes(one.code)).forEach(add);
    for (const [at, code] of listed.entries()) boxes[at].lastChild.lastChild.textContent = !ticked.includes(code) && found.some((one) => one.code === code && inside.has(one.name.zh)) ? t.zone_counts : "";
  }
  function read(cleared, unknown = false) {
    const inputs = [...zonesField.querySelectorAll("input[name=zone]")];
    if (cleared) for (const one of inputs) one.checked = false;
    const held = inputs.filter((one) => one.checked);
    unsure.firstChild.checked = unknown;
    if (held.length || unknown) empty.firstChild.checked = false;
    tellMoved(zonesNote, []);
    mark();
    if (unknown) reply([{ fact: "zones" }], ["zones"]);
    else set("zones", held.length ? held.map((one) => one.value) : empty.firstChild.checked ? [] : undefined);
  }
  fill(zonesField, h("fieldset", { id: "zones", "aria-describedby": "zones-hint zones-error" }, h("legend", {}, t.zones),
    h("p", { class: "hint", id: "zones-hint" }, where ? t.zones_hint : t.zones_first, boxes.length > WHOLE ? ` · ${say("zones_many", { count: boxes.length })}` : ""), zonesError, h("div", { class: "inline" }, empty, where ? unsure : null), h("div", { class: "options" }, boxes)));
  mark();
  // What is chosen is in sight within a list that is cut.
  const first = boxes.find((one) => one.firstChild.checked), list = zonesField.querySelector(".options");
  if (first) list.scrollTop = first.offsetTop - list.offsetTop - (list.clientHeight - first.offsetHeight) / 2;
}

// What is wrong, beside its field ---------------------------------------------------------------------------------------

/** Tells each problem beside the field that it is of, in the form or in the question; gives the first such field. */
export function tellFields(problems, asked) {
  const fields = own.map((fact) => (fact === "zones" ? [fact, zonesField.querySelector("input"), zonesError] : [fact, find(fact), find(`${fact}-error`)]));
  const answered = find("free") ?? document.querySelector(".question input");
  const first = tellBeside(problems, [...fields, ...(asked && !own.includes(asked) ? [[asked, answered, find("answer-error")]] : [])]);
  for (const one of problems) if (MEANT[one.field]) offer(one);
  return first;
}

/** What a name may mean, each to be chosen at once: the hint has the codes and names of several things, or names alike. */
function offer({ code, field, hint }) {
  const alike = /^(?:是否指|did you mean)(.*?)[？?]/i.exec(hint ?? "");
  const list = alike ? [...alike[1].matchAll(/`([^`]+)`/g)].map(([, name]) =>
    h("button", { type: "button", class: "alike", onclick: () => { MEANT[field](name, ""); find(field).focus(); } }, name))
    : code !== SEVERAL ? [] : [...hint.matchAll(/`(\w+)` ([^`]+?)(?=[；;、,]? ?(?:`|$)|; or |；都)/g)].map(([, code, name]) =>
    h("button", { type: "button", id: `meant-${code}`, onclick: () => { MEANT[field](code, name); find(field).focus(); } }, `${code} ${name}`));
  if (list.length) find(`${field}-error`).append(h("span", { class: "meant" }, list));
}

/** How facts were read where that is not plain, and a place that is too wide: below the fields. */
export function showNotes(notes, zone) {
  const box = find("city-note");
  fill(box, notes.map((one) => spokenMessage(pick(one.message))).join(" "),
    zone ? [" ", h("button", { type: "button", id: "as-zone", onclick: () => { standIn(zone); find("city").focus(); } }, say("as_zone", { zone: pick(zone.name) }))] : null);
  box.hidden = !notes.length && !zone;
}

// What else was said ------------------------------------------------------------------------------------------------------

/**
 * Facts without a field of their own, each of which can be taken back, with what of a list is not so; and those that are
 * not known, which can be answered. `taken` hears where the focus should go then.
 */
export async function showTold(taken) {
  // A field is printed as text, which its box would cut.
  for (const id of own) find(id)?.parentElement.querySelector(":scope > .said")?.replaceChildren(find(id).value ?? "");
  const turn = ++tellings, rest = Object.keys(state.profile).filter((name) => !main.has(name));
  const open = state.unknown.filter((name) => page.labels[name]);
  if (!rest.length && !open.length) return fill(more);
  if (!declared.size) declared = new Map((await source.facts().catch(() => [])).map((one) => [one.name, one]));
  if (turn !== tellings) return;
  // On paper what counts as no comes after all else.
  find("noes-print")?.replaceChildren(...rest.filter((name) => !Array.isArray(state.profile[name]) && noesOf(name).length)
    .map((name) => h("li", {}, `${labelOf(name)} · ${say("noes", { count: noesOf(name).length })}${t.colon}${listed(noesOf(name))}`)));
  fill(more, h("h3", {}, t.more_facts), h("ul", { class: "told" }, rest.map((name, at) => {
    const label = labelOf(name), next = rest[at + 1] ?? rest[at - 1];
    return h("li", {}, h("span", {}, `${label}${t.colon}${shown(name)}`, noes(name)), h("button", { type: "button", class: "plain", id: `remove-${name}`, "aria-label": `${t.remove} ${label}`, onclick: () => { taken(next ? `remove-${next}` : null); set(name, undefined); } }, t.remove));
  }), open.map((name) => h("li", { class: name === "zones" ? "screen" : null }, h("span", {}, `${page.labels[name]}${t.colon}${t.not_known}`), h("button", { type: "button", class: "plain", id: `answer-${name}`, "aria-label": `${t.answer_it} ${page.labels[name]}`, onclick: () => { taken(null); restoreField(name); askFirst(name); } }, t.answer_it)))));
}

const listed = (values) => values.join(lang === "zh" ? "、" : ", ");

const labelOf = (name) => (declared.has(name) ? pick(declared.get(name).label) : name);

/** What of a list counts as no. */
function noesOf(name) {
  const value = state.profile[name], values = declared.get(name)?.values ?? [];
  if (name === page.of_people.fact || !(Array.isArray(value) || Array.isArray(value?.no))) return [];
  return values.filter((one) => (Array.isArray(value) ? !value.includes(one.value) : value.no.includes(one.value))).map((one) => pick(one.label));
}

function noes(name) {
  const no = noesOf(name);
  return no.length ? h("details", { class: "noes screen" }, h("summary", { class: "soft" }, say("noes", { count: no.length })), h("p", { class: "soft" }, listed(no))) : null;
}

function shown(name) {
  if (state.labels[name]) return state.labels[name];
  // Of a list that is known in part, what is in it.
  const value = state.profile[name]?.yes ?? state.profile[name];
  const values = declared.get(name)?.values ?? [];
  const one = (held) => pick(values.find((each) => each.value === held)?.label) || (held === true ? t.yes : held === false ? t.no : written(held));
  if (Array.isArray(value)) return value.length ? listed(value.map(one)) : isOfPeople(name) ? t.pass_people : t.none_of_these;
  return one(value);
}

/** Puts into a field what a question was answered with. */
export function restoreField(fact) {
  if (fact === "city") { zoneCity = null; city.show(written(state.labels.city ?? state.profile.city)); showZones(); }
  if (fact === "sector") sector.show(written(state.labels.sector ?? state.profile.sector));
  if (fact === "zones") zoneCity = null;
  if (fact === "foreign_share") showShare();
}

/** Puts the share into its field; of one that may be read in two ways nothing is said until it is told which. */
function showShare() {
  find("foreign_share").value = written(state.profile.foreign_share);
  const share = said.foreign_share();
  if (share === undefined) delete state.profile.foreign_share;
}

/** Puts the whole profile into the fields; codes by their names, as soon as these are known. */
export async function restore() {
  const { profile, labels } = state;
  moves += 1;
  typing(false);
  tellMoved(zonesNote, []);
  city.show(written(labels.city ?? profile.city));
  sector.show(written(labels.sector ?? profile.sector));
  showShare();
  find("name").value = written(profile.name);
  find("planned").checked = profile.planned === true;
  zoneCity = null;
  if (!labels.city && typeof profile.city === "string" && profile.city) {
    // A name that was typed is shown in the language of the page as well, where it is that of one place alone.
    const named = (await source.places(profile.city).catch(() => [])).filter((one) => one.kind === "division" && (one.code === profile.city || bare(one).includes(profile.city.toLowerCase())));
    const hit = named.length === 1 ? named[0] : null;
    if (hit && state.profile.city === profile.city) city.show(pick(hit.name));
  }
  if (!labels.sector && typeof profile.sector === "string" && profile.sector) {
    const hit = (await source.sectors(profile.sector).catch(() => [])).find((one) => one.code === profile.sector);
    if (hit && state.profile.sector === profile.sector) sector.show(`${hit.code} ${pick(hit.name)}`);
  }
}
