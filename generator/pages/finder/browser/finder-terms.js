// Words as the index knows them (pages/finder/tokenizer.py knows them alike). The dialog's passages use the same to mark what was found.

const LETTERS = { ß: "ss", ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", ı: "i", ς: "σ", й: "й" };
const QUOTES = /[\u2018\u2019\u02bc\u00b4`\u2032]/g;
const CAMEL = /([a-zäöüß]{2})([A-ZÄÖÜ])(?=[a-zäöüß]{2})/g;
const IGNORED = /[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\u200b-\u200f\u00ad\ufeff]/g;
const MARKED = /[\u00c0-\u024f\u0370-\u03ff\u0400-\u045f\u1e00-\u1fff]/g;
const UNSPACED = "\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}"
  + "\\u1100-\\u11ff\\uac00-\\ud7af\\u0e01-\\u0e4e\\u0e80-\\u0ece\\u1000-\\u109f\\u1780-\\u17d3";
const RUN = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");
const SIGNED = /[0-9+#&/.°]/;
const JOINT = /[-_./&\u2010]/;
const JOINTS = /[-_./&\u2010]/g;
const HANGS = /[a-z0-9][-\u2010],?\s|\s[-\u2010][a-z0-9]/;
const MAY_HANG = /[-\u2010\u2011\ufe63\uff0d](?![A-Za-z0-9])|(?<![A-Za-z0-9])[-\u2010\u2011\ufe63\uff0d]/; // before it is folded
const HANGING_END = /[-\u2010],?$/;
const HANGING_START = /^[-\u2010]/;
const MEMBER = /^[^a-z0-9]*([a-z0-9]+(?:[-\u2010][a-z0-9]+)*)[^a-z0-9]*$/; // a word between its marks, whatever it is joined of
const ELIDING = new Set(["ca", "fr", "it"]);
const MOST_JOINED = 3;
export const OPEN_JOINT = "~"; // between a word whose end a hyphen leaves out, and the one that has it

const PLAIN = /^["(]?([a-z]+)[.,;:!?")]?$/;
const PARTED_FIGURE = /[0-9] [0-9]{3}/;
const MAY_BE_PARTED = /\p{N}[^\p{L}]*?\s[^\p{L}]*?\p{N}/u; // before it is folded: nothing but a figure goes across a space
const HAS_OTHER_LETTERS = /[^\x00-\x7f\u00b0\u2010-\u205e\u20a0-\u20bf]/;
const scannerFor = patternFor((letters) => {
  const letter = `[${letters}]`;
  const atom = `${letter}+(?:'${letter}+)*`;
  return new RegExp(
    `(?<![0-9.,'])(?<figure>[1-9][0-9]{0,2}([.,' ])[0-9]{3}(?:\\2[0-9]{3})*(?:[.,][0-9]+)?)(?!${letter})`
    + `|(?<!${letter})(?<decimal>[0-9]+(?:[.,][0-9]+)+)`
    + `|°?${atom}(?:[-_./&\\u2010]${atom})*(?:(?:\\+\\+?|#)(?!${letter}))?`, "gu",
  );
});

/** A pattern for the letters of a text. One for all scripts takes a browser milliseconds to make ready, and few texts need it. */
export function patternFor(write) {
  let plain;
  let any;
  return (text) => (HAS_OTHER_LETTERS.test(text) ? (any ??= write("\\p{L}\\p{N}\\p{M}")) : (plain ??= write("A-Za-z0-9")));
}

function strip(letter) {
  return LETTERS[letter] ?? letter.normalize("NFD").replace(/\p{M}/gu, "");
}

/** A text without capitals, accents and variants of letters; `CO₂` becomes `co2`. */
export function fold(text) {
  const spread = text.replace(CAMEL, "$1\u2010$2");
  if (!/[^\x00-\x7f]/.test(spread)) return spread.toLowerCase().replaceAll("`", "'");
  return spread.replace(QUOTES, "'").normalize("NFKC").toLowerCase().replace(MARKED, strip).replace(IGNORED, "");
}

/** The words of a text in order, each as `{parts, whole, hasSign}`: what it is made of, and what it is as one, if it is. */
export function scan(text, language = "") {
  const folded = fold(text);
  const elides = ELIDING.has(language);
  if (PARTED_FIGURE.test(folded)) return scanClosely(folded, elides);
  const tokens = [];
  for (const piece of folded.split(/\s+/)) {
    const [, word] = PLAIN.exec(piece) ?? []; // nearly all are: they need no closer look
    if (word) tokens.push({ parts: [word], whole: "" });
    else if (piece) tokens.push(...scanClosely(piece, elides));
  }
  return tokens;
}

function scanClosely(folded, elides) {
  return [...folded.matchAll(scannerFor(folded))].map(({ 0: word, 2: separator, groups }) => {
    if (/^[a-z0-9]+$/.test(word)) return { parts: [word], whole: "" };
    if (groups.figure) return readFigure(word, separator);
    if (groups.decimal) return { parts: word.split(/[.,]/), whole: word.replaceAll(",", ".") };
    return readJoined(word, elides);
  });
}

function readFigure(written, separator) {
  const whole = written.replaceAll(separator, "").replaceAll(",", ".").replace(/\.0+$/, "");
  return { parts: separator === " " ? written.split(" ") : [whole], whole };
}

function readJoined(written, elides) {
  const bare = written.replace(/^°+/, "").replace(/[+#]+$/, "");
  const joints = new Set(bare.match(JOINTS) ?? []);
  const atoms = (elides ? bare.replaceAll("'", "-") : bare).split(JOINT).filter(Boolean)
    .map((atom) => atom.replace(/'s$/, "").replaceAll("'", ""));
  const parts = atoms.flatMap(splitUnspaced);
  const sign = /\p{N}$/u.test(bare) ? "" : written.match(/[+#]*$/)[0];
  if (sign || written[0] === "°") {
    return { parts, whole: `${written[0] === "°" ? "°" : ""}${atoms.join("")}${sign}`, hasSign: true };
  }
  const longest = Math.max(0, ...atoms.map((atom) => [...atom].length));
  const are = (...wanted) => joints.size === wanted.length && wanted.every((joint) => joints.has(joint));
  if (are("&") && longest <= 3) return { parts, whole: atoms.join("&"), hasSign: true };
  if (are("/") && atoms.length === 2 && longest <= 2) return { parts, whole: atoms.join("/") };
  const isOne = joints.size && isOneWord(atoms, joints) && parts.length === atoms.length;
  return { parts, whole: isOne ? atoms.join("") : "" };
}

/** Whether what is joined may be written in one as well: `on-site`, `node.js`, `u.s.`. */
function isOneWord(atoms, joints) {
  if (atoms.every((atom) => /^\p{N}+$/u.test(atom)) || joints.has("/") || joints.has("&")) return false;
  if (joints.has(".") && joints.size === 1 && atoms.every((atom) => [...atom].length === 1)) return true;
  return atoms.length > 1 && atoms.length <= (joints.has(".") ? 2 : MOST_JOINED);
}

/** A word in runs of letters by script: of those without spaces, their overlapping pairs. */
export function splitUnspaced(atom) {
  if (!HAS_UNSPACED.test(atom)) return [atom];
  return atom.match(RUN).flatMap((run) => {
    const letters = [...run];
    if (letters.length < 2 || !HAS_UNSPACED.test(run)) return [run];
    return letters.slice(1).map((letter, at) => letters[at] + letter);
  });
}

/** Whether a word is of a script that puts no spaces between words. */
export function isUnspaced(word) {
  return HAS_UNSPACED.test(word);
}

/** All words that a text counts as, in order. */
export function split(text, language = "") {
  const folded = fold(text);
  const elides = ELIDING.has(language);
  const words = [];
  for (const piece of PARTED_FIGURE.test(folded) ? [folded] : folded.split(/\s+/)) {
    const [, word] = PLAIN.exec(piece) ?? [];
    if (word) words.push(word);
    else if (piece) for (const token of scanClosely(piece, elides)) addWords(token, words);
  }
  if (HANGS.test(folded)) words.push(...listHanging(folded));
  return words;
}

/** What a hyphen leaves out of words that share a part, with the word that has it: `kuhl-, gefrier- und trockenlager`,
    `auftragsannahme und -abwicklung`. One word stands between: that for `and`. */
function listHanging(folded) {
  const pieces = folded.trim().split(/\s+/);
  return pieces.flatMap((piece, place) => {
    if (HANGING_END.test(piece)) {
      let other = place + 1;
      while (other < pieces.length && HANGING_END.test(pieces[other])) other += 1;
      return pair(piece, pieces[other + 1] ?? "");
    }
    if (!HANGING_START.test(piece)) return [];
    let other = place - (place && pieces[place - 1].endsWith(",") ? 1 : 2);
    while (other >= 0 && HANGING_START.test(pieces[other])) other -= 1;
    return pair(pieces[other] ?? "", piece);
  });
}

function pair(...words) {
  const members = words.map((word) => MEMBER.exec(word)?.[1].replace(JOINTS, ""));
  return members.every(Boolean) ? [members.join(OPEN_JOINT)] : [];
}

function addWords({ parts, whole }, words) {
  words.push(...parts);
  if (whole && !(parts.length === 1 && parts[0] === whole)) words.push(whole);
}

/** The words of one language (`en`, `de`, `pt-BR`) as terms: brought to their stems, without those that tell nothing. */
export class Terms {
  /** `bring` brings a word to its stem. */
  constructor(language, stopWords, bring) {
    const code = language.toLowerCase().split("-")[0];
    this.language = ["nb", "nn"].includes(code) ? "no" : code;
    this.bring = bring;
    this.stopWords = new Set(stopWords.flatMap((text) => split(text)));
    this.stems = new Map();
    this.written = new Map();
    this.numbers = new Map();
    this.numbered = new Map();
    this.named = new Map();
  }

  /** The stem of a word, worked out once; a figure or a name with signs has none. */
  stem(word) {
    let stem = this.stems.get(word);
    if (stem === undefined) this.stems.set(word, (stem = SIGNED.test(word) ? word : this.bring(word)));
    return stem;
  }

  scan(text) {
    return scan(text, this.language);
  }

  /** All words that a text counts as, in order. */
  split(text) {
    return split(text, this.language);
  }

  /** The terms of a single word as it stands in a text, with its signs, worked out once. */
  termsOf(word) {
    return worked(this.written, word, () => this.split(word).map((one) => this.stem(one)));
  }

  /** Add the terms of a text to `all`, as numbers, the first that was ever met being 0. */
  addNumbers(text, all) {
    if (MAY_BE_PARTED.test(text) || MAY_HANG.test(text)) {
      for (const word of this.split(text)) all.push(this.numberOf(this.stem(word)));
      return;
    }
    for (const part of text.split(" ")) {
      let numbers = this.numbered.get(part);
      if (!numbers) this.numbered.set(part, (numbers = this.split(part).map((word) => this.numberOf(this.stem(word)))));
      for (const number of numbers) all.push(number);
    }
  }

  numberOf(term) {
    return worked(this.numbers, term, () => this.numbers.size);
  }

  /** The words of a name: what is joined counts as its parts alone. */
  wordsOf(name) {
    if (MAY_BE_PARTED.test(name)) return partsOf(this.scan(name));
    return name.split(" ").flatMap((part) => worked(this.named, part, () => partsOf(this.scan(part))));
  }

  /** What two texts have in common that are the same name. */
  keyOf(text) {
    return this.keyOfWords(this.wordsOf(text));
  }

  keyOfWords(words) {
    const telling = words.filter((word) => !this.stopWords.has(word));
    return (telling.length ? telling : words).map((word) => this.stem(word)).join(" ");
  }

  /** The same, however its words are joined: `Board mill`, `board-mill`, `boardmill`. */
  keyInOne(text) {
    return this.wordsOf(text).join("");
  }

  /** The names of an entry as both kinds of keys: its title first, its id last. Worked out when first asked for, since most never are. */
  namesOf(entry) {
    if (!entry.keys) {
      const names = [entry.title, ...entry.names, entry.id].map((name) => this.wordsOf(name));
      entry.keys = { keys: names.map((words) => this.keyOfWords(words)), inOne: names.map((words) => words.join("")) };
    }
    return entry.keys;
  }
}

function worked(known, key, make) {
  let made = known.get(key);
  if (made === undefined) known.set(key, (made = make()));
  return made;
}

function partsOf(tokens) {
  return tokens.flatMap(({ parts, whole, hasSign }) => (hasSign ? [whole] : parts));
}
