import assert from "node:assert/strict";
import { test } from "node:test";

import { left } from "../../static/js/models/left.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const cases = [
  [0, "0:00"],
  [1, "0:01"],
  [59 * SECOND, "0:59"],
  [59 * SECOND + 1, "1:00"],
  [12 * MINUTE + 5 * SECOND, "12:05"],
  [HOUR, "1:00:00"],
  [47 * HOUR + 59 * MINUTE, "47:59:00"],
  [48 * HOUR, "2 days"],
  [500 * HOUR, "20 days"],
];
for (const [ms, words] of cases) {
  test(`${ms} ms are ${words}`, () => {
    assert.equal(left(ms).words, words);
  });
}

test("the time has come when nothing is left, and not before", () => {
  assert.deepEqual([left(1).over, left(0).over, left(-5 * HOUR).over, left(NaN).over], [false, true, true, true]);
});

test("it is looked at again just after the digits change", () => {
  const { wait } = left(10_400);

  assert.equal(left(10_400).words, "0:11");
  assert.equal(left(10_400 - wait).words, "0:10");
  assert.ok(wait < SECOND);
});
