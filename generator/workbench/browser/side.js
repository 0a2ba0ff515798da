// What stands beside the form, for all edits together: what is wrong, what is in the way, what changes, and what can be done with it.

import { fill } from "../suggest/form.js";
import { button, make } from "../suggest/parts.js";

/** The address of the form of an entry; `new objections 2` is the second that is begun. */
export function formAddress(entry) {
  const [, kind, n] = /^new (\S+) (\d+)$/.exec(entry) ?? [];
  return kind ? `?new=${kind}&n=${n}` : `?entry=${entry}`;
}

export class Side {
  /** `act` does what a button says; `form` is what is open, if anything is. */
  constructor(place, { words, is_own: isOwn }, act) {
    Object.assign(this, { words, act });
    this.said = make("div", { role: "status", className: "pb-bench__said" });
    this.wrong = make("div", { className: "pb-bench__wrong" });
    this.changes = make("div", {});
    this.undo = button(words.undo, () => act("undo"));
    this.save = button(words.save, () => act("save"), { className: "pb-act pb-bench__main", hidden: !isOwn });
    this.edits = make("ul", { className: "pb-bench__edits" });
    this.why = make("textarea", { id: "pb-bench-why", className: "pb-form__input", rows: 2, maxLength: 5000 });
    this.obstacle = make("p", { className: "pb-form__said" });
    this.propose = button(words.propose_send, () => act("propose", { why: this.why.value }), { className: "pb-act pb-bench__main" });
    this.proposing = make("details", { className: "pb-more pb-bench__propose" }, make("summary", { textContent: words.propose }),
      make("p", { className: "pb-form__hint", textContent: words.propose_hint }), this.obstacle,
      make("label", { for: "pb-bench-why", className: "pb-form__label", textContent: words.why }), this.why, make("p", {}, this.propose));
    place.replaceChildren(make("h2", { textContent: words.edits }), this.edits, make("p", { className: "pb-bench__acts pb-bench__bar" }, this.save, this.undo, make("a", { href: "#pb-bench", className: "pb-bench__jump", textContent: words.edits })), this.said, this.wrong, this.changes, this.proposing);
  }

  /** `state` is what the program answers at once, `form` the form that is open. */
  show(state, form) {
    const { words } = this;
    this.state = { brought: [], ...this.state, ...state };
    const isEmpty = !state.edits.length;
    this.edits.replaceChildren(...state.edits.map(({ entry, title, saved }) => make("li", {}, make("a", { href: formAddress(entry), textContent: title }), ...(saved ? [make("span", { className: "pb-bench__mark", textContent: ` ${words.is_saved}` })] : []))));
    this.edits.hidden = isEmpty;
    this.save.disabled = state.edits.every(({ saved }) => saved);
    this.undo.disabled = !state.can_undo;
    this.propose.disabled = isEmpty;
    this.changes.replaceChildren(...(state.changes.length ? [make("h3", { textContent: words.changes })] : [make("p", { className: "pb-form__said", textContent: isEmpty ? words.no_edits : state.is_changed ? words.untold : words.no_changes })]), ...state.changes.flatMap((group) => this.drawGroup(group)));
    this.showWrong(form);
  }

  /** What the whole check says, which may take longer. */
  showChecked(found, form) {
    this.state = { ...this.state, ...found };
    this.showWrong(form);
  }

  showWrong(form) {
    const { words, state } = this;
    this.wrong.replaceChildren(
      ...this.drawList(words.in_the_way, state.in_the_way.map((one) => this.drawInTheWay(one, form))),
      ...this.drawList(words.own, state.own.map((one) => this.drawProblem(one, form))),
      ...this.drawList(words.brought, state.brought.filter(({ text }) => !state.own.some((one) => one.text === text)).map((one) => this.drawProblem(one))));
  }

  /** A list with its heading; nothing where it is empty. */
  drawList(title, items) {
    return items.length ? [make("h3", { textContent: title }), make("ul", {}, ...items.map((item) => make("li", {}, ...[item].flat())))] : [];
  }

  drawGroup({ title, told }) {
    return [make("p", { className: "pb-label", textContent: title }), make("ul", { className: "pb-bench__changes" }, ...told.map((one) => make("li", {}, make("b", { textContent: one.title }), ": ", ...one.phrases.map(drawPhrase), ...one.behind.map((line) => make("p", { className: "pb-form__said", textContent: line })))))];
  }

  drawProblem({ severity, field, text, where }, form) {
    const mark = make("span", { className: `pb-bench__mark pb-bench__mark--${severity}`, textContent: this.words[`is_${severity}`] });
    const isField = Boolean(form?.walk(field).length);
    const name = isField ? form.nameField(field) : where;
    const lead = isField ? button(name, () => form.drawn.locate(field)?.focus(), { className: "pb-bench__field" }) : make("code", { textContent: name });
    return [mark, " ", lead, " ", text];
  }

  drawInTheWay(one, form) {
    const { words } = this;
    const isOpen = form?.entryName === one.entry;
    const name = isOpen ? make("b", { textContent: one.title }) : make("a", { href: formAddress(one.entry), textContent: `${one.entry}: ${one.title}` });
    if (one.state !== "conflict") return [name, ` ${one.why}.`];
    const show = (value) => (isOpen && form.showValue(form.findField(one.field), value)) || (value === null ? words.nothing : typeof value === "string" ? value : JSON.stringify(value));
    const lines = [["way_was", one.was], ["way_now", one.now], ["way_wanted", one.wanted]].flatMap(([word, value]) => [make("dt", { textContent: words[word] }), make("dd", { textContent: show(value) })]);
    const ways = isOpen ? [make("p", { className: "pb-bench__acts" }, button(words.way_mine, () => form.settle(one.field, true)), button(words.way_theirs, () => form.settle(one.field, false)))] : [];
    return [name, ` ${fill(words.way_changed, { by: one.by })}`, make("dl", { className: "pb-bench__values" }, ...lines), ...ways];
  }

  /** What became of what was asked for. */
  tell(...said) {
    this.said.hidden = !said.some(Boolean);
    this.said.replaceChildren(...said.filter(Boolean).map((one) => typeof one === "string" ? make("p", { textContent: one }) : one));
  }
}

function drawPhrase([mark, text]) {
  return { old: () => make("del", { textContent: text }), new: () => make("ins", { textContent: text }) }[mark]?.() ?? text;
}
