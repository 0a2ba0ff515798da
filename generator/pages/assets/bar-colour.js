/* The bar of a phone's browser in the colour of the header. The theme writes that colour as if every browser gave it in three whole numbers,
   and makes of any other way something that is no colour. */
"use strict";
(() => {
  const header = document.querySelector("[data-md-component=header]");
  const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!header || !brush) return;

  const read = () => {
    brush.fillStyle = getComputedStyle(header).backgroundColor;
    brush.fillRect(0, 0, 1, 1);
    const parts = [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
    return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  };

  const mend = () => {
    const bar = document.querySelector("meta[name=theme-color]");
    if (bar && !/^#[0-9a-f]{6}$/.test(bar.content)) bar.content = read();
  };

  new MutationObserver(mend).observe(document.head, { childList: true, subtree: true, attributes: true, attributeFilter: ["content"] });
  mend();
})();
