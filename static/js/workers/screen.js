// The service worker of screens and stage views, served at /{event}/screen/worker.js and its like. It answers with the last good page and its parts
// when the network does not: no server, a proxy's error, a captive portal that says 200 to everything.
// A classic script, because not every browser runs workers as modules.

const PATIENCE_MS = 6_000;
const CACHE = `screen ${self.registration.scope}`;
const NO_MORE = [404, 410]; // a picture that was taken off the wall
const LIVE = /\/(feed|state|stream|stream\.sse|screen\/plan)$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const ours = request.method === "GET" && url.origin === self.location.origin && !LIVE.test(url.pathname);
  const preview = url.searchParams.has("preview"); // an organiser looks at what is not yet on a screen
  const asked = request.cache === "no-store" && request.mode !== "navigate"; // what the server itself says is wanted
  if (ours && !preview && !asked) event.respondWith(answer(request));
});

/** The page says what it is made of ({keep: [addresses]}), or that it may show this event no more ({forget: true}),
 * or, as it goes, its last words ({tell: words, url: address}). */
self.addEventListener("message", (event) => {
  if (event.data?.forget) event.waitUntil(caches.delete(CACHE));
  else if (Array.isArray(event.data?.keep)) event.waitUntil(keep(event.data.keep));
  else if (event.data?.tell) event.waitUntil(tell(event.data.url, event.data.tell));
});

async function answer(request) {
  const page = request.mode === "navigate";
  const cache = await caches.open(CACHE);
  let response = null;
  try {
    response = await patiently(fetch(request));
  } catch {
    return (await cache.match(key(request.url))) ?? Response.error();
  }
  if (page && response.headers.get("wall-page") === "gone") {
    await caches.delete(CACHE);
    return response;
  }
  if (page ? goodPage(response) : goodPart(response)) {
    await cache.put(key(request.url), response.clone());
    return response;
  }
  if (!page && NO_MORE.includes(response.status)) {
    await cache.delete(key(request.url));
    return response;
  }
  return (await cache.match(key(request.url))) ?? response;
}

/** Fetch what is missing and drop what is no longer part of the wall. The page itself is always read anew. */
async function keep(addresses) {
  const cache = await caches.open(CACHE);
  const wanted = new Map(addresses.map((address) => [key(address), address]));
  for (const request of await cache.keys()) {
    if (!wanted.has(request.url)) await cache.delete(request);
  }
  for (const [name, address] of wanted) {
    const page = address === addresses[0];
    if (!page && (await cache.match(name))) continue;
    try {
      const response = await patiently(fetch(address, { credentials: "same-origin" }));
      if (page ? goodPage(response) : goodPart(response)) await cache.put(name, response);
    } catch {
      // Not now; the next message asks for it again.
    }
  }
}

async function tell(address, words) {
  const headers = { "content-type": "application/json" };
  try {
    await fetch(address, { method: "POST", credentials: "same-origin", headers, body: words });
  } catch {
    // Nobody is there to hear it.
  }
}

function goodPage(response) {
  return response.status === 200 && response.headers.get("wall-page") === "screen";
}

function goodPart(response) {
  return response.status === 200 && !(response.headers.get("content-type") ?? "").startsWith("text/html");
}

/** One copy for each path, however it was asked for: the join code changes its query every minute. */
function key(address) {
  const url = new URL(address, self.location.href);
  return url.origin + url.pathname;
}

function patiently(answering) {
  const impatience = new Promise((_, reject) => setTimeout(() => reject(new Error("too slow")), PATIENCE_MS));
  return Promise.race([answering, impatience]);
}
