// The index of a playbook that is sent as a whole: one file with what the first answer needs, one with all other words.

import { Vocabulary } from "./finder-forms.js";

const MOST_NAMES = 12; // other names of a thing that are looked for beside the one that was typed
const MOST_NAMED = 200; // of the best, by their words, those that are looked at by their names
const CHUNK = 200; // texts taken in at a time, so that a query need not wait for all of them
const BETWEEN = " . ";
const NAMING = new Set(["title", "names", "id"]); // fields that say what a thing is called

/** One field of all entries: which of them have a term in it, and how often. What a term weighs: BM25+, as sharded_index.py has it. */
class Column {
  constructor(scale, { k, b, d }) {
    Object.assign(this, { scale, k, b, d, found: new Map(), lengths: [], sum: 0 });
  }

  add(number, text, terms) {
    let length = 0;
    for (const term of terms.termsIn(text)) {
      const list = this.found.get(term);
      if (!list) this.found.set(term, [number, 1]);
      else if (list[list.length - 2] === number) {
        list[list.length - 1] += 1;
        continue;
      } else list.push(number, 1);
      length += 1;
    }
    this.lengths[number] = length;
    this.sum += length;
  }

  weigh(term, weights) {
    const list = this.found.get(term) ?? [];
    const mean = this.sum / Math.max(1, this.lengths.length) || 1;
    for (let at = 0; at < list.length; at += 2) {
      const [number, count] = [list[at], list[at + 1]];
      const norm = this.k * (1 - this.b + (this.b * this.lengths[number]) / mean);
      const weight = this.scale * (this.d + (count * (this.k + 1)) / (count + norm));
      weights.set(number, (weights.get(number) ?? 0) + weight);
    }
  }
}

export class Whole {
  constructor(data, terms) {
    this.data = data;
    this.terms = terms;
    this.names = new Map();
    this.most = MOST_NAMED;
    this.entries = data.entries.map(([kind, id, title, short, names, tags, state, owner], number) => ({
      number, kind: data.kinds[kind], id, title, short, names, tags, state, owner: data.owners[owner], text: "",
    }));
    this.size = this.entries.length;
    const { first, later } = data.weights;
    this.columns = Object.entries({ ...first, ...later }).map(([name, scale]) => [name, new Column(scale, data.bm25)]);
    for (const { number, title, id, names, tags } of this.entries) {
      this.takeIn(number, { title, id: id.replaceAll("-", " "), names: names.join(BETWEEN), tags: tags.join(BETWEEN) });
    }
    this.renew();
  }

  takeIn(number, texts) {
    for (const [name, column] of this.columns) if (name in texts) column.add(number, texts[name], this.terms);
  }

  /** Put the terms in order anew, since there are more of them. */
  renew() {
    const all = new Set();
    for (const [, column] of this.columns) for (const term of column.found.keys()) all.add(term);
    this.vocabulary = new Vocabulary([...all].sort());
    this.weighed = new Map();
  }

  /** Take in the texts, a chunk at a time. */
  async addTexts(texts) {
    for (let start = 0; start < texts.length; start += CHUNK) {
      texts.slice(start, start + CHUNK).forEach(([text, near], offset) => {
        const entry = this.entries[start + offset];
        entry.text = text;
        const { number, short, kind } = entry;
        const titles = near.map((other) => this.entries[other].title).join(BETWEEN);
        this.takeIn(number, { short, kind: `${kind.title} ${kind.plural}`, text, near: titles });
      });
      this.weighed = new Map();
      await new Promise((resolve) => setTimeout(resolve));
    }
    this.renew();
  }

  /** What a term weighs in each entry that has it, how many have it, and whether these are only the weightiest. */
  async postings(term) {
    let weights = this.weighed.get(term);
    if (!weights) {
      weights = new Map();
      for (const [, column] of this.columns) column.weigh(term, weights);
      this.weighed.set(term, weights);
    }
    return { weights, count: weights.size, isCut: false };
  }

  /** Names that begin with a term, of things that have others (a competitor, a word we use), and these others. */
  async namesFrom(term) {
    let names = this.names.get(term);
    if (!names) this.names.set(term, (names = this.gatherNames(term)));
    return names;
  }

  gatherNames(term) {
    const names = new Map();
    for (const entry of this.calledBy(term)) {
      const { keys } = this.terms.namesOf(entry);
      for (const key of keys) {
        if (key.split(" ")[0] !== term) continue;
        const others = names.get(key) ?? new Set();
        for (const other of keys) if (other !== key && others.size < MOST_NAMES) others.add(other);
        if (others.size) names.set(key, others);
      }
    }
    return names;
  }

  /** Things that have a term in one of their names, where these stand for one another. */
  calledBy(term) {
    const numbers = new Set();
    for (const [name, column] of this.columns) {
      if (!NAMING.has(name)) continue;
      (column.found.get(term) ?? []).forEach((number, at) => { if (at % 2 === 0) numbers.add(number); });
    }
    const entries = [...numbers].sort((a, b) => a - b).map((number) => this.entries[number]);
    return entries.filter(({ kind }) => this.data.named.includes(kind.key));
  }

  /** Nothing: what is called so is among the best by its words. */
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
