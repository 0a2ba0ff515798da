// Asks the finder outside a browser: reads {folder, queries} as JSON from its input, writes what each query finds, best first.
// `folder` holds the finder's modules and the index. `kind`, where given, is the only kind wanted.

import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const MOST = 20; // answers that are written down for a query

const { folder, queries } = JSON.parse(await readFile("/dev/stdin", "utf-8"));
const read = async (name) => JSON.parse(await readFile(`${folder}/${name}`, "utf-8"));
const { openEngine } = await import(pathToFileURL(`${folder}/finder-open.js`).href);
const data = await read("search.json");
const engine = await openEngine(data, read);
const { store } = engine;
if (!data.parts) await store.addTexts(await read(data.texts));

const answers = [];
for (const { q } of queries) {
  const hits = (await engine.search(q)).slice(0, MOST);
  const entries = await store.load(hits.map((hit) => hit.number));
  answers.push(entries.map((entry, at) => ({
    address: entry.kind.address.replace("{id}", entry.id), score: hits[at].score, terms: [...hits[at].terms], by: [...hits[at].by],
  })));
}
process.stdout.write(JSON.stringify(answers));
