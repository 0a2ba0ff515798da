// No copy of this site may be kept: what an earlier version kept is taken away, and nothing keeps anything from now on.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const own = `playbook-copy:${self.registration.scope}`;
  for (const name of await caches.keys()) if (name.startsWith(own)) await caches.delete(name);
  await self.registration.unregister();
})()));
