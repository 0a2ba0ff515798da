/* A call, prepared: chooses among parts that were laid out at build, ranks them by how closely they fit, and shows them. */
"use strict";
(() => {
  const form = document.querySelector("form.pb-call__choice");
  if (!form) return;
  const sheet = document.querySelector(".pb-call");
  const start = document.querySelector(".pb-call__start");
  const title = sheet.querySelector(".pb-call__title");
  const selects = [...form.querySelectorAll("select")];
  const details = form.querySelector("details");
  const which = form.querySelector("[data-which]");
  const status = form.querySelector("[role=status]");
  const clear = form.querySelector("[data-clear]");
  const print = form.querySelector("[data-print]");
  const show = form.querySelector(".pb-call__show");
  const examples = document.querySelector(".pb-call__examples");
  const narrow = window.matchMedia("(max-width: 44.9375em)");
  const pageTitle = document.title;
  const OWN = 6;
  const STEP_BACK = 7; // so that others speak between two answers of what is chosen itself
  const MONEY = 1;
  const LEAST = 2.6; // above what is overdue and unasked, which would be below nothing
  const NEAR = 1; // what is near to a choice that it leaves open
  const UNASKED = 0.5; // less for what takes it that a rival is there, while nobody says so
  const BROUGHT = 20; // above everything that is only chosen
  let data = null;
  let brought = ""; // the entry that the reader comes from; what it has to say stands first, whatever is chosen

  const chosen = () => selects.filter((select) => select.value);

  /* Whether nothing that a part is about is sold in the chosen market. */
  const isNotSold = ({ scope }, { market }) => Boolean(market) && (scope.offering ?? []).length > 0
    && scope.offering.every((id) => data.sold[id] && !data.sold[id].includes(market));

  const nearnessOf = ({ near = {} }, choice) => (
    Object.keys(near).reduce((sum, name) => sum + (near[name][choice[name]] ?? 0), 0)
  );

  /* How closely a part fits the choice; 0 where it does not. What comes from a chosen entry itself is closest; else every choice that it names
     counts one, however many others it names, but for a competitor: what is about him alone is closer. What it is worth by itself decides between those. A part that names nothing is for every call. */
  const rank = (part, choice) => {
    if (part.from === brought) return LEAST + BROUGHT + part.worth;
    const isOwn = Boolean(part.own) && part.scope[part.own].includes(choice[part.own]);
    if (part.needed && !isOwn) return 0;
    if (part.whole && !Object.keys(part.scope).every((name) => part.scope[name].includes(choice[name]))) return 0;
    if ((part.but_in ?? []).includes(choice.market)) return 0;
    if (!isOwn && isNotSold(part, choice)) return 0;
    let closeness = isOwn ? OWN : 0;
    for (const name of Object.keys(part.scope)) {
      if (!choice[name]) continue;
      const ids = part.scope[name];
      if (ids.includes(choice[name])) closeness += name === "competitor" ? 1 + 1 / ids.length : 1;
      else if (!isOwn) return 0;
    }
    const isMoney = part.money && data.money.includes(choice.persona);
    return LEAST + closeness + part.worth + NEAR * nearnessOf(part, choice) + (isMoney ? MONEY : 0)
      - (part.rival && !choice.competitor ? UNASKED : 0);
  };

  /* Who decides about money hears an answer to the price, whatever else is closer. */
  const withMoney = (shown, fitting, choice) => {
    if (!data.money.includes(choice.persona) || shown.some((part) => part.money)) return shown;
    const price = fitting.find((part) => part.money);
    return price ? [...shown.slice(0, -1), price] : shown;
  };

  /* What several entries say in the same words stands once, and names them all. */
  const withoutRepeats = (parts) => {
    const first = new Map();
    return parts.filter((part) => {
      if (!part.text) return true;
      const key = part.text.join(" ");
      const known = first.get(key);
      if (known) known.others.push(part);
      else first.set(key, Object.assign(part, { others: [] }));
      return !known;
    });
  };

  /* The parts of a section that fit, the closest first. A further part of the same entry steps back, so that several speak. */
  const sortParts = (section, choice) => {
    const ranked = section.parts
      .map((part) => ({ part, closeness: rank(part, choice) }))
      .filter(({ closeness }) => closeness)
      .sort((one, other) => other.closeness - one.closeness);
    const turns = new Map();
    const found = [];
    for (const { part, closeness } of ranked) {
      const turn = turns.get(part.from) ?? 0;
      turns.set(part.from, turn + 1);
      if (turn < data.per_entry) found.push({ part, order: closeness - turn * STEP_BACK });
    }
    return withoutRepeats(found.sort((one, other) => other.order - one.order).map(({ part }) => part));
  };

  /* The parts of a section that fit; where they are too few to prepare with, also what others say in that market, of those who are not asked. */
  const findFitting = (section, choice) => {
    const fitting = sortParts(section, choice);
    if (fitting.length >= section.keep || section.keep < 2) return fitting;
    const { persona, stage, ...wider } = choice;
    if (!(persona || stage) || !Object.keys(wider).length) return fitting;
    const known = new Set(fitting.map(({ html }) => html));
    const others = sortParts(section, wider).filter(({ html }) => !known.has(html));
    return [...fitting, ...others.slice(0, section.keep - fitting.length).map((part) => ({ ...part, isOfOthers: true }))];
  };

  const sizeOf = (parts) => parts.reduce((sum, part) => sum + part.size, 0);

  /* What goes on one sheet: while it is too much, the last part of the longest section waits in the playbook. */
  const cutToSheet = (sections) => {
    const size = () => sections.reduce((sum, section) => sum + sizeOf(section.shown), 0);
    while (size() > data.longest) {
      const most = sections.filter((section) => section.shown.length > section.keep);
      const long = most.length ? most : sections.filter((section) => section.shown.length > 1);
      if (!long.length) return;
      long.sort((one, other) => sizeOf(other.shown) - sizeOf(one.shown))[0].shown.pop();
    }
  };

  /* The markup was made and made safe at build; parsed in a document of its own, nothing in it can run. */
  const parse = (html) => new DOMParser().parseFromString(html, "text/html");
  const lay = (part) => {
    const line = document.importNode(parse(part.html).body.firstElementChild, true);
    if (part.isOfOthers) {
      const label = document.createElement("span");
      label.className = "pb-label";
      label.textContent = form.dataset.others;
      line.prepend(label);
    }
    for (const other of part.others ?? []) {
      const from = parse(other.html).querySelector(".pb-call__from");
      if (from) line.append(" ", document.importNode(from, true));
    }
    return line;
  };

  const partsOf = (key) => data.sections.flatMap(({ parts }) => parts.filter(({ from }) => from === key));

  const showSection = (section, query) => {
    const place = sheet.querySelector(`[data-section="${section.name}"]`);
    place.hidden = !section.shown.length;
    place.querySelector("ul").replaceChildren(...section.shown.map(lay));
    place.querySelector(".pb-call__count").textContent = section.shown.length;
    const left = section.fitting - section.shown.length;
    const more = place.querySelector(".pb-call__more");
    more.hidden = left < 1;
    more.firstElementChild.textContent = form.dataset.more.replace("{n}", left);
    if (more.firstElementChild.href) more.firstElementChild.search = query;
  };

  const foldOf = (name) => sheet.querySelector(`[data-section="${name}"] .pb-call__fold`);
  const fold = (name, isOpen) => foldOf(name).setAttribute("aria-expanded", String(isOpen));

  const showTitle = (picked) => {
    const links = picked.map((select) => {
      const link = document.createElement("a");
      link.textContent = select.selectedOptions[0].text;
      link.href = select.selectedOptions[0].dataset.url;
      return link;
    });
    const from = brought && !links.length && data && partsOf(brought).map(({ html }) => parse(html).querySelector("a")).find(Boolean);
    if (from) links.push(document.importNode(from, true));
    title.replaceChildren(...links.flatMap((link, index) => (index ? [" · ", link] : [link])));
    const names = links.map((link) => link.textContent).join(" · ");
    which.textContent = (narrow.matches && names ? which.dataset.change : names) || which.dataset.which;
    document.title = names ? `${form.dataset.title}: ${names}` : pageTitle;
  };

  const compose = () => {
    if (data && !partsOf(brought).length) brought = "";
    const picked = chosen();
    const choice = Object.fromEntries(picked.map((select) => [select.name, select.value]));
    showTitle(picked);
    const hasChoice = picked.length > 0 || Boolean(brought);
    clear.hidden = !hasChoice;
    examples.hidden = hasChoice || !data;
    if (!data) return;
    const sections = data.sections.map((section) => {
      const fitting = hasChoice ? findFitting(section, choice) : [];
      const shown = withMoney(fitting.slice(0, section.limit), fitting, choice);
      return { name: section.name, keep: section.keep, shown, fitting: fitting.length };
    });
    cutToSheet(sections);
    const query = new URLSearchParams(choice).toString();
    for (const section of sections) showSection(section, query);
    const isEmpty = sections.every((section) => !section.shown.length);
    sheet.hidden = isEmpty;
    print.hidden = isEmpty;
    show.hidden = isEmpty;
    status.textContent = hasChoice && isEmpty ? form.dataset.none : "";
  };

  const write = () => {
    const choice = chosen().map((select) => [select.name, select.value]);
    const query = new URLSearchParams(brought ? [...choice, ["with", brought]] : choice).toString().replaceAll("%2F", "/");
    history.pushState(null, "", query ? `?${query}` : location.pathname);
  };

  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const select of selects) {
      const value = query.get(select.name) ?? "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
    brought = query.get("with") ?? "";
    details.open = !(chosen().length || brought) || !narrow.matches;
    compose();
  };

  const readParts = async (address) => {
    if (globalThis.pbHere) return pbHere.read(address); // pages opened from a folder can fetch nothing
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  };

  const load = async () => {
    status.textContent = form.dataset.loading;
    try {
      data = await readParts(new URL(form.dataset.parts, location.href));
    } catch {
      status.textContent = form.dataset.failed;
      return;
    }
    start.hidden = true;
    status.textContent = "";
    for (const { name } of data.sections) fold(name, !narrow.matches); // on a phone their first lines, and how much is in them
    compose();
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  for (const select of selects) select.addEventListener("change", () => { compose(); write(); });
  show.addEventListener("click", () => {
    if (sheet.hidden) return;
    details.open = !narrow.matches;
    title.focus();
    title.scrollIntoView({ block: "start" });
  });
  clear.addEventListener("click", () => {
    for (const select of selects) select.value = "";
    brought = "";
    details.open = true;
    compose();
    write();
    selects[0].focus();
  });
  sheet.addEventListener("click", ({ target }) => {
    const button = target.closest(".pb-call__fold, .pb-call__whole");
    if (button) button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") === "false"));
  });
  examples.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", link.search);
    read();
    title.focus();
  });
  print.addEventListener("click", () => window.print());
  window.addEventListener("popstate", read);

  form.hidden = false;
  read();
  load();
})();
