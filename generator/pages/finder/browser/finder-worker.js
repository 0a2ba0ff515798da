// Reads the index and answers queries beside the page, so that typing never waits.

const read = async (name, cache = "default") => {
  const response = await fetch(new URL(name, import.meta.url), { cache });
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.json();
};

const fail = (error) => postMessage({ type: "failed", why: String(error) });

const asked = []; // what came before the index did
let answer = async (request) => asked.push(request);
onmessage = ({ data: request }) => answer(request).catch(fail);

async function start() {
  // The index keeps its name from one build to the next: the browser asks whether it is still the same.
  const [data, { composeAnswer }, { openEngine }] = await Promise.all([
    read("search.json", "no-cache"),
    import("./finder-answer.js"),
    import("./finder-open.js"),
    ...["terms", "language", "engine", "query", "forms", "lexicon", "whole", "parts"].map((name) => import(`./finder-${name}.js`)),
  ]); // the others are asked for here so that none of them is asked for one step later
  const engine = await openEngine(data, read);
  const { store } = engine;
  let complete = Boolean(data.parts);
  let latest = null;
  answer = async (request) => {
    latest = request;
    const { query, kind } = request;
    const composed = await composeAnswer(engine, query, kind);
    postMessage({ type: "answer", request, complete, ...composed });
  };
  const { words, kinds, tell } = data;
  postMessage({ type: "ready", words, kinds: kinds.map(({ key, plural }) => ({ key, plural })), tell });
  if (asked.length) await answer(asked.at(-1));
  if (!complete) {
    await store.addTexts(await read(data.texts));
    complete = true;
    if (latest) await answer(latest);
  }
  postMessage({ type: "complete" });
}

start().catch(fail);
