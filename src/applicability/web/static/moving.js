// What becomes of zones and a district when another city is given: they are kept where they lie in it, and else told.

import { fill, h, page, pick, say, t } from "./dom.js";
import * as source from "./source.js";

const names = new Map();
export const zoneName = (code) => names.get(code) ?? code;

export const rememberZone = (one) => names.set(one.code, pick(one.name));

/** The zones of a city; null where the service does not say. */
export async function zonesOf(city) {
  const found = typeof city === "string" && city ? await source.zones(city).catch(() => null) : [];
  for (const one of found ?? []) names.set(one.code, pick(one.name));
  return found;
}

/** The zones that a profile says something is in. */
export const chosenZones = (profile) => [profile.zones?.yes ?? profile.zones ?? []].flat().filter((one) => typeof one === "string");

/** A profile in another city, and the names of what does not lie there; `hit` is the city where it was found. */
export async function moved(profile, city, hit) {
  const made = { ...profile, city };
  const zones = chosenZones(profile);
  const there = zones.length ? await zonesOf(city) : [];
  // Of a city that is not known nothing can be said: its zones stay, and the service tells what does not fit.
  const lies = (zone) => !there?.length && !hit ? true : (there ?? []).some((one) => [one.code, one.name.zh, one.name.en].includes(zone));
  const gone = there === null ? [] : zones.filter((zone) => !lies(zone));
  if (gone.length) {
    const left = zones.filter((zone) => !gone.includes(zone));
    if (left.length) made.zones = left;
    else delete made.zones;
  }
  for (const zone of gone.filter((one) => !names.has(one))) { // of a link there are codes alone
    const hit = await source.place(zone).catch(() => null);
    if (hit?.code === zone) names.set(zone, pick(hit.name));
  }
  const told = gone.map(zoneName);
  if (hit && typeof profile.district === "string" && profile.city !== city) {
    const found = await source.place(profile.district).catch(() => null);
    if (found && found.code !== city && !found.within.some((one) => one.zh === hit.name.zh)) {
      told.push(pick(found.name));
      delete made.district;
    }
  }
  return { made, gone: told };
}

/** What a profile says of its place and keeps saying in another: whether it is registered there, that it is in no zone. */
export function saidOfPlaces(profile) {
  const held = page.of_places.filter((one) => ["true", "false"].includes(String(profile[one])));
  const told = held.map((one) => `${page.labels[one]}${t.colon}${String(profile[one]) === "true" ? t.yes : t.no}`);
  return Array.isArray(profile.zones) && !profile.zones.length ? [...told, t.zones_none] : told;
}

/** Tells what was left behind, with a button that takes the change back, and what is kept, with one that drops it. */
export function tellMoved(note, gone, city, undo, kept = [], drop = null) {
  const button = (id, words, act) => h("button", { type: "button", class: "plain", id, onclick: () => { fill(note); note.hidden = true; act(); } }, words);
  fill(note, gone.length ? [say("zones_gone", { zones: gone.join(t.listing), city }), " ", button("undo-move", t.undo, undo), " "] : [],
    kept.length ? [say("kept_facts", { city, facts: kept.join(t.listing) }), " ", button("drop-kept", t.kept_drop, drop)] : []);
  note.hidden = !gone.length && !kept.length;
}
