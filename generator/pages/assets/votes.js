// One touch to say that an answer worked, or did not. What is said waits on the device until the reader sends it, as one mail or issue.

import { isText } from "./kept.js";

const MOST = 40; // a link that is longer than a few thousand letters is refused by some hosts
const isVotes = (value) => Array.isArray(value) && value.every((vote) => Array.isArray(vote) && vote.length === 3 && vote.every(isText));

function make(tag, className, text) {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

export class Votes {
  /** `links` are the ways to send, with `{n}` and `{lines}` in them; none where leadership does not listen. */
  constructor(lists, links, words) {
    Object.assign(this, { lists, links, words });
  }

  get all() {
    return this.lists.kept.read("votes", isVotes) ?? [];
  }

  set all(votes) {
    this.lists.kept.write("votes", votes.slice(-MOST));
  }

  /** The buttons in the bar of an entry. */
  addTo(bar, key, made) {
    if (!this.links.length) return;
    const buttons = [...made].map((button) => document.importNode(button, true));
    const say = () => {
      const [, said] = this.all.find(([one]) => one === key) ?? [];
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.vote === said));
    };
    for (const button of buttons) {
      button.addEventListener("click", () => {
        const taken = button.getAttribute("aria-pressed") === "true";
        const others = this.all.filter(([one]) => one !== key);
        this.all = taken ? others : [...others, [key, button.dataset.vote, new Date().toISOString().slice(0, 10)]];
        say();
        this.showBatch(bar);
      });
    }
    bar.append(...buttons);
    say();
  }

  /** Below a part of the page: how many wait, and the way to send them. */
  async showBatch(place) {
    const old = place.nextElementSibling?.matches(".pb-batch") ? place.nextElementSibling : null;
    const votes = this.all;
    if (!votes.length || !this.links.length) return old?.remove();
    const batch = old ?? make("p", "pb-batch pb-screen", "");
    if (!old) {
      batch.setAttribute("role", "status");
      place.after(batch);
    }
    batch.replaceChildren(make("span", "", this.words.vote_to_send.replace("{n}", votes.length)), ...await this.makeLinks(votes, batch, place));
    return batch;
  }

  async makeLinks(votes, batch, place) {
    const lines = await this.tell(votes);
    return this.links.map((link) => {
      const isMail = link.startsWith("mailto:");
      const text = lines.join(isMail ? "\r\n" : "\n");
      const made = make("a", "pb-act", isMail ? this.words.vote_send : `${this.words.vote_send} ${this.words.vote_send_issue}`);
      made.href = link.replaceAll("{n}", votes.length).replaceAll("{lines}", () => encodeURIComponent(text));
      made.rel = "noopener noreferrer";
      made.addEventListener("click", () => this.askSent(batch, place), { once: true });
      return made;
    });
  }

  /** Nobody but the reader knows whether it was sent. */
  askSent(batch, place) {
    const sent = make("button", "pb-act", this.words.vote_sent);
    sent.type = "button";
    sent.addEventListener("click", () => {
      this.all = [];
      this.showBatch(place);
    });
    batch.append(sent);
  }

  async tell(votes) {
    const titles = new Map();
    try {
      for (const { kind, id, title } of await this.lists.find(votes.map(([key]) => key))) titles.set(`${kind}/${id}`, title);
    } catch {
      // without a network, their names say enough
    }
    return votes.map(([key, said, day]) => `- ${this.words[`vote_${said}`] ?? said}: ${titles.get(key) ?? ""} (${key}, ${day})`);
  }
}
