// The finder of a site that is opened from a folder: there a browser starts no worker, loads no module and fetches nothing. It answers in the
// page itself, and what it reads comes as scripts. A site has it in one file with all it imports: scripts.py.

import { Finder } from "./finder-dialog.js";
import { keepDoor } from "./finder-door.js";
import { answerWith } from "./finder-service.js";

const folder = new URL("./", document.currentScript.src);

/** What a file of data holds that was written as a script: it puts that into `pbRead`, by its own address. */
const read = (address) => new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.src = `${address}.js`;
  script.onload = () => (globalThis.pbRead?.has(script.src) ? resolve(globalThis.pbRead.get(script.src)) : script.onerror());
  script.onerror = () => reject(new Error(`${address} cannot be read`));
  document.head.append(script);
});

/** What a page takes for a worker. */
function startWorker() {
  let isEnded = false;
  const worker = { said: [] };
  worker.onmessage = ({ data }) => worker.said.push(data);
  worker.postMessage = answerWith(
    (name) => read(new URL(name, folder)),
    (data) => {
      if (!isEnded) worker.onmessage({ data });
    },
  );
  worker.terminate = () => {
    isEnded = true;
  };
  return worker;
}

globalThis.pbHere = { read, startWorker }; // for the scripts of single pages
keepDoor(async (dialog) => new Finder(dialog, new URL("../../", folder), startWorker(), startWorker));
