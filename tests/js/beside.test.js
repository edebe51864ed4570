import assert from "node:assert/strict";
import { test } from "node:test";

import { Beside } from "../../static/js/models/beside.js";

function beside({ taken = true } = {}) {
  const feed = { cursor: "Vq3k:1", receive: ({ type }) => type, replace: () => taken };
  const all = new Beside(feed);
  const told = [];
  for (const kind of ["modes", "alarm", "leave_requests"]) all.addEventListener(kind, ({ detail }) => told.push(detail));
  return { all, told };
}

test("what comes beside the log is told, and is no part of it", () => {
  const { all, told } = beside();

  const verdicts = [all.receive({ type: "modes", mode: "open" }), all.receive({ type: "updates" })];

  assert.deepEqual(told, [{ type: "modes", mode: "open" }]);
  assert.deepEqual(verdicts, ["current", "updates"]);
});

test("a snapshot brings the same for a desk without a stream", () => {
  const { all, told } = beside();

  const taken = all.replace({ cursor: "Vq3k:2", beside: [{ type: "modes", mode: "open" }, { type: "alarm", waves: [] }, { type: "leave_requests", count: 2 }] });

  assert.equal(taken, true);
  assert.deepEqual(told.map(({ type }) => type), ["modes", "alarm", "leave_requests"]);
});

test("nonsense beside a snapshot is passed over", () => {
  const { all, told } = beside();

  for (const nonsense of [null, "modes", [null, { type: "posted" }, 3]]) all.replace({ cursor: "Vq3k:2", beside: nonsense });

  assert.deepEqual(told, []);
});

test("an older snapshot, of which no post is taken, still tells the mode", () => {
  const { all, told } = beside({ taken: false });

  assert.equal(all.replace({ cursor: "Vq3k:0", beside: [{ type: "modes", mode: "open" }] }), false);
  assert.equal(told.length, 1);
});
