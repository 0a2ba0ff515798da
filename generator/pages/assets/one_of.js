/* One part of a page at a time, where there is no room for all: the one that is chosen, or that the address names. Without scripts all are there. */
"use strict";
(() => {
  const ways = [...document.querySelectorAll(".pb-one-of > a")];
  if (!ways.length) return;
  const partOf = (hash) => document.getElementById(hash.slice(1))?.closest(".pb-one"); // an id holds plain letters alone

  const choose = (chosen) => {
    for (const way of ways) {
      way.ariaCurrent = way === chosen ? "true" : null;
      partOf(way.hash)?.classList.toggle("pb-one--apart", way !== chosen);
    }
  };
  const chooseNamed = () => {
    const named = partOf(location.hash);
    const way = named && ways.find(({ hash }) => partOf(hash) === named);
    if (way) choose(way);
  };

  for (const way of ways) {
    way.addEventListener("click", (event) => {
      event.preventDefault(); // the ways stay where they are
      history.replaceState(null, "", way.hash);
      choose(way);
    });
  }
  window.addEventListener("hashchange", chooseNamed);
  choose(ways[0]);
  chooseNamed();
})();
