import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Feed } from "../../static/js/models/feed.js";
import { Stream } from "../../static/js/models/stream.js";

class FakeSocket {
  static made = [];

  constructor(url) {
    this.url = url;
    this.closed = false;
    FakeSocket.made.push(this);
  }

  say(frame) {
    this.onmessage({ data: JSON.stringify(frame) });
  }

  close() {
    this.closed = true;
  }
}

class FakeTime {
  at = 0;
  timers = new Map();
  #next = 1;

  setTimeout = (action, pause) => {
    this.timers.set(this.#next, { action, due: this.at + pause });
    return this.#next++;
  };

  clearTimeout = (id) => this.timers.delete(id);

  async pass(milliseconds) {
    const end = this.at + milliseconds;
    for (;;) {
      const due = [...this.timers].filter(([, timer]) => timer.due <= end).sort((a, b) => a[1].due - b[1].due)[0];
      if (!due) break;
      this.at = due[1].due;
      this.timers.delete(due[0]);
      due[1].action();
      await settle();
    }
    this.at = end;
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
const answer = (status, body) => ({ ok: status === 200, status, json: async () => body });
const posted = (offset, id) => ({ offset, kind: "posted", id, post: { id, html: id } });

function opened({ answers = [] } = {}) {
  FakeSocket.made = [];
  const time = new FakeTime();
  const asked = [];
  const window = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  const feed = new Feed({ cursor: "Vq3k:10", posts: [] });
  const stream = new Stream({
    streamUrl: "/demo/stream",
    feedUrl: "/demo/feed",
    feed,
    environment: {
      WebSocket: FakeSocket,
      fetch: async (url) => {
        asked.push(url);
        const next = answers.shift();
        if (!next) throw new TypeError("no network");
        return next;
      },
      setTimeout: time.setTimeout,
      clearTimeout: time.clearTimeout,
      now: () => time.at,
      random: () => 0.5,
      base: "https://wall.example/demo/screen",
      window,
      document,
    },
  });
  const told = [];
  stream.addEventListener("status", (event) => told.push(event.detail.online));
  stream.addEventListener("refused", (event) => told.push(event.detail.code));
  stream.open();
  return { stream, feed, time, asked, told, window, document, sockets: FakeSocket.made };
}

const last = (list) => list[list.length - 1];

test("the stream asks from the feed's cursor", () => {
  const { sockets } = opened();

  assert.equal(sockets[0].url, "wss://wall.example/demo/stream?view=html&cursor=Vq3k%3A10");
});

test("the stream comes back with the newest ticket it was given", () => {
  const { stream, sockets, time } = opened();
  sockets[0].say({ type: "hello", cursor: "Vq3k:10", version: "1", ticket: "first" });
  sockets[0].say({ type: "beat", cursor: "Vq3k:10", ticket: "second" });

  time.at += 60_000;
  stream.wake();

  assert.equal(new URL(sockets[1].url).searchParams.get("ticket"), "second");
});

test("updates reach the feed", () => {
  const { sockets, feed, told } = opened();

  sockets[0].say({ type: "hello", cursor: "Vq3k:10", version: "1" });
  sockets[0].say({ type: "updates", cursor: "Vq3k:11", updates: [posted(11, "a")] });

  assert.equal(feed.cursor, "Vq3k:11");
  assert.deepEqual(told, [true]);
});

describe("a closed stream", () => {
  const cases = [
    ["lost network comes back", 1006, 2],
    ["server restart comes back", 4001, 2],
    ["too slow comes back", 4008, 2],
    ["not allowed stays away", 4503, 1],
    ["event closed stays away", 4510, 1],
  ];
  for (const [name, code, connections] of cases) {
    test(name, async () => {
      const { sockets, time } = opened();

      sockets[0].onclose({ code });
      await time.pass(1_000);

      assert.equal(sockets.length, connections);
    });
  }
});

test("who is refused is told the code", () => {
  const { sockets, told } = opened();

  sockets[0].onclose({ code: 4503 });

  assert.deepEqual(told, [false, 4503]);
});

test("the pauses grow with each failure and never beyond half a minute", async () => {
  const { sockets, time } = opened();
  const pauses = [];

  for (let failure = 0; failure < 8; failure += 1) {
    const before = time.at;
    const retry = () => Math.min(...[...time.timers.values()].map((timer) => timer.due));
    sockets[sockets.length - 1].onclose({ code: 1006 });
    const due = [...time.timers.values()].map((timer) => timer.due - before).filter((pause) => pause > 0);
    pauses.push(Math.max(...due));
    await time.pass(last(pauses));
    assert.ok(retry() > 0);
  }

  assert.deepEqual(pauses.slice(0, 5), [500, 1_000, 2_000, 4_000, 8_000]);
  assert.equal(last(pauses), 15_000);
});

test("a silent stream is given up after 25 seconds", async () => {
  const { sockets, time } = opened();
  sockets[0].say({ type: "hello", cursor: "Vq3k:10" });

  await time.pass(24_999);
  const before = sockets[0].closed;
  await time.pass(1_000);

  assert.equal(before, false);
  assert.equal(sockets[0].closed, true);
  assert.equal(sockets.length, 2);
});

test("beats keep a quiet stream alive", async () => {
  const { sockets, time } = opened();
  sockets[0].say({ type: "hello", cursor: "Vq3k:10" });

  await time.pass(20_000);
  sockets[0].say({ type: "beat", cursor: "Vq3k:10" });
  await time.pass(20_000);

  assert.equal(sockets.length, 1);
});

test("a gap fetches the snapshot, and what came meanwhile is applied after it", async () => {
  const snapshot = { cursor: "Vq3k:12", posts: [{ id: "b" }, { id: "a" }], pinned: [] };
  const { sockets, feed, asked } = opened({ answers: [answer(200, snapshot)] });
  sockets[0].say({ type: "hello", cursor: "Vq3k:10" });

  sockets[0].say({ type: "updates", cursor: "Vq3k:12", updates: [posted(12, "b")] });
  sockets[0].say({ type: "updates", cursor: "Vq3k:13", updates: [posted(13, "c")] });
  await settle();

  assert.deepEqual(asked, ["https://wall.example/demo/feed?view=html"]);
  assert.deepEqual(feed.posts.map((post) => post.id), ["c", "b", "a"]);
  assert.equal(feed.cursor, "Vq3k:13");
});

test("a snapshot that cannot be fetched is asked for again", async () => {
  const snapshot = { cursor: "New1:4", posts: [], pinned: [] };
  const { sockets, feed, time } = opened({ answers: [answer(503, null), answer(200, snapshot)] });

  sockets[0].say({ type: "hello", cursor: "New1:4" });
  await settle();
  await time.pass(1_000);

  assert.equal(feed.cursor, "New1:4");
});

test("two beats ahead of us without the updates start the stream again", async () => {
  const { sockets, time } = opened();
  sockets[0].say({ type: "hello", cursor: "Vq3k:10" });

  sockets[0].say({ type: "beat", cursor: "Vq3k:11" });
  sockets[0].say({ type: "beat", cursor: "Vq3k:11" });
  await time.pass(1_000);

  assert.equal(sockets.length, 2);
});

test("where websockets fail, the feed is polled", async () => {
  const updates = { cursor: "Vq3k:11", updates: [posted(11, "a")] };
  const { sockets, feed, time, asked, told } = opened({ answers: [answer(200, updates)] });

  for (const pause of [500, 1_000, 1]) {
    last(sockets).onclose({ code: 1006 });
    await time.pass(pause);
  }

  assert.equal(asked[0], "https://wall.example/demo/feed?view=html&cursor=Vq3k%3A10");
  assert.equal(feed.cursor, "Vq3k:11");
  assert.deepEqual(told, [false, true]);
});

test("a poll whose history is gone fetches the snapshot", async () => {
  const snapshot = { cursor: "New1:2", posts: [{ id: "z" }], pinned: [] };
  const { sockets, feed, time } = opened({ answers: [answer(410, null), answer(200, snapshot)] });

  for (const pause of [500, 1_000, 1]) {
    last(sockets).onclose({ code: 1006 });
    await time.pass(pause);
  }

  assert.equal(feed.cursor, "New1:2");
});

test("a captive portal's page is not taken for a feed", async () => {
  const portal = { ok: true, status: 200, json: async () => JSON.parse("<html>") };
  const { sockets, feed, time, told } = opened({ answers: [portal] });

  for (const pause of [500, 1_000, 1]) {
    last(sockets).onclose({ code: 1006 });
    await time.pass(pause);
  }

  assert.equal(feed.cursor, "Vq3k:10");
  assert.deepEqual(told, [false]);
});

test("polling ends when the stream is back", async () => {
  const { sockets, time } = opened();
  for (const pause of [500, 1_000, 2_000]) {
    last(sockets).onclose({ code: 1006 });
    await time.pass(pause);
  }

  last(sockets).say({ type: "hello", cursor: "Vq3k:10" });

  assert.equal(time.timers.size, 1);
});

test("a page that slept connects at once, a fresh one stays", async () => {
  const { sockets, time, window, document } = opened();
  sockets[0].say({ type: "hello", cursor: "Vq3k:10" });

  document.dispatchEvent(new Event("visibilitychange"));
  const fresh = sockets.length;
  time.at += 60_000;
  window.dispatchEvent(new Event("online"));

  assert.equal(fresh, 1);
  assert.equal(sockets.length, 2);
});

test("a closed stream leaves no timer behind", () => {
  const { stream, sockets, time, window } = opened();
  sockets[0].say({ type: "hello", cursor: "Vq3k:10" });

  stream.close();
  window.dispatchEvent(new Event("online"));

  assert.equal(time.timers.size, 0);
  assert.equal(sockets.length, 1);
});

test("a frame that is not ours starts the stream again", async () => {
  const { sockets, time } = opened();

  sockets[0].onmessage({ data: "<html>" });
  await time.pass(1_000);

  assert.equal(sockets.length, 2);
});
