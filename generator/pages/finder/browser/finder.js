// The finder of a site that a server delivers: it answers in a worker beside the page. A site has it in one file with the door: scripts.py.

import { keepDoor } from "./finder-door.js";

const INDEX = "search.json";

/** The index and the dialog are fetched side by side; what the worker says before the dialog is there is kept for it. */
async function load(dialog) {
  const worker = startWorker();
  const { Finder } = await import("./finder-dialog.js");
  return new Finder(dialog, new URL("../../", import.meta.url), worker, startWorker);
}

function startWorker() {
  const worker = new Worker(new URL("finder-worker.js", import.meta.url), { type: "module", name: INDEX });
  giveIndex(worker);
  worker.said = [];
  worker.onmessage = ({ data }) => worker.said.push(data);
  worker.onerror = () => worker.said.push({ type: "failed" });
  return worker;
}

/** The index comes while the worker's script does. Where it does not come, the worker asks for it and says what is wrong. */
async function giveIndex(worker) {
  const content = await fetch(new URL(INDEX, import.meta.url), { cache: "no-cache" })
    .then((response) => (response.ok ? response.arrayBuffer() : null)).catch(() => null);
  worker.postMessage({ type: "file", content }, content ? [content] : []);
}

keepDoor(load);
