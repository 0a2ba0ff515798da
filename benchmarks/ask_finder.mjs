// Asks the finder outside a browser: reads {folder, queries} as JSON from its input, writes what each query finds, best first.
// `folder` holds the finder's own scripts and the index, as a site does. `kind`, where given, is the only kind wanted.

import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const MOST = 20; // answers that are written down for a query

const { folder, queries } = JSON.parse(await readFile("/dev/stdin", "utf-8"));
const read = async (name) => JSON.parse(await readFile(`${folder}/${name}`, "utf-8"));
const load = (name) => import(pathToFileURL(`${folder}/finder-${name}.js`).href);

const [{ Terms }, { Engine }, { Whole }, { Parts }] = await Promise.all(["terms", "engine", "whole", "parts"].map(load));
const data = await read("search.json");
const terms = new Terms(data.language, data.stop_words);
const store = data.parts ? await Parts.open(data, read) : new Whole(data, terms);
if (!data.parts) await store.addTexts(await read(data.texts));
const engine = new Engine(data, terms, store);

const answers = [];
for (const { q } of queries) {
  const hits = (await engine.search(q)).slice(0, MOST);
  const entries = await store.load(hits.map((hit) => hit.number));
  answers.push(entries.map((entry, at) => ({
    address: entry.kind.address.replace("{id}", entry.id), score: hits[at].score, terms: [...hits[at].terms],
  })));
}
process.stdout.write(JSON.stringify(answers));
