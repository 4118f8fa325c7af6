// One measure as it opens in place: its words, why, doubts, what is missing, and what would change it.

import { h, lang, page, pick, problemList, reasonOf, say, t } from "./dom.js";
import * as source from "./source.js";
import { state } from "./profile.js";

const quote = (words) => h("blockquote", { lang: "zh-Hans" }, words);
const item = (name, ...content) => (content.flat().some(Boolean) ? [h("dt", {}, name), h("dd", {}, ...content)] : []);

/** A line that opens to the measure as it stands for a profile, by default that of the page. */
export function measureLine(row, title, profile = () => state.profile, mark = "") {
  const body = h("div", { class: "detail" });
  const line = h("details", { class: "measure", "data-row": row },
    h("summary", {}, h("span", { class: "number" }, String(row) + mark), " ", title), body);
  line.addEventListener("toggle", () => { if (line.open) open(row, body, profile()); });
  return line;
}

async function open(row, body, profile) {
  if (!body.childElementCount) body.append(h("p", { role: "status" }, t.loading));
  try {
    const [found, detail] = await Promise.all([source.finding(profile, row), source.measure(row)]);
    body.replaceChildren(...parts(found, detail, row, profile));
  } catch (error) {
    body.replaceChildren(...problemList(error));
  }
}

function parts(found, detail, row, profile) {
  const bucket = found.verdict ?? (found.text_lost ? "text_lost" : found.binds_authorities_only ? "authorities_only" : "not_encoded");
  const shut = found.verdict && found.verdict !== "eligible" && found.verdict !== "conditional";
  const keyed = found.limits.filter((one) => one.key);
  // Whoever makes a finding is asked where this answer awaits it.
  const awaited = new Set(found.verdict === "eligible" ? [] : found.judgements.map((one) => pick(one.authority)));
  const contacts = detail.contacts.map((one) => ({ ...one, finds: one.finds && awaited.has(pick(one.who)) })).filter((one, at) => one.finds || one.inferred || !detail.contacts[at].finds);
  const list = h("dl", {},
    item(t.result, `${t.buckets[bucket]}${t.colon}${bucket === "eligible" && !keyed.length ? t.met : t.meanings[bucket]}`, found.force ? ` · ${t.forces[found.force]}` : ""),
    item(t.text, found.text ? quote(found.text) : t.meanings.text_lost),
    lang === "en" && detail.text_en ? item(t.translation, detail.text_en) : [],
    item(t.scope, found.scope.text ? h("q", { lang: "zh-Hans" }, found.scope.text) : "", " ", pick(found.scope.note)),
    item(t.plan_notes, Object.entries(page.notes[found.document]).filter(([number]) => found.scope.note?.zh.includes(`注${number}`)).map(([number, words]) => h("p", {}, `${say("plan_note", { number })}${t.colon}${words}`))),
    item(t.place_reached, reasons(found.scope.why)),
    item(t.why, reasons(found.why)),
    item(t.limbs, found.limbs.length ? h("ul", {}, found.limbs.map(limb)) : ""),
    item(t.missing, found.missing.map((name) => page.labels[name] ?? name).join(t.listing)),
    item(found.verdict === "eligible" ? t.judged_else : t.judged, found.judgements.length ? h("ul", {}, found.judgements.map((one) => h("li", {}, `${pick(one.authority)} – ${pick(one.about)} `, h("q", { lang: "zh-Hans" }, one.quote)))) : ""),
    // Of what is open they stand beside it, to be confirmed.
    item(t.limits, keyed.length && shut ? h("ul", {}, keyed.map((one) => h("li", {}, `${pick(one.note)} `, h("q", { lang: "zh-Hans" }, one.quote)))) : ""),
    item(found.narrower_reading ? t.reading_narrower : t.reading, byNumber(pick(found.interpretation))),
    item(t.doubts, found.doubts.length ? h("ul", {}, found.doubts.map((one) => h("li", {}, pick(one)))) : ""),
    item(t.whom, contacts.length ? h("ul", {}, contacts.map((one) => h("li", {}, contact(one), " ", one.quote ? h("q", { lang: "zh-Hans" }, one.quote) : ""))) : ""),
    item(t.silent_on, shut || !detail.silent_on.length ? "" : h("ul", {}, detail.silent_on.map((one) => h("li", {}, pick(one))))),
    item(t.register_notes, found.notes.length ? h("ul", {}, found.notes.map((one) => h("li", {}, say("step", { date: one.date, title: pick(one.title), source: pick(one.source) })))) : ""));
  const cite = h("p", { class: "soft" }, say("cite", { number: page.documents[found.document], row }));
  return [list, shut ? changesButton(row, profile) : null, cite].filter(Boolean);
}

// As the paper, which calls the parts of an item by number; the rules have letters.
const number = (letter) => letter.charCodeAt(0) - 96;
export const byNumber = (text) => text.replace(/([a-z])款/g, (_, one) => `第${number(one)}部分`).replace(/另列一款|另一款|不分款/g, (words) => words.replace("款", "部分"))
  .replace(/\b(L|l)imbs ([a-z]) and ([a-z])\b/g, (_, big, one, other) => `${big === "L" ? "P" : "p"}arts ${number(one)} and ${number(other)}`)
  .replace(/\b(L|l)imb ([a-z])\b/g, (_, big, one) => `${big === "L" ? "P" : "p"}art ${number(one)}`)
  .replace(/\b(L|l)imb(s?)\b/g, (_, big, many) => `${big === "L" ? "P" : "p"}art${many}`);
const reasons = (why) => (why.length ? h("ul", {}, why.map((one) => h("li", {}, reasonOf(one.message)))) : "");

function limb(one, at) {
  const bucket = one.verdict_in_scope ?? "authorities_only";
  const part = `${say("limb", { number: at + 1 })}${t.colon}`;
  if (one.for_others) return h("li", {}, part, say("limb_others", { title: pick(one.title), who: pick(one.for_others) }), ` · ${t.forces[one.force]}`);
  return h("li", { class: bucket }, `${part}${pick(one.title)}${t.colon}`, h("strong", { title: t.meanings[bucket] }, t.buckets[bucket]), reasons(one.why));
}

function contact(one) {
  const who = pick(one.who);
  if (one.finds) return say("finder", { who });
  return one.inferred ? say("inferred", { who }) : one.entry ? say("named_in", { who, title: pick(one.entry) }) : who;
}

function changesButton(row, profile) {
  const box = h("div", { role: "status" });
  const button = h("button", { type: "button", onclick: async () => {
    box.replaceChildren(h("p", {}, t.loading));
    try {
      const [prospect] = (await source.changes(profile, row)).measures;
      box.replaceChildren(...(prospect ? told(prospect) : [h("p", {}, t.no_changes)]));
    } catch (error) {
      box.replaceChildren(...problemList(error));
    }
  } }, t.changes_ask);
  return h("div", {}, button, box);
}

function told(prospect) {
  const found = [h("h4", {}, t.changes)];
  if (prospect.reason) found.push(h("p", {}, reasonOf(prospect.reason)));
  if (prospect.changes.length) {
    found.push(h("ol", {}, prospect.changes.slice(0, 6).map((one) =>
      h("li", {}, `${t.buckets[one.verdict]}${t.colon}`, h("ul", {}, one.edits.map((edit) => h("li", {}, say("edit_by", { edit: pick(edit.text), who: pick(edit.owner) }))))))));
  } else if (!prospect.reason) found.push(h("p", {}, t.no_changes));
  return found;
}
