// Words that mean the same, in groups: made of pages/finder/synonyms/.

import { distance, mostSteps, weightOfTypo } from "./finder-forms.js";

const AS_SYNONYM = 0.7; // what another word for the same is worth, beside the word that was typed

export class Lexicon {
  /** `groups` are lines: words and phrases, parted by commas, each as it is written, then `=` and its key where that differs, then `~0.5`
      where it is not worth 1. `articles` are words that a phrase may be typed with or without. */
  constructor(groups, articles, terms) {
    this.terms = terms;
    this.articles = new Set(articles);
    this.members = new Map();
    for (const line of groups) this.addGroup(line);
  }

  addGroup(line) {
    const group = line.split(", ").map((member) => {
      const [written, weight] = member.split("~");
      const [says, key] = written.split("=");
      return { says, key: key ?? says, weight: Number(weight ?? 1) };
    });
    for (const member of group) {
      const known = this.members.get(member.key);
      if (known) known.push({ member, group });
      else this.members.set(member.key, [{ member, group }]);
    }
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
    return this.othersOfKey(this.keyOf(words), 1);
  }

  /** Whether a word is rightly spelt: it stands somewhere in the lexicon. */
  knows(word) {
    return this.members.has(this.terms.stem(word));
  }

  othersOfKey(key, share) {
    return (this.members.get(key) ?? []).flatMap(({ member, group }) => (
      group.filter((other) => other !== member && this.targetOf(other).length).map((other) => ({
        terms: this.targetOf(other), weight: AS_SYNONYM * share * member.weight * other.weight, says: other.says,
      }))
    ));
  }

  /** The same for single words that are spelt like a term. */
  speltLike(term) {
    const most = mostSteps(term);
    if (!most) return [];
    return [...this.members.keys()].filter((key) => !key.includes(" ")).flatMap((key) => {
      const steps = distance(term, key, most);
      return steps <= most ? [this.othersOfKey(key, weightOfTypo(term, key, steps))] : [];
    });
  }
}
