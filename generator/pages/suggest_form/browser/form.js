// A form for an entry, drawn from the schema: its fields, what is wrong with them, and what differs from what the entry says. Where that goes is for whoever extends it.

import { Kept, isGroup, isText } from "../kept.js";
import { HEADER, begin } from "./begin.js";
import { drawFields } from "./fields.js";
import { keyOf } from "./editors.js";
import { button, make, makeName } from "./parts.js";
import { isId, listFaults } from "./shape.js";
import { isSame, listBeginnings, listChanges, makeId, tidy } from "./values.js";

const root = new URL("../../", import.meta.url);

export const place = document.getElementById("pb-form");
export const fetchData = async (path) => {
  const answer = await fetch(new URL(path, root));
  if (!answer.ok) throw Object.assign(new Error(path), { isGone: answer.status === 404 });
  return answer.json();
};
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** The form that the address asks for: of an entry to change or to retire, or of a new one of a kind; else the kinds to choose from. */
export async function start(Kind) {
  const asked = new URLSearchParams(location.search);
  const key = asked.get("entry") ?? asked.get("retire");
  const [kindName, id] = asked.get("new") ? [asked.get("new")] : (key ?? "").split("/");
  const form = await fetchData("assets/suggest/form.json");
  if (!Object.hasOwn(form.kinds, kindName) || (key && !isId(id ?? "") && kindName !== HEADER)) return begin(form, place, () => fetchData("entries.json").then(({ entries }) => entries));
  const [kind, entry] = await Promise.all([
    fetchData(`assets/suggest/kinds/${kindName}.json`),
    key ? fetchEntry(key, form.parts?.[kindName]).catch((error) => { throw Object.assign(error, { says: error.isGone && form.words.gone }); }) : { values: {}, locked: [], shortened: [], names: {} },
  ]);
  const made = new Kind(form, { ...form.kinds[kindName], ...kind }, entry, asked.has("retire"));
  await made.prepare();
  made.show();
  return made;
}

/** What the form is given of an entry. A site has several in one file, of which the first ids are known; else each has a file of its own. */
async function fetchEntry(key, parts) {
  if (!parts) return fetchData(`assets/suggest/entries/${key}.json`);
  const [kind, id] = key.split("/");
  const entries = await fetchData(`assets/suggest/entries/${kind}-${parts.findLastIndex((first) => first <= id)}.json`);
  if (!Object.hasOwn(entries, id)) throw Object.assign(new Error(key), { isGone: true });
  return entries[id];
}

export class Form {
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

  /** What must be known before anything is typed: the form is drawn once, and what stands in it stays. */
  async prepare() {}

  show() {
    const { words, entry, kind } = this;
    const title = this.isNew ? fill(words.title_new, { kind: kind.title }) : fill(this.isRetired ? words.title_retire : words.title_entry, { title: entry.title });
    document.querySelector("article h1").firstChild.textContent = title;
    const back = new URL(entry.address ?? kind.address, root).href;
    this.status = make("p", { className: "pb-form__said", role: "status" });
    this.faults = make("div", { className: "pb-form__faults", role: "alert" });
    this.body = make("div", {});
    this.element = make("form", { className: "pb-form", noValidate: true, "aria-label": title },
      make("p", { className: "pb-form__leave" }, make("a", { href: back, textContent: words.back }), " ", ...(this.isNew || this.isRetired ? [] : [make("a", { href: `?retire=${entry.entry}`, textContent: words.retire }), " "]), this.again = button(words.discard, () => this.forget(), { hidden: true })),
      this.status, this.body, this.faults, ...this.drawEnd());
    this.element.addEventListener("input", () => this.keep());
    this.element.addEventListener("change", (event) => {
      this.keep();
      this.checkAgain(event);
    });
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.check();
    });
    place.replaceChildren(this.element);
    this.draw(this.readDraft());
  }

  /** What stands below the fields and what is wrong with them. */
  drawEnd() {
    return [];
  }

  /** What else is asked, besides the fields. */
  drawAbout() {
    return [];
  }

  /** What was typed before, as `keep` has it. */
  readDraft() {
    return this.kept.read(this.draftName, isGroup);
  }

  draw(draft) {
    const { words, entry } = this;
    const begun = isGroup(draft?.values) ? draft.values : {};
    const values = { ...entry.values };
    this.before = { ...entry.values };
    if (this.isRetired) values[this.retiring[0]] = this.retiring[1];
    const stale = [];
    for (const field of this.fields) {
      const one = begun[field.path];
      if (!isGroup(one) || entry.locked.includes(field.path) || !fitsType(field, one.to)) continue;
      if (!isSame(one.from, entry.values[field.path])) stale.push([field, one]);
      values[field.path] = one.to;
    }
    this.drawn = drawFields(this.fields, values, this.makeContext());
    this.body.replaceChildren(
      this.drawn.element,
      ...(this.isNew ? [this.drawId(isText(draft?.id) ? draft.id : "")] : []),
      ...this.drawAbout(draft));
    this.status.textContent = !this.kept.works ? words.not_kept : Object.keys(begun).length ? words.draft : "";
    this.again.hidden = !Object.keys(begun).length;
    this.faults.replaceChildren();
    for (const [field, one] of stale) this.meet(field, one);
  }

  /** A field that the entry says otherwise by now than when it was typed into. */
  meet(field) {
    const { words, entry } = this;
    this.drawn.locate(field.path)?.mark(fill(words.changed_meanwhile, { value: this.showValue(field, entry.values[field.path]) || words.nothing }));
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
      if (!isSame(now[path], this.before[path])) values[path] = { from: tidy(this.before[path]) ?? null, to: tidy(now[path]) ?? null };
    }
    const draft = { values, ...(this.id?.dataset.own && { id: this.id.value }), ...this.readAbout() };
    this.kept.write(this.draftName, draft);
    return draft;
  }

  /** What was answered besides the fields. */
  readAbout() {
    return {};
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

  /** The changes of an edit note. */
  listChanges() {
    const values = tidyAll(this.drawn.read());
    return this.isNew ? listBeginnings(this.fields, values) : listChanges(this.fields, this.before, values, this.entry.shortened);
  }

  /** What the form is for, when it is sent off. */
  check() {}

  async findIdFault() {
    if (!isId(this.id.value)) return this.words.id_hint;
    const entries = await this.listEntries();
    const isTaken = entries.some(({ kind, id, former_ids: former = [] }) => kind === this.kind.kind && [id, ...former].includes(this.id.value));
    return isTaken ? this.words.id_taken : "";
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

