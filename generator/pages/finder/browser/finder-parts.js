// The index of a large playbook, in parts that are fetched when a query needs them. How it is made: pages/finder/sharded_index.py.

import { bisect, Vocabulary } from "./finder-forms.js";

const RECORDS_AT_ONCE = 30; // of the best, by their words, those that are fetched to look at their names
const LONGEST_INITIALS = 6;
const TENTHS = 10; // weights are sent as whole numbers

export class Parts {
  /** `read` fetches a file of the index. */
  static async open(data, read) {
    const parts = new Parts();
    Object.assign(parts, { data, read, files: new Map(), most: RECORDS_AT_ONCE, size: data.kinds.at(-1).end });
    const [{ terms, starts }, names] = await Promise.all([parts.fetch("terms"), parts.fetch("names")]);
    Object.assign(parts, { vocabulary: new Vocabulary(terms.split(" ")), starts, firstNames: names.starts });
    return parts;
  }

  fetch(name) {
    let file = this.files.get(name);
    if (!file) {
      file = this.read(`${this.data.parts.folder}/${name}.json`);
      this.files.set(name, file);
    }
    return file;
  }

  /** The part that holds a term, and the place in it. */
  async partOf(term) {
    const place = this.vocabulary.placeOf(term);
    const number = bisect(this.starts.length, (one) => this.starts[one] <= place) - 1;
    return { part: await this.fetch(`words-${number}`), inner: place - this.starts[number] };
  }

  /** What a term weighs in each record that has it, how many have it, and whether these are only the weightiest. */
  async postings(term) {
    const { part, inner } = await this.partOf(term);
    const [count] = part.postings[inner];
    const size = (part.postings[inner].length - 1) / 2;
    const [numbers, weights] = [new Uint32Array(size), new Float64Array(size)];
    for (let at = 0, number = 0; at < size; at += 1) {
      number += part.postings[inner][2 * at + 1];
      numbers[at] = number;
      weights[at] = part.postings[inner][2 * at + 2] / TENTHS;
    }
    return { numbers, weights, count, isCut: count > size };
  }

  /** Names that begin with a term, and the other names of the same thing. */
  async namesFrom(term) {
    const { part } = await this.partOf(term);
    return new Map(Object.hasOwn(part.names, term) ? part.names[term] : []);
  }

  /** What an abbreviation may mean: each the words as written, then their terms. */
  async meaningsOf(word) {
    if (word.length > LONGEST_INITIALS) return [];
    const { starts } = await this.fetch("initials");
    const number = bisect(starts.length, (one) => starts[one] <= word) - 1;
    const part = number < 0 ? {} : await this.fetch(`initials-${number}`);
    return Object.hasOwn(part, word) ? part[word] : [];
  }

  /** The numbers of what is called just so; `key` is a name as its terms. */
  async called(key) {
    const number = bisect(this.firstNames.length, (one) => this.firstNames[one] <= key) - 1;
    const part = number < 0 ? {} : await this.fetch(`names-${number}`);
    return Object.hasOwn(part, key) ? part[key] : [];
  }

  kindOf(number) {
    const { kinds } = this.data;
    return kinds[bisect(kinds.length, (one) => kinds[one].end <= number)];
  }

  /** The entries of these numbers, with all that is known of them. */
  async load(numbers) {
    const size = this.data.parts.records;
    return Promise.all(numbers.map(async (number) => {
      const records = await this.fetch(`records-${Math.floor(number / size)}`);
      const [id, title, short, names, tags, state, owner, text] = records[number % size];
      return { number, kind: this.kindOf(number), id, title, short, names, tags, state, owner, text };
    }));
  }
}
