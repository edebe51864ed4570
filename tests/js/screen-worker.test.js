import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const SOURCE = readFileSync(new URL("../../static/js/workers/screen.js", import.meta.url), "utf8");
const PAGE = "https://wall.example/demo/screen";
const PICTURE = "https://wall.example/demo/media/1.webp";
const STYLE = "https://wall.example/static/css/screen.css";

class FakeCache {
  kept = new Map();
  full = false;

  match = async (name) => this.kept.get(name)?.clone();
  put = async (name, response) => {
    if (this.full) throw new DOMException("no room", "QuotaExceededError");
    this.kept.set(name, response);
  };
  delete = async (request) => this.kept.delete(request.url ?? request);
  keys = async () => [...this.kept.keys()].map((url) => ({ url }));
}

const picture = (bytes) => new Response(bytes, { headers: { "content-type": "image/webp" } });
const page = (text, more = {}) => new Response(text, { headers: { "wall-page": "screen", "content-type": "text/html" }, ...more });
const portal = () => new Response("Please pay", { headers: { "content-type": "text/html" } });
const SILENCE = Symbol("a server that takes the question and never answers");
const style = (text) => new Response(text, { headers: { "content-type": "text/css" } });

/** A worker whose network gives these answers, one after the other; an Error is a lost network. */
function worker(answers) {
  const handlers = {};
  const cache = new FakeCache();
  let pending = [];
  const self = {
    registration: { scope: PAGE },
    location: new URL("https://wall.example/demo/screen/worker.js"),
    addEventListener: (name, handler) => { handlers[name] = handler; },
    skipWaiting: () => {},
    clients: { claim: async () => {}, matchAll: async () => windows },
  };
  const windows = [];
  const asked = [];
  const told = [];
  const time = { now: 1_000_000_000_000, ran: 0 };
  const fetch = async (request, { signal } = {}) => {
    asked.push(request.url ?? request);
    const next = answers.shift();
    if (next === SILENCE) return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    if (next instanceof Error) throw next;
    return next;
  };
  const caches = { open: async () => cache, delete: async () => cache.kept.clear() };
  vm.runInNewContext(SOURCE, {
    self, fetch, caches, URL, Response, Promise, Map, Error, AbortController, clearTimeout,
    Date: { now: () => time.now },
    performance: { now: () => time.ran },
    setTimeout: (action) => setTimeout(action, 20),
  });
  return {
    cache,
    asked,
    told,
    time,
    windows,
    async ask(url, { mode = "navigate", method = "GET" } = {}) {
      let answer = null;
      pending = [];
      const waitUntil = (promise) => pending.push(promise);
      handlers.fetch({ request: { url, mode, method }, respondWith: (promise) => { answer = promise; }, waitUntil });
      const response = answer && (await answer);
      await Promise.all(pending);
      return response;
    },
    async tell(data) {
      pending = [];
      handlers.message({ data, waitUntil: (promise) => pending.push(promise), source: { postMessage: (words) => told.push(words) } });
      await Promise.all(pending);
    },
  };
}

const lost = () => new TypeError("no network");

test("a good page comes from the server", async () => {
  const { ask } = worker([page("one"), page("two")]);

  await ask(PAGE);
  const second = await ask(PAGE);

  assert.equal(await second.text(), "two");
});

for (const [name, bad] of [
  ["without a network", lost],
  ["when the server never answers", () => SILENCE],
  ["when a proxy answers 502", () => new Response("bad gateway", { status: 502 })],
  ["when a captive portal answers 200", portal],
]) {
  test(`the last page that ran is shown ${name}`, async () => {
    const { ask, tell } = worker([page("wall"), bad()]);

    await tell({ keep: [`${PAGE}?theme=light`] });
    const again = await ask(PAGE);

    assert.equal(await again.text(), "wall");
  });

  test(`the last good picture is used ${name}`, async () => {
    const { ask } = worker([picture("a"), bad()]);

    await ask(PICTURE, { mode: "no-cors" });
    const again = await ask(PICTURE, { mode: "no-cors" });

    assert.equal(await again.text(), "a");
  });

  test(`the screen's link leads to the wall that is kept ${name}`, async () => {
    const { ask, tell } = worker([page("wall"), bad()]);

    await tell({ keep: [PAGE] });
    const answer = await ask(`${PAGE}/open`);

    assert.equal(answer.status, 302);
    assert.equal(answer.headers.get("location"), `${PAGE}#`);
  });
}

test("a page that has not said that it runs is not kept", async () => {
  const { ask, cache } = worker([page("broken")]);

  await ask(PAGE);

  assert.equal(cache.kept.size, 0);
});

test("a page of another edition than the one that runs is not kept in its place", async () => {
  const { tell, cache } = worker([page("wall by one.js"), page("wall by two.js")]);

  await tell({ keep: [PAGE], script: "one.js" });
  await tell({ keep: [PAGE], script: "one.js" });

  assert.equal(await cache.kept.get(PAGE).clone().text(), "wall by one.js");
});

test("a page that could not start is given what ran before", async () => {
  const { ask, tell, asked } = worker([page("ran"), page("broken")]);
  await tell({ keep: [PAGE] });

  const answer = await ask(`${PAGE}?kept`);

  assert.equal(await answer.text(), "ran");
  assert.equal(asked.length, 1);
});

test("an asset is asked for once: another content has another address", async () => {
  const { ask, asked } = worker([style("body {}"), style("other")]);

  await ask(STYLE, { mode: "no-cors" });
  const again = await ask(STYLE, { mode: "no-cors" });

  assert.equal(await again.text(), "body {}");
  assert.equal(asked.length, 1);
});

test("what another machine says in the place of an asset is not kept", async () => {
  const words = new Response("Blocked", { headers: { "content-type": "text/plain" } });
  const { ask, cache } = worker([portal(), words]);

  await ask(STYLE, { mode: "no-cors" });
  await ask(STYLE, { mode: "no-cors" });

  assert.equal(cache.kept.size, 0);
});

test("a server that was silent just now is not waited for again where something is kept", async () => {
  const { ask, asked, time } = worker([picture("a"), SILENCE, picture("b")]);
  await ask(PICTURE, { mode: "no-cors" });
  await ask(PICTURE, { mode: "no-cors" });

  await ask(PICTURE, { mode: "no-cors" });
  const before = asked.length;
  time.ran += 20_000;
  const later = await ask(PICTURE, { mode: "no-cors" });

  assert.equal(before, 2);
  assert.equal(await later.text(), "b");
});

test("a full disk takes nothing from what is shown, and the page is told", async () => {
  const { ask, tell, cache, told } = worker([style("body {}"), page("wall"), page("later")]);
  cache.full = true;

  const answer = await ask(STYLE, { mode: "no-cors" });
  await tell({ keep: [PAGE] });

  assert.equal(await answer.text(), "body {}");
  assert.deepEqual({ ...told[0] }, { room: false });
});

test("a disk that is full by now leaves the last page that fitted", async () => {
  const screen = worker([page("while there was room"), page("no more"), new Error("lost")]);
  await screen.tell({ keep: [PAGE] });
  screen.cache.full = true;

  await screen.tell({ keep: [PAGE] });

  assert.equal(await (await screen.ask(PAGE)).text(), "while there was room");
});

test("what the kept page is made of stays until another page is kept whole", async () => {
  const newer = STYLE.replace("static/", "static/2/");
  const screen = worker([page("old"), style("old"), page("new"), new Error("lost"), page("new"), style("new")]);
  await screen.tell({ keep: [PAGE, STYLE] });

  await screen.tell({ keep: [PAGE, newer] });
  assert.equal(await (await screen.cache.match(STYLE)).text(), "old");

  await screen.tell({ keep: [PAGE, newer] });
  assert.equal(await screen.cache.match(STYLE), undefined);
});

test("a page that hangs is begun anew through a process of its own, and not again at once", async () => {
  const { ask, windows, time } = worker([]);
  const led = [];
  windows.push({ url: PAGE, navigate: async (url) => led.push(url) }, { url: `${PAGE}/open`, navigate: async () => led.push("no") });

  await ask(`${PAGE}/hung`, { method: "POST", mode: "cors" });
  const soon = await ask(`${PAGE}/hung`, { method: "POST", mode: "cors" });
  time.now += 121_000;
  await ask(`${PAGE}/hung`, { method: "POST", mode: "cors" });
  const between = await ask(`${PAGE}/again`);

  assert.deepEqual(led, ["/demo/screen/again", "/demo/screen/again"]);
  assert.equal(soon.status, 429);
  assert.equal(between.headers.get("cross-origin-embedder-policy"), "require-corp");
  assert.match(await between.text(), /url=\/demo\/screen"/);
});

test("a clock that was put back lets a page that hangs be begun anew all the same", async () => {
  const { ask, windows, time } = worker([]);
  const led = [];
  windows.push({ url: PAGE, navigate: async (url) => led.push(url) });

  await ask(`${PAGE}/hung`, { method: "POST", mode: "cors" });
  time.now -= 172_800_000;
  await ask(`${PAGE}/hung`, { method: "POST", mode: "cors" });

  assert.equal(led.length, 2);
});

test("pages of others are not the worker's business, though their address begins like the screen's", async () => {
  const { ask } = worker([]);

  assert.equal(await ask("https://wall.example/demo/screens-2026"), null);
});

test("a server's word that the screen may show no more is passed on, and nothing is kept", async () => {
  const gone = new Response("gone", { status: 403, headers: { "wall-page": "gone" } });
  const { ask, tell, cache } = worker([page("wall"), gone]);

  await tell({ keep: [PAGE] });
  const answer = await ask(PAGE);

  assert.equal(answer.status, 403);
  assert.equal(cache.kept.size, 0);
});

test("a picture taken off the wall is not kept", async () => {
  const { ask, cache } = worker([picture("bytes"), new Response("", { status: 410 })]);

  await ask(PICTURE, { mode: "no-cors" });
  const answer = await ask(PICTURE, { mode: "no-cors" });

  assert.equal(answer.status, 410);
  assert.equal(cache.kept.size, 0);
});

test("a picture of a post is asked of the network alone, until the page asks for the kept copy", async () => {
  const picture = "https://wall.example/demo/media/abc/0123456789abcdef/screen";
  const { ask, tell } = worker([page("wall"), new Response("bytes", { headers: { "content-type": "image/webp" } }), lost()]);
  await tell({ keep: [PAGE, picture] });

  const first = await ask(picture, { mode: "no-cors" });
  const kept = await ask(`${picture}?kept=`, { mode: "no-cors" });

  assert.equal(first, null);
  assert.equal(await kept.text(), "bytes");
});

test("a kept picture that was taken off the wall is shown no more, and kept no more", async () => {
  const picture = "https://wall.example/demo/media/abc/0123456789abcdef/screen";
  const { ask, tell, cache } = worker([page("wall"), new Response("bytes", { headers: { "content-type": "image/webp" } }), new Response("", { status: 404 })]);
  await tell({ keep: [PAGE, picture] });

  const answer = await ask(`${picture}?kept=`, { mode: "no-cors" });

  assert.equal(answer.status, 404);
  assert.deepEqual([...cache.kept.keys()], [PAGE]);
});

test("live addresses, previews, other machines and posts are not the worker's business", async () => {
  const { ask } = worker([]);

  const answers = await Promise.all([
    ask("https://wall.example/demo/feed?view=html", { mode: "cors" }),
    ask("https://wall.example/demo/screen/plan", { mode: "cors" }),
    ask(`${PAGE}?preview=draft`),
    ask("https://elsewhere.example/x.png", { mode: "no-cors" }),
    ask(PAGE, { method: "POST" }),
  ]);

  assert.deepEqual(answers, [null, null, null, null, null]);
});

test("the page's parts are fetched once, and what is no longer part of it goes", async () => {
  const { tell, cache } = worker([page("wall"), style("a"), page("later wall"), style("b")]);

  await tell({ keep: [PAGE, STYLE] });
  await tell({ keep: [PAGE, "https://wall.example/demo/theme.css"] });

  assert.deepEqual([...cache.kept.keys()], [PAGE, "https://wall.example/demo/theme.css"]);
  assert.equal(await cache.kept.get(PAGE).clone().text(), "later wall");
});

test("a screen that is told to forget keeps nothing", async () => {
  const { tell, cache } = worker([page("wall")]);
  await tell({ keep: [PAGE] });

  await tell({ forget: true });

  assert.equal(cache.kept.size, 0);
});
