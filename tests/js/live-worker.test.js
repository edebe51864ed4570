import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const SOURCE = readFileSync(new URL("../../static/js/workers/live.js", import.meta.url), "utf8");
const PAGE = "https://wall.example/demo";
const HOUR_MS = 3_600_000;

function html(posts, cursor = "e:1") {
  const list = posts.map((id) => `<article data-id="${id}">${id}</article>`).join("");
  return `<main><live-posts class="posts" data-cursor="${cursor}"><section class="posts__pinned" aria-label="Pinned" hidden></section>` +
    `<section class="posts__list" aria-label="Posts">${list}</section></live-posts><section class="empty"></section></main>`;
}

const page = (posts) => new Response(html(posts), { headers: { "content-type": "text/html", "content-security-policy": "strict" } });
const lost = () => new TypeError("no network");

/** A worker whose network gives these answers, one after the other; an Error is a lost network. */
function worker(answers) {
  const handlers = {};
  const kept = new Map();
  const time = { now: 1_000_000_000_000 };
  const cache = {
    match: async (name) => kept.get(name)?.clone(),
    put: async (name, response) => void kept.set(name, response),
    add: async (address) => void kept.set(new URL(address, PAGE).href, new Response("asset")),
    delete: async (request) => kept.delete(request.url ?? request),
    keys: async () => [...kept.keys()].map((url) => ({ url })),
  };
  const fetch = async () => {
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next;
  };
  const self = {
    registration: { scope: PAGE },
    location: new URL(`${PAGE}/worker.js`),
    addEventListener: (name, handler) => { handlers[name] = handler; },
  };
  vm.runInNewContext(SOURCE, {
    self, fetch, URL, Request: class { constructor(url) { this.url = url; } }, Response, Headers, Set, Number, String, AbortController, setTimeout: () => 0, clearTimeout: () => {},
    caches: { open: async () => cache, delete: async () => kept.clear() },
    Date: { now: () => time.now },
  });
  const wait = async (act) => {
    const pending = [];
    const answer = await act((promise) => pending.push(promise));
    await Promise.all(pending);
    return answer;
  };
  return {
    kept,
    time,
    ask: (url = PAGE, mode = "navigate") =>
      wait(async (waitUntil) => {
        let answer = null;
        handlers.fetch({ request: { url, mode, method: "GET" }, respondWith: (promise) => { answer = promise; }, waitUntil });
        return answer;
      }),
    tell: (data) => wait((waitUntil) => handlers.message({ data, waitUntil })),
  };
}

const stands = (...ids) => ({ cursor: "e:9", pinned: [], listed: ids.map((id) => `<article data-id="${id}">${id}</article>`), assets: ["/static/1/a.js"] });

test("the server's page is shown while it answers, and the kept one when it does not", async () => {
  const { ask } = worker([page(["one"]), lost()]);

  await ask();
  const again = await (await ask()).text();

  assert.match(again, /one/);
});

test("a kept page has the posts that stood on it last, and none that was removed", async () => {
  const { ask, tell, kept } = worker([page(["old", "gone"]), lost()]);
  await ask();

  await tell({ keep: stands("new $& one", "old") });
  const answer = await ask();
  const text = await answer.text();

  assert.match(text, /new \$& one[^]*old/);
  assert.match(text, /data-cursor="e:9"/);
  assert.match(text, /class="empty" hidden/);
  assert.doesNotMatch(text, /gone/);
  assert.equal(answer.headers.get("content-security-policy"), "strict");
  assert.deepEqual([...kept.keys()], [PAGE, "https://wall.example/static/1/a.js"]);
});

test("a page that is asked for while its copy is being made waits for that", async () => {
  const { ask, tell } = worker([page(["one"]), lost()]);

  const told = tell({ keep: stands("one") });
  const answer = await ask();
  await told;

  assert.match(await answer.text(), /one/);
});

test("a page that may be shown no more is kept by nothing that was said before", async () => {
  const { ask, tell, kept } = worker([page(["one"]), lost()]);

  await Promise.all([tell({ keep: stands("one") }), tell({ forget: true })]);

  assert.equal((await ask()).type, "error");
  assert.equal(kept.size, 0);
});

test("a kept page is shown for half a day and then no more", async () => {
  const { ask, time, kept } = worker([page(["one"]), lost(), lost()]);
  await ask();

  time.now += 11 * HOUR_MS;
  assert.equal((await ask()).status, 200);
  time.now += 2 * HOUR_MS;

  assert.equal((await ask()).type, "error");
  assert.equal(kept.size, 0);
});

test("an event that is here no more is kept no more", async () => {
  const { ask, kept } = worker([page(["one"]), new Response("gone", { status: 404 })]);
  await ask();

  await ask();

  assert.equal(kept.size, 0);
});

for (const url of ["https://wall.example/demo-two", `${PAGE}/moderate`, `${PAGE}?network=irc`, `${PAGE}/media/1/2/thumb`, "https://other.example/demo"]) {
  test(`${url} is none of its pages`, async () => {
    assert.equal(await worker([]).ask(url), null);
  });
}
