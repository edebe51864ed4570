import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Feed } from "../../static/js/models/feed.js";

const screen = { curtain: { kind: "open", since: null } };
const post = (id, more = {}) => ({ id, html: `<article>${id}</article>`, pinned: false, ...more });
const posted = (offset, id) => ({ offset, kind: "posted", id, post: post(id) });
const frame = (cursor, ...updates) => ({ type: "updates", cursor, updates });

function wall() {
  const feed = new Feed({ cursor: "Vq3k:10", posts: [post("b"), post("a")] });
  const changes = [];
  feed.addEventListener("change", (event) => changes.push(event.detail));
  return { feed, changes };
}

describe("what a reader is owed", () => {
  const cases = [
    ["current", frame("Vq3k:11", posted(11, "c")), "current", "Vq3k:11", ["c", "b", "a"]],
    ["several at once", frame("Vq3k:12", posted(11, "c"), posted(12, "d")), "current", "Vq3k:12", ["d", "c", "b", "a"]],
    ["repeated", frame("Vq3k:10", posted(10, "b")), "current", "Vq3k:10", ["b", "a"]],
    ["partly repeated", frame("Vq3k:11", posted(10, "b"), posted(11, "c")), "current", "Vq3k:11", ["c", "b", "a"]],
    ["a gap before", frame("Vq3k:12", posted(12, "d")), "resync", "Vq3k:10", ["b", "a"]],
    ["a gap within", frame("Vq3k:13", posted(11, "c"), posted(13, "e")), "resync", "Vq3k:11", ["c", "b", "a"]],
    ["another epoch", frame("Zz9:11", posted(11, "c")), "resync", "Vq3k:10", ["b", "a"]],
    ["no cursor", { type: "updates", updates: [posted(11, "c")] }, "resync", "Vq3k:10", ["b", "a"]],
    ["told to resync", { type: "resync" }, "resync", "Vq3k:10", ["b", "a"]],
    ["hello where we are", { type: "hello", cursor: "Vq3k:10" }, "current", "Vq3k:10", ["b", "a"]],
    ["hello further on", { type: "hello", cursor: "Vq3k:14" }, "current", "Vq3k:10", ["b", "a"]],
    ["hello behind us", { type: "hello", cursor: "Vq3k:9" }, "resync", "Vq3k:10", ["b", "a"]],
    ["hello of another epoch", { type: "hello", cursor: "Zz9:10" }, "resync", "Vq3k:10", ["b", "a"]],
    ["a beat where we are", { type: "beat", cursor: "Vq3k:10" }, "current", "Vq3k:10", ["b", "a"]],
    ["a beat further on", { type: "beat", cursor: "Vq3k:11" }, "behind", "Vq3k:10", ["b", "a"]],
  ];
  for (const [name, given, verdict, cursor, ids] of cases) {
    test(name, () => {
      const { feed } = wall();

      const answer = feed.receive(given);

      assert.equal(answer, verdict);
      assert.equal(feed.cursor, cursor);
      assert.deepEqual(feed.posts.map((one) => one.id), ids);
    });
  }
});

test("a removed post is gone and told", () => {
  const { feed, changes } = wall();

  feed.receive(frame("Vq3k:11", { offset: 11, kind: "removed", id: "a" }));

  assert.deepEqual(feed.posts.map((one) => one.id), ["b"]);
  assert.deepEqual(changes, [{ added: [], changed: [], removed: ["a"], reset: false, curtain: false }]);
});

test("a removal is told even of a post that is no longer kept", () => {
  const { feed, changes } = wall();

  feed.receive(frame("Vq3k:11", { offset: 11, kind: "removed", id: "long ago" }));

  assert.deepEqual(changes[0].removed, ["long ago"]);
});

test("a post that came and went in one frame is not shown for a moment", () => {
  const { feed, changes } = wall();

  feed.receive(frame("Vq3k:12", posted(11, "c"), { offset: 12, kind: "removed", id: "c" }));

  assert.deepEqual(changes, []);
  assert.equal(feed.cursor, "Vq3k:12");
});

test("a void update moves the cursor and nothing else", () => {
  const { feed, changes } = wall();

  feed.receive(frame("Vq3k:12", { offset: 11, kind: "void", id: "c" }, posted(12, "d")));

  assert.deepEqual(changes[0].added.map((one) => one.id), ["d"]);
  assert.equal(feed.cursor, "Vq3k:12");
});

test("an edit keeps its place", () => {
  const { feed, changes } = wall();

  feed.receive(frame("Vq3k:11", { offset: 11, kind: "edited", id: "a", post: post("a", { html: "new" }) }));

  assert.deepEqual(feed.posts.map((one) => one.html), ["<article>b</article>", "new"]);
  assert.deepEqual(changes[0].changed.map((one) => one.id), ["a"]);
});

test("the newest pinned post comes first and an unpinned one leaves", () => {
  const { feed } = wall();

  feed.receive(
    frame(
      "Vq3k:13",
      { offset: 11, kind: "pinned", id: "b", post: post("b", { pinned: true }) },
      { offset: 12, kind: "pinned", id: "a", post: post("a", { pinned: true }) },
      { offset: 13, kind: "unpinned", id: "b", post: post("b") },
    ),
  );

  assert.deepEqual(feed.pinned, ["a"]);
});

test("no more posts are kept than the limit, and a pinned one is kept longest", () => {
  const feed = new Feed({ cursor: "Vq3k:1", posts: [post("b"), post("a", { pinned: true })], limit: 2 });

  feed.receive(frame("Vq3k:3", posted(2, "c"), posted(3, "d")));

  assert.deepEqual(feed.posts.map((one) => one.id), ["d", "a"]);
});

test("a snapshot replaces everything", () => {
  const { feed, changes } = wall();

  const taken = feed.replace({ cursor: "New1:3", posts: [post("x", { pinned: true })], pinned: ["x"] });

  assert.equal(taken, true);
  assert.deepEqual(feed.snapshot, { cursor: "New1:3", posts: [post("x", { pinned: true })], pinned: ["x"], screen });
  assert.equal(changes[0].reset, true);
});

test("a snapshot older than what is known is not taken", () => {
  const { feed } = wall();

  const taken = feed.replace({ cursor: "Vq3k:9", posts: [post("a")], pinned: [] });

  assert.equal(taken, false);
  assert.equal(feed.cursor, "Vq3k:10");
});

test("a snapshot and the updates after it make the later snapshot", () => {
  const { feed } = wall();

  feed.receive(frame("Vq3k:12", posted(11, "c"), { offset: 12, kind: "removed", id: "b" }));

  assert.deepEqual(feed.snapshot, { cursor: "Vq3k:12", posts: [post("c"), post("a")], pinned: [], screen });
});

test("that screens have something else to run is told, moves the cursor, and changes no post", () => {
  const { feed, changes } = wall();
  let arranged = 0;
  feed.addEventListener("arranged", () => arranged++);

  feed.receive(frame("Vq3k:11", { offset: 11, kind: "arranged" }));
  feed.receive(frame("Vq3k:11", { offset: 11, kind: "arranged" }));

  assert.equal(arranged, 1);
  assert.equal(feed.cursor, "Vq3k:11");
  assert.deepEqual(changes, []);
});

test("it is told what is arranged anew, however often that was in one frame", () => {
  const feed = new Feed({ cursor: "Vq3k:10" });
  const told = [];
  feed.addEventListener("arranged", ({ detail }) => told.push(detail.what));

  const updates = ["polls", "", "polls"].map((what, place) => ({ offset: 11 + place, kind: "arranged", what }));
  feed.receive(frame("Vq3k:13", ...updates));

  assert.deepEqual(told, [["polls", ""]]);
});
