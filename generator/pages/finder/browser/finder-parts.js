// The index of a large playbook, in parts that are fetched when a query needs them. How it is made: pages/finder/sharded_index.py.

const MOST_FORMS = 24; // known words like the one that was typed: the nearest
const RECORDS_AT_ONCE = 30; // of the best, by their words, those that are fetched to look at their names

export class Parts {
  /** `read` fetches a file of the index. */
  static async open(data, read) {
    const parts = new Parts();
    Object.assign(parts, { data, read, files: new Map(), most: RECORDS_AT_ONCE });
    const [{ terms, starts }, names] = await Promise.all([parts.fetch("terms"), parts.fetch("names")]);
    Object.assign(parts, { terms: terms.split(" "), starts, firstNames: names.starts });
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

  /** Where a term stands among all, or would. */
  placeOf(term) {
    return bisect(this.terms.length, (place) => this.terms[place] < term);
  }

  has(term) {
    return this.terms[this.placeOf(term)] === term;
  }

  /** The part that holds the term at a place, and the place in it. */
  async partOf(place) {
    const number = bisect(this.starts.length, (one) => this.starts[one] <= place) - 1;
    return { part: await this.fetch(`words-${number}`), inner: place - this.starts[number] };
  }

  /** Which records have the term at a place, each with its weight, and whether they are only the weightiest. */
  async postingsOf(place) {
    const { part, inner } = await this.partOf(place);
    const [count, ...pairs] = part.postings[inner];
    const postings = [];
    for (let at = 0, number = 0; at < pairs.length; at += 2) {
      number += pairs[at];
      postings.push([number, pairs[at + 1]]);
    }
    return { postings, isCut: count > postings.length };
  }

  /** Places of the term itself and of those like it, with their weights: the nearest, beginning with itself. */
  formsOf(term, { prefix, fuzzy }) {
    const { prefix: asPrefix, fuzzy: asTypo } = this.data.like;
    const start = this.placeOf(term);
    const forms = this.terms[start] === term ? [[start, 1]] : [];
    for (let place = start; prefix && this.terms[place]?.startsWith(term); place += 1) {
      const { length } = this.terms[place];
      if (length > term.length) forms.push([place, (asPrefix * length) / (length + 0.3 * (length - term.length))]);
    }
    for (let place = 0; fuzzy && place < this.terms.length; place += 1) {
      const other = this.terms[place];
      const steps = other.startsWith(term) ? Infinity : distance(term, other, fuzzy);
      if (steps <= fuzzy) forms.push([place, (asTypo * other.length) / (other.length + steps)]);
    }
    return forms.sort((a, b) => b[1] - a[1]).slice(0, MOST_FORMS);
  }

  /** What has a term, or with `options` one like it: `{id, score, terms, isCut}`. */
  async find(term, options = {}) {
    const forms = this.formsOf(term, options);
    const lists = await Promise.all(forms.map(([place]) => this.postingsOf(place)));
    const found = new Map();
    lists.forEach(({ postings, isCut }, at) => {
      const [place, weight] = forms[at];
      for (const [id, score] of postings) {
        const result = found.get(id);
        if (!result) found.set(id, { id, score: score * weight, terms: [this.terms[place]], isCut });
        else {
          result.score += score * weight;
          result.terms.push(this.terms[place]);
          result.isCut ||= isCut;
        }
      }
    });
    return [...found.values()];
  }

  /** What has all of these terms. */
  async findAll(terms) {
    const [first, ...others] = await Promise.all(terms.map((term) => this.find(term)));
    const maps = others.map((results) => new Map(results.map((result) => [result.id, result])));
    return first.filter(({ id }) => maps.every((map) => map.has(id))).map((result) => {
      const all = [result, ...maps.map((map) => map.get(result.id))];
      const score = all.reduce((sum, one) => sum + one.score, 0) * terms.length;
      return { id: result.id, score, terms: all.flatMap((one) => one.terms) };
    });
  }

  /** Names that begin with a term, and the other names of the same thing. */
  async namesFrom(term) {
    if (!this.has(term)) return new Map();
    const { part } = await this.partOf(this.placeOf(term));
    return new Map(Object.hasOwn(part.names, term) ? part.names[term] : []);
  }

  /** The numbers of what is called just so; `key` is a name as its terms. */
  async called(key) {
    const number = bisect(this.firstNames.length, (one) => this.firstNames[one] <= key) - 1;
    const part = number < 0 ? {} : await this.fetch(`names-${number}`);
    return Object.hasOwn(part, key) ? part[key] : [];
  }

  kindOf(number) {
    return this.data.kinds.find(({ end }) => number < end);
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

/** The first of so many places at which `isBefore` does not hold any more. */
function bisect(count, isBefore) {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many letters must change to make one word of the other (Levenshtein); more than `most` where it is more than that. */
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const change = last[at - 1] + (one[row - 1] === other[at - 1] ? 0 : 1);
      next.push(Math.min(change, last[at] + 1, next[at - 1] + 1));
    }
    if (Math.min(...next) > most) return most + 1;
    last = next;
  }
  return last[other.length];
}
