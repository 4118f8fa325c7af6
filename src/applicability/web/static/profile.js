// The profile of the page: what was said, what could not be told, and how both stand after the # of a link.

const LISTS = new Set(["zones", "zone_types", "activities", "choices"]);

export const state = { profile: {}, unknown: [], labels: {} };
const listeners = [];
export const onChange = (listener) => listeners.push(listener);

/** Says something of a fact, or (undefined) nothing any more; what is `typed` is one step however many letters it has. */
export function set(fact, value, label, typed = false) {
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
  changed(typed ? fact : null);
}

export function passOver(fact) {
  if (!state.unknown.includes(fact)) state.unknown.push(fact);
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
}

export const several = (type) => LISTS.has(type);

// Each answer is an entry of the browser's history, so that Back takes it back.
function changed(typed = null) {
  const there = fragment();
  const held = { labels: { ...state.labels }, typed };
  const address = `${location.pathname}${location.search}${there}`;
  if (there === location.hash || (typed !== null && history.state?.typed === typed)) history.replaceState(held, "", address);
  else history.pushState(held, "", address);
  for (const listener of listeners) listener();
}

/** The profile after the #: text in base64, so that a link survives mail and chat. */
export function fragment() {
  const said = { p: state.profile };
  if (state.unknown.length) said.u = state.unknown;
  if (!Object.keys(state.profile).length && !state.unknown.length) return "";
  const bytes = new TextEncoder().encode(JSON.stringify(said));
  return `#${btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

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
      state.unknown = Array.isArray(said.u) ? said.u.filter((one) => typeof one === "string") : [];
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
