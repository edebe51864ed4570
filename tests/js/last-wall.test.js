import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { LastWall } from "../../static/js/models/last-wall.js";

class FakeStorage {
  kept = new Map();

  getItem = (key) => this.kept.get(key) ?? null;
  setItem = (key, value) => this.kept.set(key, value);
  removeItem = (key) => this.kept.delete(key);
}

const snapshot = (cursor) => ({ cursor, posts: [{ id: "a" }], pinned: [] });

describe("which is newer", () => {
  const cases = [
    ["the page it grew out of, from the cache", "Vq3k:14", "Vq3k:10", "Vq3k:10", true],
    ["that page, though history began anew meanwhile", "New1:2", "Vq3k:10", "Vq3k:10", true],
    ["a cached page from between", "Vq3k:14", "Vq3k:10", "Vq3k:12", true],
    ["a fresh page", "Vq3k:14", "Vq3k:10", "Vq3k:20", false],
    ["a fresh page of another history", "Vq3k:14", "Vq3k:10", "New1:3", false],
  ];
  for (const [name, kept, keptPage, page, newer] of cases) {
    test(name, () => {
      const wall = new LastWall(new FakeStorage(), "demo");

      wall.keep(snapshot(kept), keptPage);

      assert.deepEqual(wall.newerThan(page), newer ? snapshot(kept) : null);
    });
  }
});

test("nothing kept is nothing newer", () => {
  assert.equal(new LastWall(new FakeStorage(), "demo").newerThan("Vq3k:1"), null);
});

test("a storage that refuses or holds nonsense stops nothing", () => {
  const full = { getItem: () => "{nonsense", setItem: () => { throw new Error("full"); }, removeItem: () => {} };
  const wall = new LastWall(full, "demo");

  wall.keep(snapshot("Vq3k:1"), "Vq3k:1");

  assert.equal(wall.newerThan("Vq3k:1"), null);
});

test("a forgotten wall is gone", () => {
  const wall = new LastWall(new FakeStorage(), "demo");
  wall.keep(snapshot("Vq3k:1"), "Vq3k:1");

  wall.forget();

  assert.equal(wall.newerThan("Vq3k:1"), null);
});

test("a storage without room for all keeps fewer posts, and never what was there before", () => {
  const storage = new FakeStorage();
  const put = storage.setItem;
  storage.setItem = (key, value) => {
    if (value.length > 1_000) throw new Error("full");
    put(key, value);
  };
  const wall = new LastWall(storage, "demo");
  const posts = Array.from({ length: 40 }, (_, number) => ({ id: `p${number}`, html: "x".repeat(40) }));
  wall.keep({ ...snapshot("Vq3k:1"), posts: [{ id: "removed since" }] }, "Vq3k:1");

  const room = wall.keep({ ...snapshot("Vq3k:2"), posts }, "Vq3k:1");

  assert.equal(room, false);
  assert.deepEqual(wall.newerThan("Vq3k:1").posts, posts.slice(0, 10));
});
