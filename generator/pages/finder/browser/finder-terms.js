// Words as the index knows them (pages/finder/tokenizer.py knows them alike). The dialog's passages use the same to mark what was found.

const LETTERS = { ß: "ss", ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d" };

/** A text without capitals, accents and apostrophes; `CO₂` becomes `co2`. */
export function fold(text) {
  let folded = text.toLowerCase();
  if (/[^\x20-\x7e]/.test(folded)) {
    folded = folded.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[ßøæœłđ]/g, (letter) => LETTERS[letter]);
  }
  return folded.replace(/['’ʼ]s?\b/g, "");
}

/** The words of a text, in order. */
export function split(text) {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Endings that change a word but not what it is about, by language; other languages keep their words whole. */
const STEMMERS = {
  en(word) {
    let stem = word;
    if (stem.length > 4 && stem.endsWith("ies")) stem = stem.slice(0, -3) + "y";
    else if (stem.length > 3 && /[^suix]s$/.test(stem)) stem = stem.slice(0, -1);
    for (const ending of ["ing", "est", "ed", "er", "ly"]) {
      if (stem.length - ending.length >= 4 && stem.endsWith(ending)) {
        stem = stem.slice(0, -ending.length);
        break;
      }
    }
    if (stem.length > 4) stem = stem.replace(/([bdgklmnprt])\1$/, "$1");
    return stem.length > 4 ? stem.replace(/e+$/, "") : stem;
  },
};

/** The words of one language (`en`, `de`, `pt-BR`) as terms: brought to their stems, without those that tell nothing. */
export class Terms {
  constructor(language, stopWords) {
    this.bring = STEMMERS[language.split("-")[0]] ?? ((word) => word);
    this.stopWords = new Set(stopWords.flatMap(split));
    this.known = new Map();
  }

  /** The stem of a word, worked out once. */
  stem(word) {
    let stem = this.known.get(word);
    if (stem === undefined) this.known.set(word, (stem = this.bring(word)));
    return stem;
  }

  /** The words of a text that tell something; all of them where none does. */
  tellingWords(text) {
    const words = split(text);
    const telling = words.filter((word) => !this.stopWords.has(word));
    return telling.length ? telling : words;
  }

  /** What two texts have in common that are the same name. */
  keyOf(text) {
    return this.tellingWords(text).map((word) => this.stem(word)).join(" ");
  }

  /** The names of an entry as keys: its title first, its id last. Worked out when first asked for, since most never are. */
  namesOf(entry) {
    return (entry.keys ??= [entry.title, ...entry.names, entry.id].map((name) => this.keyOf(name)));
  }
}
