import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const SOURCE = readFileSync(new URL("../../static/js/workers/screen.js", import.meta.url), "utf8");
const PAGE = "https://wall.example/demo/screen";
const STYLE = "https://wall.example/static/css/screen.css";

class FakeCache {
  kept = new Map();

  match = async (name) => this.kept.get(name)?.clone();
  put = async (name, response) => void this.kept.set(name, response);
  delete = async (request) => this.kept.delete(request.url ?? request);
  keys = async () => [...this.kept.keys()].map((url) => ({ url }));
}

const page = (text, more = {}) => new Response(text, { headers: { "wall-page": "screen", "content-type": "text/html" }, ...more });
const portal = () => new Response("Please pay", { headers: { "content-type": "text/html" } });
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
    clients: { claim: async () => {} },
  };
  const fetch = async () => {
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next;
  };
  const caches = { open: async () => cache, delete: async () => cache.kept.clear() };
  vm.runInNewContext(SOURCE, { self, fetch, caches, URL, Response, Promise, Map, setTimeout: (action, pause) => setTimeout(action, pause).unref() });
  return {
    cache,
    async ask(url, { mode = "navigate", method = "GET" } = {}) {
      let answer = null;
      handlers.fetch({ request: { url, mode, method }, respondWith: (promise) => { answer = promise; } });
      return answer && (await answer);
    },
    async tell(data) {
      pending = [];
      handlers.message({ data, waitUntil: (promise) => pending.push(promise) });
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
  ["when a proxy answers 502", () => new Response("bad gateway", { status: 502 })],
  ["when a captive portal answers 200", portal],
]) {
  test(`the last good page is shown ${name}`, async () => {
    const { ask } = worker([page("wall"), bad()]);

    await ask(`${PAGE}?theme=light`);
    const again = await ask(PAGE);

    assert.equal(await again.text(), "wall");
  });

  test(`the last good stylesheet is used ${name}`, async () => {
    const { ask } = worker([style("body {}"), bad()]);

    await ask(STYLE, { mode: "no-cors" });
    const again = await ask(STYLE, { mode: "no-cors" });

    assert.equal(await again.text(), "body {}");
  });
}

test("a server's word that the screen may show no more is passed on, and nothing is kept", async () => {
  const gone = new Response("gone", { status: 403, headers: { "wall-page": "gone" } });
  const { ask, cache } = worker([page("wall"), gone]);

  await ask(PAGE);
  const answer = await ask(PAGE);

  assert.equal(answer.status, 403);
  assert.equal(cache.kept.size, 0);
});

test("a picture taken off the wall is not kept", async () => {
  const picture = "https://wall.example/demo/media/1.webp";
  const { ask, cache } = worker([new Response("bytes", { headers: { "content-type": "image/webp" } }), new Response("", { status: 410 })]);

  await ask(picture, { mode: "no-cors" });
  const answer = await ask(picture, { mode: "no-cors" });

  assert.equal(answer.status, 410);
  assert.equal(cache.kept.size, 0);
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
  const { ask, tell, cache } = worker([page("wall")]);
  await ask(PAGE);

  await tell({ forget: true });

  assert.equal(cache.kept.size, 0);
});
