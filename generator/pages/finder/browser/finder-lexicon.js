// Words that mean the same, in groups: made of pages/finder/synonyms/.

import { distance, mostSteps, weightOfTypo } from "./finder-forms.js";

const AS_SYNONYM = 0.7; // what another word for the same is worth, beside the word that was typed
const AS_DERIVED = 0.4; // of that, where only the stem is the same: `install` and `installment`
const FEMININE = /(?<=.{3})in(?:nen)?$/; // in German: `Chefin`
const ENDING = /(?:'s|ing|ed|es|s|e|d)$/;

export class Lexicon {
  /** `groups` are lines: words and phrases, parted by commas, each as it is written, then `=` and its key where that differs, then `~0.5`
      where it is not worth 1. `articles` are words that a phrase may be typed with or without, `weak` those
      that say little. Of all lines only those are read that a
      query asks for: reading all would take longer than the answer. */
  constructor(groups, { articles, weak }, terms) {
    this.weak = new Set(weak);
    this.text = `\n${groups}\n`;
    this.terms = terms;
    this.articles = new Set(articles);
    this.groups = new Map();
    this.members = new Map();
  }

  /** The members of groups that have this key, each with its group. */
  membersOf(key) {
    let members = this.members.get(key);
    if (!members) {
      members = [...this.linesWith(key)].flatMap((start) => this.groupAt(start)).filter((one) => one.member.key === key);
      this.members.set(key, members);
    }
    return members;
  }

  /** Where the lines begin that have a key: it stands whole, behind `=`, a comma or the end of the line before. */
  linesWith(key) {
    const starts = new Set();
    for (let at = key ? this.text.indexOf(key) : -1; at >= 0; at = this.text.indexOf(key, at + 1)) {
      const isWhole = "\n,=".includes(this.text[at - 1]) && "\n,~".includes(this.text[at + key.length]);
      if (isWhole) starts.add(this.text.lastIndexOf("\n", at) + 1);
    }
    return starts;
  }

  /** The members of the line that begins there. */
  groupAt(start) {
    let group = this.groups.get(start);
    if (!group) {
      const all = this.text.slice(start, this.text.indexOf("\n", start)).split(",").map((one) => {
        const [written, weight] = one.split("~");
        const [says, key] = written.split("=");
        return { says, key: key ?? says, weight: Number(weight ?? 1) };
      });
      group = all.map((member) => ({ member, group: all }));
      this.groups.set(start, group);
    }
    return group;
  }

  /** Words as a phrase, all of them but the articles: `no need` is not `need`. */
  keyOf(words) {
    return words.filter((word) => !this.articles.has(word)).map((word) => this.terms.stem(word)).join(" ");
  }

  /** The terms that an entry must have for a phrase; none where too little would be left of it to mean the same. */
  targetOf(member) {
    if (!member.terms) {
      const words = this.terms.split(member.says);
      const telling = words.filter((word) => !this.terms.stopWords.has(word));
      member.terms = words.length > 1 && telling.length < 2 ? [] : telling.map((word) => this.terms.stem(word));
    }
    return member.terms;
  }

  /** The other words for what these words mean together: `{terms, weight, says}`. */
  othersOf(words) {
    const telling = words.filter((word) => !this.articles.has(word));
    const found = this.othersOfKey(this.keyOf(words), 1, telling.join(" "));
    if (found.length || this.terms.language !== "de" || words.length > 1) return found;
    return FEMININE.test(words[0]) ? this.othersOf([words[0].replace(FEMININE, "")]) : [];
  }

  /** Whether two words with one stem are forms of one word, as far as is known of the language. */
  isFormOf(typed, says) {
    if (this.terms.language !== "en") return true;
    const [one, other] = [typed, says.toLowerCase()].map(bareOf);
    return one === other || says.includes(" ");
  }

  /** Whether a word says little of what is asked for, however rare it is: `how do I handle …`. */
  isWeak(word) {
    return this.weak.has(word);
  }

  /** Whether a word is rightly spelt: it stands somewhere in the lexicon. */
  knows(word) {
    return this.membersOf(this.terms.stem(word)).length > 0;
  }

  /** `typed` are the words themselves, where they are known: others may have come to the same stem. */
  othersOfKey(key, share, typed = "") {
    return this.membersOf(key).flatMap(({ member, group }) => {
      const worth = AS_SYNONYM * share * member.weight * (!typed || this.isFormOf(typed, member.says) ? 1 : AS_DERIVED);
      return group.filter((other) => other !== member && this.targetOf(other).length).map((other) => ({
        terms: this.targetOf(other), weight: worth * other.weight, says: other.says,
      }));
    });
  }

  /** The same for single words that are spelt like a term. */
  speltLike(term) {
    const most = mostSteps(term);
    if (!most) return [];
    this.words ??= new Set((this.text.match(/(?<=[\n,=])[^\n,=~]+(?=[\n,~])/g) ?? []).filter((key) => !key.includes(" ")));
    return [...this.words].flatMap((key) => {
      const steps = distance(term, key, most);
      return steps <= most ? [this.othersOfKey(key, weightOfTypo(term, key, steps))] : [];
    });
  }
}

/** A word without the endings that only say how many or when. */
function bareOf(word) {
  return word.replace(ENDING, "").replace(/ie?$/, "y").replace(/([^aeiou])\1$/, "$1");
}
