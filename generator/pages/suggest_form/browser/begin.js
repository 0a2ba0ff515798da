// What the form begins with where nothing is asked for: an entry to change, found by its name, or a kind of which there should be one more.

import { make, makeName, makePicker } from "./parts.js";

/** What a note calls the entry that it changes where that is the header of the strategy; of it there is one. */
export const HEADER = "header";
/** What readers bring from the field, before what is decided elsewhere. */
const BROUGHT = ["objections", "field_notes", "proof", "wins", "competitors", "glossary"];

/** Shows in `place` where to begin; `list` gives the entries of the site. */
export function begin({ kinds, words }, place, list) {
  const names = Object.keys(kinds).filter((name) => name !== HEADER);
  const brought = BROUGHT.filter((name) => names.includes(name));
  const others = names.filter((name) => !brought.includes(name));
  const all = async () => (await list().catch(() => [])).map((one) => ({ ...one, hint: kinds[one.kind]?.title }));
  const pick = ({ kind, id }) => { location.search = `?entry=${kind}/${id}`; };
  const picker = makePicker({ label: words.existing, words, list: async () => (await all()).filter(({ kind }) => Object.hasOwn(kinds, kind)), pick });
  const title = make("h2", { id: makeName(), textContent: words.choose });
  place.replaceChildren(make("div", { className: "pb-form pb-form--begin" },
    make("section", {}, make("h2", { textContent: words.existing }), picker.element, make("p", { className: "pb-form__hint", textContent: words.existing_hint })),
    make("section", { "aria-labelledby": title.id }, title, makeTiles(brought.length ? brought : others, kinds),
      brought.length && others.length ? make("details", { className: "pb-more" }, make("summary", { textContent: words.other_kinds.replace("{n}", others.length) }), makeTiles(others, kinds)) : null)));
}

const makeTiles = (names, kinds) => make("ul", { className: "pb-form__kinds" }, ...names.map((name) => {
  const { title, says } = kinds[name];
  return make("li", {}, make("a", { href: `?new=${name}` }, make("strong", { textContent: title }), " ", make("span", { textContent: says ?? "" })));
}));
