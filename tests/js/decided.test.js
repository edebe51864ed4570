// The pages of decided posts: what is drawn anew, what can still be decided, and what is newer.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Decided } from "../../static/js/models/decided.js";

const post = (id, { version = 1, status = "approved" } = {}) => ({ id, version, status });
const page = (...ids) => new Decided("approved", ids.map((id) => post(id)));
const drawn = (...ids) => {
  const decided = page(...ids);
  decided.redrawn();
  return decided;
};
const any = () => true;
const ids = (posts) => posts.map(({ id }) => id);

test("at first every post is drawn, and then none while nothing happens", () => {
  const decided = page("a", "b");

  assert.deepEqual(ids(decided.redrawn()), ["a", "b"]);
  assert.deepEqual(ids(decided.redrawn()), []);
});

test("an update draws the post that it is about, and no other", () => {
  const decided = drawn("a", "b", "c");

  decided.follow({ id: "b", status: "removed", was: "approved" }, post("b", { version: 2, status: "removed" }), any);

  assert.deepEqual(ids(decided.redrawn()), ["b"]);
  assert.deepEqual(ids(decided.values()), ["a", "b", "c"]);
  assert.deepEqual(ids(decided.decidable), ["a", "c"]);
});

test("an update about a post that is not on the page draws nothing", () => {
  const decided = drawn("a");

  decided.follow({ id: "z", status: "approved", was: "waiting" }, post("z"), any);

  assert.deepEqual(ids(decided.redrawn()), []);
});

for (const [what, now] of [["older than what is shown", post("a")], ["without a card", null]]) {
  test(`an update that is ${what} changes nothing`, () => {
    const decided = drawn("a");

    assert.equal(decided.follow({ id: "a", status: "removed", was: "approved" }, now, any), null);
    assert.deepEqual(ids(decided.redrawn()), []);
  });
}

test("a post that was decided here is held until the server tells of it, and is then known as ours", () => {
  const decided = drawn("a", "b");

  decided.hold("a");

  assert.deepEqual(ids(decided.redrawn()), ["a"]);
  assert.deepEqual(ids(decided.decidable), ["b"]);
  const { before, mine } = decided.follow({ id: "a", status: "approved", was: "approved" }, post("a", { version: 2 }), any);
  assert.equal(before.version, 1);
  assert.equal(mine, true);
  assert.deepEqual(ids(decided.decidable), ["a", "b"]);
});

test("a post of the same version is drawn anew only when what it answers stands otherwise", () => {
  const decided = drawn("a");
  const told = (tie) => decided.follow({ id: "a", status: "approved", was: "approved" }, { ...post("a"), tie }, any);

  assert.equal(told(undefined), null);
  assert.equal(told("f00").mine, false);
  decided.hold("a");
  assert.equal(told("b4d"), null);
});

test("a post that others decided is not ours", () => {
  const { mine } = drawn("a").follow({ id: "a", status: "removed", was: "approved" }, post("a", { version: 2 }), any);

  assert.equal(mine, false);
});

test("a decision that comes back frees its post, and draws it", () => {
  const decided = drawn("a", "b");
  decided.hold("a");
  decided.redrawn();

  decided.free("a");
  decided.free("b");

  assert.deepEqual(ids(decided.redrawn()), ["a"]);
  assert.equal(decided.isHeld("a"), false);
});

test("newer posts are counted once each, while they belong here", () => {
  const decided = drawn("a");
  const came = { id: "z", status: "approved", was: "waiting" };

  decided.follow(came, post("z"), any);
  decided.follow(came, post("z"), any);
  decided.follow({ id: "y", status: "approved", was: "waiting" }, post("y"), () => false);
  decided.follow({ id: "x", status: "rejected", was: "waiting" }, post("x"), any);
  decided.follow({ id: "w", status: "approved", was: "approved" }, post("w"), any);

  assert.equal(decided.newer, 1);
  decided.follow({ id: "z", status: "removed", was: "approved" }, post("z", { version: 2 }), any);
  assert.equal(decided.newer, 0);
});

test("one moves from post to post, and no further than the ends", () => {
  const decided = page("a", "b");

  assert.equal(decided.beside({ id: "a" }, 1).id, "b");
  assert.equal(decided.beside({ id: "b" }, 1), undefined);
  assert.equal(decided.beside({ id: "a" }, -1), undefined);
});
