/* Where there is no room for the drawing, shows one perspective at a time, the one that the address names first. In the drawing, points out what feeds an objective while somebody points at it, or has moved to it by Tab. The map reads well without. */
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

const bands = [...document.querySelectorAll(".pb-bands > a")];
const bandOf = (id) => document.getElementById(id)?.closest(".pb-band");
const chooseBand = (band) => {
  for (const one of bands) {
    const isChosen = one === band;
    one.ariaCurrent = isChosen ? "true" : null;
    bandOf(one.hash.slice(1)).classList.toggle("pb-band--apart", !isChosen);
  }
};
const chooseNamed = () => {
  const named = bandOf(location.hash.slice(1));
  const band = named && bands.find((one) => bandOf(one.hash.slice(1)) === named);
  if (band) chooseBand(band);
};

for (const band of bands) {
  band.addEventListener("click", (event) => {
    event.preventDefault();
    chooseBand(band);
  });
}
if (bands.length) chooseBand(bands[0]);
window.addEventListener("hashchange", chooseNamed);
chooseNamed();
