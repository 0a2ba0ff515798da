// Makes of ranked entries what the dialog shows: the best ones, then all by kind, each with the passage that answers.

import { isUnspaced, OPEN_JOINT, patternFor } from "./finder-terms.js";

const BEST = 3; // answers above all groups, whatever their kind
const PER_GROUP = 4; // answers of a group that are shown before somebody asks for all
const MOST = 60; // answers of one kind, when it alone is shown
const NEAREST = 4; // what is shown of a kind where nothing of it is found
const MOST_NEAREST = 5; // words that are named where nothing is found
const LENGTH = 170; // characters of a passage

/** What to show for a query, by and by: the best where it takes more files to show the others, then all. `kind` is the key of the only
    kind wanted, or empty. */
export async function* composeAnswers(engine, query, kind) {
  const hits = await engine.search(query);
  const counts = new Map();
  for (const hit of hits) counts.set(hit.kind, (counts.get(hit.kind) ?? 0) + 1);
  const groups = kind ? [only(hits, kind)] : grouped(hits, engine.data.words.best);
  const answer = {
    total: kind ? (counts.get(engine.data.kinds.find((one) => one.key === kind)) ?? 0) : hits.length,
    nearest: hits.length ? [] : await listNearest(engine, query),
    isCut: hits.some((hit) => hit.isCut),
    kinds: [...counts].map(([{ key, plural }, count]) => ({ key, plural, count })),
  };
  const show = (some) => Promise.all(some.map(async (group) => ({ ...group, hits: await describe(group.hits, engine) })));
  if (engine.data.parts && groups.length > 1) yield { ...answer, hasMore: true, groups: await show(groups.slice(0, 1)) };
  yield { ...answer, hasMore: false, groups: await show(groups) };
}

/** Words that the playbook has and that come nearest to those of a query that finds nothing, as its titles write them. */
async function listNearest(engine, query) {
  const hits = (await engine.search(query, true)).slice(0, MOST_NEAREST * 2);
  const entries = await engine.store.load(hits.map((hit) => hit.number));
  const words = entries.flatMap(({ title, names }, at) => {
    const marker = new Marker(hits[at].terms, engine.terms);
    return [title, ...names].flatMap((text) => marker.find(text).map(({ index, length }) => text.slice(index, index + length).toLowerCase()));
  });
  return [...new Set(words)].slice(0, MOST_NEAREST);
}

/** What a list of one kind shows for a query: the ids of what the dialog would find, best first, each with the names that hold most of
    what was looked for. Where nothing is found, `found` is false, and the few that come nearest are given. */
export async function composeList(engine, query, kind) {
  const ofKind = (hits) => hits.filter((hit) => hit.kind.key === kind);
  let hits = ofKind(await engine.search(query));
  const found = hits.length > 0;
  if (!found) hits = ofKind(await engine.search(query, true)).slice(0, NEAREST);
  const entries = await engine.store.load(hits.map((hit) => hit.number));
  return {
    found,
    hits: entries.map(({ id, names }, at) => {
      const marker = new Marker(hits[at].terms, engine.terms);
      const counts = names.map((name) => new Set(marker.find(name).flatMap(({ terms }) => terms)).size);
      const most = Math.max(1, ...counts);
      return { id, names: names.filter((_, number) => counts[number] === most) };
    }),
  };
}

function only(hits, kind) {
  const found = hits.filter((hit) => hit.kind.key === kind);
  return { title: found[0]?.kind.plural ?? "", total: found.length, hits: found.slice(0, MOST) };
}

function grouped(hits, best) {
  const groups = new Map();
  for (const hit of hits.slice(BEST)) {
    const { key, plural } = hit.kind;
    if (!groups.has(key)) groups.set(key, { key, title: plural, total: 0, hits: [] });
    const group = groups.get(key);
    group.total += 1;
    if (group.hits.length < PER_GROUP) group.hits.push(hit);
  }
  const first = { title: best, mixed: true, total: Math.min(hits.length, BEST), hits: hits.slice(0, BEST) };
  return [first, ...groups.values()].filter((group) => group.hits.length);
}

async function describe(hits, { data, store, terms: language }) {
  const entries = await store.load(hits.map((hit) => hit.number));
  return entries.map((entry, at) => {
    const marker = new Marker(hits[at].terms, language);
    return {
      address: entry.kind.address.replace("{id}", entry.id).replace(/(^|\/)(?=#|$)/, `$1${data.index}`),
      kind: entry.kind.title,
      title: marker.mark(entry.title),
      passage: marker.mark(choosePassage(entry, marker)),
      by: [...hits[at].by].slice(0, 2),
      state: data.states[entry.state],
      look: data.looks[entry.state],
      owner: entry.owner,
    };
  });
}

const wordsFor = patternFor((letters) => new RegExp(`[${letters}°][${letters}'’+#]*`, "gu"));
const letterFor = patternFor((letters) => new RegExp(`[${letters}]`, "u"));
const JOINTS = new Set("-‐._&");

/** Finds in a text the words by which an entry was found. */
class Marker {
  constructor(terms, language) {
    this.terms = new Set([...terms].flatMap((term) => term.split(OPEN_JOINT)));
    this.language = language;
  }

  /** Where words stand that were looked for: `{index, length, terms}`. */
  find(text) {
    const found = [];
    for (const { 0: word, index } of text.matchAll(wordsFor(text))) {
      if (isUnspaced(word)) {
        found.push(...this.findWithin(word, index));
        continue;
      }
      let terms = this.language.termsOf(word).filter((term) => this.terms.has(term));
      if (!terms.length && (JOINTS.has(text[index - 1]) || JOINTS.has(text[index + word.length]))) terms = this.findJoined(text, word, index);
      if (terms.length) found.push({ index, length: word.length, terms });
    }
    return found;
  }

  /** The terms of what a word is joined to, where it is known with it: `board-mill`. */
  findJoined(text, word, index) {
    const letter = letterFor(text);
    const stretch = (from, step) => {
      let at = from + step;
      while (letter.test(text[at] ?? "")) at += step;
      return JOINTS.has(text[from]) && at !== from + step ? at : from;
    };
    const end = index + word.length;
    const whole = text.slice(stretch(index - 1, -1) + 1, stretch(end, 1));
    if (whole === word) return [];
    return this.language.termsOf(whole).filter((term) => this.terms.has(term) && term.length > word.length);
  }

  /** Pairs of letters in a run without spaces. */
  findWithin(run, start) {
    return [...this.terms].flatMap((term) => {
      const at = isUnspaced(term) ? run.indexOf(term) : -1;
      return at < 0 ? [] : [{ index: start + at, length: term.length, terms: [term] }];
    }).sort((a, b) => a.index - b.index);
  }

  /** A text in pieces: `[words, matched]`. The dialog shows them as text, whatever they hold. */
  mark(text) {
    const pieces = [];
    let last = 0;
    for (const { index, length } of this.find(text)) {
      const start = Math.max(last, index);
      const isNext = start === last && pieces.length && pieces.at(-1)[1];
      if (isNext) pieces.at(-1)[0] += text.slice(start, index + length);
      else pieces.push([text.slice(last, start), false], [text.slice(start, index + length), true]);
      last = Math.max(last, index + length);
    }
    pieces.push([text.slice(last), false]);
    return pieces.filter(([words]) => words);
  }
}

/** The text that shows most of what was looked for and the title does not have: the short one where others show no more. */
function choosePassage(entry, marker) {
  const termsIn = (text) => new Set(marker.find(text).flatMap(({ terms }) => terms));
  const inTitle = termsIn(entry.title);
  const worth = (text) => [...termsIn(text)].filter((term) => !inTitle.has(term)).length;
  let best = entry.short;
  let most = worth(best);
  for (const text of [...entry.names, ...entry.text.split(/\n|(?<=[.!?])\s+/)]) {
    if (most >= marker.terms.size - inTitle.size) break;
    const found = worth(text);
    if (found > most) [best, most] = [text, found];
  }
  return cut(best, marker);
}

/** A passage that is not too long, beginning a little before the first match. */
function cut(text, marker) {
  if (text.length <= LENGTH) return text;
  const [first] = marker.find(text);
  let start = Math.max(0, Math.min((first?.index ?? 0) - 50, text.length - LENGTH));
  if (start) start = text.indexOf(" ", start) + 1;
  const end = start + LENGTH < text.length ? text.lastIndexOf(" ", start + LENGTH) : text.length;
  return (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
}
