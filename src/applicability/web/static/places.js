// The places that are chosen for a comparison: found by any of their names, listed, and each taken out again.

import { combobox } from "./combobox.js";
import { fill, h, pick, say, t } from "./dom.js";
import { MOST_PLACES, bare, state } from "./profile.js";
import * as source from "./source.js";

const find = (id) => document.getElementById(id);
const input = find("places"), error = find("places-error");
const list = h("ul", { class: "chips", id: "chosen", "aria-label": t.compare_chosen });
const all = h("button", { type: "button", class: "plain", id: "all-places", onclick: () => take([], t.compare_all_again) }, t.compare_all);
const status = h("p", { class: "quiet", role: "status", id: "places-status" });
const names = new Map();
let changed = () => {};

const divisions = async (words) => (await source.places(words)).filter((one) => one.kind === "division");
const nameOf = (code) => names.get(code) ?? code;
const shown = (one) => [`${pick(one.name)} `, h("span", { class: "soft" }, [...one.within.map(pick), one.pilot ? t.pilot : ""].filter(Boolean).join(" · "))];

/** Makes the field one to choose from; `heard` hears of each choice. */
export function choosePlaces(heard) {
  changed = heard;
  find("places-hint").textContent = t.compare_places_hint;
  input.value = "";
  input.before(list);
  input.after(all, status);
  combobox(input, divisions, shown, (hit, words) => {
    if (hit) return add(hit);
    if (words) meant(words);
    else tell("");
    return words;
  });
  draw();
  know();
}

function add(hit) {
  names.set(hit.code, pick(hit.name));
  const name = nameOf(hit.code);
  if (state.places.includes(hit.code)) tell(say("compare_twice", { place: name }));
  else if (state.places.length >= MOST_PLACES) tell(say("compare_most", { count: MOST_PLACES }));
  else take([...state.places, hit.code], say("compare_added", { place: name, count: state.places.length + 1 }));
  return "";
}

// What was typed and not chosen from the list is taken where it is the name of one place alone.
async function meant(words) {
  const hits = await divisions(words).catch(() => []);
  if (input.value.trim() !== words) return;
  const whole = hits.filter((one) => [one.code, one.name.zh].includes(words));
  const named = hits.filter((one) => bare(one).includes(words.toLowerCase()));
  const one = [whole, named, hits].find((list) => list.length)?.length === 1 ? (whole[0] ?? named[0] ?? hits[0]) : null;
  if (one) input.value = add(one);
  else tell(say(hits.length ? "compare_several" : "compare_unknown", { place: words }));
}

function take(places, words) {
  state.places = places;
  tell("");
  draw();
  status.textContent = words;
  changed();
}

function tell(words) {
  error.textContent = words;
  error.hidden = !words;
}

function draw() {
  fill(list, state.places.map((code, at) => h("li", {}, nameOf(code), h("button", { type: "button", class: "plain", id: `take-out-${code}`, "aria-label": say("compare_take_out", { place: nameOf(code) }), onclick: () => {
    const next = state.places[at + 1] ?? state.places[at - 1];
    take(state.places.filter((one) => one !== code), say("compare_taken_out", { place: nameOf(code), count: state.places.length - 1 }));
    (find(`take-out-${next}`) ?? input).focus();
  } }, "×"))));
  list.hidden = all.hidden = !state.places.length;
  find("compare-now").textContent = state.places.length ? t.compare_these : t.compare_now;
}

// A link has the codes of places alone.
async function know() {
  for (const code of state.places) {
    const hit = names.has(code) ? null : await source.place(code).catch(() => null);
    if (hit?.code === code) names.set(code, pick(hit.name));
  }
  draw();
}
