import assert from "node:assert/strict";
import { test } from "node:test";

import { Selection } from "../../static/js/models/selection.js";

const post = (place, more = {}) => ({ id: `p${place}`, place, version: 1, hash: `h${place}`, ...more });
const posts = [post(1), post(2), post(3)];

function at(one) {
  const selection = new Selection();
  selection.take(one);
  return selection;
}

test("the oldest post is taken when nothing was under decision", () => {
  const selection = new Selection();

  assert.equal(selection.follow(posts), "arrived");
  assert.equal(selection.id, "p1");
});

test("an empty queue leaves nothing under decision", () => {
  assert.equal(new Selection().follow([]), "same");
});

test("arriving posts do not move the selection", () => {
  const selection = at(posts[1]);

  assert.equal(selection.follow([post(0), ...posts, post(4)]), "same");
  assert.equal(selection.id, "p2");
});

test("a post that another desk takes away stays under the hand", () => {
  const selection = at(posts[1]);

  assert.equal(selection.follow([posts[0], posts[2]]), "gone");
  assert.equal(selection.id, "p2");
});

test("an edit of the post under decision is told", () => {
  const selection = at(posts[1]);

  assert.equal(selection.follow([posts[0], post(2, { version: 2, hash: "new" })]), "changed");
  assert.equal(selection.post.hash, "new");
});

test("a newer version of the same words is no change", () => {
  const selection = at(posts[1]);

  assert.equal(selection.follow([post(2, { version: 3 })]), "same");
  assert.equal(selection.post.version, 3);
});

test("moving stops at both ends", () => {
  const selection = at(posts[1]);

  const moves = [1, 1, -1, -1, -1].map((step) => [selection.move(posts, step), selection.id]);

  assert.deepEqual(moves, [[true, "p3"], [false, "p3"], [true, "p2"], [true, "p1"], [false, "p1"]]);
});

test("from a post that is gone one moves to its neighbours", () => {
  const rest = [posts[0], posts[2]];
  const [back, forth] = [at(posts[1]), at(posts[1])];

  back.move(rest, -1);
  forth.move(rest, 1);

  assert.deepEqual([back.id, forth.id], ["p1", "p3"]);
});

test("after a decision comes the next post, else the oldest that is left, else nothing", () => {
  const [middle, last, only] = [at(posts[1]), at(posts[2]), at(posts[0])];

  middle.advance(posts);
  last.advance(posts);
  only.advance([posts[0]]);

  assert.deepEqual([middle.id, last.id, only.id], ["p3", "p1", null]);
});
