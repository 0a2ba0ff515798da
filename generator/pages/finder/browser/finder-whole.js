// The index of a playbook that is sent as a whole: one file with what the first answer needs, one with all other words.

import MiniSearch from "./minisearch.js";
import { split } from "./finder-terms.js";

const MOST_NAMES = 12; // other names of a thing that are looked for beside the one that was typed
const CHUNK = 200; // texts taken in at a time, so that a query need not wait for all of them

export class Whole {
  constructor(data, terms) {
    this.data = data;
    this.terms = terms;
    this.most = Infinity; // of the best, by their words, so many are looked at by their names: all
    this.vocabulary = new Set();
    this.entries = data.entries.map(([kind, id, title, short, names, tags, state, owner], number) => ({
      number, kind: data.kinds[kind], id, title, short, names, tags, state, owner: data.owners[owner], text: "",
    }));
    this.first = this.makeIndex(data.weights.first);
    this.first.addAll(this.entries.map((entry) => ({ ...entry, names: entry.names.join(" . "), tags: entry.tags.join(" . ") })));
    this.later = this.makeIndex(data.weights.later);
    this.names = this.gatherNames();
  }

  makeIndex(weights) {
    return new MiniSearch({
      idField: "number",
      fields: Object.keys(weights),
      tokenize: split,
      processTerm: (word) => {
        const term = this.terms.stem(word);
        this.vocabulary.add(term);
        return term;
      },
      // What is looked for has been brought to its terms already.
      searchOptions: {
        boost: weights, tokenize: (term) => [term], processTerm: (term) => term, bm25: this.data.bm25, weights: this.data.like,
      },
    });
  }

  /** Take in the texts, a chunk at a time. */
  async addTexts(texts) {
    for (let start = 0; start < texts.length; start += CHUNK) {
      const chunk = texts.slice(start, start + CHUNK).map(([text, near], offset) => {
        const entry = this.entries[start + offset];
        entry.text = text;
        const { number, short, kind } = entry;
        const titles = near.map((other) => this.entries[other].title);
        return { number, short, kind: `${kind.title} ${kind.plural}`, text, near: titles.join(" . ") };
      });
      this.later.addAll(chunk);
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  /** For every name of a thing that has others (a competitor, a word we use), by its first term: the name, and the others. */
  gatherNames() {
    const names = new Map();
    for (const entry of this.entries) {
      if (!this.data.named.includes(entry.kind.key)) continue;
      const keys = this.terms.namesOf(entry);
      for (const key of keys) {
        const [first] = key.split(" ");
        if (!names.has(first)) names.set(first, new Map());
        const others = names.get(first).get(key) ?? new Set();
        for (const other of keys) if (other !== key && others.size < MOST_NAMES) others.add(other);
        names.get(first).set(key, others);
      }
    }
    return names;
  }

  has(term) {
    return this.vocabulary.has(term);
  }

  /** What has a term, or with `options` one like it: `{id, score, terms}`. */
  async find(term, options) {
    return [this.first, this.later].flatMap((index) => index.search(term, options));
  }

  /** What has all of these terms. */
  async findAll(terms) {
    return [this.first, this.later].flatMap((index) => index.search({ combineWith: "AND", queries: terms }));
  }

  /** Names that begin with a term, and the other names of the same thing. */
  async namesFrom(term) {
    return this.names.get(term) ?? new Map();
  }

  /** Nothing: all names are looked at. */
  async called() {
    return [];
  }

  kindOf(number) {
    return this.entries[number].kind;
  }

  /** The entries of these numbers, with all that is known of them. */
  async load(numbers) {
    return numbers.map((number) => this.entries[number]);
  }
}
