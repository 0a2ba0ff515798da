// The first day: what is ticked off, and the path that was opened last.

import { isText, listOf } from "./kept.js";

const isKeys = listOf(isText);

export function startFirstDay(kept, part) {
  const boxes = [...part.querySelectorAll("[data-done]")];
  const done = new Set(kept.read("done", isKeys) ?? []);

  const count = () => {
    for (const path of part.querySelectorAll("[data-path]")) {
      const own = [...path.querySelectorAll("[data-done]")];
      const place = path.querySelector("[data-count]");
      const ticked = own.filter(({ checked }) => checked).length;
      place.textContent = ticked ? place.dataset.count.replace("{n}", ticked).replace("{total}", own.length) : "";
    }
  };

  for (const box of boxes) {
    box.checked = done.has(box.dataset.done);
    box.addEventListener("change", () => {
      if (box.checked) done.add(box.dataset.done);
      else done.delete(box.dataset.done);
      for (const same of boxes) same.checked = done.has(same.dataset.done); // an entry may be on several paths
      kept.write("done", [...done]);
      count();
    });
  }

  const paths = [...part.querySelectorAll("[data-path]")];
  const last = kept.read("path", isText);
  const opened = paths.find(({ dataset }) => dataset.path === last);
  if (opened) opened.open = true;
  for (const path of paths) path.addEventListener("toggle", () => path.open && kept.write("path", path.dataset.path));
  count();
}
