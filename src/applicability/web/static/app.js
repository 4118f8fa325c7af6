// The page of one profile: asks for the answer to what was said, and shows it, or why there is none.

import { fill, h, isMistake, lang, page, pick, problemList, say, t } from "./dom.js";
import { knowLimits, measureNames, limitsShut, openList, others, ownLine, takeAway, tallied, terms, TILES, tiles } from "./answer.js";
import { answerNotes, brief, byTitle } from "./brief.js";
import { restore, restoreField, showNotes, showTold, showZones, tellFields } from "./facts.js";
import { fieldsOf, printButton } from "./keeping.js";
import { clear, fromFragment, onChange, state } from "./profile.js";
import { focusQuestion, passedOver, questionBox, showResult } from "./question.js";
import { shareLeftOut } from "./share.js";
import * as source from "./source.js";

source.speak(lang);
const find = (id) => document.getElementById(id);
const form = find("profile"), result = find("result"), answer = find("answer"), problems = find("problems"), notice = find("notice");
const FOUR = ["city", "zones", "sector", "foreign_share"];
const settlesNothing = new Set(["name", "planned"]);
const SLOW = 1500, FIRST_RETRY = 2000, LAST_RETRY = 30000;
let before = null; // the counts that are shown
let toAnswer = 0; // measures that answers can still settle
let asked = null; // the fact that is asked for
let then = null; // what is done once the answer to what was said is shown
let failure = null; // why what is shown is no answer to what was said: { mistake, fields, first }
let begun = false; // whether questions are asked: the four facts are said, or the result was asked for
let turns = 0; // an answer to what was said before the last turn is shown no more
let retry = { timer: 0, wait: FIRST_RETRY };
const status = h("p", { class: "quiet", role: "status", id: "status" });
answer.before(status);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  // Enter in a field that one chooses in is of its choices.
  if (document.activeElement?.getAttribute("role") === "combobox") return;
  if (!begun && !failure && answer.childElementCount) {
    begun = true;
    then = arrive;
    return update();
  }
  if (result.matches(".waiting, .typing")) then = arrive;
  else arrive();
});
find("clear").addEventListener("click", (event) => {
  event.preventDefault();
  const held = Object.keys(state.profile).length || state.unknown.length || state.places.length;
  clear();
  restore();
  if (held) fill(notice, t.cleared, " ", h("button", { type: "button", class: "plain", id: "undo", onclick: () => history.back() }, t.undo));
  find("city").focus();
});

// The answer ------------------------------------------------------------------------------------------------------------

async function update() {
  const turn = ++turns;
  clearTimeout(retry.timer);
  fill(notice);
  showZones();
  if (!Object.keys(state.profile).some((name) => !settlesNothing.has(name)) && !state.unknown.length) {
    before = asked = null;
    fill(answer);
    status.textContent = "";
    showNotes([]);
    settled();
    showTold(takeFocus);
    return;
  }
  result.classList.add("waiting");
  const slow = setTimeout(() => { if (turn === turns) { result.classList.add("slow"); status.textContent = t.loading; } }, SLOW);
  let found, titles;
  try {
    found = await source.overview(state.profile, state.unknown, state.first);
    [titles] = await Promise.all([measureNames(), knowLimits(found)]);
  } catch (error) {
    if (turn === turns && error.name !== "AbortError") failed(error);
    return;
  } finally {
    clearTimeout(slow);
  }
  if (turn === turns) show(found, titles);
}

function show(found, titles) {
  const counts = tallied(found), settle = found.to_settle;
  const passed = counts.needs_info - settle; // what waits on questions that were passed over alone
  const left = FOUR.filter((fact) => state.profile[fact] === undefined && !state.unknown.includes(fact));
  begun ||= !left.length;
  const question = begun ? questionBox(found, answer, (fact) => {
    then = focusQuestion;
    restoreField(fact);
  }) : goOn(left);
  asked = found.question?.fact ?? null;
  const [tally, every] = tiles(found, before, passed);
  const counted = h("div", { class: "counts" },
    h("p", { class: "soft" }, say("as_of", { day: found.as_of }), h("span", { class: "screen" }, " · "), h("a", { class: "to screen", href: "#take" }, t.to_take)),
    shareLeftOut(), tally, begun ? ready(found, counts, passed, titles) : null);
  const unasked = begun && found.unasked && h("p", { class: "hint unasked" }, say("unasked", { count: found.unasked.rows.length, who: pick(found.unasked.implausible_for) }));
  const asking = (fact) => { then = focusQuestion; restoreField(fact); };
  const now = h("div", { class: question.matches(".question:not(.wide)") ? "now" : "now wide" },
    question, passedOver(found, asking));
  fill(answer, counted, now, h("div", { class: "then" },
    brief(found, titles), openList(found), limitsShut(found), ownLine(found, asking), others(found, answer, [every, unasked]), terms(found), answerNotes(found), takeAway(counts.needs_info)));
  stay(now);
  before = counts;
  toAnswer = settle;
  settled();
  showNotes(found.notes, found.zone);
  showTold(takeFocus).then(() => { then?.(); then = null; });
  const next = find("question-title").textContent;
  status.textContent = [...TILES.map((name) => `${t.plain[name]} ${counts[name]}`), say("question", { question: next })].join(t.listing);
}

/** The facts that are still to be said before questions are asked. */
const goOn = (left) => h("p", { class: "depends", id: "question-title", tabindex: "-1" }, say("go_on", { fields: left.map((fact) => page.labels[fact]).join(t.listing) }));

// What stays beside the list stays with its foot in sight where it is higher than the window, so that nothing of it is cut.
let staying = null;
const measured = new ResizeObserver(() => { if (staying) staying.style.top = `${Math.min(0, innerHeight - staying.offsetHeight)}px`; });
function stay(box) {
  measured.disconnect();
  staying = box;
  measured.observe(box);
  measured.observe(document.documentElement);
}

/** That what stands there can be printed as it is, and what more answers would settle: nobody has to answer all. */
function ready(found, counts, passed, titles) {
  const questions = found.questions.length, waits = found.passed_over.filter((one) => one.rows.length).length;
  const asked = new Set(found.question ? [...found.question.waiting.map((one) => one.measure), ...found.question.also_waiting] : []);
  const line = found.rows.filter((one) => one.own_line && one.bucket === "needs_info" && !one.unlikely).map((one) => one.measure);
  const now = line.filter((one) => asked.has(one)), own = now.length ? now : line;
  const name = !questions ? "ready_all" : !found.open.length ? "ready_nothing" : now.length ? "ready_own" : line.length ? "ready_line" : "ready";
  const note = h("span", { class: "note", role: "status" });
  return h("div", { class: "ready" },
    h("p", { class: "depends" }, found.open.length ? h("span", { class: "narrow" }, `${t.plain.eligible} ${counts.eligible} · ${t.plain.conditional} ${counts.conditional}`) : null,
      say(questions === 1 && t[`${name}_last`] ? `${name}_last` : name, { own: byTitle(own, titles), questions, rows: found.to_settle }), passed > 0 ? ` ${say("ready_passed", { count: waits, rows: passed })}` : ""),
    found.open.length || !questions ? h("p", { class: "buttons" }, printButton(note, "print-now", (format) => source.report(state.profile, format)), note) : null);
}

// Where the focus goes once a fact that was taken back is gone from the list.
function takeFocus(id) {
  then = () => (find(id) ?? find("question-title") ?? find("city")).focus({ preventScroll: true });
}

/** What is shown answers what was said. */
function settled() {
  failure = null;
  retry.wait = FIRST_RETRY;
  result.classList.remove("stale", "waiting", "slow");
  find("result-empty").hidden = answer.childElementCount > 0;
  fill(problems);
  tellFields([], asked);
  showJump();
}

/** What is shown answers something else than what was said, or there is no answer: it is marked, and asked for again. */
function failed(error) {
  const mistake = isMistake(error), list = mistake ? error.problems : [];
  const again = !mistake && failure && !failure.mistake; // nothing new to tell
  result.classList.remove("waiting", "slow");
  result.classList.toggle("stale", answer.childElementCount > 0);
  find("result-empty").hidden = true;
  const first = tellFields(list, asked);
  // The notice above the result may be out of sight of the field.
  if (first && answer.childElementCount) find(`${first.id}-error`)?.append(h("span", { class: "old-result" }, " ", t.stale_beside));
  failure = { mistake, fields: fieldsOf(list), first };
  if (!again) {
    fill(problems, problemList(error),
      mistake ? null : h("p", { class: "buttons" }, h("button", { type: "button", id: "retry", onclick: update }, t.retry)),
      answer.childElementCount ? h("p", { class: "stale-note" }, mistake ? t.stale_mistake : t.stale_unreachable) : null);
  }
  // The question stays live where it is what has to be mended; the files, to say why none comes.
  const own = mistake && list.some((one) => one.field === asked);
  for (const one of answer.querySelectorAll(":is(.counts, .now, .then) > *")) one.inert = !one.matches(".take") && !(own && one.matches(".question"));
  showTold(takeFocus).then(() => { if (then) { (first ?? find("remove-" + list[0]?.field))?.focus(); then = null; } });
  if (!mistake) {
    retry.timer = setTimeout(update, retry.wait);
    retry.wait = Math.min(retry.wait * 2, LAST_RETRY);
  }
  showJump();
}

window.addEventListener("online", () => { if (failure && !failure.mistake) update(); });

// On a narrow screen the answer stands below the facts: a line at the foot keeps the counts in sight and leads there.
const jump = h("button", { type: "button", class: "jump main", hidden: true, onclick: () => {
  if (failure && !failure.mistake) update();
  else arrive();
} });

/** Leads to the result, with the counts, what can be printed and the question; to what is wrong, where something is. */
function arrive() {
  const there = failure ? failure.first ?? problems : null;
  if (there) there.scrollIntoView({ block: "center" });
  else if (answer.childElementCount) showResult();
  (there ?? (answer.childElementCount ? find("question-title") : find("city"))).focus({ preventScroll: true });
}

find("facts-title").parentElement.append(jump);
let below = false, listed = false;
// It covers no zones that one chooses from: they are many, and stand where it would.
new IntersectionObserver(([seen]) => {
  listed = seen.isIntersecting;
  showJump();
}, { rootMargin: "-90% 0px 0px 0px" }).observe(find("zones-field"));
new IntersectionObserver(([seen]) => {
  below = !seen.isIntersecting && seen.boundingClientRect.top > 0;
  showJump();
}, { rootMargin: "0px 0px -25% 0px" }).observe(find("result"));

function showJump() {
  jump.hidden = !failure && (!below || listed || !answer.childElementCount);
  jump.classList.toggle("failed", failure !== null);
  if (failure) jump.textContent = failure.mistake ? say("jump_mistake", { fields: failure.fields }) : t.jump_unreachable;
  else if (before) jump.textContent = say("jump", { open: before.eligible, judged: before.conditional, missing: toAnswer, pending: before.pending });
}

// The link ----------------------------------------------------------------------------------------------------------------

function read() {
  const held = fromFragment();
  if (held === "none") begun = false; // all was cleared
  restore();
  update();
  if (held === "damaged") fill(problems, h("p", { class: "problems" }, t.damaged));
}

onChange(update);
window.addEventListener("popstate", read);
begun = location.hash.length > 1; // a link holds what was asked for
read();
