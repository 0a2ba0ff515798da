/* Marks on What's new what this reader has not seen yet. What was seen is kept in this browser and nowhere else. */
(function () {
  "use strict";

  /* What was seen; null at a first visit, and where what is kept is not what we keep. */
  function read(name) {
    try {
      var kept = JSON.parse(window.localStorage.getItem(name));
      var sound = Array.isArray(kept) && kept.every(function (item) { return typeof item === "string"; });
      return sound ? kept : null;
    } catch (error) {
      return null;
    }
  }

  function mark() {
    var list = document.querySelector("[data-pb-news]");
    if (!list || list.dataset.pbDone) return;
    list.dataset.pbDone = "yes";
    var name = "pb-seen:" + list.dataset.pbNews;
    var items = Array.prototype.slice.call(list.querySelectorAll("[data-pb-item]"));
    var seen = read(name);
    if (seen) {
      var fresh = items.filter(function (item) { return seen.indexOf(item.dataset.pbItem) < 0; });
      fresh.forEach(function (item) {
        item.classList.add("pb-new");
        var badge = item.querySelector("[data-pb-badge]");
        if (badge) badge.hidden = false;
      });
      var notice = list.querySelector("[data-pb-since]");
      if (notice && fresh.length) notice.hidden = false;
    }
    var all = (seen || []).concat(items.map(function (item) { return item.dataset.pbItem; }));
    try {
      window.localStorage.setItem(name, JSON.stringify(Array.from(new Set(all)).slice(-500)));
    } catch (error) {
      /* full, or not allowed: the next visit marks the same again */
    }
  }

  if (window.document$ && window.document$.subscribe) window.document$.subscribe(mark);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mark);
  else mark();
})();
