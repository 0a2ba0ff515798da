// The door to the finder, on every page: a button, a key or `?q=` in the address opens it. All else is fetched then.

const dialog = document.getElementById("pb-finder");
let finder = null;

function open() {
  if (dialog.open) return;
  dialog.showModal(); // at once: what is typed while the rest is fetched stands in the field
  dialog.querySelector("input").select();
  finder ??= load();
  finder.then((found) => found.show());
}

/** The index and the dialog are fetched side by side; what the worker says before the dialog is there is kept for it. */
async function load() {
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

function isTyping({ target }) {
  return target.isContentEditable || target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
}

function isShortcut(event) {
  if (event.key === "k" && (event.ctrlKey || event.metaKey)) return true;
  const plain = !(event.ctrlKey || event.metaKey || event.altKey);
  return plain && (event.key === "/" || event.key === "s") && !isTyping(event);
}

if (dialog) {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-finder-open]")) open();
  });
  document.addEventListener("keydown", (event) => {
    if (!isShortcut(event)) return;
    event.preventDefault();
    open();
  });
  document.documentElement.classList.add("pb-can-find");
  if (new URLSearchParams(location.search).has("q")) open();
}
