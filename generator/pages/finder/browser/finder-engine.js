// Finds entries. Knows nothing of pages, and not where the index comes from: its store does (finder-whole.js, finder-parts.js).

const AS_SYNONYM = 0.4; // what another name of the same thing is worth, beside the word that was typed
const LONGEST_NAME = 4; // words of a name that are looked for together

export class Engine {
  constructor(data, terms, store) {
    this.data = data;
    this.terms = terms;
    this.store = store;
  }

  /** What answers the query, best first: `{number, kind, score, terms}`, where `terms` are the matched terms. */
  async search(query) {
    const terms = this.readQuery(query);
    if (!terms.length) return [];
    const found = new Map();
    const last = /\s$/.test(query) ? -1 : terms.length - 1;
    const phrase = this.terms.keyOf(query);
    const [called, ...looked] = await Promise.all([
      this.store.called(phrase), ...terms.map((term, place) => this.look(term, place === last)),
    ]);
    looked.forEach((results, place) => results.forEach((result) => this.note(found, result, [place], 1)));
    await this.lookForSynonyms(terms, found);
    const ranked = sorted([...found.values()].map((hit) => this.rate(hit, terms.length)));
    const first = ranked.filter((hit, place) => place < this.store.most || called.includes(hit.number));
    await this.rateNames(first, terms.length, phrase);
    const enough = ranked.reduce((most, hit) => Math.min(0.5, Math.max(most, hit.coverage)), 0);
    return sorted(ranked).filter((hit) => hit.coverage >= enough && hit.score > ranked[0].score * 0.02);
  }

  /** The terms of a query; a word nobody wrote is taken apart where both parts are known: `heatcheck`, `korva160`. */
  readQuery(query) {
    return [...new Set(this.terms.tellingWords(query).flatMap((word) => this.takeApart(word)))];
  }

  takeApart(word) {
    const stem = (part) => this.terms.stem(part);
    if (this.store.has(stem(word))) return [stem(word)];
    const figures = word.match(/\p{L}+|\p{N}+/gu) ?? [];
    if (figures.length > 1 && figures.every((part) => this.store.has(stem(part)))) return figures.map(stem);
    for (let at = word.length - 3; at >= 3; at -= 1) {
      const parts = [word.slice(0, at), word.slice(at)].map(stem);
      if (parts.every((part) => part.length > 2 && this.store.has(part))) return parts;
    }
    return [stem(word)];
  }

  /** The longest known word that an unknown one begins with, where it is most of it: `pharma` for `pharmaceutical`. */
  shorten(term) {
    for (let length = term.length - 2; length >= Math.max(5, term.length * 0.4); length -= 1) {
      if (this.store.has(term.slice(0, length))) return term.slice(0, length);
    }
    return term;
  }

  /** Everything that has a term, or where it is unfinished or unknown, a term like it. */
  async look(term, unfinished) {
    const known = this.store.has(term);
    const results = await this.store.find(term, {
      prefix: unfinished || (!known && term.length > 3),
      fuzzy: known || term.length < 4 ? false : term.length < 8 ? 1 : 2,
    });
    const shorter = known || results.length ? term : this.shorten(term);
    return shorter === term ? results : this.look(shorter, false);
  }

  /** Add a match to what is known of its entry. `shown`: whether its words are marked where the entry is shown. */
  note(found, result, places, weight, shown = true) {
    const number = result.id;
    let hit = found.get(number);
    if (!hit) found.set(number, (hit = { number, kind: this.store.kindOf(number), scores: [], terms: new Set() }));
    for (const place of places) {
      const score = (result.score * weight) / places.length;
      hit.scores[place] = weight < 1 ? Math.max(hit.scores[place] ?? 0, score) : (hit.scores[place] ?? 0) + score;
    }
    hit.isCut ||= result.isCut;
    if (shown) for (const term of result.terms) hit.terms.add(term);
  }

  /** Where the query holds a name of something, look for its other names, too: for all at once, since each may be fetched. */
  async lookForSynonyms(terms, found) {
    const known = await Promise.all(terms.map((term) => this.store.namesFrom(term)));
    const others = known.flatMap((names, start) => othersOf(names, terms, start));
    const results = await Promise.all(others.map(({ other }) => this.store.findAll(other.split(" "))));
    others.forEach(({ other, places }, at) => {
      for (const result of results[at]) this.note(found, result, places, AS_SYNONYM, !other.includes(" "));
    });
  }

  /** One figure for how well something answers: its matches, and how much of the query they cover. */
  rate(hit, count) {
    const coverage = hit.scores.filter((score) => score > 0).length / count;
    const score = hit.scores.reduce((sum, one) => sum + (one ?? 0), 0) * coverage ** 1.5 * hit.kind.weight;
    return { ...hit, coverage, score };
  }

  /** What is called what was typed stands before what only speaks of it. */
  async rateNames(hits, count, phrase) {
    const entries = await this.store.load(hits.map((hit) => hit.number));
    entries.forEach((entry, at) => (hits[at].score *= worthOf(this.terms.namesOf(entry), phrase, count)));
  }
}

/** The other names of what is named by the most of the terms from `start` on, and the places of these. */
function othersOf(names, terms, start) {
  for (let end = Math.min(terms.length, start + LONGEST_NAME); end > start; end -= 1) {
    const others = names.get(terms.slice(start, end).join(" "));
    const places = terms.slice(start, end).map((_, offset) => start + offset);
    if (others) return [...others].map((other) => ({ other, places }));
  }
  return [];
}

function worthOf(names, phrase, count) {
  if (names.includes(phrase)) return names[0] === phrase ? 3 : 2.5;
  if (names.some((name) => name.startsWith(phrase))) return 1.6;
  return count > 1 && names.some((name) => name.includes(phrase)) ? 1.4 : 1;
}

/** The same hits, sorted in place: best first. */
function sorted(hits) {
  return hits.sort((a, b) => b.score - a.score || a.number - b.number);
}
