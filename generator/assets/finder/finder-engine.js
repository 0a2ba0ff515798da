// Finds entries. Knows nothing of pages: data in, ranked entries out. What the data holds is said in generator/search.py.

import MiniSearch from "./minisearch.js";
import { split, stemmerOf } from "./finder-terms.js";

// What is looked through at once, and what as soon as the texts have come: the fields and their weights.
const FIRST = { title: 5, names: 4, id: 4, tags: 3 };
const LATER = { short: 2, kind: 1.2, text: 1, near: 0.8 };
const AS_SYNONYM = 0.4; // what another name of the same thing is worth, beside the word that was typed
const LONGEST_NAME = 4; // words of a name that are looked for together
const MOST_SYNONYMS = 12;
const CHUNK = 200; // texts taken in at a time, so that a query need not wait for all of them

/** A function of a word that works each word out once. */
function remembering(work) {
  const known = new Map();
  return (word) => {
    let found = known.get(word);
    if (found === undefined) known.set(word, (found = work(word)));
    return found;
  };
}

export class Engine {
  constructor(data) {
    this.data = data;
    this.stem = remembering(stemmerOf(data.language));
    this.stopWords = new Set(data.stop_words.flatMap(split));
    this.vocabulary = new Set();
    this.entries = data.entries.map(([kind, id, title, short, names, tags, state, owner], number) => ({
      number, kind: data.kinds[kind], id, title, short, names, tags, state, owner, text: "", near: [],
    }));
    this.first = this.makeIndex(FIRST);
    this.first.addAll(this.entries.map((entry) => ({ ...entry, names: entry.names.join(" . "), tags: entry.tags.join(" . ") })));
    this.later = this.makeIndex(LATER);
    this.synonyms = this.gatherSynonyms();
  }

  makeIndex(weights) {
    return new MiniSearch({
      idField: "number",
      fields: Object.keys(weights),
      tokenize: split,
      processTerm: (word) => {
        const term = this.stem(word);
        this.vocabulary.add(term);
        return term;
      },
      // What is looked for has been brought to its terms already (see `look`).
      searchOptions: { boost: weights, tokenize: (term) => [term], processTerm: (term) => term, bm25: { k: 1.2, b: 0.5, d: 0.5 } },
    });
  }

  /** Take in the texts, a chunk at a time. */
  async addTexts(texts) {
    for (let start = 0; start < texts.length; start += CHUNK) {
      const chunk = texts.slice(start, start + CHUNK).map(([text, near], offset) => {
        const entry = this.entries[start + offset];
        entry.text = text;
        entry.near = near.map((number) => this.entries[number].title);
        const { number, short, kind } = entry;
        return { number, short, kind: `${kind.title} ${kind.plural}`, text, near: entry.near.join(" . ") };
      });
      this.later.addAll(chunk);
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  /** The terms of a text without stop words, unless it has no others. */
  termsOf(text) {
    const words = split(text);
    const telling = words.filter((word) => !this.stopWords.has(word));
    return (telling.length ? telling : words).map((word) => this.stem(word));
  }

  keyOf(text) {
    return this.termsOf(text).join(" ");
  }

  /** The names of an entry as keys: its title first, its id last. Worked out when first asked for, since most never are. */
  namesOf(entry) {
    return (entry.keys ??= [entry.title, ...entry.names, entry.id].map((name) => this.keyOf(name)));
  }

  /** For every name of a competitor or a word we use, the other names of the same thing. */
  gatherSynonyms() {
    const groups = new Map();
    for (const entry of this.entries) {
      if (entry.kind.key !== "glossary" && entry.kind.key !== "competitors") continue;
      const names = this.namesOf(entry);
      for (const key of names) {
        const others = groups.get(key) ?? new Set();
        for (const other of names) if (other !== key && others.size < MOST_SYNONYMS) others.add(other);
        groups.set(key, others);
      }
    }
    return groups;
  }

  /** Entries that answer the query, best first: `{entry, score, terms}`, where `terms` are the matched terms. */
  search(query) {
    const terms = this.readQuery(query);
    if (!terms.length) return [];
    const found = new Map();
    terms.forEach((term, place) => this.look(term, place, found, place === terms.length - 1 && !/\s$/.test(query)));
    this.lookForSynonyms(terms, found);
    const phrase = this.keyOf(query);
    const ranked = [...found.values()].map((hit) => this.rate(hit, terms.length, phrase));
    ranked.sort((a, b) => b.score - a.score || a.entry.number - b.entry.number);
    const enough = Math.min(0.5, Math.max(0, ...ranked.map((hit) => hit.coverage)));
    return ranked.filter((hit) => hit.coverage >= enough && hit.score > ranked[0].score * 0.02);
  }

  /** The terms of a query; a word nobody wrote is taken apart where both parts are known: `heatcheck`, `korva160`. */
  readQuery(query) {
    const words = split(query);
    const telling = words.filter((word) => !this.stopWords.has(word));
    const all = (telling.length ? telling : words).flatMap((word) => this.takeApart(word));
    return [...new Set(all)];
  }

  takeApart(word) {
    const whole = this.stem(word);
    if (this.vocabulary.has(whole)) return [whole];
    const figures = word.match(/\p{L}+|\p{N}+/gu) ?? [];
    if (figures.length > 1 && figures.every((part) => this.vocabulary.has(this.stem(part)))) {
      return figures.map((part) => this.stem(part));
    }
    for (let at = word.length - 3; at >= 3; at -= 1) {
      const parts = [word.slice(0, at), word.slice(at)].map((part) => this.stem(part));
      if (parts.every((part) => part.length > 2 && this.vocabulary.has(part))) return parts;
    }
    return [whole];
  }

  /** The longest known word that an unknown one begins with, where it is most of it: `pharma` for `pharmaceutical`. */
  shorten(term) {
    for (let length = term.length - 2; length >= Math.max(5, term.length * 0.4); length -= 1) {
      if (this.vocabulary.has(term.slice(0, length))) return term.slice(0, length);
    }
    return term;
  }

  /** Note every entry that has a term, or where it is unfinished or unknown, a term like it. */
  look(term, place, found, unfinished) {
    const known = this.vocabulary.has(term);
    const options = {
      prefix: unfinished || (!known && term.length > 3),
      fuzzy: known || term.length < 4 ? false : term.length < 8 ? 1 : 2,
      weights: { prefix: 0.5, fuzzy: 0.35 },
    };
    const results = [this.first, this.later].flatMap((index) => index.search(term, options));
    for (const result of results) this.note(found, result, [place], 1);
    const shorter = known || results.length ? term : this.shorten(term);
    if (shorter !== term) this.look(shorter, place, found, false);
  }

  /** Add a match to what is known of its entry. `shown`: whether its words are marked where the entry is shown. */
  note(found, result, places, weight, shown = true) {
    let hit = found.get(result.id);
    if (!hit) found.set(result.id, (hit = { entry: this.entries[result.id], scores: [], terms: new Set() }));
    for (const place of places) {
      const score = (result.score * weight) / places.length;
      hit.scores[place] = weight < 1 ? Math.max(hit.scores[place] ?? 0, score) : (hit.scores[place] ?? 0) + score;
    }
    if (shown) for (const term of result.terms) hit.terms.add(term);
  }

  /** Where the query holds a name of something, look for its other names, too. */
  lookForSynonyms(terms, found) {
    for (let start = 0; start < terms.length; start += 1) {
      for (let end = Math.min(terms.length, start + LONGEST_NAME); end > start; end -= 1) {
        const others = this.synonyms.get(terms.slice(start, end).join(" "));
        if (!others) continue;
        const places = terms.slice(start, end).map((_, offset) => start + offset);
        for (const other of others) {
          for (const index of [this.first, this.later]) {
            const results = index.search({ combineWith: "AND", queries: other.split(" ") });
            for (const result of results) this.note(found, result, places, AS_SYNONYM, !other.includes(" "));
          }
        }
        break;
      }
    }
  }

  /** One figure for how well an entry answers: its matches, how much of the query they cover, and its names as a whole. */
  rate({ entry, scores, terms }, count, phrase) {
    const coverage = scores.filter((score) => score > 0).length / count;
    let score = scores.reduce((sum, one) => sum + (one ?? 0), 0) * coverage ** 1.5 * entry.kind.weight;
    const names = this.namesOf(entry);
    if (names.includes(phrase)) score *= names[0] === phrase ? 3 : 2.5;
    else if (names.some((name) => name.startsWith(phrase))) score *= 1.6;
    else if (count > 1 && names.some((name) => name.includes(phrase))) score *= 1.4;
    return { entry, score, coverage, terms };
  }
}
