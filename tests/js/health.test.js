import assert from "node:assert/strict";
import { test } from "node:test";

import { Health } from "../../static/js/models/health.js";

const DAY = 86_400_000;

test("a screen that is well has nothing to say", () => {
  assert.deepEqual(new Health().words(1e9), []);
});

test("what passes within five seconds is nobody's business", () => {
  const health = new Health();
  health.stream(false, 0);
  health.answer("unreachable", 0);

  assert.deepEqual(health.words(4_999), []);
  assert.match(health.words(5_000)[0], /cannot be reached\. The wall stays/);
  health.stream(true, 6_000);
  health.answer("good", 6_000);

  assert.deepEqual(health.words(60_000), []);
});

for (const [kind, words] of [
  ["silent", /does not answer/],
  ["foreign", /somebody to sign in/],
  ["store", /database is not/],
  ["server", /with an error/],
  ["refused", /Nobody is signed in/],
  ["good", /live line/],
]) {
  test(`a lost line is told by what the server was heard to say: ${kind}`, () => {
    const health = new Health();
    health.stream(false, 0);
    health.answer(kind, 0);

    assert.match(health.words(10_000)[0], words);
  });
}

test("a machine without a network says so, whatever was heard before", () => {
  const health = new Health();
  health.stream(false, 0);
  health.answer("unreachable", 0);
  health.network(false);

  assert.match(health.words(10_000)[0], /no network/);
});

test("a fault counts from when it began, though it is told in other words meanwhile", () => {
  const health = new Health();
  health.answer("silent", 0);
  health.answer("server", 170_000);

  assert.match(health.words(180_000)[0], /for 3 min\. Posts go on/);
});

test("a full disk and a wrong clock are told", () => {
  const health = new Health();
  health.room("disk", false);
  health.clock(-2 * DAY);

  const [disk, clock] = health.words(0);
  assert.match(disk, /no room left/);
  assert.match(clock, /2 days ahead/);
  health.room("disk", true);
  health.clock(3_600_000);
  assert.match(health.words(0)[0], /1 h behind/);
  health.clock(60_000);
  assert.deepEqual(health.words(0), []);
});
