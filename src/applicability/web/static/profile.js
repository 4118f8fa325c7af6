// The profile of the page: what was said, what could not be told, and how both stand after the # of a link.

const LISTS = new Set(["zones", "zone_types", "activities", "choices"]);

export const state = { profile: {}, unknown: [], labels: {} };
const listeners = [];
export const onChange = (listener) => listeners.push(listener);

/** Says something of a fact, or (undefined) nothing any more. */
export function set(fact, value, label) {
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
  changed();
}

export function passOver(fact) {
  if (!state.unknown.includes(fact)) state.unknown.push(fact);
  changed();
}

export function askAgain() {
  state.unknown = [];
  changed();
}

export const several = (type) => LISTS.has(type);

function changed() {
  history.replaceState(null, "", `${location.pathname}${location.search}${fragment()}`);
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

/** Reads the profile of a link; anything that is none is left alone. */
export function fromFragment() {
  try {
    const bytes = Uint8Array.from(atob(location.hash.slice(1).replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
    const said = JSON.parse(new TextDecoder().decode(bytes));
    if (said && typeof said.p === "object" && said.p !== null && !Array.isArray(said.p)) {
      state.profile = said.p;
      state.unknown = Array.isArray(said.u) ? said.u.filter((one) => typeof one === "string") : [];
      return true;
    }
  } catch {
    // not a profile: a heading's anchor, or a link cut short
  }
  return false;
}
