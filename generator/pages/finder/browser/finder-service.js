// Reads the index and answers queries, wherever it runs.

import { composeAnswers, composeList } from "./finder-answer.js";
import { openEngine, openTexts } from "./finder-open.js";

/** Begin to read; gives what takes a request. `read` gets a file of the index by its name, `say` is given what a page is told. */
export function answerWith(read, say) {
  const fail = (error) => say({ type: "failed", why: String(error) });
  const asked = []; // what came before the index did
  let answer = async (request) => asked.push(request);

  async function start() {
    // The index keeps its name from one build to the next: the browser asks whether it is still the same.
    const data = await read("search.json", "no-cache");
    const engine = await openEngine(data, read);
    const { store } = engine;
    let complete = Boolean(data.parts);
    let latest = null;
    let listed = engine;
    answer = async (request) => {
      const { type, query, kind, texts } = request;
      if (type === "texts") {
        listed = openTexts(texts, engine, "questions");
        return;
      }
      latest = request;
      if (type === "list") {
        say({ type, request, complete, ...await composeList(listed, query, kind) });
        return;
      }
      for await (const composed of composeAnswers(engine, query, kind)) {
        if (composed.hasMore || latest === request) say({ type: "answer", request, complete, ...composed });
      }
    };
    const { words, kinds, tell } = data;
    say({ type: "ready", words, kinds: kinds.map(({ key, plural, list }) => ({ key, plural, list })), tell });
    for (const request of asked.filter(({ type }) => type === "texts")) await answer(request);
    if (asked.length && asked.at(-1).type !== "texts") await answer(asked.at(-1));
    if (!complete) {
      await store.addTexts(await read(data.texts));
      complete = true;
      if (latest) await answer(latest);
    }
    say({ type: "complete" });
  }

  start().catch(fail);
  return (request) => answer(request).catch(fail);
}
