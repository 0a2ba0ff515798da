// Reads the index and answers queries beside the page, so that typing never waits.

const read = async (name, cache) => {
  const response = await fetch(new URL(name, import.meta.url), { cache });
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.json();
};

const asked = []; // what came before the index did
let answer = (request) => asked.push(request);
onmessage = ({ data }) => answer(data);

async function start() {
  // The index keeps its name from one build to the next: the browser asks whether it is still the same.
  const [data, { Engine }, { composeAnswer }] = await Promise.all([
    read("search.json", "no-cache"), import("./finder-engine.js"), import("./finder-answer.js"),
    import("./minisearch.js"), import("./finder-terms.js"), // which the two above would ask for one step later
  ]);
  const engine = new Engine(data);
  let complete = false;
  let latest = null;
  answer = (request) => {
    latest = request;
    const { query, kind } = request;
    postMessage({ type: "answer", request, complete, ...composeAnswer(engine, query, kind) });
  };
  const { words, kinds, tell } = data;
  postMessage({ type: "ready", words, kinds: kinds.map(({ key, plural }) => ({ key, plural })), tell });
  if (asked.length) answer(asked.at(-1));
  await engine.addTexts(await read(data.texts, "default"));
  complete = true;
  if (latest) answer(latest);
  postMessage({ type: "complete" });
}

start().catch((error) => postMessage({ type: "failed", why: String(error) }));
