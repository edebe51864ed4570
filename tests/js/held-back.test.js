import assert from "node:assert/strict";
import { test } from "node:test";

import { HeldBack, newPosts } from "../../static/js/models/held-back.js";

const post = (id, html = id) => ({ id, html });

test("at the top a new post is shown at once", () => {
  const held = new HeldBack();

  assert.deepEqual(held.arrive([post("a")]), [post("a")]);
  assert.equal(held.count, 0);
});

test("while somebody reads further down, new posts wait and are counted", () => {
  const held = new HeldBack();
  held.atTop = false;

  const shown = [...held.arrive([post("a")]), ...held.arrive([post("b"), post("c")])];

  assert.deepEqual(shown, []);
  assert.equal(held.count, 3);
});

test("a paused page waits even at the top", () => {
  const held = new HeldBack();
  held.paused = true;

  assert.deepEqual(held.arrive([post("a")]), []);
});

test("what was held back is let in once, oldest first", () => {
  const held = new HeldBack();
  held.atTop = false;
  held.arrive([post("a"), post("b")]);

  const first = held.release();

  assert.deepEqual(first, [post("a"), post("b")]);
  assert.deepEqual(held.release(), []);
});

test("a post removed while it waits is never shown", () => {
  const held = new HeldBack();
  held.paused = true;
  held.arrive([post("a"), post("b")]);

  held.remove("a");

  assert.deepEqual(held.release(), [post("b")]);
});

test("a post edited while it waits is shown as it is now", () => {
  const held = new HeldBack();
  held.paused = true;
  held.arrive([post("a")]);

  const known = held.change(post("a", "better"));

  assert.equal(known, true);
  assert.deepEqual(held.release(), [post("a", "better")]);
});

test("a post that is not held is not changed here", () => {
  assert.equal(new HeldBack().change(post("a")), false);
});

test("one post is one post", () => {
  assert.deepEqual([newPosts(1), newPosts(3)], ["1 new post", "3 new posts"]);
});
