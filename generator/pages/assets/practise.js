// Practising: a card is shown, answered aloud, turned; one says how it went, and it comes back the later the better it went (as SM-2 has it).

import { groupOf } from "./kept.js";

const NEW_A_DAY = 5;
const DAY = 24 * 60 * 60 * 1000;
const [START, LEAST] = [2.3, 1.3]; // by how much the days until a card comes back grow when it went well
const GRADES = ["again", "nearly", "well"];
const MOST_CHANGES = 5;

const isState = (value) => Array.isArray(value) && value.length === 4 && value.slice(0, 3).every(Number.isFinite) && typeof value[3] === "string";
const today = () => Math.floor(Date.now() / DAY);

/** How a card stands after an answer: [the day it is due, days until then, ease, what was on it]. */
export function grade([, interval, ease] = [0, 0, START], name, sign, day) {
  const slower = { again: ease - 0.2, nearly: ease - 0.1, well: ease }[name];
  const next = Math.max(LEAST, slower);
  const days = name === "again" ? 0 : name === "nearly" ? Math.max(1, Math.round(interval * 1.2)) : interval ? Math.ceil(interval * next) : 2;
  return [day + days, days, next, sign];
}

/** The cards for today: what is due, what is another than the one that was practised, then a few new ones. */
export function choose(cards, states, day, startedToday) {
  const known = cards.filter(({ key }) => states[key]);
  const due = known.filter(({ key, sign }) => states[key][0] <= day || states[key][3] !== sign);
  due.sort((a, b) => states[a.key][0] - states[b.key][0]);
  const fresh = cards.filter(({ key }) => !states[key]).slice(0, Math.max(0, NEW_A_DAY - startedToday));
  return [...due, ...fresh];
}

function make(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

export class Practice {
  constructor(part, kept, news) {
    Object.assign(this, { part, kept, news, words: JSON.parse(part.dataset.lang) });
    for (const name of ["left", "card", "choose", "known", "bar"]) this[name] = part.querySelector(`[data-${name}]`);
    part.addEventListener("keydown", (event) => this.onKey(event));
  }

  async start() {
    const cards = await (await fetch(new URL("assets/cards.json", this.news.root))).json();
    this.cards = cards;
    this.states = this.kept.read("cards", groupOf(isState)) ?? {};
    const started = this.kept.read("started", (value) => Array.isArray(value) && value.every(Number.isFinite)) ?? [];
    this.started = started[0] === today() ? started[1] ?? 0 : 0;
    this.queue = [...this.listChanges(), ...choose(cards, this.states, today(), this.started)];
    this.part.hidden = false;
    this.next();
  }

  /** After a change, a short check: what everybody should know now, once. */
  listChanges() {
    const { changes, visits } = this.news;
    const since = new Date(visits.first).toISOString().slice(0, 10); // what was so before is nothing new to a newcomer
    const weighty = changes.filter(({ day, rank, name, address }) => day > since && rank < 2 && address !== null && !this.states[name]);
    return weighty.slice(0, MOST_CHANGES).map(({ name, address, title, said }) => ({
      key: name, sign: name, kind: "change", address, says: title,
      answer: [["change", "", [said.map(([text]) => text).join("").replaceAll(" -> ", " → ")]]], changed: [],
    }));
  }

  next() {
    const [card] = this.queue;
    const known = this.cards.filter(({ key }) => this.states[key]).length;
    Object.assign(this.bar, { max: this.cards.length, value: known });
    this.known.textContent = this.words.known.replace("{n}", known).replace("{total}", this.cards.length);
    this.left.textContent = card ? this.words.left.replace("{n}", this.queue.length) : "";
    if (!card) return this.end();
    const state = this.states[card.key];
    const isAnother = state && state[3] !== card.sign;
    const hint = isAnother ? this.words.another.replace("{fields}", card.changed.join(", ") || "…") : this.words[`ask_${card.kind}`];
    const says = make("p", card.kind === "objections" ? "pb-quote pb-practise__says" : "pb-practise__says", card.says);
    this.card.replaceChildren(make("p", "pb-label", hint), says);
    this.show([this.button("turn", () => this.turn(card))]);
  }

  turn(card) {
    const link = make("a", "", this.words.open);
    link.href = new URL(card.address, this.news.root);
    for (const [name, title, lines] of card.answer) {
      const said = lines.length > 1 ? make("ul", "", ...lines.map((line) => make("li", "", line))) : make("p", "", lines[0]);
      this.card.append(make("div", `pb-practise__part pb-practise__part--${name}`, make("p", "pb-label", title), said));
    }
    this.card.append(make("p", "pb-all", link));
    this.show(GRADES.map((name) => this.button(name, () => this.answer(card, name))));
  }

  answer(card, name) {
    if (!this.states[card.key] && card.kind !== "change") this.kept.write("started", [today(), (this.started += 1)]);
    this.states[card.key] = grade(this.states[card.key], name, card.sign, today());
    this.kept.write("cards", this.states);
    this.queue.shift();
    if (name === "again") this.queue.push(card);
    this.next();
  }

  end() {
    const days = Object.values(this.states).map(([due]) => due - today()).filter((days) => days > 0);
    const when = days.length ? new Intl.RelativeTimeFormat(this.news.language, { numeric: "auto" }).format(Math.min(...days), "day") : "";
    this.card.replaceChildren(make("p", "pb-practise__says", this.words.done), make("p", "pb-label", when ? this.words.next.replace("{when}", when) : ""));
    this.show([]);
  }

  button(name, act) {
    const button = make("button", `pb-act pb-practise__${name}`, this.words[name]);
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  }

  show(buttons) {
    this.choose.replaceChildren(...buttons);
    this.card.focus({ preventScroll: true });
  }

  /** Space turns the card; 1, 2 and 3 say how it went. */
  onKey(event) {
    if (event.target.matches("a, button") || event.ctrlKey || event.metaKey || event.altKey) return;
    const buttons = this.choose.children;
    const button = event.key === " " ? buttons.length === 1 && buttons[0] : buttons.length > 1 && buttons[Number(event.key) - 1];
    if (!button) return;
    event.preventDefault();
    button.click();
  }
}
