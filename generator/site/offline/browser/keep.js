// Keeps a copy of this version of the site for when there is no network, once its reader has asked for it. Kept is only what the version's own
// list names, each file complete and to the byte; nothing that is typed, nothing of another origin. Pages come from the network first. The copy
// goes when the server has not been heard for fourteen days, and at once when it says that this reader may no longer read.

const SCOPE = self.registration.scope;
const OWN = `playbook-copy:${SCOPE}`;
const STATE = new URL("offline-state", SCOPE).href; // stands for no file: what is known of the copy is kept with it
const LONGEST = 14 * 24 * 60 * 60 * 1000;
const NOTED = 60 * 60 * 1000; // it is written down once an hour that the server was heard
const REFUSED = [401, 403, 410];
const AT_ONCE = 6;

const fromCopy = new Map(); // by the id of a tab: whether its page came from the copy, so that two versions never mix

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// What is kept

async function openCopy() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(OWN)) continue;
    const cache = await caches.open(name);
    const state = await cache.match(STATE);
    if (state) return { name, cache, state: await state.json() };
  }
  return null;
}

const writeState = (cache, state) => cache.put(STATE, new Response(JSON.stringify(state)));

async function dropCaches(but = "") {
  for (const name of await caches.keys()) if (name.startsWith(OWN) && name !== but) await caches.delete(name);
}

/** Take the copy away, and this worker with it. */
async function erase() {
  await dropCaches();
  await self.registration.unregister();
  for (const client of await self.clients.matchAll()) client.postMessage({ type: "erased" });
}

const isTooOld = ({ heard }, now = Date.now()) => now - heard > LONGEST || heard > now + NOTED;

/** The copy, where it may still be read; what is too old is taken away first. */
async function readCopy() {
  const copy = await openCopy();
  if (copy && isTooOld(copy.state)) {
    await erase();
    return null;
  }
  return copy;
}

// Keeping

/** Ask the server itself, without following it elsewhere, and leave nothing in the browser's own cache, which nobody here could erase. */
const ask = (address) => fetch(new URL(address, SCOPE), { cache: "no-store", redirect: "manual", credentials: "same-origin" });

const isRefusal = (response) => response.type === "opaqueredirect" || REFUSED.includes(response.status);
const isSound = (response) => response.status === 200 && response.type === "basic" && !response.redirected;

async function readListing() {
  const response = await ask("offline.json");
  if (isRefusal(response)) {
    await erase();
    throw new Error("refused");
  }
  if (!isSound(response)) throw new Error("no list");
  return response.json();
}

const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function keepFile(cache, [address, size, sign]) {
  const response = await ask(address);
  if (!isSound(response)) throw new Error(address);
  const content = await response.clone().arrayBuffer();
  if (content.byteLength !== size || hex(await crypto.subtle.digest("SHA-256", content)) !== sign) throw new Error(address);
  await cache.put(new URL(address, SCOPE), response);
}

/** Keep all that the list names, then let go of what was kept before. Where one file fails, what was kept stays. */
async function keep(say = () => {}) {
  const listing = await readListing();
  const name = `${OWN}:${listing.id}`;
  const copy = await openCopy();
  if (copy?.name === name) {
    await writeState(copy.cache, { ...copy.state, heard: Date.now() });
    return copy.state;
  }
  const cache = await caches.open(name);
  try {
    const left = [...listing.files];
    const total = left.length;
    const work = async () => {
      for (let file = left.pop(); file; file = left.pop()) {
        await keepFile(cache, file);
        say({ type: "keeping", done: total - left.length, total });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
  const now = Date.now();
  const state = { id: listing.id, version: listing.version, since: now, heard: now };
  await writeState(cache, state);
  await dropCaches(name);
  return state;
}

// Answering

self.addEventListener("message", (event) => {
  const say = (message) => event.source?.postMessage(message);
  const acts = {
    keep: async () => say({ type: "kept", state: await keep(say) }),
    check: async () => {
      const copy = await readCopy();
      const isRead = fromCopy.get(event.source?.id) ?? !(await ask("offline.json").then(() => true, () => false));
      say({ type: "state", state: copy?.state ?? null, isRead });
      if (!copy) return;
      const { id } = await readListing();
      if (id === copy.state.id) await writeState(copy.cache, { ...copy.state, heard: Date.now() });
      else {
        say({ type: "newer" });
        say({ type: "kept", state: await keep() });
      }
    },
    erase,
  };
  const act = acts[event.data?.type];
  if (act) event.waitUntil(act().catch((error) => say({ type: "failed", why: String(error.message) })));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || !address.href.startsWith(SCOPE)) return;
  if (address.pathname.endsWith("/offline.json") || address.pathname.endsWith("/playbook-offline.js")) return;
  event.respondWith(request.mode === "navigate" ? answerPage(event, address) : answerFile(event, address));
});

async function answerPage(event, address) {
  let response;
  try {
    response = await fetch(event.request, { cache: "no-cache" }); // the browser's own cache is no network
  } catch {
    const copied = await findKept(address);
    fromCopy.set(event.resultingClientId, Boolean(copied));
    return copied ?? Response.error();
  }
  fromCopy.set(event.resultingClientId, false);
  event.waitUntil(listen(response));
  return response;
}

/** What the server's answer to a page says of the copy. A redirect may only lead to the folder of the page: then the list is still there. */
async function listen(response) {
  if (REFUSED.includes(response.status)) return erase();
  if (response.type === "opaqueredirect") return readListing().catch(() => {});
  const copy = response.ok ? await openCopy() : null;
  if (copy && Date.now() - copy.state.heard > NOTED) await writeState(copy.cache, { ...copy.state, heard: Date.now() });
  return undefined;
}

async function answerFile(event, address) {
  const isFromCopy = fromCopy.get(event.clientId);
  if (isFromCopy) return await findKept(address) ?? Response.error();
  try {
    return await fetch(event.request);
  } catch (error) {
    const copied = isFromCopy === undefined ? await findKept(address) : null; // this worker slept, and no longer knows
    if (copied) return copied;
    throw error;
  }
}

/** A file of the copy; what is asked of it behind a question mark makes no difference, and is kept nowhere. */
async function findKept({ origin, pathname }) {
  const copy = await readCopy();
  if (!copy) return null;
  const plain = origin + pathname;
  const names = [plain, plain.endsWith("/index.html") ? plain.slice(0, -10) : null, plain.endsWith("/") ? `${plain}index.html` : `${plain}/`];
  for (const name of names) {
    const found = name && name !== STATE && await copy.cache.match(name);
    if (found) return found;
  }
  return null;
}
