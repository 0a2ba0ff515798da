// The door to all that is kept on the reader's device. On every page; what only some pages need is fetched there.

import { Kept } from "./kept.js";
import { KeptLists } from "./kept-lists.js";
import { mark, News, show } from "./news.js";
import { Votes } from "./votes.js";

const given = document.getElementById("pb-device");
const root = new URL("../", import.meta.url);

async function start() {
  const words = JSON.parse(given.dataset.words);
  const kept = new Kept(given.dataset.company);
  startChats(words);
  document.documentElement.classList.toggle("pb-keeps", kept.works);
  if (kept.works) startLists(new KeptLists(kept, root, words), words);
  const list = document.querySelector("[data-pb-news]");
  const news = new News(kept, root, document.documentElement.lang || "en");
  await news.begin(Boolean(list || document.querySelector("[data-practise]")));
  mark(news, words);
  if (list) show(news);
  markExpired(words);
  await startCopy(words);
  await startLearning(kept, news);
}

/** A name in the company's chat is copied by a touch: no page can know where that chat is. */
function startChats(words) {
  for (const name of navigator.clipboard ? document.querySelectorAll("[data-chat]") : []) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "pb-act" });
    button.append(...name.childNodes);
    const label = button.querySelector("span");
    label.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(name.dataset.chat);
      label.textContent = words.chat_copied;
      setTimeout(() => { label.textContent = name.dataset.chat; }, 2500);
    });
    name.append(button);
  }
}

/** A copy, or a page that was opened long ago, may show what has ended since: the device knows the day. */
function markExpired(words) {
  const today = new Date().toISOString().slice(0, 10);
  const say = (day) => words.expired_since.replace("{date}", day);
  const page = document.querySelector("[data-until]")?.dataset.until;
  if (page && page < today) {
    const said = Object.assign(document.createElement("p"), { className: "pb-notice pb-expired", textContent: say(page) });
    document.querySelector("article h1")?.after(said);
  }
  for (const badge of document.querySelectorAll(".pb-badge--until")) {
    const [day] = /\d{4}-\d\d-\d\d/.exec(badge.textContent) ?? [];
    if (day && day < today) Object.assign(badge, { textContent: say(day) }).classList.add("pb-badge--overdue");
  }
}

/** The copy for when there is no network, where the company allows one; where it does not, none stays. */
async function startCopy(words) {
  const mayKeep = given.dataset.copy === "yes";
  if (!mayKeep && !navigator.serviceWorker?.controller && !(await navigator.serviceWorker?.getRegistrations())?.length) return;
  const { Copy, removeCopies } = await import("./offline.js");
  if (mayKeep) await new Copy(root, words, document.querySelector("[data-offline-copy]")).start();
  else await removeCopies(root);
}

/** What only the pages for newcomers need. */
async function startLearning(kept, news) {
  const day = document.querySelector("[data-first-day]");
  if (day) (await import("./first-day.js")).startFirstDay(kept, day);
  const practice = document.querySelector("[data-practise]");
  if (practice) await new (await import("./practise.js")).Practice(practice, kept, news).start();
}

function startLists(lists, words) {
  const key = document.querySelector("[data-page-key]")?.dataset.pageKey;
  const title = document.querySelector("article h1");
  if (key && title) {
    lists.addPin(given.content.querySelector("[data-pin]"), key, title);
    lists.note(key);
  }
  const votes = new Votes(lists, JSON.parse(given.dataset.send), words);
  const bar = document.querySelector("article .pb-acts[data-acts='']");
  if (key && bar) votes.addTo(bar, key, given.content.querySelectorAll("[data-vote]"));
  for (const part of document.querySelectorAll("article [data-kept-lists]")) {
    lists.fill(part);
    votes.showBatch(part);
  }
  const finder = document.getElementById("pb-finder");
  const part = finder?.querySelector("[data-kept-lists]");
  if (part) new MutationObserver(() => finder.open && lists.fill(part)).observe(finder, { attributeFilter: ["open"] });
}

if (given) start().finally(() => { given.dataset.ready = "yes"; });
