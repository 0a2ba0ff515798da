/* Instant filters of a list. What is listed carries what it is for as data attributes, itself or by what it stands in;
   a missing attribute fits every choice. The choice is kept in the address, so that it can be sent and gone back from. */
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
  const texts = new Map();

  /* Letters without accents and case: "Käse" is found by "kase". */
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const textOf = (item) => {
    if (!texts.has(item)) {
      const around = item.closest("[data-words]");
      texts.set(item, fold(`${item.textContent} ${around ? around.dataset.words : ""}`));
    }
    return texts.get(item);
  };

  const fits = (item, name, value) => {
    const marked = item.closest(`[data-${name}]`);
    return !marked || marked.getAttribute(`data-${name}`).split(" ").includes(value);
  };

  /* The buyer's other wordings show themselves where they are what was typed. */
  const showWordings = (item, typed) => {
    for (const list of item.querySelectorAll(".pb-also")) {
      for (const line of list.children) {
        const text = fold(line.textContent);
        line.hidden = !typed.length || !typed.some((word) => text.includes(word));
      }
      list.hidden = [...list.children].every((line) => line.hidden);
    }
  };

  /* The page's own table of contents leads to no group that is hidden. */
  const showInContents = (group) => {
    const heading = group.querySelector(":scope > h2[id]");
    if (!heading) return;
    for (const link of document.querySelectorAll(`.md-nav--secondary a[href$="#${CSS.escape(heading.id)}"]`)) {
      link.parentElement.hidden = group.hidden;
    }
  };

  const apply = () => {
    const chosen = selects.filter((select) => select.value);
    const typed = fold(words.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      const fit = chosen.every((select) => fits(item, select.name, select.value));
      item.hidden = !(fit && typed.every((word) => textOf(item).includes(word)));
      if (!item.hidden) {
        shown += 1;
        showWordings(item, typed);
      }
    }
    for (const group of groups) {
      group.hidden = !group.querySelector(".pb-item:not([hidden])");
      showInContents(group);
    }
    const names = chosen.map((select) => select.selectedOptions[0].text);
    const count = form.dataset.shown.replace("{n}", shown).replace("{total}", items.length);
    status.textContent = names.length ? `${count}: ${names.join(", ")}` : count;
    clear.hidden = !chosen.length && !typed.length;
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
    apply();
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  words.addEventListener("input", () => { apply(); write("replaceState"); });
  for (const select of selects) select.addEventListener("change", () => { apply(); write("pushState"); });
  clear.addEventListener("click", () => {
    for (const field of [...selects, words]) field.value = "";
    apply();
    write("pushState");
    words.focus();
  });
  window.addEventListener("popstate", read);

  if (more) more.open = window.matchMedia("(min-width: 45em)").matches;
  form.hidden = false;
  read();
})();
