// Where one begins: every entry, found by its name, its id or its kind; what is new; and what the check says of the strategy as it lies there.

import { fetchData, fill, place } from "../suggest/form.js";
import { make } from "../suggest/parts.js";
import { ask } from "./server.js";
import { formAddress } from "./side.js";

const SHOWN = 60;
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Draw the list, and then what the check says of the folder, which takes longer. */
export async function showStart(form, state) {
  const { words, kinds } = form;
  const { entries } = await fetchData("entries.json");
  const all = [...(kinds.header ? [{ kind: "header", id: "", title: kinds.header.title }] : []), ...entries].map((one) => ({ ...one, found: fold([one.title, one.id, one.kind, kinds[one.kind].title, kinds[one.kind].plural, ...(one.former_ids ?? [])].join(" ")) }));
  const count = make("p", { role: "status", className: "pb-form__said" });
  const list = make("ul", { className: "pb-bench__list" });
  const input = make("input", { id: "pb-bench-find", type: "search", className: "pb-form__input", autocomplete: "off", spellcheck: false, value: sessionStorage.getItem("find") ?? "" });
  const problems = make("div", {}, make("p", { role: "status", className: "pb-form__said", textContent: words.checking }));
  const show = () => {
    const typed = fold(input.value).split(/\s+/).filter(Boolean);
    const found = all.filter((one) => typed.every((word) => one.found.includes(word)));
    const begins = ({ found: text }) => typed.length && text.startsWith(typed[0]) ? 0 : 1;
    if (typed.length) found.sort((one, other) => begins(one) - begins(other));
    count.textContent = fill(found.length > SHOWN ? words.found_more : words.found, { n: found.length, shown: SHOWN });
    list.replaceChildren(...found.slice(0, SHOWN).map((one) => make("li", {}, make("a", { href: formAddress(one.id ? `${one.kind}/${one.id}` : one.kind), textContent: one.title }), make("span", { className: "pb-bench__kind", textContent: ` ${one.id ? kinds[one.kind].title : ""}${one.faulty ? ` · ${words.is_faulty}` : ""}` }))));
  };
  input.addEventListener("input", () => {
    sessionStorage.setItem("find", input.value);
    show();
  });
  show();
  const fresh = Object.entries(kinds).filter(([name]) => name !== "header").map(([name, { title }]) => make("li", {}, make("a", { href: formAddress(nameNew(name, state)), textContent: title })));
  place.replaceChildren(
    make("label", { for: input.id, className: "pb-form__label", textContent: words.find }), input, count, list,
    make("details", { className: "pb-more" }, make("summary", { textContent: words.new }), make("ul", { className: "pb-bench__new" }, ...fresh)),
    problems);
  input.focus();
  if (!form.is_own) return problems.replaceChildren(); // whoever gets a part of it cannot judge the whole
  const found = await ask("problems");
  problems.replaceChildren(...drawProblems(words, found));
}

/** What a new entry is called until it has an id: another than those that are begun already. */
export function nameNew(kind, { edits }) {
  let n = 1;
  while (edits.some(({ entry }) => entry === `new ${kind} ${n}`)) n += 1;
  return `new ${kind} ${n}`;
}

function drawProblems(words, { problems, more }) {
  if (!problems.length) return [make("p", { className: "pb-form__said", textContent: words.no_problems })];
  const rows = problems.map(({ severity, text, where, entry }) => make("li", {}, make("span", { className: `pb-bench__mark pb-bench__mark--${severity}`, textContent: words[`is_${severity}`] }), " ", entry ? make("a", { href: formAddress(entry), textContent: entry }) : make("code", { textContent: where }), " ", text));
  return [make("h2", { textContent: words.problems }), make("ul", { className: "pb-bench__problems" }, ...rows), ...(more ? [make("p", { textContent: fill(words.more_problems, { n: more }) })] : [])];
}
