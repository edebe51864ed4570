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

class FakeEvents {
  static made = [];

  constructor(url) {
    this.url = url;
    this.closed = false;
    FakeEvents.made.push(this);
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

function opened({ answers = [], EventSource } = {}) {
  FakeSocket.made = [];
  FakeEvents.made = [];
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
      EventSource,
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
  const { made: sockets } = FakeSocket;
  const { made: events } = FakeEvents;
  return { stream, feed, time, asked, told, window, document, sockets, events };
}

const hello = { type: "hello", cursor: "Vq3k:10" };

/** Let three roads of this list in a row break: what is below them is taken within two seconds. */
async function breakThree(roads, time, pause, fail) {
  for (let failure = 0; failure < 3; failure += 1) {
    fail(last(roads));
    await time.pass(pause);
  }
}

const breakSockets = ({ sockets, time }) => breakThree(sockets, time, 1_000, (socket) => socket.onclose({ code: 1006 }));
const breakEvents = ({ events, time }) => breakThree(events, time, 2_000, (source) => source.onerror());

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

describe("where websockets fail", () => {
  test("server-sent events carry the same frames", async () => {
    const all = opened({ EventSource: FakeEvents });
    await breakSockets(all);

    all.events[0].say(hello);
    all.events[0].say({ type: "updates", cursor: "Vq3k:11", updates: [posted(11, "a")] });

    assert.equal(all.events[0].url, "https://wall.example/demo/stream.sse?view=html&cursor=Vq3k%3A10");
    assert.equal(all.feed.cursor, "Vq3k:11");
    assert.deepEqual(all.told, [false, true]);
    assert.equal(all.stream.road, "sse");
  });

  test("and events, too, the feed is polled", async () => {
    const updates = { cursor: "Vq3k:11", updates: [posted(11, "a")] };
    const all = opened({ EventSource: FakeEvents, answers: [answer(200, updates)] });
    await breakSockets(all);
    await breakEvents(all);

    assert.equal(all.asked[0], "https://wall.example/demo/feed?view=html&cursor=Vq3k%3A10");
    assert.equal(all.feed.cursor, "Vq3k:11");
    assert.deepEqual(all.told, [false, true]);
    assert.equal(all.stream.road, "polling");
  });

  test("in a browser without events the feed is polled", async () => {
    const updates = { cursor: "Vq3k:11", updates: [posted(11, "a")] };
    const all = opened({ answers: [answer(200, updates)] });
    await breakSockets(all);

    assert.equal(all.feed.cursor, "Vq3k:11");
  });
});

test("a stream that dies right after its hello is a failure, however often it greets", async () => {
  const { sockets, time, events } = opened({ EventSource: FakeEvents });

  for (let failure = 0; failure < 3; failure += 1) {
    last(sockets).say(hello);
    last(sockets).onclose({ code: 1006 });
    await time.pass(1_000);
  }

  assert.equal(sockets.length, 3);
  assert.equal(events.length, 1);
});

test("a stream that was lost after it had held comes back on the same road", async () => {
  const { sockets, time, events } = opened({ EventSource: FakeEvents });

  for (let loss = 0; loss < 5; loss += 1) {
    last(sockets).say(hello);
    await time.pass(12_000);
    last(sockets).onclose({ code: 1006 });
    await time.pass(1_000);
  }

  assert.equal(sockets.length, 6);
  assert.equal(events.length, 0);
});

test("a proxy that takes the connection and lets nothing through is given up after ten seconds", async () => {
  const { sockets, time } = opened();

  await time.pass(10_600);

  assert.equal(sockets[0].closed, true);
  assert.equal(sockets.length, 2);
});

describe("the last word of a stream of events", () => {
  const cases = [
    ["restarting comes back on the same road", 4001, 2, []],
    ["not allowed stays away", 4503, 1, [4503]],
    ["event closed stays away", 4510, 1, [4510]],
  ];
  for (const [name, code, connections, refused] of cases) {
    test(name, async () => {
      const all = opened({ EventSource: FakeEvents });
      await breakSockets(all);
      all.events[0].say(hello);

      all.events[0].say({ type: "close", code });
      await all.time.pass(2_000);

      assert.equal(all.events[0].closed, true);
      assert.equal(all.events.length, connections);
      assert.deepEqual(all.told.filter(Number.isInteger), refused);
    });
  }
});

describe("from a lower road", () => {
  test("the websocket is tried again, and taken when it greets", async () => {
    const all = opened({ EventSource: FakeEvents });
    await breakSockets(all);
    all.events[0].say(hello);

    await all.time.pass(11_250);
    const before = all.events[0].closed;
    last(all.sockets).say(hello);
    all.events[0].onmessage({ data: "{}" });

    assert.equal(all.sockets.length, 4);
    assert.equal(before, false);
    assert.equal(all.events[0].closed, true);
    assert.equal(all.stream.road, "websocket");
    assert.deepEqual(all.told, [false, true]);
  });

  test("a websocket that still fails is noticed by nobody, and tried less often", async () => {
    const all = opened({ EventSource: FakeEvents });
    await breakSockets(all);
    all.events[0].say(hello);

    await all.time.pass(11_250);
    last(all.sockets).onclose({ code: 1006 });
    all.events[0].say({ type: "beat", cursor: "Vq3k:10" });
    await all.time.pass(22_400);
    const early = all.sockets.length;
    await all.time.pass(200);

    assert.deepEqual(all.told, [false, true]);
    assert.deepEqual([early, all.sockets.length], [4, 5]);
  });

  test("a websocket that greets and dies at once leads back to where we were", async () => {
    const all = opened({ EventSource: FakeEvents });
    await breakSockets(all);
    all.events[0].say(hello);
    await all.time.pass(11_250);

    last(all.sockets).say(hello);
    last(all.sockets).onclose({ code: 1006 });
    await all.time.pass(1_000);

    assert.equal(all.events.length, 2);
    assert.equal(all.stream.road, "sse");
  });

  test("a websocket that tells us to stay away is obeyed", async () => {
    const all = opened({ EventSource: FakeEvents });
    await breakSockets(all);
    all.events[0].say(hello);
    await all.time.pass(11_250);

    last(all.sockets).onclose({ code: 4510 });

    assert.equal(all.events[0].closed, true);
    assert.equal(all.time.timers.size, 0);
    assert.deepEqual(all.told, [false, true, false, 4510]);
  });

  test("polling ends when the websocket is back", async () => {
    const all = opened({ answers: [answer(200, { cursor: "Vq3k:10", updates: [] })] });
    await breakSockets(all);
    await all.time.pass(11_000);

    last(all.sockets).say(hello);
    const asked = all.asked.length;
    await all.time.pass(20_000);

    assert.equal(all.asked.length, asked);
    assert.equal(all.stream.road, "websocket");
  });
});

test("a poll whose history is gone fetches the snapshot", async () => {
  const snapshot = { cursor: "New1:2", posts: [{ id: "z" }], pinned: [] };
  const all = opened({ answers: [answer(410, null), answer(200, snapshot)] });

  await breakSockets(all);

  assert.equal(all.feed.cursor, "New1:2");
});

test("a captive portal's page is not taken for a feed", async () => {
  const portal = { ok: true, status: 200, json: async () => JSON.parse("<html>") };
  const all = opened({ answers: [portal] });

  await breakSockets(all);

  assert.equal(all.feed.cursor, "Vq3k:10");
  assert.deepEqual(all.told, [false]);
});

test("polls that nobody answers become fewer", async () => {
  const all = opened();
  await breakSockets(all);
  const before = all.asked.length;

  await all.time.pass(120_000);

  assert.ok(all.asked.length - before <= 6, `${all.asked.length - before} polls`);
});

test("a page that is put away lets go of the server, and resumes from its cursor when it is shown", async () => {
  const { sockets, time, window } = opened();
  sockets[0].say(hello);
  sockets[0].say({ type: "updates", cursor: "Vq3k:11", updates: [posted(11, "a")] });

  window.dispatchEvent(new Event("pagehide"));
  const away = [sockets[0].closed, time.timers.size];
  window.dispatchEvent(new Event("pageshow"));

  assert.deepEqual(away, [true, 0]);
  assert.equal(last(sockets).url, "wss://wall.example/demo/stream?view=html&cursor=Vq3k%3A11");
});

test("a machine that slept notices by the clock, since its timers slept too", async () => {
  const { sockets, time } = opened();
  sockets[0].say(hello);
  await time.pass(1_000);

  const slept = 3_600_000;
  time.at += slept;
  for (const timer of time.timers.values()) timer.due += slept;
  await time.pass(6_000);

  assert.equal(sockets[0].closed, true);
  assert.equal(sockets.length, 2);
});

test("a clock that is put back makes no stream stale and none immortal", async () => {
  const { sockets, time } = opened();
  sockets[0].say(hello);
  time.at -= 1_000_000;
  for (const timer of time.timers.values()) timer.due -= 1_000_000;

  await time.pass(20_000);
  const early = sockets.length;
  await time.pass(20_000);

  assert.deepEqual([early, sockets.length > 1], [1, true]);
});

test("who polls and wakes up asks at once, and tries the websocket at once", async () => {
  const all = opened();
  await breakSockets(all);
  const before = [all.asked.length, all.sockets.length];

  all.time.at += 60_000;
  all.window.dispatchEvent(new Event("online"));

  assert.deepEqual([all.asked.length, all.sockets.length], [before[0] + 1, before[1] + 1]);
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
