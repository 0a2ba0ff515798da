// The dialog: what is typed goes to the worker, what comes back is shown. All texts are set as text, never as HTML.

function make(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

export class Finder {
  /** `dialog` is the element of theme/partials/finder.html, `root` the address of the site; the rest is from finder.js. */
  constructor(dialog, root, worker, startWorker) {
    this.dialog = dialog;
    this.root = root;
    this.input = dialog.querySelector("input");
    this.kinds = dialog.querySelector("[data-finder-kinds]");
    this.status = dialog.querySelector("[data-finder-status]");
    this.results = dialog.querySelector("[data-finder-results]");
    this.start = dialog.querySelector("[data-finder-start]");
    this.nothing = dialog.querySelector("[data-finder-nothing]");
    this.kind = "";
    this.active = -1;
    this.data = null;
    this.waiting = false;
    this.asked = 0; // questions so far
    this.begun = 0; // that of which only the best answers are shown
    this.startWorker = startWorker;
    this.listen();
    this.follow(worker);
  }

  follow(worker) {
    this.worker = worker;
    worker.onmessage = ({ data }) => this[`on_${data.type}`](data);
    worker.onerror = () => this.on_failed();
    for (const data of worker.said.splice(0)) this[`on_${data.type}`](data);
  }

  listen() {
    this.input.addEventListener("input", () => {
      this.enterWaits = false;
      this.ask();
    });
    this.dialog.addEventListener("keydown", (event) => this.onKey(event));
    this.dialog.addEventListener("close", () => this.close());
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog || event.target.closest("[data-finder-close]")) this.dialog.close();
      const chosen = event.target.closest("[data-kind]");
      const word = event.target.closest("[data-word]");
      if (word) this.look(word.dataset.word);
      const plain = !(event.ctrlKey || event.metaKey || event.shiftKey);
      if (chosen && plain) {
        event.preventDefault();
        this.choose(chosen.dataset.kind);
      }
    });
  }

  /** Called each time the dialog opens. */
  show() {
    const asked = new URLSearchParams(location.search);
    if (asked.has("q") && !this.input.value) {
      this.input.value = asked.get("q");
      this.kind = asked.get("in") ?? "";
    }
    this.ask();
  }

  close() {
    this.enterWaits = false;
    this.writeAddress("", "");
  }

  // Asking

  /** Ask for what stands in the field; while an answer is awaited, only the newest question is kept. */
  ask() {
    if (!this.dialog.open) return; // an answer may come, and the scripts too, when the reader has closed it again
    const query = this.input.value.trim();
    this.writeAddress(query, this.kind);
    if (this.start) this.start.hidden = Boolean(query);
    if (!query) {
      this.clear();
    } else if (this.waiting) {
      this.changed = true;
    } else {
      this.waiting = true;
      if (!this.worker) this.follow(this.startWorker());
      this.asked += 1;
      this.worker.postMessage({ number: this.asked, query: this.input.value, kind: this.kind });
      if (!this.data) this.say(this.status.dataset.loading);
    }
  }

  /** Look for other words. */
  look(words) {
    this.input.value = words;
    this.input.focus();
    this.ask();
  }

  choose(kind) {
    this.kind = kind;
    this.input.focus();
    this.ask();
  }

  /** The address of the page says what is looked for, so that it can be sent to a colleague. */
  writeAddress(query, kind) {
    history.replaceState(history.state, "", this.addressOf(query, kind));
  }

  addressOf(query, kind) {
    const address = new URL(location.href);
    for (const [name, value] of [["q", query], ["in", query && kind]]) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    return address;
  }

  // What the worker says

  on_ready(data) {
    this.data = data;
  }

  on_complete() {
    this.dialog.dataset.complete = "";
  }

  on_failed() {
    this.waiting = false;
    this.clear();
    this.say(this.status.dataset.failed);
    this.worker?.terminate();
    this.worker = null; // the next question tries again
  }

  on_answer(answer) {
    const isRest = this.begun === answer.request.number;
    if (isRest && this.asked !== this.begun) return; // other words are asked about meanwhile
    this.waiting = false;
    const query = this.input.value.trim();
    if (!query) return;
    if (this.changed) {
      this.changed = false;
      this.ask();
    }
    this.isCut = answer.isCut;
    this.showKinds(answer);
    this.begun = answer.hasMore ? answer.request.number : 0;
    this.showGroups(answer, isRest);
    const found = answer.total > 0;
    const { shown, shown_one: one, loading } = this.data.words;
    const count = answer.total === 1 ? one : shown.replace("{n}", this.count(answer.total));
    this.say(found ? count : answer.complete ? "" : loading);
    this.nothing.replaceChildren(...(found || !answer.complete ? [] : this.describeNothing(query, answer.nearest)));
    if (!answer.hasMore) this.dialog.dataset.answered = answer.request.query.trim();
    if (this.enterWaits && this.isAnswered()) this.openActive();
  }

  // What is shown

  say(text) {
    this.status.textContent = text;
  }

  /** A number of answers, as far as they are counted: a large index knows only the best that have a common word. */
  count(number) {
    return this.isCut && number ? `${number}+` : String(number);
  }

  clear() {
    this.begun = 0;
    this.kinds.replaceChildren();
    this.nothing.replaceChildren();
    this.say("");
    this.fill([]);
    delete this.dialog.dataset.answered;
  }

  fill(content) {
    this.results.replaceChildren(...content);
    this.results.hidden = !content.length;
    this.input.setAttribute("aria-expanded", String(content.length > 0));
    this.number();
    this.activate(this.options.length ? 0 : -1);
    this.results.scrollTop = 0;
  }

  number() {
    this.options = [...this.results.querySelectorAll("[role=option]")];
    this.options.forEach((option, number) => (option.id = `pb-finder-option-${number}`));
  }

  showKinds({ kinds }) {
    const total = kinds.reduce((sum, { count }) => sum + count, 0);
    const order = this.data.kinds.map(({ key }) => key);
    const sorted = [...kinds].sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
    const chosen = this.data.kinds.find(({ key }) => key === this.kind);
    if (chosen && !kinds.some(({ key }) => key === this.kind)) sorted.push({ ...chosen, count: 0 });
    const all = { key: "", plural: this.data.words.all, count: total };
    this.kinds.replaceChildren(...(total ? [all, ...sorted] : []).map((kind) => this.makeChip(kind)));
    this.kinds.querySelector("[aria-pressed=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  makeChip({ key, plural, count }) {
    const chip = make("button", "pb-finder__kind", plural, make("span", "pb-finder__count", this.count(count)));
    chip.type = "button";
    chip.dataset.kind = key;
    chip.setAttribute("aria-pressed", String(key === this.kind));
    return chip;
  }

  /** The groups of an answer; where the first is shown already, the rest below it: what the reader has chosen meanwhile stays. */
  showGroups({ groups }, isRest) {
    const made = groups.map((group, number) => this.makeGroup(group, `pb-finder-group-${number}`));
    if (!isRest) return this.fill(made);
    this.results.append(...made.slice(1));
    return this.number();
  }

  makeGroup(group, id) {
    const title = make("div", "pb-finder__group-title", group.title);
    title.id = id;
    const made = make("div", "pb-finder__group", title, ...group.hits.map((hit) => this.makeOption(hit, group.mixed)));
    made.setAttribute("role", "group");
    made.setAttribute("aria-labelledby", id);
    if (group.key && group.total > group.hits.length) made.append(this.makeMore(group));
    return made;
  }

  makeOption(hit, mixed) {
    const head = make("span", "pb-finder__head", make("span", "pb-finder__title", ...this.makePieces(hit.title)));
    if (mixed) head.append(make("span", "pb-badge pb-finder__of-kind", hit.kind));
    const option = make("a", "pb-finder__option", head, make("span", "pb-finder__passage", ...this.makePieces(hit.passage)));
    if (hit.by.length) option.append(make("span", "pb-finder__by", this.data.words.by.replace("{words}", () => hit.by.join(", "))));
    if (hit.state) option.append(this.makeTrust(hit));
    return this.asOption(option, new URL(hit.address, this.root));
  }

  makeTrust({ state, look, owner }) {
    const badge = make("span", `pb-badge pb-badge--${look}`, state);
    return make("span", "pb-finder__trust", badge, owner ? ` ${owner}` : "");
  }

  makeMore({ key, total, title }) {
    const words = this.data.words.more.replace("{n}", this.count(total)).replace("{kind}", title);
    const option = make("a", "pb-finder__option pb-finder__more", words);
    option.dataset.kind = key;
    return this.asOption(option, this.addressOf(this.input.value.trim(), key));
  }

  asOption(option, address) {
    option.href = address;
    option.tabIndex = -1;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    return option;
  }

  makePieces(pieces) {
    return pieces.map(([words, matched]) => (matched ? make("mark", "", words) : words));
  }

  /** What helps on: words that do exist, the lists to look through, and whom to tell. */
  describeNothing(query, nearest) {
    const { none, none_hint: hint, tell, mean, browse } = this.data.words;
    const made = [make("p", "pb-finder__none", none.replace("{query}", () => query))];
    if (nearest.length) made.push(make("p", "pb-finder__mean", `${mean} `, ...nearest.map((word) => this.makeWord(word))));
    made.push(make("p", "", hint));
    const lists = this.data.kinds.filter(({ list }) => list);
    if (lists.length) made.push(make("p", "pb-finder__browse", `${browse} `, ...lists.map((kind) => this.makeList(kind))));
    if (this.data.tell) {
      const link = make("a", "pb-finder__tell", tell);
      link.href = this.data.tell.replaceAll("{query}", () => encodeURIComponent(query));
      link.rel = "noopener noreferrer";
      made.push(link);
    }
    return made;
  }

  makeWord(word) {
    const made = make("button", "pb-finder__kind", word);
    made.type = "button";
    made.dataset.word = word;
    return made;
  }

  makeList({ plural, list }) {
    const made = make("a", "pb-finder__list", plural);
    made.href = new URL(list, this.root);
    return made;
  }

  // Keys

  onKey(event) {
    event.stopPropagation(); // the theme has keys of its own
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.options?.length) {
      event.preventDefault();
      this.activate((this.active + step + this.options.length) % this.options.length);
    } else if (event.key === "Escape") {
      event.preventDefault(); // the browser would only empty the field at first
      this.dialog.close();
    } else if (event.key === "Enter" && event.target === this.input) {
      event.preventDefault();
      this.enterWaits = true;
      if (this.isAnswered()) this.openActive();
    }
  }

  /** Enter opens only what answers the words in the field, so it may have to wait for the answer. */
  isAnswered() {
    return this.dialog.dataset.answered === this.input.value.trim();
  }

  openActive() {
    const option = this.options?.[this.active];
    this.enterWaits = !option;
    option?.click();
  }

  activate(number) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = number;
    const option = this.options[number];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", option.id);
    return option.scrollIntoView({ block: "nearest" });
  }
}
