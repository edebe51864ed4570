import assert from "node:assert/strict";
import { test } from "node:test";

import { Filter } from "../../static/js/models/filter.js";
import { Queue } from "../../static/js/models/queue.js";
import { Sieve } from "../../static/js/models/sieve.js";

const read = (card) => ({ ...JSON.parse(card) });
const post = (id, more = {}) => ({ id, version: 1, hash: `h-${id}`, status: "waiting", place: Number(id.slice(1)), author: `by-${id}`, pictures: "none", searched: "", firstTime: true, ...more });
const update = (offset, id, more = {}) => ({ offset, id, kind: "submitted", version: 1, was: "", status: "waiting", card: JSON.stringify(post(id, more)), ...more });
const frame = (...updates) => ({ type: "updates", cursor: `Vq3k:${updates.at(-1).offset}`, updates });
const ids = ({ posts }) => posts.map(({ id }) => id);
const CATS = new Filter({ words: "cat" });

function desk() {
  const posts = [post("p1", { searched: "a cat" }), post("p2", { searched: "a dog" })];
  const queue = new Queue({ cursor: "Vq3k:10", posts, counts: { waiting: 9 }, read });
  return { queue, sieve: new Sieve(queue, { read }) };
}

test("without a filter it is the queue", () => {
  const { queue, sieve } = desk();

  assert.deepEqual(sieve.posts, queue.posts);
  assert.equal(sieve.more, true);
});

test("what fits is shown, and what is found behind it, in the order of arrival", () => {
  const { sieve } = desk();

  sieve.use(CATS);
  sieve.take({ posts: [post("p8", { searched: "cats" }), post("p5", { searched: "one cat" })], looked: 9, last: 8 });

  assert.deepEqual(ids(sieve), ["p1", "p5", "p8"]);
  assert.deepEqual(sieve.reach, { looked: 9, last: 8 });
});

test("what arrives is shown if it fits", () => {
  const { queue, sieve } = desk();
  sieve.use(CATS);

  queue.receive(frame(update(11, "p20", { searched: "late cat" }), update(12, "p21", { searched: "late dog" })));

  assert.deepEqual(ids(sieve), ["p1", "p20"]);
});

test("what somebody decided is gone, though it is found a moment later", () => {
  const { queue, sieve } = desk();
  sieve.use(CATS);

  queue.receive(frame(update(11, "p5", { kind: "decided", version: 2, was: "waiting", status: "rejected" })));
  sieve.take({ posts: [post("p5", { searched: "cat" })], looked: 5, last: null });

  assert.deepEqual(ids(sieve), ["p1"]);
});

test("what was decided and taken back is found again", () => {
  const { queue, sieve } = desk();
  sieve.use(CATS);
  queue.receive(frame(update(11, "p5", { kind: "decided", version: 2, was: "waiting", status: "rejected" })));

  sieve.take({ posts: [post("p5", { searched: "cat", version: 3 })], looked: 5, last: null });

  assert.deepEqual(ids(sieve), ["p1", "p5"]);
});

test("the post under decision stays when an edit makes it fit no longer", () => {
  const { queue, sieve } = desk();
  sieve.use(CATS);
  sieve.hold("p1");

  queue.receive(frame(update(11, "p1", { kind: "edited", version: 2, was: "waiting", searched: "a fish" })));

  assert.deepEqual(ids(sieve), ["p1"]);
  sieve.hold(null);
  assert.deepEqual(ids(sieve), []);
});

test("who has a post on the wall is no newcomer any more", () => {
  const { queue, sieve } = desk();

  queue.receive(frame(update(11, "p9", { kind: "decided", version: 2, was: "waiting", status: "approved", author: "by-p1" })));

  assert.deepEqual(sieve.posts.map(({ firstTime }) => firstTime), [false, true]);
});

test("another filter forgets what was found for the one before", () => {
  const { sieve } = desk();
  sieve.use(CATS);
  sieve.take({ posts: [post("p8", { searched: "cats and dogs" })], looked: 9, last: 8 });

  sieve.use(new Filter({ words: "dog" }));

  assert.deepEqual(ids(sieve), ["p2"]);
  assert.deepEqual(sieve.reach, { looked: 0, last: null });
});

test("a mark that changes on a post is seen once the sieve is told of it", () => {
  const { queue, sieve } = desk();
  sieve.use(new Filter({ writer: "trusted" }));
  const before = ids(sieve);
  queue.get("p1").trusted = true;

  sieve.reconsider();

  assert.deepEqual([before, ids(sieve)], [[], ["p1"]]);
});
