/* Instant filters of a list. What is listed carries what it is for as data attributes, itself or by what it stands in; a missing attribute
   fits every choice. What is typed is answered by the finder, so that a list shows what the search would: the best first. Choice and words are
   kept in the address, so that it can be sent and gone back from. */
"use strict";
(() => {
  const form = document.querySelector("form.pb-filter[data-shown]");
  if (!form) return;
  const items = [...document.querySelectorAll(".pb-item")];
  const groups = [...document.querySelectorAll(".pb-group")];
  const selects = [...form.querySelectorAll("select")];
  const words = form.elements.namedItem("words");
  const more = form.querySelector("details");
  const status = form.querySelector("[role=status]");
  const clear = form.querySelector(".pb-filter__clear");
  const nothing = form.querySelector(".pb-filter__nothing");
  const scripts = new URL("finder/", document.currentScript.src);
  const ranked = document.createElement("div");
  let worker = null;
  let answer = null; // what the finder says of the words in the field
  let tell = "";

  const fits = (item, name, value) => {
    const marked = item.closest(`[data-${name}]`);
    return !marked || marked.getAttribute(`data-${name}`).split(" ").includes(value);
  };

  /* A question is ranked with the card it stands on: without that, nobody knows whom to ask it. */
  const unitOf = (item) => item.closest("[data-unit]") ?? item;
  const units = [...new Set(items.map(unitOf))];
  const homes = units.map((unit) => {
    const mark = document.createComment("");
    unit.before(mark);
    return mark;
  });

  const list = document.querySelector(".pb-list") ?? units[0].parentElement;
  ranked.className = ["pb-cards", "pb-rows"].filter((name) => units[0].parentElement.classList.contains(name)).join(" ");

  /* The best first, in a list of their own; without words, all where they belong. */
  const arrange = (order) => {
    if (!order) {
      units.forEach((unit, at) => { if (unit.parentElement === ranked) homes[at].after(unit); });
      ranked.remove();
      return;
    }
    if (!ranked.isConnected) list.before(ranked);
    const shown = [...new Set(order.map(unitOf))];
    units.forEach((unit, at) => { if (unit.parentElement === ranked && !shown.includes(unit)) homes[at].after(unit); });
    ranked.append(...shown);
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

  /* The buyer's other wordings show themselves where they are what was typed. */
  const showWordings = (item, wordings) => {
    for (const list of item.querySelectorAll(".pb-also")) {
      for (const line of list.children) line.hidden = !wordings.includes(line.textContent.trim());
      list.hidden = [...list.children].every((line) => line.hidden);
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

  const apply = () => {
    const chosen = selects.filter((select) => select.value);
    const typed = words.value.trim();
    const isFitting = (item) => chosen.every((select) => fits(item, select.name, select.value));
    const byKey = new Map(items.map((item) => [keyOf(item), item]));
    const hits = typed && answer ? answer.hits.filter((hit) => byKey.has(hit.id)) : [];
    const order = typed && answer ? hits.map((hit) => byKey.get(hit.id)).filter(isFitting) : null;
    const isNear = Boolean(order?.length) && !answer.found;
    arrange(order);
    unfold(order);
    const shown = new Set(order ?? items.filter(isFitting));
    for (const item of items) item.hidden = !shown.has(item);
    for (const item of items) showWordings(item, hits.find((hit) => hit.id === keyOf(item))?.names ?? []);
    for (const group of groups) group.hidden = !group.querySelector(".pb-item:not([hidden])");
    showNothing(typed, isNear, !shown.size);
    const names = chosen.map((select) => select.selectedOptions[0].text);
    const count = form.dataset.shown.replace("{n}", isNear ? 0 : shown.size).replace("{total}", items.length);
    status.textContent = names.length ? `${count}: ${names.join(", ")}` : count;
    clear.hidden = !chosen.length && !typed;
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

  if (more) more.open = window.matchMedia("(min-width: 45em)").matches;
  form.hidden = false;
  read();
})();
