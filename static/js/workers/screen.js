// The service worker of screens and stage views, served at /{event}/screen/worker.js and its like. It answers with the
// last good page and its parts when the network does not: no server, one that is silent, a proxy's error, a captive
// portal that says 200 to everything. And it begins a page anew that hangs.
// A classic script, because not every browser runs workers as modules.

const PATIENCE_MS = 6_000; // until a server begins to answer
const WHOLE_MS = 15_000; // until it has answered
const SILENT_MS = 15_000; // for so long a server that did not answer is not asked for what is kept
const RESTART_EVERY_MS = 120_000;
const RESTARTED = "restarted"; // below the worker's address: when a page was begun anew last
const OWN = new URL(self.registration.scope).pathname;
const CACHE = `screen ${self.registration.scope}`;
const NO_MORE = [404, 410]; // a picture that was taken off the wall
const PICTURE = /\/media\/[^/]+\/[^/]+\/(thumb|screen)$/;
const LIVE = /\/(feed|state|stream|stream\.sse|screen\/plan)$/;
const TEXTS = [
  [/\.css$/, /^text\/css/],
  [/\.js$/, /javascript/],
];
const FOREIGN = /^text\/(html|plain)/;

let silentSince = -Infinity;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && url.pathname === `${OWN}/hung`) event.respondWith(restart());
  if (request.method !== "GET" || LIVE.test(url.pathname)) return;
  if (url.searchParams.has("preview")) return; // an organiser looks at what is not yet on a screen
  if (request.mode !== "navigate" && request.cache === "no-store") return; // what the server itself says is wanted
  if (PICTURE.test(url.pathname) && !url.searchParams.has("kept")) return; // helpers/kept-picture.js says why
  if (request.mode !== "navigate") event.respondWith(part(event));
  else if (url.pathname === OWN) event.respondWith(page(request, url));
  else if (url.pathname === `${OWN}/open`) event.respondWith(opening(request));
  else if (url.pathname === `${OWN}/again`) event.respondWith(again());
});

/** The page says what it is made of ({keep: [addresses], script}), or that it may show this event no more ({forget: true}),
 * or, as it goes, its last words ({tell: words, url: address}). */
self.addEventListener("message", (event) => {
  if (event.data?.forget) event.waitUntil(caches.delete(CACHE));
  else if (Array.isArray(event.data?.keep)) event.waitUntil(keepAll(event.data, event.source));
  else if (event.data?.tell) event.waitUntil(tell(event.data.url, event.data.tell));
});

// The page

/** What a page of ours is asked for: the server's, else the last that ran well; with ?kept that one first. */
async function page(request, url) {
  const cache = await caches.open(CACHE);
  const kept = () => cache.match(key(request.url));
  if (url.searchParams.has("kept")) {
    const found = await kept();
    if (found) return found;
  }
  let response = null;
  try {
    response = await whole(request);
  } catch {
    return (await kept()) ?? Response.error();
  }
  if (response.headers.get("wall-page") === "gone") {
    await caches.delete(CACHE);
    return response;
  }
  return goodPage(response) ? response : ((await kept()) ?? response);
}

/** The page behind a screen's link: some machines start with it. Without a server it leads to the wall that is kept. */
async function opening(request) {
  try {
    const response = await whole(request);
    if (response.headers.get("wall-page")) return response;
  } catch {
    // Nobody answers.
  }
  const cache = await caches.open(CACHE);
  const there = (await cache.match(key(OWN))) !== undefined;
  return there ? Response.redirect(`${self.registration.scope}#`) : fetch(request);
}

// Its parts

async function part(event) {
  const { request } = event;
  const cache = await caches.open(CACHE);
  const kept = await cache.match(key(request.url));
  // The address of an asset changes with the asset, so a kept one is the right one.
  if (kept && (isAsset(request.url) || performance.now() - silentSince < SILENT_MS)) return kept;
  let response = null;
  try {
    response = await patient(request);
  } catch {
    return kept ?? Response.error();
  }
  if (goodPart(request.url, response)) {
    event.waitUntil(put(cache, key(request.url), response.clone()));
    return response;
  }
  if (NO_MORE.includes(response.status)) {
    await cache.delete(key(request.url));
    return response;
  }
  return kept ?? response;
}

/**
 * Keep the page as it is now, fetch what is missing of it, and drop what is no longer part of the wall. A page that was
 * not begun by the script that runs is another edition, which has to prove itself first. The assets of an older page stay
 * until the newer one is here whole.
 */
async function keepAll({ keep, script }, client) {
  const cache = await caches.open(CACHE);
  const wanted = new Map(keep.map((address) => [key(address), address]));
  await drop(cache, (url) => !wanted.has(url) && !isAsset(url) && url !== key(RESTARTED));
  let room = true;
  let complete = true;
  for (const [name, address] of wanted) {
    const isPage = address === keep[0];
    if (!isPage && (await cache.match(name))) continue;
    const response = await asked(address, { isPage, script });
    if (response) room = (await put(cache, name, response)) && room;
    complete = complete && response !== null;
  }
  if (complete && room) await drop(cache, (url) => !wanted.has(url) && isAsset(url));
  client?.postMessage({ room });
}

async function drop(cache, isUnwanted) {
  for (const request of await cache.keys()) if (isUnwanted(request.url)) await cache.delete(request);
}

/** What an address is now, if it is good to be kept. */
async function asked(address, { isPage, script }) {
  try {
    const response = await whole(address, { credentials: "same-origin" });
    if (!isPage) return goodPart(address, response) ? response : null;
    return goodPage(response) && (!script || (await response.clone().text()).includes(script)) ? response : null;
  } catch {
    return null; // Not now; the next message asks for it again.
  }
}

/** Keep one answer; returns whether there was room for it. What was kept before stays until then. */
async function put(cache, name, response) {
  try {
    await cache.put(name, response);
    return true;
  } catch {
    return false; // No room, or the answer broke off.
  }
}

// A page that hangs

/** Begin the page anew that has not beaten for long, at most every two minutes. */
async function restart() {
  const cache = await caches.open(CACHE);
  const last = Number(await (await cache.match(key(RESTARTED)))?.text());
  const passed = Date.now() - last;
  if (last && passed >= 0 && passed < RESTART_EVERY_MS) return new Response("too soon", { status: 429 });
  await put(cache, key(RESTARTED), new Response(String(Date.now())));
  const windows = await self.clients.matchAll({ type: "window" });
  const ours = windows.filter(({ url }) => new URL(url).pathname === OWN);
  for (const client of ours) client.navigate(`${OWN}/again`).catch(() => {});
  return new Response("restarted");
}

/**
 * A page in between. Its isolation makes the browser begin a new process for it: the one that hangs could not even let go.
 */
function again() {
  const headers = {
    "content-type": "text/html",
    "content-security-policy": "default-src 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
  };
  const words = `<!doctype html><meta name="color-scheme" content="dark"><meta http-equiv="refresh" content="0;url=${OWN}"><title>One moment</title>`;
  return new Response(words, { headers });
}

// Asking

async function tell(address, words) {
  const headers = { "content-type": "application/json" };
  try {
    await fetch(address, { method: "POST", credentials: "same-origin", headers, body: words });
  } catch {
    // Nobody is there to hear it.
  }
}

/** An answer as soon as it begins; raises when that takes too long. */
async function patient(request, options = {}) {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), PATIENCE_MS);
  try {
    const response = await fetch(request, { ...options, signal: end.signal });
    silentSince = -Infinity;
    return response;
  } catch (error) {
    silentSince = end.signal.aborted ? performance.now() : silentSince;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** A whole answer, so that none stops in its midst before the hall; raises when that takes too long. */
async function whole(request, options = {}) {
  const response = await patient(request, options);
  if (response.redirected) throw new Error("led elsewhere");
  if (response.type === "opaqueredirect" || response.status === 204) return response;
  const impatience = new Promise((_, reject) => setTimeout(() => reject(new Error("too slow")), WHOLE_MS));
  const body = await Promise.race([response.arrayBuffer(), impatience]);
  const { status, statusText, headers } = response;
  return new Response(body, { status, statusText, headers });
}

function goodPage(response) {
  return response.status === 200 && response.headers.get("wall-page") === "screen";
}

/** Whether an answer is what its address promises, and no other machine's word in the place of it. */
function goodPart(address, response) {
  const type = response.headers.get("content-type") ?? "";
  const { pathname } = new URL(address, self.location.href);
  const text = TEXTS.find(([name]) => name.test(pathname));
  return response.status === 200 && !response.redirected && (text ? text[1].test(type) : !FOREIGN.test(type));
}

function isAsset(address) {
  return new URL(address, self.location.href).pathname.startsWith("/static/");
}

/** One copy for each path, however it was asked for: the join code changes its query every minute. */
function key(address) {
  const url = new URL(address, self.location.href);
  return url.origin + url.pathname;
}
