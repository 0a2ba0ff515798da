// The copy of the playbook on this device: turned on by its reader, taken away by one touch. What it does is said where it is turned on.

const SCRIPT = "playbook-offline.js";

const registrations = async () => (await navigator.serviceWorker?.getRegistrations()) ?? [];
const isOurs = ({ active, waiting, installing }) => (active ?? waiting ?? installing)?.scriptURL.split("?")[0].endsWith(`/${SCRIPT}`);

/** Take away all copies of this playbook's versions, and what keeps them. */
export async function removeCopies(root) {
  const around = new URL("../", root).href;
  const isNear = (address) => address.startsWith(around) || address === root.href;
  for (const one of await registrations()) if (isOurs(one) && isNear(one.scope)) await one.unregister();
  for (const name of globalThis.caches ? await caches.keys() : []) {
    const [, scope] = /^playbook-copy:(.*?\/)(?::[^/]*)?$/.exec(name) ?? [];
    if (scope && isNear(scope)) await caches.delete(name);
  }
}

export class Copy {
  constructor(root, words, place) {
    Object.assign(this, { root, words, place });
  }

  async start() {
    if (!navigator.serviceWorker || !globalThis.caches) return; // no certificate, or a browser that keeps nothing
    navigator.serviceWorker.addEventListener("message", ({ data }) => this[`on_${data.type}`]?.(data));
    const known = await navigator.serviceWorker.getRegistration(this.root);
    if (known?.active && known.scope === this.root.href) known.active.postMessage({ type: "check" });
    else this.offer();
  }

  // What the worker says

  on_state({ state, isRead }) {
    this.state = state;
    if (!state) return this.offer();
    if (isRead) this.warn(state);
    return this.tell(this.say("copy_kept", state), this.removal());
  }

  on_newer() {
    this.tell(this.words.copy_newer, this.removal());
  }

  on_keeping({ done, total }) {
    if (done % 10 === 0 || done === total) this.tell(this.words.copy_keeping.replace("{n}", Math.round(100 * done / total)));
  }

  on_kept({ state }) {
    this.state = state;
    this.tell(this.say("copy_kept", state), this.removal());
  }

  on_erased() {
    this.state = null;
    this.offer();
  }

  on_failed() {
    if (this.state) return; // without a network, the copy stays as it is
    this.tell(this.words.copy_not_made, this.button("copy_keep", () => this.keep()));
  }

  // What is shown

  say(name, { version, since }) {
    return this.words[name].replace("{version}", () => version).replace("{date}", new Date(since).toISOString().slice(0, 10));
  }

  tell(text, ...acts) {
    if (!this.place) return;
    const said = Object.assign(document.createElement("span"), { textContent: text });
    said.setAttribute("role", "status");
    this.place.replaceChildren(said, ...acts);
    this.place.hidden = false;
  }

  button(name, act) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "pb-act", textContent: this.words[name] });
    button.addEventListener("click", () => act());
    return button;
  }

  removal() {
    return this.button("copy_remove", () => this.remove());
  }

  offer() {
    this.tell(this.words.copy_offer, this.button("copy_keep", () => this.keep()));
  }

  /** The reader reads the copy: which version it is, on every page. */
  warn(state) {
    const title = document.querySelector("article h1");
    const said = Object.assign(document.createElement("p"), { className: "pb-notice pb-copy-read", textContent: this.say("copy_read", state) });
    said.setAttribute("role", "status");
    title?.before(said);
  }

  async keep() {
    this.tell(this.words.copy_keeping.replace("{n}", 0));
    try {
      await navigator.serviceWorker.register(new URL(SCRIPT, this.root), { scope: this.root.href, updateViaCache: "none" });
      const { active } = await navigator.serviceWorker.ready;
      active.postMessage({ type: "keep" });
    } catch {
      this.on_failed();
    }
  }

  async remove() {
    await removeCopies(this.root);
    this.on_erased();
  }
}
