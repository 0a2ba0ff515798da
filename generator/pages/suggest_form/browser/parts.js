// Small parts of the form: elements, and a field where an entry is found by its name.

let count = 0;

/** A name for an element that nothing else on the page has. */
export const makeName = () => `pb-form-${++count}`;

/** An element with these properties, attributes (those with a hyphen, and `role`) and children. */
export function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name.includes("-") || name === "role" || name === "for") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export const button = (text, onClick, more = {}) => {
  const made = make("button", { type: "button", className: "pb-act", textContent: text, ...more });
  made.addEventListener("click", onClick);
  return made;
};

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const SHOWN = 8;

/** Those entries in whose names all words stand, what begins with the first of them before the others. */
export function findByName(entries, typed) {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const found = entries.filter(({ title, id }) => words.every((word) => fold(`${title} ${id}`).includes(word)));
  const rank = ({ title }) => words.length && fold(title).startsWith(words[0]) ? 0 : 1;
  return found.sort((one, other) => rank(one) - rank(other)).slice(0, SHOWN);
}

/** A field in which an entry is found by name. `list` gives all that may be picked, each with a `hint` where its name may not say enough; `pick` is told of the one. */
export function makePicker({ label, words, list, pick, ...more }) {
  const [name, listName] = [makeName(), makeName()];
  const options = make("ul", { id: listName, className: "pb-form__options", role: "listbox", hidden: true, "aria-label": label });
  const status = make("p", { className: "pb-hidden", role: "status" });
  const input = make("input", { id: name, type: "text", className: "pb-form__input", role: "combobox", autocomplete: "off", placeholder: words.pick, "aria-label": `${label}: ${words.pick}`, "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listName, ...more });
  let found = [];
  let chosen = -1;
  const show = (isOpen) => {
    options.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) input.removeAttribute("aria-activedescendant");
  };
  const choose = (place) => {
    chosen = place;
    for (const [n, option] of [...options.children].entries()) option.setAttribute("aria-selected", String(n === chosen));
    if (chosen >= 0) {
      input.setAttribute("aria-activedescendant", options.children[chosen].id);
      options.children[chosen].scrollIntoView({ block: "nearest" });
    }
  };
  const take = (entry) => {
    input.value = "";
    show(false);
    pick(entry);
  };
  const search = async () => {
    const typed = input.value;
    const all = await list();
    if (typed !== input.value || document.activeElement !== input) return;
    found = findByName(all, typed);
    options.replaceChildren(...found.map((entry) => {
      const option = make("li", { id: makeName(), role: "option", "aria-selected": "false", textContent: entry.title }, entry.hint ? make("small", { textContent: ` ${entry.hint}` }) : null);
      option.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
      option.addEventListener("click", () => take(entry));
      return option;
    }));
    status.textContent = found.length ? "" : words.pick_none;
    status.className = found.length ? "pb-hidden" : "pb-form__said";
    show(found.length > 0);
    choose(-1);
    options.scrollIntoView({ block: "nearest" });
  };
  input.addEventListener("input", (event) => {
    event.stopPropagation(); // what is searched for is no value yet
    search();
  });
  input.addEventListener("focus", search);
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      event.preventDefault();
      if (options.hidden) show(true);
      choose((chosen + step + found.length) % found.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!options.hidden && found.length) take(found[Math.max(chosen, 0)]);
    } else if (event.key === "Escape" && !options.hidden) {
      event.preventDefault();
      show(false);
    }
  });
  return { element: make("div", { className: "pb-form__picker" }, input, options, status), control: input };
}
