// A share below one without its sign: 0.3 may be 30% or 0.3%. It is asked which, in place, and nothing is given until then.

import { fill, h, say } from "./dom.js";

/** The percentages that a bare number below one may mean: ["30%", "0.3%"] of 0.3; null where it is clear. */
export function doubtful(written) {
  const [whole, digits] = written.normalize("NFKC").trim().split(".");
  if (!/^\+?0$/.test(whole) || !/^\d*[1-9]\d*$/.test(digits ?? "")) return null;
  const bare = (text) => text.replace(/^0+(?=\d)/, "").replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
  return [`${bare(`${digits.padEnd(2, "0").slice(0, 2)}.${digits.slice(2)}`)}%`, `${bare(`0.${digits}`)}%`];
}

/** What the answer says of a share that is not given yet; nothing where there is none. */
export const shareLeftOut = () => (document.getElementById("share-ask").hidden ? null : h("p", { class: "doubt" }, say("share_left_out", { share: document.getElementById("foreign_share").value.trim() })));

/** Asks beside a field what its number means, or takes the question away; `answered` hears once that is chosen. Gives what is said. */
export function askShare(input, answered) {
  const text = input.value.trim(), box = document.getElementById("share-ask"), told = document.getElementById("share-doubt");
  const means = doubtful(text);
  const words = means ? say("share_doubt", { share: text, fraction: means[0], percent: means[1] }) : "";
  if (told.textContent !== words) told.textContent = words;
  const choose = (value) => { input.value = value; askShare(input, answered); input.focus(); answered(); };
  fill(box, means?.map((value) => h("button", { type: "button", onclick: () => choose(value) }, value)) ?? []);
  box.hidden = !means;
  if (means && document.activeElement === input) box.scrollIntoView({ block: "nearest" });
  return means ? undefined : text || undefined;
}
