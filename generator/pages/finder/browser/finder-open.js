// Opens the finder: of what stands in search.json, the engine that answers, and where its index comes from.

import { Engine } from "./finder-engine.js";
import { groups, stem } from "./finder-language.js"; // written at build, of the playbook's language
import { Lexicon } from "./finder-lexicon.js";
import { Parts } from "./finder-parts.js";
import { Terms } from "./finder-terms.js";
import { Whole } from "./finder-whole.js";

/** `read` fetches another file of the index. */
export async function openEngine(data, read) {
  const terms = new Terms(data.language, data.stop_words, stem);
  const store = data.parts ? await Parts.open(data, read) : new Whole(data, terms);
  return new Engine(data, terms, store, new Lexicon(groups, data, terms));
}

/** An engine over texts that are no entries, such as the questions of a page: each is found by its number. */
export function openTexts(texts, { data, terms, lexicon }, kind) {
  const entries = texts.map((text, number) => [0, String(number), text, "", [], [], 0, 0]);
  const kinds = [{ key: kind, title: "", plural: "", address: "", weight: 1 }];
  const weights = { first: { title: 4 }, later: {} };
  const given = { ...data, kinds, entries, owners: [""], named: [], weights };
  return new Engine(given, terms, new Whole(given, terms), lexicon);
}
