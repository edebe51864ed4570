import assert from "node:assert/strict";
import { test } from "node:test";

import { Latest } from "../../static/js/models/latest.js";

/** A question whose answers the test gives by hand, and timers it looks at. */
function asked(settings = {}) {
  const questions = [];
  const timers = [];
  const taken = [];
  const refused = [];
  const latest = new Latest({
    ask: () => new Promise((answer) => questions.push(answer)),
    take: (body) => taken.push(body),
    refused: () => refused.push(true),
    environment: { setTimeout: (_, pause) => timers.push(pause), clearTimeout: () => {}, random: () => 1 },
    ...settings,
  });
  return { latest, questions, timers, taken, refused };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("what is answered is taken, and asked again in twenty seconds", async () => {
  const { latest, questions, timers, taken } = asked();
  latest.look();

  questions[0]({ status: 200, body: "one" });
  await settled();

  assert.deepEqual(taken, ["one"]);
  assert.deepEqual(timers, [20_000]);
});

test("who wants to know sooner is told sooner", async () => {
  const { latest, questions, timers } = asked({ everyMs: 5_000 });
  latest.look();

  questions[0]({ status: 200, body: "one" });
  await settled();

  assert.deepEqual(timers, [5_000]);
});

test("an answer that was overtaken is never taken", async () => {
  const { latest, questions, taken } = asked();
  latest.look();
  latest.look();
  latest.overtake();

  questions[0]({ status: 200, body: "old" });
  await settled();
  questions[1]({ status: 200, body: "new" });
  await settled();

  assert.deepEqual(taken, ["new"]);
  assert.equal(questions.length, 2);
});

test("nothing is overtaken where nothing is on its way", async () => {
  const { latest, questions, taken } = asked();
  latest.overtake();
  latest.look();

  questions[0]({ status: 200, body: "one" });
  await settled();

  assert.deepEqual(taken, ["one"]);
});

test("without an answer what is there stays, and the pauses grow up to a bound", async () => {
  const { latest, questions, timers, taken } = asked();

  for (let round = 0; round < 6; round += 1) {
    latest.look();
    questions.at(-1)({ status: 0, body: null });
    await settled();
  }

  assert.deepEqual(taken, []);
  assert.deepEqual(timers, [1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
});

test("who is refused asks no more", async () => {
  const { latest, questions, timers, refused } = asked();
  latest.look();

  questions[0]({ status: 403, body: {} });
  await settled();
  latest.look();

  assert.deepEqual(refused, [true]);
  assert.equal(questions.length, 1);
  assert.deepEqual(timers, []);
});
