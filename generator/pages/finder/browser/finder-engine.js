// Finds entries. Knows nothing of pages, and not where the index comes from: its store does (finder-whole.js, finder-parts.js).

import { bisect } from "./finder-forms.js";
import { readQuery } from "./finder-query.js";
import { patternFor } from "./finder-terms.js";

const HALF = 8; // the weight of a word in an entry that counts half of the most it can
const STANDS_APART = 0.9; // from here on a way of writing is the word itself
const OF_NAME = 5; // the weight of a word that something is called by: it is what a query is about more likely than any other
const AS_WEAK = 0.35; // what a word counts that says little of what is asked for
const AS_WRITTEN = 1.1; // what has the very words, and not only words of the same stem
const AS_ASKED = 2; // what a kind that was asked for counts more

export class Engine {
  constructor(data, terms, store, lexicon) {
    Object.assign(this, { data, terms, store, lexicon });
  }

  /** What answers the query, best first. A loose search takes words for one another that have little in common. */
  async search(query, isLoose = false) {
    const places = await readQuery(query, this, isLoose);
    if (!places.length) return [];
    const key = places.map(bestOf).join(" ");
    const phrase = { key, inOne: this.terms.keyInOne(query), count: places.length, asked: this.kindsAsked(query, places), words: places.map(({ word }) => word) };
    this.weakenDeeds(query, places, phrase.asked);
    for (const place of places) place.isWeak ||= [...phrase.asked].some((kind) => this.data.asks[kind].includes(place.word));
    const [called, ...looked] = await Promise.all([
      this.store.called(phrase.key), ...places.map((place) => this.look(place)),
    ]);
    const ranked = sorted(this.gather(looked));
    const first = ranked.filter((hit, at) => at < this.store.most || called.includes(hit.number));
    await this.rateNames(first, phrase);
    const enough = isLoose ? 0 : ranked.reduce((most, hit) => Math.min(0.4, Math.max(most, hit.coverage)), 0);
    return sorted(ranked).filter((hit) => (hit.coverage >= enough || hit.isNamed) && hit.score > ranked[0].score * 0.02);
  }

  /** Everything that has a place of the query, in whatever way; by number, what the best way is worth and how near it is to what was
      typed; and how rare it is. */
  async look(place) {
    const needed = [...new Set(place.ways.flatMap(({ terms }) => terms))];
    const lists = new Map(await Promise.all(needed.map(async (term) => [term, await this.store.postings(term)])));
    const [worths, nears, found] = [new Float64Array(this.store.size), new Float64Array(this.store.size), []];
    const counts = { itself: 0, most: 0 };
    let isCut = false;
    const nearest = place.ways.reduce((most, { weight }) => Math.max(most, weight), 0);
    const ways = place.ways.map((way) => ({ way, lists: way.terms.map((term) => lists.get(term)) }));
    for (const { way, lists: given } of ways) {
      const [list, ...others] = [...given].sort((a, b) => a.numbers.length - b.numbers.length);
      isCut ||= list.isCut;
      if (way.terms.length === 1 && way.weight >= STANDS_APART) counts.itself += list.count;
      list.numbers.forEach((number, at) => {
        const least = leastOf(number, list.weights[at], others);
        if (!least) return;
        const worth = (way.weight * least) / (least + HALF);
        if (least > counts.most) counts.most = least;
        if (!worths[number]) found.push(number);
        if (worth <= worths[number]) return;
        worths[number] = worth;
        nears[number] = way.weight;
      });
    }
    const count = Math.min(counts.itself || found.length, this.store.size);
    const rarity = Math.log(1 + (this.store.size - count + 0.5) / (count + 0.5)) / Math.log(this.store.size + 2);
    const topic = 0.4 + 0.6 * Math.min(1, counts.most / OF_NAME);
    return { found, worths, nears, ways, isCut, importance: found.length ? rarity ** 1.5 * topic * nearest * (place.isWeak ? AS_WEAK : 1) : 0 };
  }

  /** The matches of all places, an entry each, rated: what covers more of what is rare in the query is better. */
  gather(looked) {
    const total = looked.reduce((sum, { importance }) => sum + importance, 0) || 1;
    const [hits, places] = [[], new Uint32Array(this.store.size)]; // by number, how many hits there were with it
    for (const { found, worths, nears, importance, isCut } of looked) {
      for (const number of found) {
        if (!places[number]) places[number] = hits.push(new Hit(number, this.store.kindOf(number), looked));
        const hit = hits[places[number] - 1];
        hit.sum += importance * worths[number];
        hit.coverage += (importance / total) * Math.min(1, nears[number] + 0.3);
        hit.isCut ||= isCut;
      }
    }
    for (const hit of hits) hit.score = hit.sum * hit.coverage * hit.kind.weight;
    return hits;
  }

  /** What is called what was typed stands before what only speaks of it. */
  async rateNames(hits, phrase) {
    const entries = await this.store.load(hits.map((hit) => hit.number));
    entries.forEach((entry, at) => {
      const { key: kind } = entry.kind;
      const isAsked = phrase.asked.has(kind);
      const worth = worthOf(this.terms.namesOf(entry), phrase, hits[at].all, kind === "pages");
      hits[at].score *= worth * (isAsked ? AS_ASKED : 1) * (saysJust(entry, phrase.words) ? AS_WRITTEN : 1);
      hits[at].isNamed = worth > 1 || isAsked;
    });
  }

  /** Who is asked for is known by what he has to do with, not by what he does to it: `who approves guarantees`. */
  weakenDeeds(query, places, asked) {
    const words = asked.has("people") ? this.terms.split(query) : [];
    const deeds = words.filter((_, at) => this.data.asks.people.includes(words[at - 1]));
    const isDeed = ({ word }) => deeds.includes(word);
    if (places.some((place) => !isDeed(place) && !place.isWeak)) for (const place of places) place.isWeak ||= isDeed(place);
  }

  /** The kinds that a query asks for beside what it is about: `who approves that`, `reference of a brewery`. The word that asks says
      little itself. */
  kindsAsked(query, places) {
    const words = new Set(this.terms.split(query));
    const kinds = Object.keys(this.data.asks).filter((kind) => this.data.asks[kind].some((word) => words.has(word)));
    return new Set(places.some(({ word }) => !kinds.some((kind) => this.data.asks[kind].includes(word))) ? kinds : []);
  }
}

/** An entry that was found, and why: worked out only for those that are looked at. */
class Hit {
  constructor(number, kind, looked) {
    this.number = number;
    this.kind = kind;
    this.looked = looked;
    this.sum = 0;
    this.coverage = 0;
    this.score = 0;
    this.isCut = false;
    this.isNamed = false;
    this.why = null;
  }

  /** The terms that are marked where it is shown: those that were typed, and others only for a place of which it has none of these. */
  get terms() {
    return this.explain().terms;
  }

  /** The words that were not typed, by which it was found. */
  get by() {
    return this.explain().by;
  }

  /** All terms of the query that it has, in whatever way. */
  get all() {
    return this.explain().all;
  }

  explain() {
    if (this.why) return this.why;
    this.why = { terms: new Set(), by: new Set(), all: new Set() };
    for (const { ways } of this.looked) {
      const mine = ways.filter(({ lists }) => lists.every(({ numbers }) => numbers[placeIn(numbers, this.number)] === this.number)).map(({ way }) => way);
      const typed = mine.filter(({ says }) => !says);
      for (const { terms, says } of typed.length ? typed : mine) {
        for (const term of terms) this.why.terms.add(term);
        if (says) this.why.by.add(says);
      }
      for (const { terms } of mine) for (const term of terms) this.why.all.add(term);
    }
    return this.why;
  }
}

/** The least that any of several terms weighs in an entry; 0 where one of them is not in it. */
function leastOf(number, own, others) {
  let least = own;
  for (const { numbers, weights } of others) {
    const place = placeIn(numbers, number);
    least = numbers[place] === number ? Math.min(least, weights[place]) : 0;
  }
  return least;
}

function placeIn(numbers, number) {
  return bisect(numbers.length, (place) => numbers[place] < number);
}

/** The term that stands for a place: as typed, or where nobody wrote that, what is most like it. */
function bestOf({ stem, ways }) {
  const itself = ways.find(({ terms }) => terms.length === 1 && terms[0] === stem);
  const [best] = itself ? [itself] : ways.filter(({ terms, says }) => terms.length === 1 && !says).sort((a, b) => b.weight - a.weight);
  return best ? best.terms[0] : stem;
}

function worthOf({ keys, inOne }, { key, inOne: asOne, count }, terms, isPage) {
  const called = keys.indexOf(key) === -1 ? inOne.indexOf(asOne) : keys.indexOf(key);
  if (called >= 0) return called === 0 ? 3 : 2.5;
  const begins = keys[0].startsWith(key) ? 1.6 : keys.some((name) => name.startsWith(key)) ? 1.4 : 1;
  const holds = count > 1 && keys.some((name) => name.includes(key)) ? 1.4 : 1;
  const padded = ` ${key} `;
  const within = keys.reduce((most, name, at) => {
    if (!name || !padded.includes(` ${name} `)) return most;
    return Math.max(most, 1 + (at ? 0.8 : 1.6) * (name.split(" ").length / key.split(" ").length));
  }, 1);
  const isCovered = (name) => name && name.split(" ").every((term) => terms.has(term));
  const covered = isCovered(keys[0]) ? 1.4 : keys.some(isCovered) ? 1.2 : 1;
  return Math.max(begins, holds, ...(isPage ? [] : [within, covered]));
}

const betweenFor = patternFor((letters) => new RegExp(`[^${letters}]+`, "u"));

/** Whether an entry has words just as they were typed where it says what it is. */
function saysJust({ title, names, short }, words) {
  const text = `${title} ${names.join(" ")} ${short}`.toLowerCase();
  if (!words.every((word) => text.includes(word))) return false;
  const written = new Set(text.split(betweenFor(text)));
  return words.every((word) => written.has(word));
}

/** The same hits, sorted in place: best first. */
function sorted(hits) {
  return hits.sort((a, b) => b.score - a.score || a.number - b.number);
}
