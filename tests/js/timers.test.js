import assert from "node:assert/strict";
import { test } from "node:test";

import { Timers } from "../../static/js/models/timers.js";

function timers() {
  const pending = new Map();
  let next = 1;
  const setTimeout = (action) => {
    pending.set(next, action);
    return next++;
  };
  return { pending, timers: new Timers({ setTimeout, clearTimeout: (id) => pending.delete(id) }) };
}

test("starting a timer again replaces it", () => {
  const { pending, timers: named } = timers();

  named.start("retry", 10, () => {});
  named.start("retry", 20, () => {});

  assert.equal(pending.size, 1);
});

test("one stop leaves none running", () => {
  const { pending, timers: named } = timers();
  named.start("retry", 10, () => {});
  named.start("watch", 10, () => {});

  named.stopAll();

  assert.equal(pending.size, 0);
  assert.equal(named.has("retry"), false);
});
