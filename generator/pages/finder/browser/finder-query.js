// Reads what was typed: each word that tells something has a place, and each place the ways in which it may be written in the index.

import { isUnspaced } from "./finder-terms.js";

const AS_RESPELT = 0.95; // `waerme` for `wärme`
const AS_JOINED = 0.95; // `boardmill` for `board mill`
const AS_APART = 0.85; // the other way round
const AS_NAME = 0.8; // another name of the same thing, as the playbook has it
const AS_INITIALS = 0.8;
const BESIDE_ITSELF = 0.7; // of what other words are worth, where the word itself is in the playbook
const ONLY_WAY = 0.85;
const MOST_RAISED = 1.5;
const COMPOUNDING = new Set(["da", "de", "et", "fi", "hu", "nl", "no", "sv"]); // languages that write compounds in one
const LONGEST_PHRASE = 6; // words of a name that are looked for together
const MOST_JOINED = 3;
const SHORTEST_LAST = 3; // letters of the last part of a compound
const MOST_WITHIN = 4; // words that another word is a part of
const SHORTEST_PART = 4; // letters of a part of a word that only the lexicon knows
const LINK = /(?:es|en|s|n)$/; // what German puts between two words that it joins
const UP_TO = 0.8; // a limit that allows what was typed, the nearest first
const AS_FIGURE = 0.5; // what says the same figure, perhaps of something else
const AS_OTHER = 0.2; // where nothing but a figure in percent is typed
const BEYOND = 0.6; // the highest of all, where none allows it
const MOST_LIMITS = 4;
const MOST_OTHERS = 16; // other words for what was typed: the nearest

const NOT_PLAIN = /[^\x00-\x7f]/; // else a browser has nothing to make ready for all scripts
const RESPELT = [[/ä/g, "ae"], [/ö/g, "oe"], [/ü/g, "ue"], [/å/g, "aa"], [/ø/g, "oe"]];
const SPELT_OUT = [[/ae/g, "a"], [/oe/g, "o"], [/ue/g, "u"], [/aa/g, "a"]];

/** The places of a query: `{word, stem, isOpen, ways}`, each way `{terms, weight, says}`: all its terms must be there. `says` is
    what a reader is told that it was found by, where he did not type it. */
export async function readQuery(query, { terms, store, lexicon }, isLoose = false) {
  const { vocabulary } = store;
  const words = listWords(query, terms, vocabulary, lexicon);
  const telling = words.some(({ isStop }) => !isStop) ? words.filter(({ isStop }) => !isStop) : words;
  const places = telling.filter(({ stem }, at) => telling.findIndex((other) => other.stem === stem) === at);
  for (const place of places) place.ways = exactWays(place, terms, vocabulary);
  addJoined(words, places, terms, vocabulary, lexicon);
  await addOtherNames(places, store);
  addOtherWords(words, places, lexicon, vocabulary, COMPOUNDING.has(terms.language));
  await addInitials(query, words, places, store);
  addLimits(query, places, terms.language, vocabulary);
  for (const place of places) raiseOnlyWays(place);
  for (const place of places) addForms(place, terms, vocabulary, lexicon);
  if (isLoose) for (const place of places) addLoose(place, vocabulary);
  return places;
}

/** The words of a query in order. What is joined and known as one is one, or else what it is joined of. */
function listWords(query, terms, vocabulary, lexicon) {
  const tokens = terms.scan(query);
  const isOpen = !/[\s%?!.,;:)]$/.test(query);
  const raw = query.toLowerCase();
  return tokens.flatMap(({ parts, whole, hasSign }, number) => {
    const asOne = whole && (hasSign || (/[0-9]/.test(whole) && vocabulary.has(whole)));
    const mine = asOne ? [whole] : parts;
    const isLast = isOpen && number === tokens.length - 1 && !hasSign;
    return mine.flatMap((word) => {
      const made = { word, raw, hasSign: Boolean(hasSign), stem: terms.stem(word), ways: [], isStop: terms.stopWords.has(word), isWeak: lexicon.isWeak(word), isOpen: isLast && word === mine.at(-1) };
      const isOne = hasSign || vocabulary.has(made.stem) || lexicon.knows(word) || vocabulary.sharing(made.stem).length > 0;
      const apart = isOne ? [] : takeApart(word, terms, vocabulary, lexicon);
      return apart.length < 2 ? [made] : apart.map((part, at) => ({
        ...made, word: part, stem: terms.stem(part), ways: [], isStop: false, isOpen: made.isOpen && at === apart.length - 1,
      }));
    });
  });
}

function way(weight, ...terms) {
  return { terms, weight, says: "" };
}

function exactWays({ word, raw, stem }, terms, vocabulary) {
  const ways = vocabulary.has(stem) ? [way(1, stem)] : [];
  const respelt = new Set();
  for (const [from, to] of SPELT_OUT) if (from.test(word)) respelt.add(word.replace(from, to));
  for (const written of NOT_PLAIN.test(raw) ? raw.normalize("NFC").match(/\p{L}+/gu) : []) {
    if (terms.split(written)[0] !== word) continue;
    respelt.add(terms.split(RESPELT.reduce((text, [from, to]) => text.replace(from, to), written))[0]);
  }
  if (terms.language === "de" && word.length > 4) respelt.add(`${word}in`).add(word.replace(/in(?:nen)?$/, "")); // `Inhaberin`
  for (const other of respelt) {
    const term = terms.stem(other);
    if (term !== stem && vocabulary.has(term)) ways.push(way(AS_RESPELT, term));
  }
  return [...ways, ...sharedWays(stem, vocabulary)];
}

/** `Kühl- und Gefrierlager`, for who types `Kühllager`. */
function sharedWays(stem, vocabulary) {
  return vocabulary.sharing(stem).map((term) => way(1, term));
}

/** Words that stand side by side may be written in one, and one word apart. */
function addJoined(words, places, terms, vocabulary, lexicon) {
  for (let start = 0; start < words.length; start += 1) {
    for (let end = start + 2; end <= Math.min(words.length, start + MOST_JOINED); end += 1) {
      const span = words.slice(start, end);
      const joined = span.map(({ word }) => word).join("");
      const mine = places.filter((place) => span.some(({ stem }) => stem === place.stem));
      const term = terms.stem(joined);
      if (!mine.length) continue;
      for (const place of mine) place.ways.push(...sharedWays(term, vocabulary));
      if (vocabulary.has(term)) for (const place of mine) place.ways.push(way(AS_JOINED, term));
      else if (mine.every((place) => !place.ways.length) && joined.length > 6) {
        for (const [like, weight] of vocabulary.speltLike(joined, term)) for (const place of mine) place.ways.push(way(weight, like));
      }
    }
  }
  for (const place of places) {
    const parts = place.hasSign || (!vocabulary.has(place.stem) && lexicon.knows(place.word)) ? [] : takeApart(place.word, terms, vocabulary);
    if (parts.length) place.ways.push(way(AS_APART, ...parts.map((part) => terms.stem(part))));
  }
}

/** A word that is written in one, as two that are known: `boardmill`, `korva160`, `onsite`; of two that only the lexicon knows, where
    it is given, with what German puts between them. */
function takeApart(word, terms, vocabulary, lexicon = null) {
  const isKnown = (part) => vocabulary.has(terms.stem(part));
  const figures = word.match(/\p{L}+|\p{N}+/gu) ?? [];
  if (figures.length > 1 && figures.every(isKnown)) return figures;
  if (!/^\p{L}+$/u.test(word)) return [];
  for (let at = word.length - 3; at >= 2; at -= 1) {
    const [first, second] = [word.slice(0, at), word.slice(at)];
    const isWord = (part) => (part.length > 2 ? terms.stem(part).length > 2 : terms.stopWords.has(part)) && isKnown(part);
    if (isWord(first) && isWord(second)) {
      return [first, second].filter((part) => !terms.stopWords.has(part));
    }
  }
  for (let at = word.length - SHORTEST_PART; lexicon && at >= SHORTEST_PART; at -= 1) {
    const first = [word.slice(0, at), word.slice(0, at).replace(LINK, "")].find((part) => part.length >= SHORTEST_PART && lexicon.knows(part));
    if (first && lexicon.knows(word.slice(at))) return [first, word.slice(at)];
  }
  return [];
}

/** Where the query holds a name that the playbook gives other names, these too. */
async function addOtherNames(places, store) {
  const names = await Promise.all(places.map(({ stem }) => (store.vocabulary.has(stem) ? store.namesFrom(stem) : new Map())));
  for (let start = 0; start < places.length; start += 1) {
    for (let end = Math.min(places.length, start + LONGEST_PHRASE); end > start; end -= 1) {
      const span = places.slice(start, end);
      const others = names[start].get(span.map(({ stem }) => stem).join(" "));
      if (!others) continue;
      addToSpan(span, [...others].map((other) => ({ terms: other.split(" "), weight: AS_NAME, says: "" })), store.vocabulary);
      break;
    }
  }
}

/** Words that mean the same, as everybody in the field says. */
function addOtherWords(words, places, lexicon, vocabulary, areJoined) {
  for (let start = 0; start < words.length; start += 1) {
    for (let end = Math.min(words.length, start + LONGEST_PHRASE); end > start; end -= 1) {
      const span = words.slice(start, end);
      const others = lexicon.othersOf(span.map(({ word }) => word));
      const mine = places.filter((place) => span.some(({ stem }) => stem === place.stem));
      const isKnown = start === end - 1 && mine.some(({ ways }) => ways.some(({ weight }) => weight === 1));
      if (!others.length) continue;
      const joined = areJoined ? others.flatMap((other) => withinOthers(other, vocabulary)) : [];
      addToSpan(mine, [...others, ...joined], vocabulary, isKnown ? BESIDE_ITSELF : 1);
    }
  }
}

/** Another word that is only a part of what the playbook writes in one: `Wartung` in `Wartungsvertrag`. */
function withinOthers({ terms: [term, ...more], weight, says }, vocabulary) {
  if (more.length || term.length < SHORTEST_PART || vocabulary.has(term)) return [];
  const forms = [...vocabulary.beginningWith(term, term), ...vocabulary.holding(term)].filter(([form]) => form.length > term.length);
  return forms.slice(0, MOST_WITHIN).map(([form, share]) => ({ terms: [form], weight: weight * share, says }));
}

/** A word that nobody wrote means what its other words mean. */
function raiseOnlyWays({ ways }) {
  const most = ways.reduce((weight, one) => Math.max(weight, one.weight), 0);
  if (!most || most >= ONLY_WAY) return;
  ways.forEach((one, at) => (ways[at] = { ...one, weight: one.weight * Math.min(ONLY_WAY / most, MOST_RAISED) }));
}

function addToSpan(span, others, vocabulary, share = 1) {
  const known = others.filter(({ terms }) => terms.every((term) => vocabulary.has(term)));
  for (const other of known.sort((a, b) => b.weight - a.weight).slice(0, MOST_OTHERS)) {
    for (const place of span) place.ways.push({ ...other, weight: other.weight * share });
  }
}

/** The initials of several words, where the playbook writes them; and of one word the names that have it as initials. */
async function addInitials(query, words, places, store) {
  const { short } = store.data.initials ?? { short: [] };
  for (let start = 0; start < words.length; start += 1) {
    for (let end = start + 2; end <= Math.min(words.length, start + 6); end += 1) {
      const span = words.slice(start, end);
      const initials = span.map(({ word }) => word[0]).join("");
      if (!short.includes(initials)) continue;
      const mine = places.filter((place) => span.some(({ stem }) => stem === place.stem));
      for (const place of mine) place.ways.push({ ...way(AS_INITIALS, initials), says: initials.toUpperCase() });
    }
  }
  const meanings = await Promise.all(places.map(({ word }) => store.meaningsOf(word)));
  for (const [at, place] of places.entries()) {
    for (const [says, ...terms] of meanings[at]) {
      const isMeant = place.word.length > 2 || query.includes(place.word.toUpperCase());
      if (isMeant && terms.every((term) => store.vocabulary.has(term))) place.ways.push({ ...way(AS_INITIALS, ...terms), says });
    }
  }
}

/** For a figure in percent the limits that it is asked about: pages/finder/approvals.py writes 8% as `°0080`. */
function addLimits(query, places, language, vocabulary) {
  const percent = query.includes("%") ? "%" : nameOfPercent(language);
  for (const place of places) place.isWeak ||= place.word === percent; // the figure says what it is about
  for (const [, figure] of query.toLowerCase().includes(percent) ? query.matchAll(/(?<![\d.,])(\d{1,3}(?:[.,]\d)?)(?![\d])/g) : []) {
    const place = places.find(({ word }) => word === figure.replace(",", ".") || word === figure.split(/[.,]/)[0]);
    if (!place) continue;
    const asked = `°${String(Math.round(10 * Number(figure.replace(",", ".")))).padStart(4, "0")}`;
    const limits = vocabulary.terms.slice(vocabulary.placeOf("°0"), vocabulary.placeOf("°:"));
    const allowing = limits.filter((limit) => limit >= asked).slice(0, MOST_LIMITS);
    const isAlone = places.every((one) => one === place || one.word === percent); // so it is no figure of something else
    const isAsked = isAlone && limits.length > 0;
    const share = isAlone ? AS_OTHER : AS_FIGURE;
    if (allowing.length || isAsked) place.ways = place.ways.map((one) => ({ ...one, weight: one.weight * share }));
    place.ways.push(...allowing.map((limit, at) => way(UP_TO - at / 10, limit)));
    if (!allowing.length && isAsked) place.ways.push(way(BEYOND, limits.at(-1)));
  }
}

/** `percent`, `Prozent`: as the language of the playbook writes it out. */
function nameOfPercent(language) {
  try {
    return new Intl.NumberFormat(language, { style: "unit", unit: "percent", unitDisplay: "long" }).formatToParts(2).find(({ type }) => type === "unit").value.toLowerCase();
  } catch {
    return "%";
  }
}

/** What is like the word: where it is not finished, or nothing else is known of it. */
function addForms(place, terms, vocabulary, lexicon) {
  const { word, stem, hasSign } = place;
  const isKnown = place.ways.length > 0;
  if (hasSign) return;
  const add = (forms) => {
    for (const [term, weight] of forms) if (!place.ways.some((one) => one.terms.length === 1 && one.terms[0] === term)) place.ways.push(way(weight, term));
  };
  const isFigure = isKnown && /^\p{N}{3,}$/u.test(word); // it is no beginning of another
  if ((place.isOpen && !isFigure) || (!isKnown && word.length > 3)) {
    if (word.length > 1 || isUnspaced(word)) add(vocabulary.beginningWith(word, stem));
  }
  if (COMPOUNDING.has(terms.language) || isUnspaced(word)) add(vocabulary.holding(stem, SHORTEST_LAST));
  if (place.ways.length) return;
  if (word.length > 4) add(vocabulary.holding(stem));
  if (lexicon.knows(word) || place.isWeak) return;
  add(vocabulary.speltLike(word, stem));
  for (const near of lexicon.speltLike(stem)) addToSpan([place], near, vocabulary);
  if (!place.ways.length) add(vocabulary.shortened(word));
}

/** What has a beginning in common with a word that nobody wrote just so. */
function addLoose({ word, ways }, vocabulary) {
  if (ways.some(({ weight }) => weight >= ONLY_WAY)) return;
  for (let length = word.length - 1; length >= Math.max(3, word.length * 0.4); length -= 1) {
    const forms = vocabulary.beginningWith(word.slice(0, length), "");
    ways.push(...forms.map(([term, weight]) => way((weight * length) / word.length, term)));
  }
}
