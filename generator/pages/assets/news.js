// What is new to this reader: what the playbook says of changes that the last visit did not yet have.

import { isGroup, isText, listOf } from "./kept.js";

const VISIT = 4 * 60 * 60 * 1000; // milliseconds without a page after which the next page begins a new visit
const DAY = 24 * 60 * 60 * 1000;
const MOST_SHOWN = 80;
const MUCH = 3; // lines that are read at once
const MOST_KEPT = 1000;

const isNames = listOf(isText);
const isVisits = (value) => isGroup(value) && Number.isFinite(value.at) && Number.isFinite(value.before) && Number.isFinite(value.first) &&
  isNames(value.known) && isNames(value.now);

/** The visits of this reader: `first` is when the first one began, `before` when the last one ended (0: there was none), `known` what it had, `now` what this one began with. */
function readVisits(kept, now) {
  const visits = kept.read("visits", isVisits);
  return visits && visits.at <= now ? visits : null; // a clock that was wrong begins anew
}

export class News {
  constructor(kept, root, language) {
    Object.assign(this, { kept, root, language, changes: [] });
  }

  /** Note this page as part of a visit. The file of changes is asked for when a visit begins, and where a page shows them. */
  async begin(isShown) {
    const now = Date.now();
    const last = readVisits(this.kept, now);
    const isNew = !last || now - last.at > VISIT;
    if ((isNew && this.kept.works) || isShown) await this.fetch();
    const names = this.names.slice(0, MOST_KEPT);
    if (!last) this.visits = { first: now, at: now, before: 0, known: names, now: names };
    else if (isNew) this.visits = { ...last, at: now, before: last.at, known: last.now, now: names.length ? names : last.now };
    else this.visits = { ...last, at: now };
    this.kept.write("visits", this.visits);
    if (isNew || isShown) this.kept.write("fresh", this.fresh.length);
  }

  names = [];

  async fetch() {
    try {
      const { changes, versions } = await (await fetch(new URL("assets/changes.json", this.root))).json();
      this.changes = changes;
      this.names = [...changes.map(({ name }) => name), ...versions];
    } catch {
      this.changes = []; // without a network, nothing is known to be new
    }
  }

  isFresh(name) {
    return this.names.includes(name) && !this.visits.known.includes(name);
  }

  /** What changed since the last visit; wording alone is not worth a sign. */
  get fresh() {
    const known = new Set(this.visits.known);
    return this.changes.filter(({ name, rank }) => rank < 3 && !known.has(name));
  }

  /** How long ago a day was, in words. */
  ago(day) {
    const days = Math.round((Date.parse(new Date().toISOString().slice(0, 10)) - Date.parse(day)) / DAY);
    if (!(days >= 0 && days < 60)) return day;
    return new Intl.RelativeTimeFormat(this.language, { numeric: "auto" }).format(-days, "day");
  }
}

/** The signs at the bottom of a phone and on the pages. */
export function mark(news, words) {
  const count = news.kept.read("fresh", Number.isInteger);
  for (const way of count ? document.querySelectorAll("[data-way=news]") : []) {
    const sign = document.createElement("b");
    sign.className = "pb-count";
    sign.textContent = count;
    sign.title = words.news_count.replace("{n}", count);
    way.querySelector(".pb-count")?.remove();
    way.append(sign);
  }
  for (const time of document.querySelectorAll("[data-changed] time")) {
    time.title = time.dateTime;
    time.textContent = news.ago(time.dateTime);
  }
}

/** The page What's new: what this reader has not seen is marked, and stands first. */
export function show(news) {
  for (const item of document.querySelectorAll("[data-pb-item]")) {
    if (!news.isFresh(item.dataset.pbItem)) continue;
    item.classList.add("pb-new");
    const badge = item.querySelector(":scope > .pb-marks > [data-pb-badge], :scope > details > summary [data-pb-badge]");
    if (badge) badge.hidden = false;
  }
  const part = document.querySelector("[data-since]");
  if (part && news.changes.length) new Since(part, news).start();
}

function groupBy(things, keyOf) {
  const found = new Map();
  for (const one of things) found.set(keyOf(one), [...found.get(keyOf(one)) ?? [], one]);
  return found;
}

/** The changes entry by entry, each with all that is said of it. */
function gather(changes) {
  return [...groupBy(changes, (one) => `${one.rank} ${one.address ?? one.title}`).values()].map((own) => ({ ...own[0], lines: own.map(({ said }) => said) }));
}

/** So many of these, in their order: the first of each kind before the second of any, since ten of one kind say less than one of each. */
function spread(entries, many) {
  const turns = new Map();
  const turnOf = new Map();
  for (const one of entries) {
    turnOf.set(one, turns.get(one.kind) ?? 0);
    turns.set(one.kind, turnOf.get(one) + 1);
  }
  const chosen = new Set([...entries].sort((a, b) => turnOf.get(a) - turnOf.get(b)).slice(0, many));
  return entries.filter((one) => chosen.has(one));
}

class Since {
  constructor(part, news) {
    this.news = news;
    this.part = part;
    for (const name of ["day", "visit", "status", "list"]) this[name] = part.querySelector(`[data-since-${name}]`);
    this.acts = new Set([...document.querySelectorAll("[data-since-act]")].map((card) => card.dataset.sinceAct));
    this.ranks = this.list.dataset.ranks.split("|");
  }

  start() {
    const { before } = this.news.visits;
    this.day.max = new Date().toISOString().slice(0, 10);
    this.day.addEventListener("change", () => this.choose());
    this.visit.addEventListener("click", () => this.sinceVisit());
    this.part.hidden = false;
    for (const part of document.querySelectorAll("[data-days]")) part.hidden = true; // the same, without a day of choice
    if (before) this.sinceVisit();
    else this.choose();
  }

  sinceVisit() {
    this.day.value = new Date(this.news.visits.before).toISOString().slice(0, 10);
    this.visit.hidden = true;
    this.fill(this.news.fresh);
  }

  choose() {
    this.day.value ||= new Date(Date.now() - 30 * DAY).toISOString().slice(0, 10);
    this.visit.hidden = !this.news.visits.before;
    this.fill(this.news.changes.filter(({ day, rank }) => day >= this.day.value && rank < 3));
  }

  fill(changes) {
    const sorted = [...changes].sort((a, b) => a.rank - b.rank || b.day.localeCompare(a.day));
    const { none, some } = this.status.dataset;
    this.status.textContent = changes.length ? some.replace("{n}", changes.length) : none;
    const untold = sorted.filter(({ name }) => !this.acts.has(name)); // what must be acted upon stands above, whole
    const entries = gather(untold.slice(0, MOST_SHOWN));
    this.list.replaceChildren(...this.ranks.flatMap((title, rank) => this.makeGroup(title, entries.filter((one) => one.rank === rank), rank > 1 && entries.length > MUCH)));
  }

  /** What is told with one weight; what is only good to know is folded where there is much to read, and of much the most telling is shown. */
  makeGroup(title, entries, isFolded) {
    if (!entries.length) return [];
    const head = Object.assign(document.createElement("li"), { className: "pb-label", textContent: title });
    const first = isFolded ? [] : entries[0].rank && entries.length > MUCH + 1 ? spread(entries, MUCH) : entries;
    const rest = entries.filter((one) => !first.includes(one));
    const shown = first.map((one) => this.makeItem(one));
    if (!rest.length) return [head, ...shown];
    const says = first.length ? this.list.dataset.more.split("|").at(-1).replace("{n}", rest.length) : `${title} (${rest.length})`;
    return [...first.length ? [head] : [], ...shown, this.makeFold(says, rest)];
  }

  /** What is not shown at once, by kind. */
  makeFold(says, entries) {
    const [item, fold, list] = ["li", "details", "ul"].map((tag) => document.createElement(tag));
    list.className = "pb-since__list";
    fold.className = "pb-more";
    for (const [kind, own] of groupBy(entries, (one) => one.kind)) {
      if (kind) list.append(Object.assign(document.createElement("li"), { className: "pb-label", textContent: `${kind} (${own.length})` }));
      list.append(...own.map((one) => this.makeItem(one)));
    }
    fold.append(Object.assign(document.createElement("summary"), { textContent: says }), list);
    item.append(fold);
    return item;
  }

  /** An entry, with all that is said of it. */
  makeItem({ day, address, title, lines }) {
    const item = document.createElement("li");
    const name = document.createElement(address === null ? "strong" : "a");
    name.textContent = title;
    if (address !== null) name.href = new URL(address, this.news.root);
    const when = Object.assign(document.createElement("time"), { dateTime: day, textContent: this.news.ago(day) });
    const line = document.createElement("span");
    line.className = "pb-changes";
    for (const [at, said] of lines.entries()) {
      if (at) line.append("; ");
      for (const [text, sign] of said) {
        const part = { old: "del", new: "ins" }[sign];
        line.append(part ? Object.assign(document.createElement(part), { textContent: text }) : text.replaceAll(" -> ", " → "));
      }
    }
    item.append(name, " ", when, line);
    return item;
  }
}
