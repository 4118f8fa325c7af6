// Where verdicts, questions and changes come from. Everything else of the page asks here and nowhere else, so that an
// evaluator in the page could stand behind the same functions instead of the server.

/** What is wrong with a question, as the service tells it: `problems` have a code, a field, a message and a hint. */
export class Problems extends Error {
  constructor(problems, status = 0, instance = "") {
    super(problems.map((one) => one.message).join("\n"));
    this.problems = problems;
    this.status = status;
    this.instance = instance; // the request, by which a fault is reported
  }
}

let lang = "en";
export function speak(language) {
  lang = language;
}

const latest = new Map();
const PATIENCE = 40000;

async function ask(path, body, method = "POST", supersede = "") {
  const control = new AbortController();
  if (supersede) {
    // Of questions that follow each other quickly only the last is waited for.
    latest.get(supersede)?.abort();
    latest.set(supersede, control);
  }
  // A service that says nothing is as one that is gone.
  const patience = setTimeout(() => control.abort(new DOMException("", "TimeoutError")), PATIENCE);
  const headers = { "Accept-Language": lang };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const response = await fetch(path, {
    method, headers, signal: control.signal, body: body === undefined ? undefined : JSON.stringify(body), cache: "no-cache",
  }).finally(() => clearTimeout(patience));
  if (!response.ok) {
    const told = await response.json().catch(() => ({ problems: [] }));
    throw new Problems(told.problems?.length ? told.problems : [{ code: "", field: "", message: told.detail ?? response.statusText, hint: "" }], response.status, told.instance);
  }
  return response;
}

const json = async (...question) => (await ask(...question)).json();
const query = (pairs) => new URLSearchParams(pairs).toString();

export const overview = (profile, unknown = [], first = null) =>
  json(`/v1/overview?${query([...unknown.map((one) => ["unknown", one]), ...(first ? [["first", first]] : [])])}`, profile, "POST", "overview");
export const finding = async (profile, row) => (await json(`/v1/check?measure=${row}`, profile)).findings[0];
export const changes = (profile, row) => json("/v1/changes", { profile, measures: [row] });
const inPlaces = (profile, places) => ({ profile, across: { fact: "city", values: places, own: true } });
export const comparison = (profile, places) => json("/v1/compare", inPlaces(profile, places));

/** The map; a server that is busy goes on with it after it has sent us away, and remembers it. */
export async function reachMap(tries = 6) {
  try {
    return await json("/v1/map", undefined, "GET");
  } catch (error) {
    if (error.status !== 503 || tries <= 1) throw error;
    await new Promise((done) => setTimeout(done, 5000));
    return reachMap(tries - 1);
  }
}

export const measure = (row) => json(`/v1/measures/${row}`, undefined, "GET");
export const measures = () => json("/v1/measures", undefined, "GET");
export const found = async (q) => (await json(`/v1/measures?${query({ q })}`, undefined, "GET", "measures")).measures;
export const limits = async () => (await json("/v1/limits", undefined, "GET")).limits;
export const places = async (q) => (await json("/v1/places", { q, limit: 12 }, "POST", "places")).places;
export const place = async (q) => (await json("/v1/places", { q, limit: 1 })).places[0];
export const sectors = async (q) => (await json("/v1/sectors", { q, limit: 12 }, "POST", "sectors")).sectors;
export const zones = async (q) => (await json("/v1/zones", { q })).places;
export const facts = async () => (await json("/v1/facts", undefined, "GET")).facts;

/** The report of a profile as a file. */
export const report = async (profile, format) => file(await ask(`/v1/report?${query({ format, lang })}`, profile), format);

/** The comparison of a profile in places as a file. */
export const comparisonFile = async (profile, places, format) => file(await ask(`/v1/compare/report?${query({ format, lang })}`, inPlaces(profile, places)), format);

async function file(response, format) {
  return { name: fileName(response.headers.get("Content-Disposition")) ?? `report.${format}`, blob: await response.blob() };
}

// The name of a file by RFC 6266: the whole one, else that for old programs.
function fileName(header) {
  const whole = /filename\*=UTF-8''([^;]+)/.exec(header ?? "")?.[1];
  return whole ? decodeURIComponent(whole) : /filename="([^"]+)"/.exec(header ?? "")?.[1];
}

/** Screens a register; `shares` says what bare numbers of shares are, `tell` hears how many companies were read. The summary and the workbook come back. */
export async function screen(file, shares, tell) {
  const response = await fetch(`/v1/screen?${query({ name: file.name, lang, ...(shares && { shares }) })}`, {
    method: "POST", body: file, headers: { "Accept-Language": lang, "Content-Type": "application/octet-stream" },
  });
  if (!response.ok) {
    const told = await response.json().catch(() => ({}));
    throw new Problems(told.problems ?? [], response.status, told.instance);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "", found;
  for (;;) {
    const { value, done } = await reader.read();
    held += value ?? "";
    const lines = held.split("\n");
    held = lines.pop();
    for (const line of lines) {
      const event = JSON.parse(line);
      if (event.problems) throw new Problems(event.problems, event.status, event.instance);
      if (event.read !== undefined) tell(event.read);
      else found = event;
    }
    if (done) break;
  }
  const bytes = Uint8Array.from(atob(found.workbook), (one) => one.charCodeAt(0));
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  return { summary: found.summary, name: found.name, blob: new Blob([bytes], { type }) };
}
