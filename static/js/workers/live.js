// The service worker of a live page, served at /{event}/worker.js. Without a network it answers with the last posts, as
// the page knew them when it last heard anything: what was removed by then is not among them. Pictures are not kept.
// A classic script, because not every browser runs workers as modules.

const PATIENCE_MS = 6_000; // until a server begins to answer
const KEPT_MS = 12 * 3_600_000; // what nobody could take back for so long is shown no more
const OWN = new URL(self.registration.scope).pathname;
const CACHE = `live ${self.registration.scope}`;
const NO_MORE = [403, 404, 410];
const KEPT_AT = "wall-kept-at";
const PINNED = /(<section class="posts__pinned"[^>]*?)(?: hidden)?>[^]*?<\/section>/;
const LISTED = /(<section class="posts__list"[^>]*>)[^]*?(<\/section>)/;
const CURSOR = /( data-cursor=")[^"]*(")/;
const EMPTY = /<section class="empty"( hidden)?>/;

let keeping = Promise.resolve(); // what the pages said last, one after the other; a page that is asked for waits for it
let writing = Promise.resolve(); // while a page is being replaced in the cache, there is none

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && url.pathname === OWN && url.search === "") event.respondWith(page(event));
  else if (url.pathname.startsWith("/static/")) event.respondWith(asset(request));
});

/** The page says what stands on it ({keep: {cursor, pinned, listed, assets}}), or that it may show this event no more. */
self.addEventListener("message", (event) => {
  if (event.data?.forget) event.waitUntil(inTurn(() => caches.delete(CACHE)));
  else if (event.data?.keep) event.waitUntil(inTurn(() => keep(event.data.keep)).then(() => keepAssets(event.data.keep)));
});

function inTurn(act) {
  keeping = keeping.then(act).catch(() => {}); // the next one is none the worse
  return keeping;
}

/** The server's page; the kept one where nobody answers. */
async function page(event) {
  try {
    const response = await patient(event.request);
    if (response.status === 200 && !response.redirected) event.waitUntil(put(response.clone()));
    if (NO_MORE.includes(response.status)) event.waitUntil(caches.delete(CACHE));
    if (response.status < 500) return response;
    await keeping;
    return (await kept()) ?? response;
  } catch {
    await keeping;
    return (await kept()) ?? Response.error();
  }
}

/** An asset's address changes with it, so a kept one is the right one. */
async function asset(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request.url)) ?? fetch(request);
}

/** Keep the page with the posts that stand on it now. */
async function keep({ cursor, pinned, listed }) {
  const before = (await kept()) ?? (await patient(new Request(OWN, { credentials: "same-origin" })).catch(() => null));
  if (before?.status !== 200 || before.redirected) return;
  const text = filled(await before.text(), { cursor, pinned, listed });
  await put(new Response(text, { headers: before.headers }));
}

/** Keep what a page that is kept is made of, and nothing else. */
async function keepAssets({ assets }) {
  const cache = await caches.open(CACHE);
  if (!(await kept())) return;
  for (const address of assets) if (!(await cache.match(address))) await cache.add(address).catch(() => {});
  const wanted = new Set([...assets.map((address) => new URL(address, self.location.href).href), self.registration.scope]);
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
}

/** A page of the server's with other posts in it. What is put in is what the server rendered. */
function filled(text, { cursor, pinned, listed }) {
  const hidden = pinned.length === 0 ? " hidden" : "";
  return text
    .replace(PINNED, (_, start) => `${start}${hidden}>${pinned.join("\n")}</section>`)
    .replace(LISTED, (_, start, end) => `${start}${listed.join("\n")}${end}`)
    .replace(CURSOR, (_, start, end) => `${start}${cursor}${end}`)
    .replace(EMPTY, `<section class="empty"${pinned.length + listed.length > 0 ? " hidden" : ""}>`);
}

/** The kept page, unless it is too old. */
async function kept() {
  await writing;
  const cache = await caches.open(CACHE);
  const found = await cache.match(self.registration.scope);
  const age = Date.now() - Number(found?.headers.get(KEPT_AT));
  if (!found || Math.abs(age) < KEPT_MS) return found; // a clock may have been set right
  await cache.delete(self.registration.scope);
  return undefined;
}

function put(response) {
  writing = writing.then(() => write(response)).catch(() => {}); // no room, or the answer broke off
  return writing;
}

async function write(response) {
  const headers = new Headers(response.headers);
  headers.set(KEPT_AT, String(Date.now()));
  headers.delete("content-encoding"); // the body is plain here
  headers.delete("content-length");
  const page = new Response(await response.text(), { headers });
  const cache = await caches.open(CACHE);
  await cache.put(self.registration.scope, page);
}

async function patient(request) {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), PATIENCE_MS);
  try {
    return await fetch(request, { signal: end.signal });
  } finally {
    clearTimeout(timer);
  }
}
