import assert from "node:assert/strict";
import { test } from "node:test";

import { Hanging } from "../../static/js/models/hanging.js";

const MINUTE = 60_000;
const post = (id, more = {}) => ({
  id, author: id, network: "mastodon", terms: new Set(), dwell: 10_000, weight: 1, reposts: 0, pinned: false, staff: false, ...more,
});
const posts = (ids) => [...ids].map((id) => post(id));
const ids = (wall) => wall.layout.map((column) => column.map((card) => card.id).join("")).join(" ");
const shown = (wall) => wall.layout.flat().map((card) => card.id).sort().join("");

const times = (from, to, step) => Array.from({ length: (to - from) / step }, (_, count) => from + count * step);

function bare(more = {}) {
  return new Hanging({ columns: 2, rows: 2, random: () => 0.5, ...more });
}

function full() {
  const wall = bare();
  wall.reset(posts("edcba"), 0);
  wall.step(0);
  return wall;
}

test("a post alone has the whole wall, and the next ones share it, two seconds apart", () => {
  const wall = bare();
  const seen = [];

  for (const [count, id] of [..."abc"].entries()) {
    wall.post(post(id), 0);
    wall.step(2_000 * count);
    seen.push(ids(wall));
  }

  assert.deepEqual(seen, ["a", "ab", "ab c"]);
});

test("at first the newest are shown", () => {
  assert.equal(shown(full()), "bcde");
});

test("a tall post among the newest has a column from the start", () => {
  const wall = bare();
  wall.reset([post("e"), post("d"), post("t", { weight: 2 }), post("b"), post("a")], 0);

  wall.step(0);

  assert.equal(ids(wall), "ed t");
});

test("a new post takes the place of the one shown longest, once that could be read", () => {
  const wall = full();
  wall.post(post("f"), 0);

  const wait = wall.step(6_000);
  const before = shown(wall);
  wall.step(10_000);

  assert.equal(wait, 4_000);
  assert.equal(before, "bcde");
  assert.equal(shown(wall), "cdef");
});

test("after a quiet time a new post appears at once", () => {
  const wall = full();
  wall.post(post("f"), 20_000);

  wall.step(20_000);

  assert.match(shown(wall), /f/);
});

test("when fifty arrive at once, one card changes every two seconds, and each can be read", () => {
  const wall = full();
  const since = new Map([..."bcde"].map((id) => [id, 0]));
  const [changes, times] = [[], []];
  Array.from({ length: 50 }, (_, number) => wall.post(post(`n${number}`), MINUTE));

  for (let now = MINUTE; now < 5 * MINUTE; now += 100) {
    wall.step(now);
    const here = wall.layout.flat().map((card) => card.id);
    const came = here.filter((id) => !since.has(id));
    const left = [...since.keys()].filter((id) => !here.includes(id));
    left.forEach((id) => times.push(now - since.get(id)) && since.delete(id));
    came.forEach((id) => since.set(id, now));
    if (came.length) changes.push([now, came.length]);
  }

  assert.ok(changes.length >= 50);
  assert.ok(changes.every(([, count]) => count === 1));
  assert.ok(changes.slice(1).every(([now], place) => now - changes[place][0] >= 2_000));
  assert.ok(Math.min(...times) >= 10_000);
});

test("a card that was painted late has its whole time from then on", () => {
  const wall = full();
  wall.post(post("f"), 20_000);
  wall.step(20_000);
  wall.seen("f", 23_000);
  posts("ghijklmn").forEach((one) => wall.post(one, 20_000));

  const [left] = times(22_000, 40_000, 500).filter((now) => wall.step(now) !== undefined && !shown(wall).includes("f"));

  assert.ok(left >= 33_000 && left <= 35_000, String(left));
});

test("nobody has two cards at once, however much they write", () => {
  const wall = full();
  let most = 0;
  for (let number = 0; number < 20; number += 1) wall.post(post(`l${number}`, { author: "loud" }), MINUTE);

  for (let now = MINUTE; now < 8 * MINUTE; now += 1_000) {
    wall.step(now);
    most = Math.max(most, wall.layout.flat().filter((card) => card.id.startsWith("l")).length);
  }

  assert.equal(most, 1);
});

test("on a wall where one alone has written, nothing stays empty, and others soon have their place", () => {
  const wall = bare();
  wall.reset(Array.from({ length: 4 }, (_, number) => post(`o${number}`, { author: "one" })), 0);
  wall.step(0);
  const alone = wall.layout.flat().length;

  posts("abc").forEach((one) => wall.post(one, MINUTE));
  for (let now = MINUTE; now < 2 * MINUTE; now += 2_000) wall.step(now);

  assert.equal(alone, 4);
  assert.match(shown(wall), /^abco\d$/);
});

test("a removed post leaves at once and an older one fills in", () => {
  const wall = full();

  wall.remove("d");
  wall.step(100);

  assert.equal(shown(wall), "abce");
});

test("a removed post that was waiting is never shown", () => {
  const wall = full();
  wall.post(post("f"), 0);

  wall.remove("f");
  wall.step(20_000);

  assert.equal(shown(wall), "bcde");
});

test("a pinned post comes at once and is not replaced", () => {
  const wall = full();

  wall.pin(post("p"), 100);
  wall.step(100);
  for (const [count, id] of [..."fghi"].entries()) {
    wall.post(post(id), 20_000 * (count + 1));
    wall.step(20_000 * (count + 1));
  }

  assert.equal(shown(wall), "ghip");
});

test("the newest pinned wins and the one before may go", () => {
  const wall = full();
  wall.pin(post("p"), 100);
  wall.step(100);

  wall.pin(post("q"), 200);
  wall.step(200);

  assert.match(shown(wall), /q/);
});

test("a tall post takes a column of its own once both of its cards could be read", () => {
  const wall = full();
  wall.post(post("t", { weight: 2 }), 0);

  wall.step(9_000);
  const before = wall.layout.flat().length;
  wall.step(10_000);

  assert.equal(before, 4);
  assert.match(ids(wall), /^t |^\w\w t$/);
});

test("a tall post is not kept waiting by short ones that go on coming", () => {
  const wall = full();
  wall.post(post("t", { weight: 2, pinned: true }), 11_000);
  wall.post(post("f"), 8_000);
  wall.step(10_000);

  const [came] = times(12_000, MINUTE, 2_000).filter((now) => {
    wall.post(post(`n${now}`), now);
    wall.step(now);
    return wall.layout.flat().some((card) => card.id === "t");
  });

  assert.ok(came <= 20_000, String(came));
});

test("what a tall post leaves is filled with two", () => {
  const wall = full();
  wall.post(post("t", { weight: 2 }), 20_000);
  wall.step(20_000);

  wall.remove("t");
  wall.step(21_000);

  assert.equal(wall.layout.flat().length, 4);
});

test("a wall that becomes smaller keeps what came last", () => {
  const wall = full();
  wall.post(post("f"), 20_000);
  wall.step(20_000);

  wall.resize({ columns: 1, rows: 2 });
  wall.step(21_000);

  assert.match(shown(wall), /f/);
  assert.equal(wall.layout.flat().length, 2);
});

test("a wall that becomes larger keeps its tall post tall", () => {
  const wall = bare();
  wall.reset([post("e"), post("t", { weight: 2 }), post("c"), post("b"), post("a")], 0);
  wall.step(0);

  wall.resize({ columns: 3, rows: 2 });
  wall.step(1_000);

  assert.deepEqual(wall.layout.flat().find((card) => card.id === "t"), { id: "t", weight: 2 });
  assert.equal(wall.layout.flat().length, 5);
});

test("starting over keeps in place what is still on the wall", () => {
  const wall = full();
  const before = ids(wall);

  wall.reset(posts("edcb"), 100);
  wall.step(100);

  assert.equal(ids(wall), before);
});

test("starting over shows what is new and drops what is gone", () => {
  const wall = full();

  wall.reset(posts("xed"), 100);
  wall.step(100);

  assert.equal(shown(wall), "dex");
});

test("what came long before the newest, while this screen was away, waits no longer", () => {
  const wall = full();

  wall.reset([post("y", { approvedAt: 60 * MINUTE }), post("x", { approvedAt: 0 }), ...posts("edcb")], 60 * MINUTE);
  for (let now = 60 * MINUTE; now < 60 * MINUTE + 8_000; now += 2_000) wall.step(now);

  assert.match(shown(wall), /y/);
  assert.doesNotMatch(shown(wall), /x/);
});

test("with nothing else to show, there is nothing to do", () => {
  const wall = bare();
  wall.reset(posts("ab"), 0);

  assert.equal(wall.step(0), null);
});

test("when it is quiet, what was not seen for long comes again, a card at a time", () => {
  const wall = full();
  const seen = new Set();

  for (let now = 0; now < 30 * MINUTE; now += 1_000) {
    wall.step(now);
    wall.layout.flat().forEach((card) => seen.add(card.id));
  }

  assert.equal([...seen].sort().join(""), "abcde");
});

test("it says how many wait when they are too many", () => {
  const wall = full();
  const before = wall.overload;
  Array.from({ length: 40 }, (_, number) => wall.post(post(`n${number}`), MINUTE));
  wall.step(MINUTE);

  assert.equal(before, null);
  assert.deepEqual(wall.overload, { waiting: 40 });
});

test("what stands in the place of another keeps its card, and is what comes again", () => {
  const wall = full();
  const before = ids(wall);

  wall.replace("b", post("z"), 5_000);
  wall.remove("b");
  wall.step(5_000);

  assert.equal(ids(wall), before.replace("b", "z"));
  assert.equal(wall.knows("b"), false);
});

test("what waits and is replaced waits on in its place", () => {
  const wall = full();
  wall.post(post("w"), 1_000);

  wall.replace("w", post("z"), 1_500);
  wall.step(60_000);

  assert.ok(shown(wall).includes("z"));
});
