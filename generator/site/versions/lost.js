/* At an address where nothing is: one from before there were versions leads to the same page of the newest one. At any other, the search is
   offered, with the words of the address in it. */
"use strict";
(() => {
  const { src, dataset } = document.currentScript;
  const root = new URL("./", src).pathname;
  if (!location.pathname.startsWith(root)) return;
  const path = location.pathname.slice(root.length);

  const plain = (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part; // no letter is written like that
    }
  };

  const [first] = path.split("/");
  if (first && !dataset.versions.split(" ").map(plain).includes(plain(first))) {
    location.replace(`${root}${dataset.latest}/${path}${location.search}${location.hash}`);
    return;
  }
  const named = path.split("/").map(plain).filter((part) => part && part !== "index.html");
  const field = document.querySelector("#pb-finder input");
  if (field && named.length > 1) field.value = named.at(-1).replace(/\.html$/, "").replaceAll("-", " ");
})();
