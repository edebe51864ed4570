import assert from "node:assert/strict";
import { test } from "node:test";

import { Slots } from "../../static/js/models/slots.js";

const post = (id, more = {}) => ({ id, weight: 1, dwell: 10_000, ...more });

function full({ columns = 2, rows = 2 } = {}) {
  const slots = new Slots({ columns, rows });
  [..."abcd"].forEach((id, count) => slots.put(post(id), slots.free[0], 1_000 * count));
  return slots;
}

const evicted = (places) => places.map((place) => place.evict.join("")).join(" ");

test("columns are filled one after the other", () => {
  const one = [{ id: "a", weight: 1 }, { id: "b", weight: 1 }];
  const two = [{ id: "c", weight: 1 }, { id: "d", weight: 1 }];

  assert.deepEqual(full().layout, [one, two]);
});

test("what has been shown longest gives way first, once it could be read", () => {
  const [first, ...others] = full().openings(1);

  assert.deepEqual([first.evict, first.since, first.readAt], [["a"], 0, 10_000]);
  assert.equal(evicted(others), "b c d");
});

test("of cards that came together, the last hung gives way first", () => {
  const slots = new Slots({ columns: 1, rows: 2 });
  [..."ab"].forEach((id) => slots.put(post(id), slots.free[0], 0));

  assert.equal(evicted(slots.openings(1)), "b a");
});

test("a tall card needs a column, and all in it to have been read", () => {
  const [first, second] = full().openings(2);

  assert.deepEqual([first.evict, first.readAt, second.evict], [["a", "b"], 11_000, ["c", "d"]]);
});

test("a new card stands where the old one stood", () => {
  const slots = full();

  slots.put(post("x"), slots.openings(1)[0], 20_000);

  assert.deepEqual(slots.ids, ["x", "b", "c", "d"]);
});

test("the pinned card never gives way, and leaves a tall one beside it one short", () => {
  const slots = full({ columns: 2, rows: 2 });

  slots.pin("a");

  assert.equal(evicted(slots.openings(1)), "b c d");
  assert.equal(evicted(slots.openings(2)), "cd");
  assert.equal(slots.weight(post("t", { weight: 2 })), 2);
});

test("where the pinned card stands in the only column, nothing is tall", () => {
  const slots = new Slots({ columns: 1, rows: 2 });
  slots.put(post("p"), slots.free[0], 0);

  slots.pin("p");

  assert.equal(slots.weight(post("t", { weight: 2 })), 1);
});

test("a removed card leaves a free place", () => {
  const slots = full();

  slots.remove("c");

  assert.deepEqual(slots.free.map((place) => place.weight), [1]);
});

test("a post that takes longer to read since its edit has that time from then on", () => {
  const slots = full();

  slots.change(post("a", { dwell: 12_000 }), 9_000);
  slots.change(post("b"), 9_000);

  assert.deepEqual(slots.openings(1).map((place) => place.readAt), [11_000, 12_000, 13_000, 21_000]);
});

test("a smaller wall keeps what came last", () => {
  const slots = full();

  slots.resize({ columns: 1, rows: 2 });

  assert.deepEqual(slots.ids, ["d", "c"]);
});
