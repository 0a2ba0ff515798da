// The finder of a site that a server delivers: it answers in a worker beside the page. A site has it in one file with the door: scripts.py.

import { keepDoor } from "./finder-door.js";

/** The index and the dialog are fetched side by side; what the worker says before the dialog is there is kept for it. */
async function load(dialog) {
  const worker = startWorker();
  const { Finder } = await import("./finder-dialog.js");
  return new Finder(dialog, new URL("../../", import.meta.url), worker, startWorker);
}

function startWorker() {
  const worker = new Worker(new URL("finder-worker.js", import.meta.url), { type: "module" });
  worker.said = [];
  worker.onmessage = ({ data }) => worker.said.push(data);
  worker.onerror = () => worker.said.push({ type: "failed" });
  return worker;
}

keepDoor(load);
