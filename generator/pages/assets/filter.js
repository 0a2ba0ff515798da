/* Instant filters of a list. What is listed carries what it is for as data attributes, itself or by what it stands in; a missing attribute
   fits every choice. What is typed is answered by the finder, so that a list shows what the search would: the best first. Choice and words are
   kept in the address, so that it can be sent and gone back from. */
"use strict";
(() => {
  const form = document.querySelector("form.pb-filter[data-shown]");
  if (!form) return;
  const selects = [...form.querySelectorAll("select")];
  const words = form.elements.namedItem("words");
  const more = form.querySelector("details");
  const status = form.querySelector("[role=status]");
  const clear = form.querySelector(".pb-filter__clear");
  const nothing = form.querySelector(".pb-filter__nothing");
  const scripts = new URL("finder/", document.currentScript.src);
  const article = form.parentElement;
  let items = []; // what is listed
  let ranked = null; // the best first, in a list of their own
  let worker = null;
  let answer = null; // what the finder says of the words in the field
  let tell = "";

  const fits = (item, name, value) => {
    const marked = item.closest(`[data-${name}]`);
    return !marked || marked.getAttribute(`data-${name}`).split(" ").includes(value);
  };

  /* A question is ranked with the card it stands on: without that, nobody knows whom to ask it. */
  const unitOf = (item) => item.closest("[data-unit]") ?? item;

  const setHidden = (part, isHidden) => { if (part.hidden !== isHidden) part.hidden = isHidden; };

  /* Where each belongs is noted when the first is moved: until then a long list costs nothing. */
  const makeRanked = () => {
    const homes = new Map();
    for (const unit of new Set(items.map(unitOf))) {
      const mark = document.createComment("");
      unit.before(mark);
      homes.set(unit, mark);
    }
    const first = items[0].closest("[data-unit]") ?? items[0];
    const place = document.createElement("div");
    place.className = ["pb-cards", "pb-rows"].filter((name) => first.parentElement.classList.contains(name)).join(" ");
    place.classList.add("pb-ranked");
    return { homes, place, list: article.querySelector(".pb-list") ?? first.parentElement };
  };

  /* The best first; without words, all where they belong. */
  const arrange = (order) => {
    if (!order && !ranked) return;
    ranked ??= makeRanked();
    const { homes, place, list } = ranked;
    const shown = new Set((order ?? []).map(unitOf));
    for (const [unit, home] of homes) if (unit.parentElement === place && !shown.has(unit)) home.after(unit);
    if (!order) {
      place.remove();
      return;
    }
    if (!place.isConnected) list.before(place);
    place.append(...shown);
  };

  /* What is found among several in a row is seen at once; where nothing is looked for, the row is as the reader left it. */
  const unfold = (order) => {
    for (const fold of document.querySelectorAll("[data-unit] > details")) {
      if (order && !fold.open) Object.assign(fold, { open: true }).dataset.unfolded = "";
      if (!order && "unfolded" in fold.dataset) {
        fold.open = false;
        delete fold.dataset.unfolded;
      }
    }
  };

  /* What is folded to keep a list short is not folded when something was chosen of it. */
  const openFolds = (isChosen) => {
    for (const fold of article.querySelectorAll("details.pb-group")) {
      fold.open = isChosen;
      fold.classList.toggle("pb-more--chosen", isChosen);
    }
  };

  /* A closed row of several begins with the first of those that are shown. */
  const showFirsts = () => {
    for (const line of article.querySelectorAll("[data-unit] [data-first]")) {
      const first = line.closest("[data-unit]").querySelector(".pb-item:not([hidden])");
      if (first) line.textContent = first.lastChild.textContent.trim();
    }
  };

  /* The buyer's other wordings show themselves where they are what was typed. */
  const showWordings = (hits) => {
    const said = new Map(hits.map((hit) => [hit.id, hit.names]));
    for (const list of article.querySelectorAll(".pb-also")) {
      const wordings = said.get(list.closest(".pb-item").dataset.entry) ?? [];
      for (const line of list.children) setHidden(line, !wordings.includes(line.textContent.trim()));
      setHidden(list, [...list.children].every((line) => line.hidden));
    }
  };

  /* A group without anything shown is not shown; of one that is not laid out yet, how much there is to lay out. */
  const showGroups = () => {
    for (const group of article.querySelectorAll(".pb-group")) {
      const n = group.querySelectorAll(".pb-item:not([hidden])").length;
      setHidden(group, !n);
      if (group.matches(".pb-piece")) group.style.setProperty("--pb-shown", n);
    }
  };

  const keyOf = (item) => item.dataset.entry ?? String(items.indexOf(item));

  /* Where nothing is found: what comes nearest, the search of everything, and whom to tell. */
  const showNothing = (typed, isNear, isEmpty) => {
    nothing.hidden = !typed || !answer || !(isNear || isEmpty);
    if (nothing.hidden) return;
    nothing.querySelector("p").textContent = form.dataset[isNear ? "nearest" : "none"].replace("{query}", () => typed);
    nothing.querySelector("[data-everywhere]").href = `?${new URLSearchParams({ q: typed })}`;
    const link = nothing.querySelector("[data-tell]");
    link.hidden = !tell;
    link.rel = "noopener noreferrer";
    if (tell) link.href = tell.replaceAll("{query}", () => encodeURIComponent(typed));
  };

  const choose = (chosen, typed) => {
    const isFitting = (item) => chosen.every((select) => fits(item, select.name, select.value));
    let order = null;
    let hits = [];
    if (typed && answer) {
      const byKey = new Map(items.map((item) => [keyOf(item), item]));
      hits = answer.hits.filter((hit) => byKey.has(hit.id));
      order = hits.map((hit) => byKey.get(hit.id)).filter(isFitting);
    }
    const isNear = Boolean(order?.length) && !answer.found;
    const shown = new Set(order ?? items.filter(isFitting));
    arrange(order);
    unfold(order);
    for (const item of items) setHidden(item, !shown.has(item));
    showWordings(hits);
    showGroups();
    showFirsts();
    openFolds(Boolean(chosen.length || typed));
    showNothing(typed, isNear, !shown.size);
    return isNear ? 0 : shown.size;
  };

  /* Where nothing is chosen and nothing was, all stands as it came: a long list is not touched. */
  let isChosen = false;
  const apply = () => {
    if (!items.length) return; // the list is still to come
    const chosen = selects.filter((select) => select.value);
    const typed = words.value.trim();
    const wasChosen = isChosen;
    isChosen = Boolean(chosen.length || typed);
    const n = isChosen || wasChosen ? choose(chosen, typed) : items.length;
    const names = chosen.map((select) => select.selectedOptions[0].text);
    const count = form.dataset.shown.replace("{n}", n).replace("{total}", items.length);
    status.textContent = names.length ? `${count}: ${names.join(", ")}` : count;
    clear.hidden = !isChosen;
    if (!typed || answer?.complete) form.dataset.answered = typed;
  };

  const listen = ({ data }) => {
    if (data.type === "ready") tell = data.tell;
    if (data.type === "failed") fail();
    if (data.type !== "list" || data.request.query.trim() !== words.value.trim()) return;
    if (!data.found && !data.complete) return; // its texts are still to come
    answer = data;
    apply();
  };

  const fail = () => {
    worker?.terminate();
    worker = null; // the next words try again
    answer = null;
    apply();
    status.textContent = form.dataset.failed;
  };

  const start = () => {
    worker = globalThis.pbHere?.startWorker() ?? new Worker(new URL("finder-worker.js", scripts), { type: "module" });
    worker.onmessage = listen;
    worker.onerror = fail;
    if (items.some((item) => !item.dataset.entry)) {
      worker.postMessage({ type: "texts", texts: items.map((item) => `${item.textContent} . ${item.closest("[data-words]")?.dataset.words ?? ""}`) });
    }
  };

  /* Until the finder has answered, what stands there stays. */
  const ask = () => {
    if (!words.value.trim()) {
      answer = null;
      apply();
      return;
    }
    if (!items.length) return;
    if (!worker) start();
    worker.postMessage({ type: "list", query: words.value, kind: form.dataset.kind });
  };

  const write = (method) => {
    const query = new URLSearchParams();
    for (const field of [...selects, words]) if (field.value) query.set(field.name, field.value);
    const asked = query.toString();
    history[method](null, "", asked ? `?${asked}` : location.pathname);
  };

  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const select of selects) {
      const value = query.get(select.name) ?? "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
    words.value = query.get("words") ?? "";
    answer = null;
    apply();
    ask();
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  words.addEventListener("input", () => { ask(); write("replaceState"); });
  for (const select of selects) select.addEventListener("change", () => { apply(); write("pushState"); });
  clear.addEventListener("click", () => {
    for (const field of [...selects, words]) field.value = "";
    answer = null;
    apply();
    write("pushState");
    words.focus();
  });
  window.addEventListener("popstate", read);

  /* The bar is there before the list; what is chosen by then is chosen from all of it as soon as it is there. */
  const begin = () => {
    items = [...article.querySelectorAll(".pb-item")];
    apply();
    ask();
  };
  if (more) more.open = window.matchMedia("(min-width: 45em)").matches;
  form.hidden = false;
  read();
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin, { once: true });
  else begin();
})();
