/* Marks on What's new what this reader has not seen yet. What was seen is kept in this browser and nowhere else. */
(function () {
  "use strict";

  function mark() {
    var list = document.querySelector("[data-pb-news]");
    if (!list || list.dataset.pbDone) return;
    list.dataset.pbDone = "yes";
    var name = "pb-seen:" + list.dataset.pbNews;
    var items = Array.prototype.slice.call(list.querySelectorAll("[data-pb-item]"));
    var seen = null;
    try {
      seen = JSON.parse(window.localStorage.getItem(name));
    } catch (error) {
      return; /* the browser keeps nothing; then there is no last visit */
    }
    if (Array.isArray(seen)) {
      var fresh = items.filter(function (item) { return seen.indexOf(item.dataset.pbItem) < 0; });
      fresh.forEach(function (item) {
        item.classList.add("pb-new");
        var badge = item.querySelector("[data-pb-badge]");
        if (badge) badge.hidden = false;
      });
      var notice = list.querySelector("[data-pb-since]");
      if (notice && fresh.length) notice.hidden = false;
    }
    var all = (Array.isArray(seen) ? seen : []).concat(items.map(function (item) { return item.dataset.pbItem; }));
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
