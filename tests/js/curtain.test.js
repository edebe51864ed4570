import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { hung, under } from "../../static/js/models/curtain.js";
import { Feed } from "../../static/js/models/feed.js";

const SINCE = "2026-06-12T09:30:00.000Z";
const BEFORE = "2026-06-12T09:29:59.999Z";
const AFTER = "2026-06-12T09:30:00.001Z";

const post = (id, more = {}) => ({ id, html: id, pinned: false, approved_at: BEFORE, ...more });
const frame = (offset, ...updates) => ({ type: "updates", cursor: `Vq3k:${offset}`, updates });
const posted = (offset, id) => ({ offset, kind: "posted", id, post: post(id, { approved_at: AFTER }) });
const curtained = (offset, kind) => ({ offset, kind: "curtained", at: SINCE, curtain: { kind, since: SINCE } });
const screen = (kind) => ({ curtain: { kind, since: SINCE } });
const ids = (posts) => posts.map(({ id }) => id);

function wall(...updates) {
  const feed = new Feed({ cursor: "Vq3k:10", posts: [post("b"), post("a", { pinned: true })] });
  const changes = [];
  feed.addEventListener("change", ({ detail }) => changes.push(detail));
  if (updates.length) feed.receive(frame(updates.at(-1).offset, ...updates));
  return { feed, changes };
}

describe("what hangs on a screen", () => {
  const cases = [
    ["open", [], ["b", "a"]],
    ["blank", [curtained(11, "blank")], []],
    ["pinned only", [curtained(11, "pinned")], ["a"]],
    ["frozen", [curtained(11, "frozen")], ["b", "a"]],
    ["frozen, then a post", [curtained(11, "frozen"), posted(12, "c")], ["b", "a"]],
    ["a post, then frozen", [posted(11, "c"), curtained(12, "frozen")], ["c", "b", "a"]],
    ["frozen, and a removal", [curtained(11, "frozen"), { offset: 12, kind: "removed", id: "b" }], ["a"]],
    ["frozen, a post, and open again", [curtained(11, "frozen"), posted(12, "c"), curtained(13, "open")], ["c", "b", "a"]],
    ["blank, a post, and open again", [curtained(11, "blank"), posted(12, "c"), curtained(13, "open")], ["c", "b", "a"]],
    ["pinned only, nothing pinned", [{ offset: 11, kind: "removed", id: "a" }, curtained(12, "pinned")], []],
  ];
  for (const [name, updates, expected] of cases) {
    test(name, () => {
      const { feed } = wall(...updates);

      assert.deepEqual(ids(hung(feed)), expected);
    });
  }
});

describe("a screen that comes back", () => {
  test("under the curtain of the snapshot, without what is too late for it", () => {
    const posts = [post("late", { approved_at: AFTER }), post("b")];

    const feed = new Feed({ cursor: "Vq3k:12", posts, screen: screen("frozen") });

    assert.deepEqual(ids(hung(feed)), ["b"]);
  });

  test("from its own copy, in which the late ones are marked", () => {
    const { feed } = wall(curtained(11, "frozen"), posted(12, "c"));

    const kept = JSON.parse(JSON.stringify(feed.snapshot));
    const again = new Feed({ ...kept, posts: kept.posts.map(({ approved_at, ...rest }) => rest) });

    assert.equal(again.curtain.kind, "frozen");
    assert.deepEqual(ids(hung(again)), ["b", "a"]);
  });

  test("of a server that knows no curtain, open", () => {
    const feed = new Feed({ cursor: "Vq3k:12", posts: [post("b")], screen: { theme: "dark" } });

    assert.deepEqual(ids(hung(feed)), ["b"]);
  });

  test("by a snapshot under another curtain, and is told so", () => {
    const { feed, changes } = wall(curtained(11, "blank"));

    feed.replace({ cursor: "New1:3", posts: [post("b")], pinned: [], screen: screen("open") });

    assert.equal(feed.curtain.kind, "open");
    assert.deepEqual([changes.at(-1).reset, changes.at(-1).curtain], [true, true]);
  });
});

test("a curtain moves the cursor, and takes and brings no post", () => {
  const { feed, changes } = wall(curtained(11, "blank"));

  assert.equal(feed.cursor, "Vq3k:11");
  assert.deepEqual(ids(feed.posts), ["b", "a"]);
  assert.deepEqual(changes, [{ added: [], changed: [], removed: [], reset: false, curtain: true }]);
});

test("a curtain told again changes nothing", () => {
  const { feed, changes } = wall(curtained(11, "blank"));

  feed.receive(frame(11, curtained(11, "blank")));

  assert.equal(changes.length, 1);
});

test("a kind of update that is not known yet moves the cursor and nothing else", () => {
  const { feed, changes } = wall({ offset: 11, kind: "announced", at: SINCE }, posted(12, "c"));

  assert.equal(feed.cursor, "Vq3k:12");
  assert.deepEqual(ids(changes[0].added), ["c"]);
});

describe("what a screen takes in at once", () => {
  const change = { added: [post("new")], changed: [post("b"), post("late", { late: true })], removed: ["a"], reset: false };
  const cases = [
    ["open", change],
    ["blank", { ...change, added: [], changed: [] }],
    ["frozen", { ...change, added: [], changed: [post("b")] }],
    ["pinned", null],
  ];
  for (const [kind, expected] of cases) {
    test(kind, () => assert.deepEqual(under({ kind }, change), expected));
  }
});
