/* Rows that are opened in place: the one that the address names opens by itself, and all are open on paper. */
"use strict";
(() => {
  const openNamed = () => {
    const row = document.getElementById(location.hash.slice(1))?.closest(".pb-row"); // an id holds plain letters alone
    const fold = row?.querySelector(":scope > details");
    const way = row?.querySelector(":scope > .pb-row__way");
    if (way) location.replace(way.href); // there are so many that each has a page of its own
    if (!fold) return;
    fold.open = true;
    row.scrollIntoView();
  };

  /* Browsers that lay out closed details on paper do so by the style sheet. */
  if (!CSS.supports("selector(::details-content)")) {
    let opened = [];
    window.addEventListener("beforeprint", () => {
      opened = [...document.querySelectorAll(":is(.pb-row > details, .pb-more--rows):not([open])")];
      for (const fold of opened) fold.open = true;
    });
    window.addEventListener("afterprint", () => { for (const fold of opened) fold.open = false; });
  }

  window.addEventListener("hashchange", openNamed);
  openNamed();
})();
