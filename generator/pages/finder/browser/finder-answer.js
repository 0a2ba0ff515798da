// Makes of ranked entries what the dialog shows: the best ones, then all by kind, each with the passage that answers.

import { fold } from "./finder-terms.js";

const BEST = 3; // answers above all groups, whatever their kind
const PER_GROUP = 4; // answers of a group that are shown before somebody asks for all
const MOST = 60; // answers of one kind, when it alone is shown
const LENGTH = 170; // characters of a passage

/** What to show for a query: `kind` is the key of the only kind wanted, or empty. */
export async function composeAnswer(engine, query, kind) {
  const hits = await engine.search(query);
  const counts = new Map();
  for (const hit of hits) counts.set(hit.kind, (counts.get(hit.kind) ?? 0) + 1);
  const groups = kind ? [only(hits, kind)] : grouped(hits, engine.data.words.best);
  return {
    total: kind ? (counts.get(engine.data.kinds.find((one) => one.key === kind)) ?? 0) : hits.length,
    isCut: hits.some((hit) => hit.isCut),
    kinds: [...counts].map(([{ key, plural }, count]) => ({ key, plural, count })),
    groups: await Promise.all(groups.map(async (group) => ({ ...group, hits: await describe(group.hits, engine) }))),
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
  const stem = (word) => language.stem(word);
  return entries.map((entry, at) => {
    const { terms } = hits[at];
    return {
      address: entry.kind.address.replace("{id}", entry.id),
      kind: entry.kind.title,
      title: mark(entry.title, terms, stem),
      passage: mark(choosePassage(entry, terms, stem), terms, stem),
      state: data.states[entry.state],
      look: data.looks[entry.state],
      owner: entry.owner,
    };
  });
}

/** The text that shows most of what was looked for and the title does not have: the short one where others show no more. */
function choosePassage(entry, terms, stem) {
  const inTitle = new Set(matches(entry.title, terms, stem));
  const worth = (text) => new Set(matches(text, terms, stem).filter((term) => !inTitle.has(term))).size;
  let best = entry.short;
  let most = worth(best);
  for (const text of [...entry.names, ...entry.text.split(/\n|(?<=[.!?])\s+/)]) {
    if (most >= terms.size - inTitle.size) break;
    const found = worth(text);
    if (found > most) [best, most] = [text, found];
  }
  return cut(best, terms, stem);
}

function matches(text, terms, stem) {
  return words(text).map(([word]) => stem(fold(word))).filter((term) => terms.has(term));
}

function words(text) {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)];
}

/** A passage that is not too long, beginning a little before the first match. */
function cut(text, terms, stem) {
  if (text.length <= LENGTH) return text;
  const first = words(text).find(([word]) => terms.has(stem(fold(word))));
  let start = Math.max(0, Math.min((first?.index ?? 0) - 50, text.length - LENGTH));
  if (start) start = text.indexOf(" ", start) + 1;
  const end = start + LENGTH < text.length ? text.lastIndexOf(" ", start + LENGTH) : text.length;
  return (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
}

/** A text in pieces: `[words, matched]`. The dialog shows them as text, whatever they hold. */
function mark(text, terms, stem) {
  const pieces = [];
  let last = 0;
  for (const match of words(text)) {
    if (!terms.has(stem(fold(match[0])))) continue;
    pieces.push([text.slice(last, match.index), false], [match[0], true]);
    last = match.index + match[0].length;
  }
  pieces.push([text.slice(last), false]);
  return pieces.filter(([words]) => words);
}
