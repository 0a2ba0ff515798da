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
const ELIDING = new Set(["ca", "fr", "it"]);
const MOST_JOINED = 3;

const PLAIN = /^["(]?([a-z]+)[.,;:!?")]?$/;
const PARTED_FIGURE = /[0-9] [0-9]{3}/;
const MAY_BE_PARTED = /\p{N}[^\p{L}]*?\s[^\p{L}]*?\p{N}/u; // before it is folded
const LETTER = "[\\p{L}\\p{N}\\p{M}]";
const ATOM = `${LETTER}+(?:'${LETTER}+)*`;
const SCANNER = new RegExp(
  `(?<![0-9.,'])(?<figure>[1-9][0-9]{0,2}([.,' ])[0-9]{3}(?:\\2[0-9]{3})*(?:[.,][0-9]+)?)(?!${LETTER})`
  + `|(?<!${LETTER})(?<decimal>[0-9]+(?:[.,][0-9]+)+)`
  + `|°?${ATOM}(?:[-_./&\\u2010]${ATOM})*(?:(?:\\+\\+?|#)(?!${LETTER}))?`, "gu",
);

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
  return [...folded.matchAll(SCANNER)].map(({ 0: word, 2: separator, groups }) => {
    if (/^[a-z0-9]+$/.test(word)) return { parts: [word], whole: "" };
    if (groups.figure) return readFigure(word, separator);
    if (groups.decimal) return { parts: word.split(/[.,]/), whole: word.replaceAll(",", ".") };
    return readJoined(word, elides);
  });
}

function readFigure(written, separator) {
  const whole = written.replaceAll(separator, "").replaceAll(",", ".");
  return { parts: separator === " " ? written.split(" ") : [whole], whole };
}

function readJoined(written, elides) {
  const bare = written.replace(/^°+/, "").replace(/[+#]+$/, "");
  const joints = new Set(bare.match(new RegExp(JOINT, "g")) ?? []);
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
  return words;
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
    this.known = new Map();
    this.written = new Map();
  }

  /** The terms of a text, each word's worked out once: nothing but a figure goes across a space. */
  termsIn(text) {
    if (MAY_BE_PARTED.test(text)) return this.split(text).map((word) => this.stem(word));
    const terms = [];
    for (const piece of text.split(" ")) if (piece) for (const term of this.termsOf(piece)) terms.push(term);
    return terms;
  }

  /** The stem of a word, worked out once; a figure or a name with signs has none. */
  stem(word) {
    let stem = this.known.get(word);
    if (stem === undefined) this.known.set(word, (stem = SIGNED.test(word) ? word : this.bring(word)));
    return stem;
  }

  /** The terms of a single word as it stands in a text, with its signs, worked out once. */
  termsOf(word) {
    let terms = this.written.get(word);
    if (!terms) this.written.set(word, (terms = this.split(word).map((one) => this.stem(one))));
    return terms;
  }

  scan(text) {
    return scan(text, this.language);
  }

  /** All words that a text counts as, in order. */
  split(text) {
    return split(text, this.language);
  }

  /** What two texts have in common that are the same name. */
  keyOf(text) {
    const words = partsOf(this.scan(text));
    const telling = words.filter((word) => !this.stopWords.has(word));
    return (telling.length ? telling : words).map((word) => this.stem(word)).join(" ");
  }

  /** The names of an entry as keys: its title first, its id last. Worked out when first asked for, since most never are. */
  namesOf(entry) {
    const names = () => [entry.title, ...entry.names, entry.id];
    return (entry.keys ??= { keys: names().map((name) => this.keyOf(name)), inOne: names().map((name) => this.keyInOne(name)) });
  }

  /** The same, however its words are joined: `Board mill`, `board-mill`, `boardmill`. */
  keyInOne(text) {
    return partsOf(this.scan(text)).join("");
  }
}

function partsOf(tokens) {
  return tokens.flatMap(({ parts, whole, hasSign }) => (hasSign ? [whole] : parts));
}
