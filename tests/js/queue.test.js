import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Queue } from "../../static/js/models/queue.js";

const read = (card) => JSON.parse(card);
const post = (id, more = {}) => ({ id, version: 1, hash: `h-${id}`, status: "waiting", place: Number(id.slice(1)), ...more });
const card = (id, more) => JSON.stringify(post(id, more));
const submitted = (offset, id) => ({ offset, kind: "submitted", id, version: 1, was: "", status: "waiting", card: card(id) });
const decided = (offset, id, status, was = "waiting") => ({ offset, kind: "decided", id, version: 2, was, status, by: "Max", card: card(id, { version: 2, status }) });
const frame = (...updates) => ({ type: "updates", cursor: `Vq3k:${updates.at(-1).offset}`, updates });
const ids = (queue) => queue.posts.map(({ id }) => id);

function desk(more = {}) {
  const queue = new Queue({ cursor: "Vq3k:10", posts: [post("p1"), post("p2")], counts: { waiting: 2, approved: 5 }, read, ...more });
  const changes = [];
  queue.addEventListener("change", (event) => changes.push(event.detail));
  return { queue, changes };
}

describe("what a desk is owed", () => {
  const cases = [
    ["the next update", frame(submitted(11, "p3")), "current", "Vq3k:11", ["p1", "p2", "p3"]],
    ["a repeat", frame(submitted(10, "p2")), "current", "Vq3k:10", ["p1", "p2"]],
    ["partly a repeat", frame(submitted(10, "p2"), submitted(11, "p3")), "current", "Vq3k:11", ["p1", "p2", "p3"]],
    ["a hole before", frame(submitted(12, "p3")), "resync", "Vq3k:10", ["p1", "p2"]],
    ["a hole within", frame(submitted(11, "p3"), submitted(13, "p5")), "resync", "Vq3k:11", ["p1", "p2", "p3"]],
    ["another epoch", { type: "updates", cursor: "Zz9:11", updates: [submitted(11, "p3")] }, "resync", "Vq3k:10", ["p1", "p2"]],
    ["a beat further on", { type: "beat", cursor: "Vq3k:11" }, "behind", "Vq3k:10", ["p1", "p2"]],
    ["a hello further on", { type: "hello", cursor: "Vq3k:14" }, "current", "Vq3k:10", ["p1", "p2"]],
    ["a hello behind us", { type: "hello", cursor: "Vq3k:9" }, "resync", "Vq3k:10", ["p1", "p2"]],
    ["told to resync", { type: "resync" }, "resync", "Vq3k:10", ["p1", "p2"]],
  ];
  for (const [name, told, verdict, cursor, shown] of cases) {
    test(name, () => {
      const { queue } = desk();

      assert.equal(queue.receive(told), verdict);
      assert.equal(queue.cursor, cursor);
      assert.deepEqual(ids(queue), shown);
    });
  }
});

test("a decision elsewhere takes the post from the queue and moves the counts", () => {
  const { queue, changes } = desk();

  queue.receive(frame(decided(11, "p1", "approved")));

  assert.deepEqual(ids(queue), ["p2"]);
  assert.deepEqual(queue.counts, { waiting: 1, approved: 6 });
  assert.deepEqual(changes.map(({ updates }) => updates.length), [1]);
});

test("a decision undone elsewhere brings the post back to its place", () => {
  const { queue } = desk();
  queue.receive(frame(decided(11, "p1", "approved")));

  queue.receive(frame(decided(12, "p1", "waiting", "approved")));

  assert.deepEqual(ids(queue), ["p1", "p2"]);
  assert.deepEqual(queue.counts, { waiting: 2, approved: 5 });
});

test("an edit replaces the words and keeps the place and the counts", () => {
  const { queue } = desk();

  queue.receive(frame({ ...submitted(11, "p1"), kind: "edited", version: 2, was: "waiting", card: card("p1", { version: 2, hash: "new" }) }));

  assert.deepEqual(queue.posts.map(({ hash }) => hash), ["new", "h-p2"]);
  assert.deepEqual(queue.counts, { waiting: 2, approved: 5 });
});

test("a post decided by the time its arrival is told does not wait", () => {
  const { queue } = desk();

  queue.receive(frame({ ...submitted(11, "p3"), card: card("p3", { version: 2, status: "rejected" }) }));

  assert.deepEqual(ids(queue), ["p1", "p2"]);
});

test("a withdrawn post leaves though it has no card", () => {
  const { queue } = desk();

  queue.receive(frame({ offset: 11, kind: "withdrawn", id: "p2", version: 2, was: "waiting", status: "withdrawn", card: null }));

  assert.deepEqual(ids(queue), ["p1"]);
  assert.equal(queue.counts.withdrawn, 1);
});

test("a post behind those that were left out waits for the snapshot", () => {
  const { queue } = desk({ counts: { waiting: 150 } });

  queue.receive(frame(submitted(11, "p200")));

  assert.deepEqual(ids(queue), ["p1", "p2"]);
  assert.equal(queue.counts.waiting, 151);
  assert.equal(queue.more, true);
});

test("a card that cannot be read hides no other post", () => {
  const { queue } = desk({ given: 3, counts: { waiting: 3 } });

  queue.receive(frame(submitted(11, "p3")));

  assert.deepEqual(ids(queue), ["p1", "p2", "p3"]);
});

test("a snapshot starts over, and keeps the objects of posts that are the same", () => {
  const { queue, changes } = desk();
  const [, second] = queue.posts;

  const taken = queue.replace({ cursor: "New1:3", cards: [{ id: "p2", card: card("p2") }, { id: "p4", card: card("p4") }], counts: { waiting: 2 } });

  assert.equal(taken, true);
  assert.equal(queue.cursor, "New1:3");
  assert.equal(queue.posts[0], second);
  assert.deepEqual(ids(queue), ["p2", "p4"]);
  assert.deepEqual(changes, [{ updates: [], reset: true }]);
});

test("an older snapshot is refused", () => {
  const { queue } = desk();

  assert.equal(queue.replace({ cursor: "Vq3k:9", cards: [], counts: {} }), false);
  assert.deepEqual(ids(queue), ["p1", "p2"]);
});

test("snapshot before and updates make the snapshot after", () => {
  const { queue } = desk();
  const { queue: later } = desk({ cursor: "Vq3k:13", posts: [post("p2"), post("p3")], counts: { waiting: 2, approved: 6 } });

  queue.receive(frame(submitted(11, "p3"), decided(12, "p1", "approved"), { ...submitted(13, "p2"), kind: "edited", was: "waiting" }));

  assert.deepEqual(queue.posts, later.posts);
  assert.deepEqual(queue.counts, later.counts);
  assert.equal(queue.cursor, later.cursor);
});

test("a post whose version is known is drawn anew once what it answers stands otherwise", () => {
  const { queue } = desk();
  const told = (offset, tie) => ({ ...submitted(offset, "p1"), kind: "counted", was: "waiting", card: card("p1", { tie }) });
  queue.receive(frame(told(11, "a")));
  const [before] = queue.posts;

  queue.receive(frame(told(12, "a")));
  assert.equal(queue.posts[0], before);

  queue.receive(frame(told(13, "")));
  assert.equal(queue.posts[0].tie, "");
});

test("the list of posts stays the same object until something of it differs", () => {
  const { queue } = desk();
  const before = queue.posts;

  queue.receive(frame(decided(11, "p9", "approved")));
  const untouched = queue.posts;
  queue.receive(frame(submitted(12, "p3")));

  assert.equal(untouched, before);
  assert.notEqual(queue.posts, before);
  assert.deepEqual(ids(queue), ["p1", "p2", "p3"]);
});

test("a card of another copy is drawn anew, though the version is the same", () => {
  const { queue } = desk();
  const [before] = queue.posts;

  queue.receive(frame({ ...submitted(11, "p1"), kind: "grouped", was: "waiting", card: card("p1", { copies: "p9:1 " }) }));

  assert.notEqual(queue.posts[0], before);
  assert.equal(queue.posts[0].copies, "p9:1 ");
});
