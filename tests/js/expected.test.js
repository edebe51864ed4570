import assert from "node:assert/strict";
import { test } from "node:test";

import { Expected } from "../../static/js/models/expected.js";
import { Queue } from "../../static/js/models/queue.js";

const read = (card) => JSON.parse(card);
const post = (id, more = {}) => ({ id, version: 1, status: "waiting", place: Number(id.slice(1)), ...more });
const told = (offset, id, version, was, status) => ({
  type: "updates",
  cursor: `Vq3k:${offset}`,
  updates: [{ offset, kind: "decided", id, version, was, status, card: JSON.stringify(post(id, { version, status })) }],
});
const ids = (expected) => expected.posts.map(({ id }) => id);

function desk() {
  const posts = [post("p1"), post("p2"), post("p3")];
  const queue = new Queue({ cursor: "Vq3k:10", posts, counts: { waiting: 3, approved: 0 }, read });
  return { posts, queue, expected: new Expected(queue) };
}

test("a decision is seen at once, and counted once when the feed tells it", () => {
  const { posts, queue, expected } = desk();

  expected.expect(posts[0], "approved", "d1");
  const atOnce = [ids(expected), expected.counts];
  queue.receive(told(11, "p1", 2, "waiting", "approved"));
  const whenTold = expected.counts;
  expected.settle("p1", "d1", { status: "approved", version: 2 });

  assert.deepEqual(atOnce, [["p2", "p3"], { waiting: 2, approved: 1 }]);
  assert.deepEqual(whenTold, { waiting: 2, approved: 1 });
  assert.deepEqual([ids(expected), expected.counts], [["p2", "p3"], { waiting: 2, approved: 1 }]);
  assert.equal(expected.has("p1"), false);
});

test("an answer before the feed keeps the post away until the feed has told it", () => {
  const { posts, queue, expected } = desk();
  expected.expect(posts[0], "approved", "d1");

  expected.settle("p1", "d1", { status: "approved", version: 2 });
  const between = [ids(expected), expected.counts];
  queue.receive(told(11, "p1", 2, "waiting", "approved"));

  assert.deepEqual(between, [["p2", "p3"], { waiting: 2, approved: 1 }]);
  assert.deepEqual([ids(expected), expected.counts], between);
  assert.equal(expected.has("p1"), false);
});

test("a refused decision brings the post back to its place", () => {
  const { posts, expected } = desk();
  expected.expect(posts[1], "rejected", "d1");

  expected.forget("p2", "d1");

  assert.deepEqual(ids(expected), ["p1", "p2", "p3"]);
  assert.deepEqual(expected.counts, { waiting: 3, approved: 0 });
});

test("an undone decision shows the post at once, through all that the feed tells meanwhile", () => {
  const { posts, queue, expected } = desk();
  expected.expect(posts[0], "approved", "d1");
  expected.settle("p1", "d1", { status: "approved", version: 2 });
  const seen = [];
  expected.addEventListener("change", () => seen.push([ids(expected).length, expected.counts.waiting]));

  expected.expect(posts[0], "waiting", "d2", { status: "approved", version: 2 });
  queue.receive(told(11, "p1", 2, "waiting", "approved"));
  expected.settle("p1", "d2", { status: "waiting", version: 3 });
  queue.receive(told(12, "p1", 3, "approved", "waiting"));

  assert.deepEqual(seen, [[3, 3], [3, 3], [3, 3], [3, 3]]);
  assert.equal(expected.has("p1"), false);
  assert.equal(expected.posts[0].version, 3);
});

test("the answer to a decision that was undone since says nothing any more", () => {
  const { posts, expected } = desk();
  expected.expect(posts[0], "approved", "d1");
  expected.expect(posts[0], "waiting", "d2");

  expected.settle("p1", "d1", { status: "approved", version: 2 });

  assert.deepEqual(ids(expected), ["p1", "p2", "p3"]);
});

test("a second decision that never left leaves the first undo as it was", () => {
  const { posts, queue, expected } = desk();
  expected.expect(posts[0], "approved", "d1");
  expected.expect(posts[0], "waiting", "d2");
  expected.expect(posts[0], "rejected", "d3");

  queue.receive(told(11, "p1", 2, "waiting", "approved"));
  expected.forget("p1", "d3");
  const between = ids(expected);
  expected.settle("p1", "d2", { status: "waiting", version: 3 });
  queue.receive(told(12, "p1", 3, "approved", "waiting"));

  assert.deepEqual(between, ["p1", "p2", "p3"]);
  assert.equal(expected.has("p1"), false);
  assert.deepEqual(expected.counts, { waiting: 3, approved: 0 });
});

test("forgetting a decision that another followed changes nothing of the newest", () => {
  const { posts, expected } = desk();
  expected.expect(posts[0], "approved", "d1");
  expected.expect(posts[0], "waiting", "d2");

  expected.forget("p1", "d1");
  const between = expected.counts;
  expected.forget("p1", "d2");

  assert.deepEqual(between, { waiting: 3, approved: 0 });
  assert.equal(expected.has("p1"), false);
});

test("a snapshot that still holds a post decided here does not bring it back", () => {
  const { posts, queue, expected } = desk();
  expected.expect(posts[0], "approved", "d1");

  queue.replace({ cursor: "New1:4", cards: posts.map((one) => ({ id: one.id, card: JSON.stringify(one) })), counts: { waiting: 3, approved: 0 } });

  assert.deepEqual(ids(expected), ["p2", "p3"]);
  assert.deepEqual(expected.counts, { waiting: 2, approved: 1 });
});

test("a snapshot that knows of the decision settles it", () => {
  const { posts, queue, expected } = desk();
  expected.expect(posts[0], "approved", "d1");
  expected.settle("p1", "d1", { status: "approved", version: 2 });

  queue.replace({ cursor: "New1:4", cards: posts.slice(1).map((one) => ({ id: one.id, card: JSON.stringify(one) })), counts: { waiting: 2, approved: 1 } });

  assert.deepEqual(ids(expected), ["p2", "p3"]);
  assert.deepEqual(expected.counts, { waiting: 2, approved: 1 });
  assert.equal(expected.has("p1"), false);
});

test("the list of posts stays the same object until something else is expected", () => {
  const { posts, expected } = desk();
  const before = expected.posts;
  const again = expected.posts;

  expected.expect(posts[0], "approved", "d1");

  assert.equal(again, before);
  assert.deepEqual(ids(expected), ["p2", "p3"]);
});
