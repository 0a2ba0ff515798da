// The words of an index in order, and which of them are like one that was typed: as it is, beginning with it, holding it, spelt like it.

import { isUnspaced, OPEN_JOINT } from "./finder-terms.js";

const MOST_FORMS = 24; // known words like the one that was typed: the nearest
const SHORTEST_SHARED = 3; // letters of what a hyphen leaves out
const SHORTEST_MEMBER = 4; // letters of a word that is looked for within others

/** How much a form counts beside the word itself; each below all of those above it. */
const AS_PREFIX = 0.7;
const AS_STEM = 0.6;
const AS_MEMBER = 0.5;
const AS_TYPO = 0.6;

export class Vocabulary {
  /** `terms` are in the order of their UTF-16 units. */
  constructor(terms) {
    this.terms = terms;
  }

  /** Where a term stands among all, or would. */
  placeOf(term) {
    return bisect(this.terms.length, (place) => this.terms[place] < term);
  }

  has(term) {
    return this.terms[this.placeOf(term)] === term;
  }

  /** Terms of words of which a hyphen leaves out what another has: `kuhl~gefrierlag` for `kuhllag`. */
  sharing(stem) {
    this.shared ??= this.terms.filter((term) => term.includes(OPEN_JOINT)).map((term) => ({ term, parts: term.split(OPEN_JOINT) }));
    const isMade = (own, rest, holds) => rest.length >= SHORTEST_SHARED && holds(rest) && own.length > 0;
    return this.shared.filter(({ parts: [first, last] }) => (
      (stem.startsWith(first) && isMade(first, stem.slice(first.length), (rest) => last.endsWith(rest)))
      || (stem.endsWith(last) && isMade(last, stem.slice(0, -last.length), (rest) => first.startsWith(rest)))
    )).map(({ term }) => term);
  }

  /** Terms that begin with a word, as `[term, weight]`; of one that is not finished, also its stem. */
  beginningWith(word, stem) {
    const forms = [];
    for (let place = this.placeOf(word); this.terms[place]?.startsWith(word); place += 1) {
      const term = this.terms[place];
      if (term !== stem) forms.push([term, (AS_PREFIX * term.length) / (term.length + 0.3 * (term.length - word.length))]);
    }
    for (let length = word.length - 1; length >= Math.max(4, word.length - 3); length -= 1) {
      const term = word.slice(0, length);
      if (term !== stem && this.has(term)) forms.push([term, AS_STEM]);
    }
    return nearest(forms);
  }

  /** Terms that hold a word at their end or within: members of compounds, and what stands within a run without spaces. `last` are the
      letters of the shortest that is looked for at the end. */
  holding(stem, last = SHORTEST_MEMBER) {
    const length = [...stem].length;
    const anywhere = isUnspaced(stem);
    if (!anywhere && length < last) return [];
    const fits = (term) => {
      const at = term.lastIndexOf(stem);
      if (anywhere) return at >= 0;
      return at >= 3 && (length >= SHORTEST_MEMBER || at + stem.length === term.length);
    };
    const found = this.terms.filter((term) => term.length > stem.length && fits(term));
    const isLast = (term) => term.endsWith(stem);
    return nearest(found.map((term) => [term, (isLast(term) ? AS_MEMBER : AS_MEMBER * 0.7) * (stem.length / term.length) ** 0.3]));
  }

  /** Terms spelt like a word or its stem, or like its beginning. Figures and short words are never taken for others. */
  speltLike(word, stem) {
    const [most, mostOfStem] = [mostSteps(word), mostSteps(stem)];
    if (!most) return [];
    this.letters ??= Uint32Array.from(this.terms, lettersOf);
    const [ofWord, ofStem] = [lettersOf(word), lettersOf(stem)];
    return nearest(this.terms.flatMap((term, place) => {
      const letters = this.letters[place];
      const stemSteps = countBits(letters ^ ofStem) <= 2 * mostOfStem ? distance(stem, term, mostOfStem) : Infinity;
      const wordSteps = countBits(letters ^ ofWord) <= 2 * most ? distance(word, term, most) : Infinity;
      const steps = Math.min(stemSteps > mostOfStem ? Infinity : stemSteps, wordSteps);
      if (steps <= most) return [[term, weightOfTypo(stem, term, steps)]];
      if (term.length > word.length + most) return holdsLike(term, word) ? [[term, AS_MEMBER * (word.length / term.length) ** 0.3]] : [];
      if (term[0] !== word[0] || term.length < 5 || term.length >= word.length || term.length < word.length * 0.45) return [];
      if (countBits(letters & ~ofWord) > 1) return [];
      const wrong = Math.min(...[-1, 0, 1].map((more) => distance(word.slice(0, term.length + more), term, 1)));
      const isLike = wrong < 1 || (wrong === 1 && term.length > word.length * 0.65);
      return isLike ? [[term, (wrong ? 0.4 : AS_MEMBER) * (term.length / word.length) ** 0.5]] : [];
    }));
  }

  /** The longest term that a word begins with, where it is most of it: `pharma` for `pharmaceutical`. */
  shortened(word) {
    for (let length = word.length - 2; length >= Math.max(5, word.length * 0.4); length -= 1) {
      if (this.has(word.slice(0, length))) return [[word.slice(0, length), AS_MEMBER]];
    }
    return [];
  }
}

/** Which letters a word has, a bit each: words that differ in many are no typos of one another, which is soon seen. */
function lettersOf(word) {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) % 32);
  return letters >>> 0;
}

/** Whether a term begins or ends like a word that has a letter wrong: what is written in one may hold it. */
function holdsLike(term, word) {
  const isLike = (part) => part[0] === word[0] && distance(word, part, 1) <= 1;
  return [-1, 0, 1].some((more) => isLike(term.slice(0, word.length + more)) || isLike(term.slice(-word.length - more)));
}

function countBits(bits) {
  let count = 0;
  for (let left = bits >>> 0; left; left &= left - 1) count += 1;
  return count;
}

function nearest(forms) {
  return forms.sort((a, b) => b[1] - a[1]).slice(0, MOST_FORMS);
}

/** How many letters of a word may be wrong. */
export function mostSteps(word) {
  if (/[0-9+#&]/.test(word) || isUnspaced(word) || word.length < 4) return 0;
  return word.length < 8 ? 1 : 2;
}

/** A wrong first letter is rare: such a word is more likely another. */
export function weightOfTypo(word, term, steps) {
  return AS_TYPO * (term.length / (term.length + 2 * steps)) * (term[0] === word[0] ? 1 : 0.6);
}

/** The first of so many places at which `isBefore` does not hold any more. */
export function bisect(count, isBefore) {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many letters must change to make one word of the other, two that changed places being one; more than `most` where it is more. */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    let least = row;
    for (let at = 1; at <= other.length; at += 1) {
      const change = last[at - 1] + (one[row - 1] === other[at - 1] ? 0 : 1);
      let steps = Math.min(change, last[at] + 1, next[at - 1] + 1);
      const swapped = row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      if (swapped) steps = Math.min(steps, before[at - 2] + 1);
      next.push(steps);
      if (steps < least) least = steps;
    }
    if (least > most) return most + 1;
    [before, last] = [last, next];
  }
  return last[other.length];
}
