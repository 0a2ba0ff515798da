// The index of a playbook that is sent as a whole: one file with what the first answer needs, one with all other words.

import { Vocabulary } from "./finder-forms.js";

const MOST_NAMES = 12; // other names of a thing that are looked for beside the one that was typed
const MOST_NAMED = 200; // of the best, by their words, those that are looked at by their names
const CHUNK = 200; // texts taken in at a time, so that a query need not wait for all of them
const BETWEEN = " . ";
const NAMING = new Set(["title", "names", "id"]); // fields that say what a thing is called

/** One field of all entries: which of them have a term in it, and how often. What a term weighs: BM25+, as sharded_index.py has it. Terms
    are numbers here, and what is known of them stands in plain rows of numbers, which are soon filled and put in order. */
class Column {
  constructor(scale, { k, b, d }) {
    Object.assign(this, { scale, k, b, d, terms: [], ends: [], starts: null });
  }

  /** Take in the text of the next entry. */
  add(text, terms) {
    terms.addNumbers(text, this.terms);
    this.ends.push(this.terms.length);
    this.starts = null;
  }

  /** Put the entries in order by term: those of a term begin at its start, each as often as it has it. */
  sort() {
    let most = -1;
    for (const term of this.terms) if (term > most) most = term;
    const starts = new Uint32Array(most + 2);
    for (const term of this.terms) starts[term + 1] += 1;
    for (let term = 0; term <= most; term += 1) starts[term + 1] += starts[term];
    const ends = starts.slice();
    this.found = new Uint32Array(this.terms.length);
    this.lengths = new Uint32Array(this.ends.length);
    for (let at = 0, number = 0; at < this.terms.length; at += 1) {
      while (at >= this.ends[number]) number += 1;
      const term = this.terms[at];
      const end = ends[term];
      if (end === starts[term] || this.found[end - 1] !== number) this.lengths[number] += 1;
      this.found[end] = number;
      ends[term] = end + 1;
    }
    this.mean = this.lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, this.ends.length) || 1;
    this.starts = starts;
  }

  /** Add to the weights of all entries what a term weighs here, and to `met` those that have it. */
  weigh(term, weights, met) {
    if (!this.starts) this.sort();
    const end = this.starts[term + 1] ?? 0;
    for (let at = this.starts[term]; at < end;) {
      const number = this.found[at];
      const first = at;
      while (at < end && this.found[at] === number) at += 1;
      const count = at - first;
      const norm = this.k * (1 - this.b + (this.b * this.lengths[number]) / this.mean);
      if (!weights[number]) met.push(number);
      weights[number] += this.scale * (this.d + (count * (this.k + 1)) / (count + norm));
    }
  }

  /** The entries that have a term here. */
  having(term) {
    if (!this.starts) this.sort();
    return this.found.subarray(this.starts[term] ?? 0, this.starts[term + 1] ?? 0);
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
    this.sums = new Float64Array(this.size);
    const { first, later } = data.weights;
    this.columns = Object.entries({ ...first, ...later }).map(([name, scale]) => [name, new Column(scale, data.bm25)]);
    for (const { title, id, names, tags } of this.entries) {
      this.takeIn({ title, id: id.replaceAll("-", " "), names: names.join(BETWEEN), tags: tags.join(BETWEEN) });
    }
    this.renew();
  }

  /** The texts of the next entry, by field. */
  takeIn(texts) {
    for (const [name, column] of this.columns) if (name in texts) column.add(texts[name], this.terms);
  }

  /** Put the terms in order anew, since there are more of them. */
  renew() {
    const isHere = new Uint8Array(this.terms.numbers.size);
    for (const [, column] of this.columns) for (const term of column.terms) isHere[term] = 1;
    this.vocabulary = new Vocabulary([...this.terms.numbers.keys()].filter((_, number) => isHere[number]).sort());
    this.weighed = new Map();
  }

  /** Take in the texts, a chunk at a time. */
  async addTexts(texts) {
    for (let start = 0; start < texts.length; start += CHUNK) {
      texts.slice(start, start + CHUNK).forEach(([text, near, limits = ""], offset) => {
        const entry = this.entries[start + offset];
        entry.text = text;
        const { short, kind } = entry;
        const titles = near.map((other) => this.entries[other].title).join(BETWEEN);
        this.takeIn({ short, kind: `${kind.title} ${kind.plural}`, text, near: titles, limits });
      });
      this.weighed = new Map();
      await new Promise((resolve) => setTimeout(resolve));
    }
    this.renew();
  }

  /** What a term weighs in each entry that has it, how many have it, and whether these are only the weightiest. */
  async postings(term) {
    let postings = this.weighed.get(term);
    if (!postings) this.weighed.set(term, (postings = this.weigh(this.terms.numbers.get(term))));
    return postings;
  }

  weigh(term) {
    const met = [];
    for (const [, column] of this.columns) column.weigh(term, this.sums, met);
    const numbers = Uint32Array.from(met).sort();
    const weights = Float64Array.from(numbers, (number) => this.sums[number]);
    for (const number of met) this.sums[number] = 0;
    return { numbers, weights, count: numbers.length, isCut: false };
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
      for (const number of column.having(this.terms.numbers.get(term))) numbers.add(number);
    }
    const entries = [...numbers].sort((a, b) => a - b).map((number) => this.entries[number]);
    return entries.filter(({ kind }) => this.data.named.includes(kind.key));
  }

  /** What an abbreviation may mean: each the words as written, then their terms. */
  async meaningsOf(word) {
    const { long = {} } = this.data.initials ?? {};
    return Object.hasOwn(long, word) ? long[word] : [];
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
