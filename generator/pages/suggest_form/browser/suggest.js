// The form in which a reader proposes a change: shows what differs, and begins an issue or a mail. What is typed is kept on this device.

import { Form, fill, place, start } from "./form.js";
import { makeLink, makeNote, nameFile, writeBody } from "./note.js";
import { button, make, makeName } from "./parts.js";
import { isText } from "../kept.js";

class Suggestion extends Form {
  drawEnd() {
    this.result = make("section", { className: "pb-form__result" });
    return [make("p", {}, make("button", { type: "submit", className: "pb-act pb-form__check", textContent: this.words.check })), this.result];
  }

  drawAbout(draft) {
    const { words } = this;
    this.why = make("textarea", { id: makeName(), className: "pb-form__input", rows: 2, maxLength: 5000, value: isText(draft?.why) ? draft.why : "" });
    this.by = make("input", { id: makeName(), className: "pb-form__input", type: "text", maxLength: 200, autocomplete: "name", value: this.kept.read("name", isText) ?? "" });
    return [
      make("div", { className: "pb-form__field" }, make("label", { for: this.why.id, className: "pb-form__label", textContent: words.why }), make("p", { className: "pb-form__hint", textContent: words.why_hint }), this.why),
      make("div", { className: "pb-form__field" }, make("label", { for: this.by.id, className: "pb-form__label", textContent: words.by }), this.by),
    ];
  }

  readAbout() {
    return { why: this.why.value };
  }

  draw(draft) {
    super.draw(draft);
    this.result.replaceChildren();
  }

  keep() {
    super.keep();
    this.kept.write("name", this.by.value);
    this.result.replaceChildren();
  }

  async check() {
    const { words } = this;
    const faults = this.findFaults();
    this.mark(faults);
    const said = faults.map((fault) => button(`${this.nameField(fault.path)}: ${this.say(fault)}`, () => this.drawn.locate(fault.path)?.focus()));
    const idFault = this.isNew && !faults.length ? await this.findIdFault() : "";
    if (idFault) said.push(button(`${words.id}: ${idFault}`, () => { this.id.closest("details").open = true; this.id.focus(); }));
    const changes = this.listChanges();
    if (!said.length && !changes.length) said.push(make("p", { textContent: words.no_change }));
    this.faults.replaceChildren(...(faults.length || idFault ? [make("p", { textContent: words.faults })] : []), make("ul", {}, ...said.map((one) => make("li", {}, one))));
    if (said.length) this.result.replaceChildren();
    else this.showResult(changes);
    (said.length ? this.faults : this.result).scrollIntoView({ block: "nearest" });
  }

  showResult(changes) {
    const { words, form, entry, kind, isNew } = this;
    this.faults.replaceChildren();
    const key = isNew ? `${kind.kind}/${this.id.value}` : entry.entry;
    const note = makeNote({ base: form.base, entry: key, isNew, changes, why: this.why.value, by: this.by.value });
    const title = isNew ? String(this.drawn.read()[kind.title_field] ?? key) : entry.title;
    const subject = fill(isNew ? words.subject_new : this.isRetired ? words.subject_retire : words.subject, { title, kind: kind.title });
    const intro = fill(words.intro, { title, key, version: form.base.version ?? "" });
    const heading = make("h2", { tabIndex: -1, textContent: words.changes });
    this.result.replaceChildren(heading, make("dl", { className: "pb-form__changes" }, ...changes.flatMap((one) => this.showChange(one))), make("p", { textContent: form.ways.length ? words.send_hint : words.send_file }), ...this.makeWays(note, subject, intro));
    heading.focus();
  }

  makeWays(note, subject, intro) {
    const { words, form } = this;
    const body = writeBody(note, intro);
    const copied = make("span", { role: "status" });
    const copy = button(words.copy, async () => {
      await navigator.clipboard?.writeText(body).then(() => { copied.textContent = words.copied; }, () => {});
      if (!copied.textContent) text.select();
    });
    const text = make("textarea", { className: "pb-form__input", readOnly: true, rows: 8, value: body, "aria-label": words.text });
    const links = form.ways.map((way) => ({ way, ...makeLink(way, subject, note, intro, words.paste_here) }));
    const ways = links.map(({ way, href }) => make("a", { className: "pb-act pb-form__way", href, rel: "noopener noreferrer", ...(way.way === "issue" && { target: "_blank" }), textContent: words[`send_${way.way}`] }));
    const save = button(words.download, () => download(nameFile(note), `${JSON.stringify(note, null, 1)}\n`));
    const sent = button(words.sent, () => {
      this.kept.remove(this.draftName);
      this.result.replaceChildren(make("p", { role: "status", textContent: words.sent_done }));
    });
    const isLong = links.some(({ isWhole }) => !isWhole);
    return [
      make("p", { className: "pb-form__ways" }, ...ways, save, copy, copied),
      ...(isLong ? [make("p", { className: "pb-form__long", textContent: words.too_long })] : []),
      make("details", { className: "pb-form__more pb-more", open: isLong }, make("summary", { textContent: words.text }), text),
      make("p", {}, sent),
    ];
  }
}

function download(name, text) {
  const href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10000);
}

start(Suggestion).catch((error) => {
  place.replaceChildren(make("p", { role: "alert", textContent: error.says || place.dataset.failed }));
  if (!error.message.startsWith("assets/")) throw error;
});
