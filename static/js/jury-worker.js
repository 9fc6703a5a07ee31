// Keeps the pages on which a juror marks, so that they open without a network. It answers for those pages alone.
const NAME = "jury-pages-1";
const PATIENCE_MS = 4000;
const root = new URL(self.registration.scope).pathname;

// The list of awards and the page of each one; the chair's pages lie below `opening` and are never kept.
const isPage = ({ pathname }) =>
  pathname === root || (pathname.startsWith(`${root}/`) && /^[\w-]+$/.test(pathname.slice(root.length + 1)) && pathname !== `${root}/opening`);
// Their names change with their content: what is kept is never old.
const isLasting = (url) => url.pathname.startsWith("/static/dist/") || /^\/\w\w\/awards\/photos\//.test(url.pathname);

const forgetPages = async () => {
  const cache = await caches.open(NAME);
  for (const request of await cache.keys()) {
    if (!isLasting(new URL(request.url)) || /\/photos\//.test(request.url)) await cache.delete(request);
  }
};

const later = (milliseconds, value) => new Promise((done) => setTimeout(done, milliseconds, value));

// Whoever is signed out, or may not mark, must not find the pages of who was here before.
const isShut = ({ redirected, type, status }) => redirected || type === "opaqueredirect" || status === 401 || status === 403;

const page = async (request) => {
  const cache = await caches.open(NAME);
  const kept = (await cache.match(request.url, { ignoreSearch: true })) ?? (await cache.match(root));
  const fresh = fetch(request).then(async (found) => {
    if (isShut(found)) await forgetPages();
    else if (found.ok && found.type === "basic") await cache.put(request.url, found.clone());
    return found;
  });
  if (!kept) return fresh;
  // A network that is there but does not answer is no network.
  return Promise.race([fresh.catch(() => kept), later(PATIENCE_MS, kept)]);
};

const lasting = async (request) => {
  const cache = await caches.open(NAME);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok && !fresh.redirected) await cache.put(request.url, fresh.clone());
  return fresh;
};

const keepAll = async (addresses) => {
  const cache = await caches.open(NAME);
  for (const address of addresses) {
    const url = new URL(address, self.location.origin);
    try {
      if (isLasting(url)) await lasting(new Request(url));
      else if (isPage(url)) {
        const fresh = await fetch(url, { credentials: "same-origin" });
        if (fresh.ok && !fresh.redirected) await cache.put(url.href, fresh);
      }
    } catch {
      return; // the network went: the rest is kept the next time
    }
  }
};

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  const old = async () => {
    for (const name of await caches.keys()) if (name.startsWith("jury-pages-") && name !== NAME) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(old());
});

self.addEventListener("message", (event) => {
  if (event.data?.forget) event.waitUntil(forgetPages());
  if (event.data?.keep) {
    const tell = () => event.source?.postMessage({ kept: event.data.keep.length });
    event.waitUntil(keepAll(event.data.keep).then(tell));
  }
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (isLasting(url)) event.respondWith(lasting(request));
  else if (isPage(url)) event.respondWith(page(request));
});
