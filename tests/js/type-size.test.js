import assert from "node:assert/strict";
import { test } from "node:test";

import { largestOf, setting, sizes } from "../../static/js/models/type-size.js";

const hall = { least: 72, unit: 10.8, room: 1100, length: 20, wide: true };

test("no size is smaller than the last row can read, and the smallest is tried last", () => {
  for (const least of [20, 32.4, 54, 72.36, 200]) {
    const tried = sizes({ ...hall, least });

    assert.equal(tried.at(-1), least);
    assert.ok(tried.every((size) => size >= least));
    assert.deepEqual(tried, [...tried].sort((a, b) => b - a));
  }
});

test("a long text is given lines of thirty characters where there is a choice", () => {
  const tried = sizes({ ...hall, least: 32.4, length: 200 });

  assert.ok(tried.length > 1);
  assert.ok(tried.every((size) => 1100 / (size * 0.46) >= 30));
});

test("a text between a glance and long is larger than a long one, the shorter the larger", () => {
  const largest = [80, 100, 130, 160, 170, 300].map((length) => sizes({ ...hall, least: 32.4, length, room: 570 })[0]);

  assert.deepEqual(largest, [...largest].sort((a, b) => b - a));
  assert.ok(largest[1] > 1.3 * largest[4]);
  assert.equal(largest[4], largest[5]);
});

test("a tall card has shorter lines of larger type", () => {
  const [tall, low] = [true, false].map((tall) => sizes({ ...hall, least: 32.4, length: 200, tall })[0]);

  assert.ok(tall > low);
  assert.ok(1100 / (tall * 0.46) >= 22);
});

test("a short text may be a poster", () => {
  assert.ok(sizes(hall)[0] > sizes({ ...hall, length: 200 })[0]);
  assert.ok(setting(100, hall).poster);
});

test("a card among others has no larger type than its neighbours can bear", () => {
  assert.ok(sizes({ ...hall, wide: false })[0] < sizes(hall)[0]);
});

test("large type breaks no word, except where it may not be smaller", () => {
  assert.equal(setting(80, hall).whole, true);
  assert.equal(setting(72, hall).whole, false);
  assert.equal(setting(35, { ...hall, least: 30 }).whole, false);
});

test("the largest size that fits is found, whichever it is, and the last where none fits", () => {
  const tries = [9, 8, 7, 6, 5, 4, 3];

  const found = [9.5, 9, 6.5, 6, 3, 1].map((room) => largestOf(tries, (size) => size <= room));

  assert.deepEqual(found, [9, 9, 6, 6, 3, 3]);
});

test("few questions are asked about many sizes", () => {
  const tries = Array.from({ length: 14 }, (_, place) => 20 - place);
  let asked = 0;

  largestOf(tries, (size) => (asked += 1) && size <= 11);

  assert.ok(asked <= 4);
});
