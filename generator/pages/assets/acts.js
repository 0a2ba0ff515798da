/* What a reader does with an entry: copies its words as plain text, sends its address on, speaks from it. Without this script there are no buttons; what
   stands in folded rows gets its own when it is opened. */
"use strict";
(() => {
  const made = document.querySelector("template[data-acts-made]");
  if (!made) return;
  const speaking = document.querySelector("template[data-speak-made]");
  const touch = window.matchMedia("(pointer: coarse)");
  const BLOCKS = "p, ul, ol, dl, blockquote, div, pre";
  const NOT_SAID = ".headerlink, .pb-hidden, .pb-label, [hidden], svg, script, template";
  const LONG_ENOUGH = 2500; // milliseconds in which "copied" is read

  const inOneLine = (text) => text.replace(/\s+/g, " ").trim();

  /* The lines of a part: a list by its items, everything else by its paragraphs. */
  const linesOf = (part) => {
    if (part.matches("ul, ol")) {
      return [...part.children].map((item, at) => `${part.matches("ol") ? `${at + 1}.` : "-"} ${inOneLine(linesOf(item).join(" "))}`);
    }
    const blocks = [...part.children].filter((child) => child.matches(BLOCKS));
    return blocks.length ? blocks.flatMap(linesOf) : [inOneLine(part.textContent)];
  };

  const textOf = (part) => {
    const copy = part.cloneNode(true);
    for (const aside of copy.querySelectorAll(NOT_SAID)) aside.remove();
    const text = linesOf(copy).filter(Boolean).join("\n");
    return part.dataset.source ? `${text} (${part.dataset.source})` : text;
  };

  /* What a bar speaks for: the row it stands in, else the page. */
  const partsOf = (bar) => [...(bar.closest(".pb-row") ?? bar.closest("article") ?? document).querySelectorAll("[data-copied]")];

  const addressOf = (bar) => {
    const address = new URL(bar.dataset.acts || location.href, location.href.replace(/[?#].*$/, ""));
    if (!bar.dataset.acts) address.hash = "";
    return address.href;
  };

  /* Pages of an intranet without a certificate have no clipboard; what is selected can be copied there, too. */
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, className: "pb-hidden" });
      const before = document.activeElement;
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      before?.focus();
      return done;
    }
  };

  const say = (button, text) => {
    const label = button.querySelector("span");
    const usual = (button.dataset.usual ??= label.textContent);
    label.textContent = text;
    button.parentElement.querySelector("[role=status]").textContent = text;
    clearTimeout(button.timer);
    button.timer = setTimeout(() => { label.textContent = usual; }, LONG_ENOUGH);
  };

  const tell = async (button, text) => say(button, (await copy(text)) ? button.dataset.done : made.dataset.failed);

  const share = async (button, bar) => {
    const told = { title: bar.dataset.title, url: addressOf(bar) };
    if (touch.matches && navigator.share) {
      try {
        await navigator.share(told);
        return;
      } catch (error) {
        if (error.name === "AbortError") return; // the reader thought better of it
      }
    }
    await tell(button, told.url);
  };

  /* The card alone on the whole screen; how that is done is fetched when it is asked for, and opens by the address. */
  const SPOKEN = "#_speak";
  let speaks = false;
  const fetchSpeaking = () => {
    if (speaks) return;
    speaks = true;
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: speaking.dataset.style });
    style.onload = style.onerror = () => document.head.append(Object.assign(document.createElement("script"), { src: speaking.dataset.script }));
    document.head.append(style);
  };
  const speak = () => {
    history.pushState({ speaks: true }, "", SPOKEN);
    if (window.openSpoken) window.openSpoken();
    else fetchSpeaking();
  };
  const offerSpeaking = (bar) => {
    const button = document.importNode(speaking.content.querySelector("[data-speak]"), true);
    button.addEventListener("click", speak);
    bar.prepend(button);
  };

  const fill = (bar) => {
    if (bar.querySelector("button") || bar.closest("details:not([open])")) return;
    bar.prepend(document.importNode(made.content, true));
    const button = bar.querySelector("[data-copy]");
    const parts = partsOf(bar);
    if (parts.length) button.addEventListener("click", () => tell(button, parts.map(textOf).join("\n\n")));
    else button.remove();
    const sharing = bar.querySelector("[data-share]");
    sharing.addEventListener("click", () => share(sharing, bar));
    if ("spoken" in bar.dataset) offerSpeaking(bar);
  };

  const fillAll = () => document.querySelectorAll("[data-acts]").forEach(fill);
  document.addEventListener("toggle", fillAll, true);
  fillAll();
  if (speaking && location.hash === SPOKEN) fetchSpeaking();
})();
