import assert from "node:assert/strict";
import { test } from "node:test";

import { Calls } from "../../static/js/models/calls.js";

const NOW = Date.parse("2026-06-12T09:30:00.000Z");
const call = (id, kind = "identify", seconds = 0) => ({ id, kind, at: new Date(NOW - seconds * 1000).toISOString(), within: 0 });
const ids = (calls) => calls.map(({ id }) => id);

test("a call is done once", () => {
  const calls = new Calls();

  assert.deepEqual(ids(calls.take([call("a")], NOW)), ["a"]);
  assert.deepEqual(ids(calls.take([call("a"), call("b")], NOW)), ["b"]);
  assert.equal(calls.did, "b");
});

test("a screen that comes back later does not do an old one, nor says that it did", () => {
  const calls = new Calls();

  assert.deepEqual(calls.take([call("a", "identify", 31)], NOW), []);
  assert.equal(calls.did, "");
});

test("what an earlier page did is not done again by the one after it, which says that it is done", () => {
  const calls = new Calls({ done: ["a"] });

  assert.deepEqual(calls.take([call("a")], NOW), []);
  assert.equal(calls.did, "a");
});

test("a page that was made after somebody asked for another one is that other one", () => {
  const calls = new Calls({ loaded: [call("r", "reload"), call("i")] });

  assert.deepEqual(ids(calls.take([call("r", "reload"), call("i")], NOW)), ["i"]);
});

test("few are remembered, and nonsense that was kept is none", () => {
  const calls = new Calls({ done: "nonsense" });
  for (let count = 0; count < 50; count += 1) calls.take([call(`a${count}`)], NOW);

  assert.equal(calls.done.length, 20);
  assert.equal(calls.done.at(-1), "a49");
});
