/* Points out what feeds an objective while somebody points at it, or has moved to it by Tab. The map reads well without. */
"use strict";

for (const map of document.querySelectorAll(".pb-map")) {
  const parts = map.querySelectorAll("[data-reaches]");

  const light = (box) => {
    const id = box ? box.dataset.id : "";
    map.classList.toggle("pb-map--tracing", Boolean(box));
    for (const part of parts) {
      part.classList.toggle("pb-map__lit", part.dataset.reaches.split(" ").includes(id));
    }
  };
  const boxAt = (event) => (event.target instanceof Element ? event.target.closest("[data-id]") : null);

  map.addEventListener("pointerover", (event) => light(boxAt(event)));
  map.addEventListener("pointerleave", () => light(boxAt({ target: document.activeElement })));
  map.addEventListener("focusin", (event) => light(boxAt(event)));
  map.addEventListener("focusout", () => light(null));
}
