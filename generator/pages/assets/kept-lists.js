// What this reader pinned and read lately, by the names of entries: titles and addresses are those of the playbook that is read now.

import { isText, listOf } from "./kept.js";

const MOST_READ = 20;
const MOST_SHOWN = 6;
const isKeys = listOf(isText);

export class KeptLists {
  constructor(kept, root, words) {
    Object.assign(this, { kept, root, words });
  }

  keys(name) {
    return this.kept.read(name, isKeys) ?? [];
  }

  /** Note that an entry was read. */
  note(key) {
    this.kept.write("read", [key, ...this.keys("read").filter((one) => one !== key)].slice(0, MOST_READ));
  }

  isPinned(key) {
    return this.keys("pinned").includes(key);
  }

  toggle(key) {
    const pinned = this.keys("pinned");
    this.kept.write("pinned", pinned.includes(key) ? pinned.filter((one) => one !== key) : [key, ...pinned]);
  }

  /** A button to pin an entry, beside the title of its page. */
  addPin(made, key, place) {
    const button = document.importNode(made, true);
    const say = () => button.setAttribute("aria-pressed", String(this.isPinned(key)));
    button.addEventListener("click", () => {
      this.toggle(key);
      say();
    });
    say();
    place.before(button);
  }

  /** The entries of today under these names, former ones too. */
  async find(keys) {
    const { entries } = await (await fetch(new URL("entries.json", this.root))).json();
    const byKey = new Map();
    for (const entry of entries) for (const id of [...entry.former_ids ?? [], entry.id]) byKey.set(`${entry.kind}/${id}`, entry);
    return keys.map((key) => byKey.get(key)).filter(Boolean);
  }

  /** Fill a part of a page; it stays hidden where nothing is kept. */
  async fill(part) {
    const pinned = this.keys("pinned");
    const read = this.keys("read").filter((key) => !pinned.includes(key));
    if (!pinned.length && !read.length) return;
    try {
      const lists = [[this.words.pinned, await this.find(pinned)], [this.words.recent, (await this.find(read)).slice(0, MOST_SHOWN)]];
      const shown = lists.filter(([, entries]) => entries.length);
      part.replaceChildren(...shown.flatMap(([title, entries]) => this.makeList(title, entries)), ...(shown.length ? [this.makeErase(part)] : []));
      part.hidden = !shown.length;
    } catch {
      part.hidden = true; // without a network, nobody knows what they are called
    }
  }

  makeList(title, entries) {
    const head = Object.assign(document.createElement("p"), { className: "pb-label", textContent: title });
    const list = document.createElement("ul");
    for (const entry of entries) {
      const item = document.createElement("li");
      item.append(Object.assign(document.createElement("a"), { href: new URL(entry.address, this.root), textContent: entry.title, title: entry.title }));
      list.append(item);
    }
    return [head, list];
  }

  makeErase(part) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "pb-kept__erase", textContent: this.words.kept_erase });
    button.addEventListener("click", () => {
      this.kept.erase();
      part.replaceChildren(Object.assign(document.createElement("p"), { role: "status", textContent: this.words.kept_erased }));
    });
    return button;
  }
}
