// Keeps the page of a witness's tablet, so that it opens without a network: its key and its seals are in the tablet anyway.
const page = new URL(self.registration.scope).pathname;
const NAME = `witness-page-1:${page}`;
const PATIENCE_MS = 4000;
const ASSETS = "/static/dist/";

const later = (milliseconds, value) => new Promise((done) => setTimeout(done, milliseconds, value));

// The page as anybody sees it, never as somebody signed in on this tablet, with what it needs and nothing older.
const keep = async (assets) => {
  const fresh = await fetch(page, { credentials: "omit", cache: "no-store" });
  if (!fresh.ok || fresh.redirected) return;
  const cache = await caches.open(NAME);
  for (const asset of assets) if (!(await cache.match(asset))) await cache.add(asset);
  await cache.put(page, fresh);
  const wanted = new Set([page, ...assets]);
  for (const request of await cache.keys()) {
    if (!wanted.has(new URL(request.url).pathname)) await cache.delete(request);
  }
};

// A network that is there but does not answer, or answers for a server that is down, is no network.
const open = async (request) => {
  const kept = await (await caches.open(NAME)).match(page);
  const fresh = fetch(request);
  if (!kept) return fresh;
  const sound = fresh.then((found) => (found.status < 500 ? found : kept)).catch(() => kept);
  return Promise.race([sound, later(PATIENCE_MS, kept)]);
};

const asset = async (request) => (await (await caches.open(NAME)).match(request.url)) ?? fetch(request);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const assets = event.data?.keep?.filter((path) => path.startsWith(ASSETS));
  if (assets) event.waitUntil(keep(assets).then(() => event.source?.postMessage({ kept: true }), () => {}));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && url.pathname === page) event.respondWith(open(request));
  else if (url.pathname.startsWith(ASSETS)) event.respondWith(asset(request));
});
