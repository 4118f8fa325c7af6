// The profile of the page: what was said, what could not be told, the places it is compared in, and how these stand after
// the # of a link.

export const MOST_PLACES = 20;
export const state = { profile: {}, unknown: [], labels: {}, places: [], first: null };
const listeners = [];
export const onChange = (listener) => listeners.push(listener);

/** Says something of a fact, or (undefined) nothing any more; what is `typed` is one step however many letters it has. */
export function set(fact, value, label, typed = false) {
  put(fact, value, label);
  changed(typed ? fact : null);
}

/** Answers and facts that cannot be told, as one step. */
export function reply(answers, passed = []) {
  for (const { fact, value, label } of answers) put(fact, value, label);
  state.unknown.push(...passed.filter((fact) => !state.unknown.includes(fact)));
  changed();
}

function put(fact, value, label) {
  const key = fact.startsWith("limits.") ? fact.slice(7) : null;
  if (key !== null) {
    const limits = { ...state.profile.limits };
    if (value === undefined) delete limits[key];
    else limits[key] = value;
    if (Object.keys(limits).length) state.profile.limits = limits;
    else delete state.profile.limits;
  } else if (value === undefined || value === "") {
    delete state.profile[fact];
    delete state.labels[fact];
  } else {
    state.profile[fact] = value;
    if (label) state.labels[fact] = label;
    else delete state.labels[fact];
  }
  state.unknown = state.unknown.filter((one) => one !== fact);
}

/** Says another profile at once, as one step. */
export function replace(profile, labels) {
  state.profile = profile;
  state.labels = labels;
  state.unknown = state.unknown.filter((one) => profile[one] === undefined);
  changed();
}

/** Takes back that a question was passed over: it is the next one. */
export function askFirst(fact) {
  state.unknown = state.unknown.filter((one) => one !== fact);
  state.first = fact;
  changed();
}

/** Asks again for a fact that was said; of a list what is in it stays said. */
export function reask(fact) {
  const held = state.profile[fact], yes = Array.isArray(held) ? held : held?.yes;
  put(fact, yes?.length ? { yes, no: [] } : undefined);
  state.first = fact;
  changed();
}

export function askAgain() {
  state.unknown = [];
  changed();
}

export function clear() {
  forget();
  changed();
}

function forget() {
  state.profile = {};
  state.unknown = [];
  state.labels = {};
  state.places = [];
  state.first = null;
}

// Each answer is an entry of the browser's history, so that Back takes it back.
function changed(typed = null) {
  const there = fragment(), address = addressOf(there);
  const held = { labels: { ...state.labels }, typed };
  if (there === location.hash || (typed !== null && history.state?.typed === typed)) history.replaceState(held, "", address);
  else history.pushState(held, "", address);
  for (const listener of listeners) listener();
}

const addressOf = (fragment) => `${location.pathname}${location.search}${fragment}`;

/** Brings the address up to date with what is said, without a step in the history. */
export function keep() {
  history.replaceState({ labels: { ...state.labels }, typed: null }, "", addressOf(fragment()));
}

/** The profile after the #: text in base64, so that a link survives mail and chat. */
export function fragment() {
  const said = { p: state.profile };
  if (state.unknown.length) said.u = state.unknown;
  if (state.places.length) said.c = state.places;
  if (!Object.keys(state.profile).length && !state.unknown.length && !state.places.length) return "";
  const bytes = new TextEncoder().encode(JSON.stringify(said));
  return `#${btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

const texts = (list) => (Array.isArray(list) ? list.filter((one) => typeof one === "string") : []);

/** Reads the profile of a link: `read`, `none` where there is none, `damaged` where it is no whole one. */
export function fromFragment() {
  const text = location.hash.slice(1);
  if (!text || document.getElementById(text)) {
    forget();
    return "none";
  }
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
    const said = JSON.parse(new TextDecoder().decode(bytes));
    if (said && typeof said.p === "object" && said.p !== null && !Array.isArray(said.p)) {
      state.profile = said.p;
      state.unknown = texts(said.u);
      state.places = texts(said.c).slice(0, MOST_PLACES);
      state.labels = { ...history.state?.labels };
      return "read";
    }
  } catch {
    // cut short, or changed on its way
  }
  forget();
  return "damaged";
}

/** A value as a field shows it: what a link may hold that is no text is shown as it is written. */
export function written(value) {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(written).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** The names of a place without what kind of place it is, and without the province that tells places of one name apart. */
export const bare = ({ name }) => [name.zh.replace(/(?<=..)(市|区|县)$/, ""), name.en.toLowerCase().replace(/,.*| (district|county|city)$/g, "")];
