import assert from "node:assert/strict";
import { test } from "node:test";

import { Slots, dwell } from "../../static/js/models/slots.js";

const post = (id, more = {}) => ({ id, weight: 1, dwell: 10_000, ...more });
const posts = (ids) => [...ids].map((id) => post(id));
const ids = (slots) => slots.layout.map((column) => column.map((card) => card.id).join("")).join(" ");
const shown = (slots) => slots.layout.flat().map((card) => card.id).sort().join("");

function full() {
  const slots = new Slots({ columns: 2, rows: 2 });
  slots.reset(posts("edcba"));
  slots.step(0);
  return slots;
}

test("a post alone has the whole wall, and the next ones share it", () => {
  const slots = new Slots({ columns: 2, rows: 2 });
  const seen = [];

  for (const id of "abc") {
    slots.post(post(id));
    slots.step(0);
    seen.push(ids(slots));
  }

  assert.deepEqual(seen, ["a", "ab", "ab c"]);
});

test("at first the newest are shown", () => {
  assert.equal(shown(full()), "bcde");
});

test("a tall post among the newest has a column from the start", () => {
  const slots = new Slots({ columns: 2, rows: 2 });
  slots.reset([post("e"), post("d"), post("c"), post("t", { weight: 2 }), post("a")]);

  slots.step(0);

  assert.equal(ids(slots), "ed t");
});

test("a new post takes the place of the one shown longest, once that could be read", () => {
  const slots = full();
  slots.post(post("f"));

  const wait = slots.step(4_000);
  const before = shown(slots);
  slots.step(10_000);

  assert.equal(wait, 6_000);
  assert.equal(before, "bcde");
  assert.equal(shown(slots), "cdef");
});

test("after a quiet time a new post appears at once", () => {
  const slots = full();
  slots.post(post("f"));

  slots.step(600_000);

  assert.match(shown(slots), /f/);
});

test("one card changes at a time, two seconds apart", () => {
  const slots = full();
  slots.post(post("f"));
  slots.post(post("g"));

  const wait = slots.step(60_000);
  const first = shown(slots);
  const early = slots.step(61_000);
  slots.step(62_000);

  assert.equal(wait, 2_000);
  assert.equal(first, "cdef");
  assert.equal(early, 1_000);
  assert.equal(shown(slots), "defg");
});

test("a removed post leaves at once and an older one fills in", () => {
  const slots = full();

  slots.remove("d");
  slots.step(100);

  assert.equal(shown(slots), "abce");
});

test("a removed post that was waiting is never shown", () => {
  const slots = full();
  slots.post(post("f"));

  slots.remove("f");
  slots.step(60_000);

  assert.equal(shown(slots), "bcde");
});

test("a pinned post comes at once and is not replaced", () => {
  const slots = full();

  slots.pin(post("p"));
  slots.step(100);
  for (const [count, id] of [..."fghi"].entries()) {
    slots.post(post(id));
    slots.step(60_000 * (count + 1));
  }

  assert.equal(shown(slots), "ghip");
});

test("the newest pinned wins and the one before may go", () => {
  const slots = full();
  slots.pin(post("p"));
  slots.step(100);

  slots.pin(post("q"));
  slots.step(200);

  assert.match(shown(slots), /q/);
});

test("a tall post takes a column of its own", () => {
  const slots = full();
  slots.post(post("t", { weight: 2 }));

  slots.step(60_000);

  assert.match(ids(slots), /^t |^\w\w t$/);
  assert.equal(slots.layout.flat().length, 3);
});

test("what a tall post leaves is filled with two", () => {
  const slots = full();
  slots.post(post("t", { weight: 2 }));
  slots.step(60_000);

  slots.remove("t");
  slots.step(61_000);

  assert.equal(slots.layout.flat().length, 4);
});

test("a tall post shares with the pinned one where the wall has one column", () => {
  const slots = new Slots({ columns: 1, rows: 2 });
  slots.pin(post("p"));
  slots.step(0);
  slots.post(post("t", { weight: 2 }));

  slots.step(1_000);

  assert.deepEqual(slots.layout, [[{ id: "p", weight: 1 }, { id: "t", weight: 1 }]]);
});

test("when too many wait, the oldest of them are skipped", () => {
  const slots = full();
  for (let count = 0; count < 20; count += 1) slots.post(post(`n${count}`));

  slots.step(60_000);

  assert.match(shown(slots), /n8/);
});

test("a wall that becomes smaller keeps what came last", () => {
  const slots = full();
  slots.post(post("f"));
  slots.step(60_000);

  slots.resize({ columns: 1, rows: 2 });
  slots.step(61_000);

  assert.match(shown(slots), /f/);
  assert.equal(slots.layout.flat().length, 2);
});

test("a wall that becomes larger keeps its tall post tall", () => {
  const slots = new Slots({ columns: 2, rows: 2 });
  slots.reset([post("e"), post("t", { weight: 2 }), post("c"), post("b"), post("a")]);
  slots.step(0);

  slots.resize({ columns: 3, rows: 2 });
  slots.step(1_000);

  assert.deepEqual(slots.layout.flat().find((card) => card.id === "t"), { id: "t", weight: 2 });
  assert.equal(slots.layout.flat().length, 5);
});

test("starting over keeps in place what is still on the wall", () => {
  const slots = full();
  const before = ids(slots);

  slots.reset(posts("edcb"));
  slots.step(100);

  assert.equal(ids(slots), before);
});

test("starting over shows what is new and drops what is gone", () => {
  const slots = full();

  slots.reset(posts("xed"));
  slots.step(100);

  assert.equal(shown(slots), "dex");
});

test("nothing waiting means nothing to do", () => {
  assert.equal(full().step(60_000), null);
});

test("a longer post is shown longer, within bounds", () => {
  const times = [dwell({ length: 10 }), dwell({ length: 120 }), dwell({ length: 900 }), dwell({ length: 10, pictures: 1 })];

  assert.deepEqual(times, [6_000, 10_400, 20_000, 9_000]);
});
