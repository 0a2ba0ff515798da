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
  return new Engine(data, terms, store, new Lexicon(groups, data.articles, terms));
}
