// The door to the finder, on every page: a button, a key or `?q=` in the address opens it. All else is fetched then.

const dialog = document.getElementById("pb-finder");

function isTyping({ target }) {
  return target.isContentEditable || target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
}

function isShortcut(event) {
  if (event.key === "k" && (event.ctrlKey || event.metaKey)) return true;
  const plain = !(event.ctrlKey || event.metaKey || event.altKey);
  return plain && (event.key === "/" || event.key === "s") && !isTyping(event);
}

/** Have the door open when a reader wants it; `load` brings the finder to the element of theme/partials/finder.html. */
export function keepDoor(load) {
  if (!dialog) return;
  let finder = null;

  function open() {
    if (dialog.open) return;
    dialog.showModal(); // at once: what is typed while the rest is fetched stands in the field
    dialog.querySelector("input").select();
    finder ??= load(dialog);
    finder.then((found) => found.show());
  }

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
