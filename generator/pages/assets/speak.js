/* The card alone on the whole screen, and the next and the one before by a swipe, an arrow key or a button. It is open while the address says
   so: Back closes it, and one stands where one opened it. */
"use strict";
(() => {
  const SPOKEN = "#_speak";
  const FAR = 60; // pixels that make a swipe
  const dialog = document.importNode(document.querySelector("template[data-speak-made]").content.querySelector("dialog"), true);
  const [card, title, marks, words, place] = [".pb-speak__card", "h2 a", ".pb-marks", "[data-words]", "[data-place]"].map((one) => dialog.querySelector(one));
  const steps = [...dialog.querySelectorAll("[data-step]")];
  let ways = {};
  let isBusy = false;
  let from = null;

  const barOf = (page) => page.querySelector("[data-spoken]");

  /* What is read aloud leads nowhere: links and explained terms are plain words here. */
  const plain = (part) => {
    const copy = document.importNode(part, true);
    for (const aside of copy.querySelectorAll(".headerlink, [popover], template")) aside.remove();
    for (const way of copy.querySelectorAll("a, button")) way.replaceWith(...way.childNodes);
    for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
    return copy;
  };

  const show = (page, address) => {
    const bar = barOf(page);
    const to = (name) => bar.dataset[name] && new URL(bar.dataset[name], address).href;
    ways = { before: to("before"), after: to("after") };
    title.textContent = bar.dataset.title;
    title.href = address;
    marks.replaceChildren(...[...(page.querySelector("article .pb-marks")?.querySelectorAll(".pb-badge") ?? [])].map(plain));
    words.replaceChildren(plain(page.querySelector(".pb-spoken, .pb-say")));
    place.textContent = bar.dataset.spoken;
    for (const button of steps) button.disabled = !ways[button.dataset.step];
    card.scrollTop = 0;
    if (!dialog.contains(document.activeElement)) card.focus();
  };

  const step = async (name) => {
    const address = ways[name];
    if (!address || isBusy) return;
    isBusy = true;
    try {
      const answer = await fetch(address);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || !barOf(page)) throw new Error(address);
      show(page, address);
    } catch {
      location.replace(address + SPOKEN); // a site read from a folder, or a page that is no longer there
    }
    isBusy = false;
  };

  const open = () => {
    if (dialog.open) return;
    show(document, location.href.replace(/#.*/, ""));
    dialog.showModal();
  };

  dialog.addEventListener("close", () => {
    if (location.hash !== SPOKEN) return;
    if (history.state?.speaks) history.back();
    else history.replaceState(null, "", location.href.replace(/#.*/, ""));
  });
  dialog.addEventListener("keydown", (event) => {
    const name = { ArrowLeft: "before", ArrowRight: "after" }[event.key];
    if (name && !event.altKey && !event.ctrlKey && !event.metaKey) step(name);
  });
  dialog.addEventListener("pointerdown", (event) => { from = event.pointerType === "mouse" ? null : event; });
  dialog.addEventListener("pointercancel", () => { from = null; }); // it was scrolled
  dialog.addEventListener("pointerup", (event) => {
    const [across, down] = from ? [event.clientX - from.clientX, event.clientY - from.clientY] : [0, 0];
    from = null;
    if (Math.abs(across) > FAR && Math.abs(across) > 2 * Math.abs(down)) step(across < 0 ? "after" : "before");
  });
  dialog.querySelector("[data-leave]").addEventListener("click", () => dialog.close());
  for (const button of steps) button.addEventListener("click", () => step(button.dataset.step));
  window.addEventListener("popstate", () => {
    if (location.hash === SPOKEN) open();
    else if (dialog.open) dialog.close();
  });

  document.body.append(dialog);
  window.openSpoken = open;
  if (location.hash === SPOKEN) open();
})();
