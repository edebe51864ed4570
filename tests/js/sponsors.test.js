import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Hanging } from "../../static/js/models/hanging.js";
import { Sponsors, isSponsor } from "../../static/js/models/sponsors.js";

const S = 1000;
const CARDS = [{ id: "sponsor-a", html: "A" }, { id: "sponsor-b", html: "B" }];

function sponsors(settings = {}) {
  const made = new Sponsors();
  made.take({ every: 2, seconds: 10, cards: CARDS, ...settings });
  return made;
}

function post(id) {
  return { id, author: id, network: "mastodon", terms: new Set([id]), dwell: 6 * S, weight: 1, reposts: 0, pinned: false, staff: false };
}

/** A wall that posts come to every few seconds; `run` tells what hung at each second. */
function wall(settings, { shape = { columns: 2, rows: 2 }, posts = 60 } = {}) {
  const hanging = new Hanging({ ...shape, random: () => 0.5, sponsors: sponsors(settings) });
  hanging.reset([], 0);
  const ids = () => hanging.layout.flat().map(({ id }) => id);
  const run = (seconds) =>
    Array.from({ length: seconds }, (_, second) => {
      if (second % 4 === 0 && second / 4 < posts) hanging.post(post(`p${second / 4}`), second * S);
      hanging.step(second * S);
      return ids();
    });
  return { hanging, ids, run };
}

describe("whose turn it is", () => {
  test("a sponsor is due after so many posts, each in its turn", () => {
    const turns = sponsors();
    turns.posted();
    const early = turns.isDue;
    turns.posted();
    const due = turns.isDue;

    const shown = [turns.next().id, turns.next().id, turns.next().id];

    assert.deepEqual([early, due, turns.isDue], [false, true, false]);
    assert.deepEqual(shown, ["sponsor-a", "sponsor-b", "sponsor-a"]);
    assert.equal(turns.html("sponsor-b"), "B");
  });

  test("without sponsors, or with none wanted, none is due", () => {
    for (const settings of [{ cards: [] }, { every: 0 }]) {
      const turns = sponsors(settings);
      for (let posts = 0; posts < 9; posts += 1) turns.posted();
      assert.equal(turns.isDue, false);
    }
    const none = sponsors();
    none.take(null);
    assert.equal(none.isDue, false);
  });

  test("where one is taken out, the next of those left has its turn", () => {
    const turns = sponsors();
    turns.next();
    turns.next();
    turns.take({ every: 2, seconds: 10, cards: CARDS.slice(0, 1) });

    assert.equal(turns.next().id, "sponsor-a");
  });
});

describe("on the wall", () => {
  test("never two at once, each for its time, and posts in between", () => {
    const seen = wall({ every: 3 }).run(200);
    const sponsored = seen.map((ids) => ids.filter(isSponsor));

    const shown = sponsored.filter((ids, second) => ids.length > 0 && ids[0] !== sponsored[second - 1]?.[0]);
    const first = sponsored.findIndex((ids) => ids.length > 0);
    assert.ok(sponsored.every((ids) => ids.length <= 1));
    assert.ok(shown.length >= 3);
    assert.deepEqual(shown.slice(0, 2).flat(), ["sponsor-a", "sponsor-b"]);
    assert.deepEqual(sponsored.slice(first, first + 11).map((ids) => ids.length), [...Array(10).fill(1), 0]);
  });

  test("when nobody waits, it leaves all the same, and a post that was seen has its place", () => {
    const { run } = wall({ every: 5 }, { posts: 8 });

    const seen = run(120);

    const sponsored = seen.filter((ids) => ids.some(isSponsor));
    assert.ok(sponsored.length >= 10);
    assert.equal(seen.at(-1).length, 4);
  });

  test("a wall of one card has posts most of the time", () => {
    const seen = wall({ every: 4 }, { shape: { columns: 1, rows: 1 } }).run(240);

    const sponsored = seen.filter((ids) => ids.some(isSponsor)).length;
    assert.ok(sponsored > 0 && sponsored < 120);
    assert.ok(seen.every((ids) => ids.length <= 1));
  });

  test("a snapshot, such as of pinned posts alone, takes it off at once", () => {
    const { hanging, ids, run } = wall({ every: 1, seconds: 60 });
    run(30);
    const before = ids().some(isSponsor);

    hanging.reset([post("p1")], 30 * S);

    assert.equal(before, true);
    assert.equal(ids().some(isSponsor), false);
  });

  test("a pinned post never gives way to one", () => {
    const { hanging, ids, run } = wall({ every: 1 }, { shape: { columns: 1, rows: 1 }, posts: 3 });
    hanging.post(post("pin"), 0);
    hanging.pin(post("pin"), 0);

    run(60);

    assert.deepEqual(ids(), ["pin"]);
  });
});
