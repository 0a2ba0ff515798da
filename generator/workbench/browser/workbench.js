// The strategy on this machine, edited in the form of the site: each change is looked at by the program at once, and written only when somebody says so.

import { Form, fetchData, fill, place, start } from "../suggest/form.js";
import { makeNote } from "../suggest/note.js";
import { make } from "../suggest/parts.js";
import { ask, carry, pageAddress, send } from "./server.js";
import { Side } from "./side.js";
import { showStart } from "./start.js";

const PAUSE = 250; // milliseconds after the last letter
const NOT_HERE = { works: true, read: () => null, write: () => true, remove: () => {} }; // a server keeps it, for its person alone: the next one at this device may be another

class Entry extends Form {
  constructor(form, kind, entry, isRetired) {
    super(form, kind, entry, isRetired);
    if (!form.is_own) this.kept = NOT_HERE;
    const n = new URLSearchParams(location.search).get("n") ?? 1;
    this.entryName = entry.entry ?? `new ${kind.kind} ${n}`;
    this.draftName = `suggest:${this.entryName}`;
  }

  drawEnd() {
    const { words } = this;
    this.page = make("iframe", { className: "pb-bench__page", title: words.page, sandbox: "allow-same-origin", hidden: true });
    this.pageSaid = make("p", { className: "pb-form__said", role: "status" });
    this.pageFold = make("details", { className: "pb-more pb-bench__fold" }, make("summary", { textContent: words.page }), this.pageSaid, this.page);
    this.pageFold.addEventListener("toggle", () => this.showPage());
    return [this.pageFold];
  }

  async prepare() {
    this.state = await ask(`state?entry=${encodeURIComponent(this.entryName)}`);
    // what was typed before the program was begun anew is still on this device
    this.begun = this.state.draft ?? this.kept.read(this.draftName, (one) => typeof one === "object" && one !== null);
  }

  readDraft() {
    return this.begun ?? null;
  }

  /** What somebody else has changed since stays unsettled, until a button says whose it shall be. */
  meet(field, one) {
    this.before[field.path] = one.from ?? undefined;
  }

  keep() {
    this.draft = super.keep();
    this.again.hidden = !Object.keys(this.draft.values).length;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.tell(), PAUSE);
  }

  checkAgain() {} // the program says what is wrong, in the words of the check

  /** What the program is told of this form; without a note where nothing differs. */
  describe() {
    const changes = this.listChanges();
    const id = this.id?.value || (this.form.is_own ? "" : this.entryName.replace(/[^a-z0-9]+/g, "-")); // where nothing is kept here, it is kept there without a name, too
    const key = this.isNew ? `${this.kind.kind}/${id}` : this.entryName;
    const isNamed = !this.isNew || id;
    const note = changes.length && isNamed ? makeNote({ base: this.form.base, entry: key, isNew: this.isNew, changes, why: "", by: "" }) : null;
    return { entry: this.entryName, note, draft: this.draft };
  }

  async tell() {
    clearTimeout(this.waiting);
    this.waiting = null;
    const mine = this.asked = {};
    const state = await send("edit", this.describe()).catch(() => null);
    if (this.asked === mine && !this.waiting) this.told(state);
  }

  told(state) {
    if (!state) return side.tell(this.words.gone_program);
    side.tell(state.failed);
    this.showState(state);
    return state;
  }

  showState(state) {
    side.show(state, this);
    this.mark(state.own);
    this.showPage();
    this.askCheck();
  }

  /** What the whole check says of it, as long as nothing else was typed meanwhile. */
  async askCheck() {
    const mine = this.checking = {};
    let found = {};
    while (this.checking === mine && !found.own) found = await ask(`check?entry=${encodeURIComponent(this.entryName)}`).catch(() => ({ own: [], brought: [] }));
    if (this.checking !== mine || this.waiting) return;
    side.showChecked(found, this);
    this.mark(found.own);
  }

  /** Problems of one field stand together; what is missing is said where it is to be written. */
  mark(problems) {
    const texts = new Map();
    const needed = problems.some(({ field }) => !this.walk(field).length) ? this.findFaults().filter(({ word }) => word === "fault_required") : [];
    for (const fault of needed) texts.set(fault.path, [super.say(fault)]);
    for (const { field, short } of problems) texts.set(field, [...(texts.get(field) ?? []), short]);
    super.mark([...texts].map(([path, lines]) => ({ path, text: lines.join("\n") })));
  }

  say({ text }) {
    return text;
  }

  async showPage() {
    if (!this.pageFold.open) return;
    const { page, is_for_sellers: isForSellers } = await ask(`preview?entry=${encodeURIComponent(this.entryName)}`).catch(() => ({}));
    const shown = JSON.stringify([page, this.draft?.values]);
    if (shown === this.shown) return;
    this.shown = shown;
    this.page.hidden = page === undefined;
    this.pageSaid.textContent = page === undefined ? this.words.page_none : isForSellers ? "" : this.words.page_narrow;
    if (page === undefined) return;
    const place = this.page.contentDocument?.scrollingElement?.scrollTop ?? 0; // no document where it could not be loaded
    this.page.addEventListener("load", () => {
      const scrolls = this.page.contentDocument?.scrollingElement;
      if (scrolls && !page.includes("#")) scrolls.scrollTop = place;
    }, { once: true });
    this.page.src = pageAddress(page);
  }

  /** Whose value a field shall have that somebody else has changed meanwhile. */
  async settle(path, isMine) {
    const top = this.fields.find((one) => path === one.path || path.startsWith(`${one.path}.`) || path.startsWith(`${one.path}[`))?.path;
    const draft = structuredClone(this.draft ?? this.begun);
    this.entry = await fetchData(`assets/suggest/entries/${this.entryName}.json`);
    if (isMine) draft.values[top].from = this.entry.values[top] ?? null;
    else delete draft.values[top];
    this.draw(draft);
    this.keep();
  }

  forget() {
    super.forget();
    this.keep();
  }

  /** The entry as its file has it by now, with what waits of it. */
  async refresh(draft) {
    if (!this.isNew) this.entry = await fetchData(`assets/suggest/entries/${this.entryName}.json`);
    this.draft = draft;
    this.draw(draft);
    if (draft) this.kept.write(this.draftName, draft);
    else this.kept.remove(this.draftName);
  }
}

let side = null;
let open = null;

async function act(what, data = {}) {
  const words = side.words;
  if (open?.waiting) await open.tell();
  side.tell(words.working);
  const state = await send(what, { ...data, entry: open?.entryName ?? "" }).catch(() => null);
  if (!state) return side.tell(words.gone_program);
  const { done, proposed, undone, failed } = state;
  for (const entry of (done?.saved && done.edits) || (proposed?.branch && proposed.edits) || []) open?.kept.remove(`suggest:${entry}`);
  if (done?.saved && open?.isNew && done.edits.includes(open.entryName)) return location.assign("./");
  if (open && !failed && (undone || done?.saved || proposed?.branch)) await open.refresh(state.draft);
  if (open) open.showState(state);
  else side.show(state);
  const refusal = pickRefusal(done ?? proposed);
  if (refusal) {
    if (open) open.checking = null; // why it was refused stays to be read
    side.showChecked(refusal, open);
  }
  if (proposed?.branch) side.why.value = "";
  return side.tell(failed, ...tellDone(words, done, undone), ...tellProposed(words, proposed));
}

/** Why nothing was written stands where it is mended. */
function pickRefusal(done) {
  const names = ["in_the_way", "brought"].filter((name) => done?.[name]);
  return names.length ? Object.fromEntries(names.map((name) => [name, done[name]])) : null;
}

function tellDone(words, done, undone) {
  if (undone?.changed) return [fill(words.not_undone, { files: undone.changed.join(", ") })];
  if (!done) return [];
  if (done.saved) return [done.saved.length ? fill(words.saved, { files: done.saved.join(", ") }) : words.no_changes];
  return [done.in_the_way ? words.not_saved_changed : words.not_saved_unsound];
}

function tellProposed(words, proposed) {
  if (!proposed) return [];
  if (proposed.refused) return [proposed.refused];
  const said = fill(words[`proposed_${proposed.says}`], { branch: proposed.branch, why: proposed.why ?? "" });
  if (!proposed.page) return [said];
  return [said, make("p", {}, make("a", { className: "pb-act pb-bench__main", href: proposed.page, target: "_blank", rel: "noopener noreferrer", textContent: words.open_page }))];
}

async function begin() {
  const asked = new URLSearchParams(location.search);
  const isForm = ["entry", "retire", "new"].some((name) => asked.has(name));
  const form = await fetchData("assets/suggest/form.json");
  carry(form.token);
  if (form.person) document.querySelector(".pb-bench__head").append(make("span", { textContent: form.person })); // at a device that several share
  side = new Side(document.getElementById("pb-bench"), form, act);
  ask("obstacle").then(({ obstacle }) => { side.obstacle.textContent = obstacle; }, () => {});
  if (!isForm) {
    const state = await ask("state");
    side.show(state);
    return showStart(form, state);
  }
  open = await start(Entry);
  if (!open) return null;
  if (!form.is_own) addEventListener("pagehide", () => open.waiting && send("edit", open.describe(), true).catch(() => {}));
  const { state, begun } = open;
  if (state.draft) open.draft = begun;
  if (begun === state.draft && !open.isRetired) open.showState(state);
  else open.keep();
  return open;
}

begin().catch((error) => {
  place.replaceChildren(make("p", { role: "alert", textContent: error.says || place.dataset.failed }));
  if (error.name === "TypeError" && !error.message.includes("fetch")) throw error;
});
