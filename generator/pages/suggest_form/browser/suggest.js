// The form in which a reader proposes a change: fetches what it needs, keeps what is typed on this device, and begins an issue or a mail.

import { Kept, isGroup, isText } from "../kept.js";
import { drawFields } from "./fields.js";
import { keyOf } from "./editors.js";
import { makeLink, makeNote, nameFile, writeBody } from "./note.js";
import { button, make, makeName } from "./parts.js";
import { isId, listFaults } from "./shape.js";
import { isSame, listBeginnings, listChanges, makeId, tidy } from "./values.js";

const place = document.getElementById("pb-form");
const root = new URL("../../", import.meta.url);

const fetchData = async (path) => {
  const answer = await fetch(new URL(path, root));
  if (!answer.ok) throw Object.assign(new Error(path), { isGone: answer.status === 404 });
  return answer.json();
};
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

async function start() {
  const asked = new URLSearchParams(location.search);
  const key = asked.get("entry") ?? asked.get("retire");
  const kindName = asked.get("new") ?? key?.split("/")[0];
  const form = await fetchData("assets/suggest/form.json");
  if (!Object.hasOwn(form.kinds, kindName ?? "") || (key && !isId(key.split("/")[1] ?? ""))) return showKinds(form);
  const [kind, entry] = await Promise.all([
    fetchData(`assets/suggest/kinds/${kindName}.json`),
    key ? fetchData(`assets/suggest/entries/${key}.json`).catch((error) => { throw Object.assign(error, { says: error.isGone && form.words.gone }); }) : { values: {}, locked: [], shortened: [], names: {} },
  ]);
  new Form(form, { ...form.kinds[kindName], ...kind }, entry, asked.has("retire")).show();
}

function showKinds({ kinds, words }) {
  const links = Object.entries(kinds).map(([name, { title }]) => make("li", {}, make("a", { href: `?new=${name}`, textContent: title })));
  place.replaceChildren(make("h2", { textContent: words.choose }), make("ul", { className: "pb-links" }, ...links));
}

class Form {
  constructor(form, kind, entry, isRetired) {
    Object.assign(this, { form, kind, entry, isRetired, words: form.words, isNew: !entry.entry });
    this.kept = new Kept(form.company);
    this.names = new Map(Object.entries(entry.names));
    this.draftName = `suggest:${entry.entry ?? `new ${kind.kind}`}`;
    this.retiring = this.findRetiring();
    this.fields = kind.fields.map((field) => ({ ...field }));
  }

  /** The field that says an entry has had its time, and the value that says so. */
  findRetiring() {
    const { fields } = this.kind;
    const offered = fields.find(({ path }) => path === "availability");
    if (offered?.labels?.some(([one]) => one === "retired")) return ["availability", "retired"];
    return ["effective_until", new Date().toISOString().slice(0, 10)];
  }

  show() {
    const { words, entry, kind } = this;
    const title = this.isNew ? fill(words.title_new, { kind: kind.title }) : fill(this.isRetired ? words.title_retire : words.title_entry, { title: entry.title });
    document.querySelector("article h1").firstChild.textContent = title;
    const back = new URL(entry.address ?? kind.address, root).href;
    this.status = make("p", { className: "pb-form__said", role: "status" });
    this.faults = make("div", { className: "pb-form__faults", role: "alert" });
    this.result = make("section", { className: "pb-form__result" });
    this.body = make("div", {});
    this.element = make("form", { className: "pb-form", noValidate: true, "aria-label": title },
      make("p", { className: "pb-form__leave" }, make("a", { href: back, textContent: words.back }), " ", ...(this.isNew || this.isRetired ? [] : [make("a", { href: `?retire=${entry.entry}`, textContent: words.retire }), " "]), this.again = button(words.discard, () => this.forget(), { hidden: true })),
      this.status, this.body, this.faults,
      make("p", {}, make("button", { type: "submit", className: "pb-act pb-form__check", textContent: words.check })), this.result);
    this.element.addEventListener("input", () => this.keep());
    this.element.addEventListener("change", (event) => this.keep() || this.checkAgain(event));
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.check();
    });
    place.replaceChildren(this.element);
    this.draw(this.kept.read(this.draftName, isGroup));
  }

  draw(draft) {
    const { words, entry } = this;
    const begun = isGroup(draft?.values) ? draft.values : {};
    const values = { ...entry.values };
    if (this.isRetired) values[this.retiring[0]] = this.retiring[1];
    const stale = [];
    for (const field of this.fields) {
      const one = begun[field.path];
      if (!isGroup(one) || entry.locked.includes(field.path) || !fitsType(field, one.to)) continue;
      if (!isSame(one.from, entry.values[field.path])) stale.push(field);
      values[field.path] = one.to;
    }
    this.drawn = drawFields(this.fields, values, this.makeContext());
    this.why = make("textarea", { id: makeName(), className: "pb-form__input", rows: 2, maxLength: 5000, value: isText(draft?.why) ? draft.why : "" });
    this.by = make("input", { id: makeName(), className: "pb-form__input", type: "text", maxLength: 200, autocomplete: "name", value: this.kept.read("name", isText) ?? "" });
    this.body.replaceChildren(
      this.drawn.element,
      ...(this.isNew ? [this.drawId(isText(draft?.id) ? draft.id : "")] : []),
      make("div", { className: "pb-form__field" }, make("label", { for: this.why.id, className: "pb-form__label", textContent: words.why }), make("p", { className: "pb-form__hint", textContent: words.why_hint }), this.why),
      make("div", { className: "pb-form__field" }, make("label", { for: this.by.id, className: "pb-form__label", textContent: words.by }), this.by));
    this.status.textContent = !this.kept.works ? words.not_kept : Object.keys(begun).length ? words.draft : "";
    this.again.hidden = !Object.keys(begun).length;
    this.result.replaceChildren();
    this.faults.replaceChildren();
    for (const field of stale) this.drawn.locate(field.path)?.mark(fill(words.changed_meanwhile, { value: this.showValue(field, entry.values[field.path]) || words.nothing }));
  }

  drawId(begun) {
    const { words, kind } = this;
    this.id = make("input", { id: makeName(), className: "pb-form__input", type: "text", maxLength: 80, autocomplete: "off", autocapitalize: "off", spellcheck: false, value: begun, "aria-describedby": "pb-form-id-hint" });
    const isOwn = () => this.id.value && this.id.dataset.own === "yes";
    if (begun) this.id.dataset.own = "yes";
    this.id.addEventListener("input", () => { this.id.dataset.own = "yes"; });
    this.element.addEventListener("input", () => {
      const title = this.drawn?.read()[kind.title_field];
      if (!isOwn()) this.id.value = isText(title) ? makeId(title) : "";
    });
    return make("details", { className: "pb-form__more pb-more" }, make("summary", { textContent: words.id }), make("div", { className: "pb-form__field" }, make("label", { for: this.id.id, className: "pb-form__label", textContent: words.id }), make("p", { id: "pb-form-id-hint", className: "pb-form__hint", textContent: words.id_hint }), this.id));
  }

  makeContext() {
    const { entry } = this;
    return {
      words: this.words,
      first: this.isRetired ? this.retiring[0] : "",
      isLocked: ({ path }) => entry.locked.includes(path),
      isShortened: ({ path }) => entry.shortened.includes(path),
      name: (key, title) => this.names.set(key, title),
      nameOf: (key) => this.names.get(key) ?? key,
      show: (field, value) => this.showValue(field, value),
      listEntries: async (kinds) => (await this.listEntries()).filter((one) => kinds.includes(one.kind) && `${one.kind}/${one.id}` !== entry.entry),
    };
  }

  listEntries() {
    this.entries ??= fetchData("entries.json").then(({ entries }) => entries).catch(() => {
      this.entries = undefined; // without a network, try again with the next letter
      return [];
    });
    return this.entries;
  }

  /** What was typed stays on this device: only the fields that differ, and what they differed from. */
  keep() {
    const [values, now] = [{}, this.drawn.read()];
    for (const { path } of this.fields) {
      if (!isSame(now[path], this.entry.values[path])) values[path] = { from: tidy(this.entry.values[path]) ?? null, to: tidy(now[path]) ?? null };
    }
    this.kept.write(this.draftName, { values, why: this.why.value, ...(this.id?.dataset.own && { id: this.id.value }) });
    this.kept.write("name", this.by.value);
    this.result.replaceChildren();
  }

  forget() {
    this.kept.remove(this.draftName);
    this.draw(null);
  }

  /** A field that was wrong is looked at again as soon as it is left. */
  checkAgain({ target }) {
    if (this.element.querySelector("[aria-invalid=true]") && target.closest(".pb-form__fields")) this.mark(this.findFaults());
  }

  findFaults() {
    return listFaults(this.fields.filter(({ path }) => !this.entry.locked.includes(path)), this.drawn.read());
  }

  mark(faults) {
    for (const marked of this.element.querySelectorAll(".pb-form__fault")) marked.hidden = true;
    for (const marked of this.element.querySelectorAll("[aria-invalid=true]")) marked.setAttribute("aria-invalid", "false");
    for (const fault of faults) this.drawn.locate(fault.path)?.mark(this.say(fault));
  }

  say({ word, n, form }) {
    return fill(word === "fault_form" && !form ? this.words.fault_form_plain : this.words[word], { n, form });
  }

  async check() {
    const { words } = this;
    const faults = this.findFaults();
    this.mark(faults);
    const said = faults.map((fault) => button(`${this.nameField(fault.path)}: ${this.say(fault)}`, () => this.drawn.locate(fault.path)?.focus()));
    const idFault = this.isNew && !faults.length ? await this.findIdFault() : "";
    if (idFault) said.push(button(`${words.id}: ${idFault}`, () => { this.id.closest("details").open = true; this.id.focus(); }));
    const values = tidyAll(this.drawn.read());
    const changes = this.isNew ? listBeginnings(this.fields, values) : listChanges(this.fields, this.entry.values, values, this.entry.shortened);
    if (!said.length && !changes.length) said.push(make("p", { textContent: words.no_change }));
    this.faults.replaceChildren(...(faults.length || idFault ? [make("p", { textContent: words.faults })] : []), make("ul", {}, ...said.map((one) => make("li", {}, one))));
    if (said.length) this.result.replaceChildren();
    else this.showResult(changes);
    (said.length ? this.faults : this.result).scrollIntoView({ block: "nearest" });
  }

  async findIdFault() {
    if (!isId(this.id.value)) return this.words.id_hint;
    const entries = await this.listEntries();
    const isTaken = entries.some(({ kind, id, former_ids: former = [] }) => kind === this.kind.kind && [id, ...former].includes(this.id.value));
    return isTaken ? this.words.id_taken : "";
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

  showChange({ field: path, from, to, add, remove }) {
    const field = this.findField(path);
    const lines = [["add", add], ["remove", remove]].flatMap(([word, items]) => (items ?? []).map((item) => [word, this.showValue(field.item, item)]));
    if (!add && !remove) lines.push(...(this.isNew ? [] : [["before", this.showValue(field, from) || this.words.nothing]]), ["after", this.showValue(field, to) || this.words.nothing]);
    return [make("dt", { textContent: this.nameField(path) }), ...lines.map(([word, text]) => make("dd", { className: `pb-form__${word}` }, make("span", { textContent: `${this.words[`is_${word}`]} ` }), text))];
  }

  /** The fields on the way of a path, with the places in lists between them. */
  walk(path) {
    const found = [];
    let field = { fields: this.fields };
    for (let rest = path; rest && field;) {
      const [, item] = /^\[(\d+)\]/.exec(rest) ?? [];
      const inner = item === undefined ? field.fields?.find((one) => rest === one.path || rest.startsWith(`${one.path}.`) || rest.startsWith(`${one.path}[`)) : field.item;
      if (!inner) break;
      found.push([inner, item]);
      rest = rest.slice(item === undefined ? inner.path.length : item.length + 2).replace(/^\./, "");
      field = inner;
    }
    return found;
  }

  findField(path) {
    return this.walk(path).at(-1)?.[0] ?? { type: "plain" };
  }

  nameField(path) {
    return this.walk(path).map(([field, item]) => item === undefined ? field.title : Number(item) + 1).join(" › ") || path;
  }

  showValue(field, value) {
    if (value === undefined || value === null) return "";
    if (Array.isArray(value)) return value.map((item) => this.showValue(field.item ?? {}, item)).join("; ");
    if (isGroup(value)) return Object.entries(value).map(([name, inner]) => {
      const known = field.fields?.find(({ path }) => path === name) ?? {};
      return `${known.title ?? name}: ${this.showValue(known, inner)}`;
    }).join(", ");
    if (field.type === "reference") return this.names.get(keyOf(field, value)) ?? String(value);
    if (field.type === "boolean") return value ? this.words.yes : this.words.no;
    return field.labels?.find(([one]) => one === value)?.[1] ?? String(value);
  }
}

const tidyAll = (values) => Object.fromEntries(Object.entries(values).map(([path, value]) => [path, tidy(value)]));

/** What a hand or an older version has left on the device may be anything. */
function fitsType(field, value) {
  if (value === null || value === undefined) return true;
  if (field.type === "list") return Array.isArray(value) && value.every((item) => item !== null && fitsType(field.item, item));
  if (field.type === "object") return isGroup(value) && field.fields.every((inner) => fitsType(inner, value[inner.path]));
  return !isGroup(value) && !Array.isArray(value);
}

function download(name, text) {
  const href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10000);
}

start().catch((error) => {
  place.replaceChildren(make("p", { role: "alert", textContent: error.says || place.dataset.failed }));
  if (!error.message.startsWith("assets/")) throw error;
});
