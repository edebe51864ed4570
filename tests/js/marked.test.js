import assert from "node:assert/strict";
import { test } from "node:test";

import { Marked } from "../../static/js/models/marked.js";

const POSTS = ["a", "b", "c", "d"].map((id) => ({ id }));
const ids = (marked) => marked.among(POSTS).map(({ id }) => id).join("");

test("a post is selected, and no longer", () => {
  const marked = new Marked();

  marked.toggle("b");
  marked.toggle("c");
  marked.toggle("b");

  assert.equal(ids(marked), "c");
});

test("a range goes from the post touched last, in either direction", () => {
  const marked = new Marked();
  marked.toggle("c");

  marked.reach(POSTS, "a");

  assert.equal(ids(marked), "abc");
});

test("a range from a post that is gone is the one post", () => {
  const marked = new Marked();
  marked.toggle("x");

  marked.reach(POSTS, "b");

  assert.equal(ids(marked), "b");
});

test("what left is selected no longer", () => {
  const marked = new Marked();
  marked.all(POSTS);

  const gone = marked.keep(POSTS.slice(2));

  assert.equal(gone, 2);
  assert.equal(ids(marked), "cd");
  marked.clear();
  assert.equal(marked.size, 0);
});
