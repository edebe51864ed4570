import assert from "node:assert/strict";
import { test } from "node:test";

import { Followed, onNow } from "../../static/js/models/around.js";
import { Kept } from "../../static/js/models/kept.js";
import { LeftOff } from "../../static/js/models/left-off.js";
import { Muted } from "../../static/js/models/muted.js";
import { OwnReactions } from "../../static/js/models/own-reactions.js";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A browser's storage; each call of `kept` is another page of the same browser. */
function browser() {
  const values = new Map();
  const storage = { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => values.set(key, value), removeItem: (key) => values.delete(key) };
  return { values, kept: () => new Kept(storage, "key") };
}

test("what a browser keeps survives nonsense, and a storage that is full or forbidden", () => {
  const { values, kept } = browser();
  values.set("key", "{nonsense");
  const full = { getItem: () => { throw new Error("forbidden"); }, setItem: () => { throw new Error("full"); } };

  assert.equal(kept().value, null);
  const none = new Kept(full, "key");
  none.value = [1];
  assert.equal(none.value, null);
  assert.equal(new Kept(null, "key").value, null);
});

test("what one gave a post is known to the next page, and forgotten for the oldest of many", () => {
  const { kept } = browser();
  const own = new OwnReactions(kept());

  own.set("first", own.toggled("first", "love"));
  for (let number = 0; number < 499; number += 1) own.set(`post ${number}`, ["love"]);
  assert.ok(new OwnReactions(kept()).has("first", "love"));
  own.set("one more", ["love"]);

  const next = new OwnReactions(kept());
  assert.equal(next.has("first", "love"), false);
  assert.ok(next.has("one more", "love"));
  assert.deepEqual(next.toggled("one more", "love"), []);
});

test("a muted author stays muted until unmuted", () => {
  const { kept } = browser();
  new Muted(kept()).mute({ key: "a", name: "Ann" });
  const muted = new Muted(kept());
  muted.mute({ key: "b", name: "Bob" });

  assert.deepEqual(muted.all.map(({ name }) => name), ["Bob", "Ann"]);
  muted.unmute("a");
  assert.deepEqual([new Muted(kept()).has("a"), new Muted(kept()).has("b")], [false, true]);
});

const ARTICLES = ["5", "4", "3", "2"].map((at) => ({ id: `p${at}`, at }));

test("coming back shows how many posts are new since, and where one was", () => {
  const { kept } = browser();
  new LeftOff(kept()).leave({ id: "p3", at: "3" }, 0);

  assert.deepEqual(new LeftOff(kept()).mark(ARTICLES, 5 * MINUTE), { before: "p3", missed: 2, all: true });
});

test("a post that was removed meanwhile leaves its place to the next older one", () => {
  const { kept } = browser();
  new LeftOff(kept()).leave({ id: "gone", at: "3.5" }, 0);

  assert.equal(new LeftOff(kept()).mark(ARTICLES, 5 * MINUTE).before, "p3");
});

test("who missed more than a page holds is told so", () => {
  const { kept } = browser();
  new LeftOff(kept()).leave({ id: "p1", at: "1" }, 0);

  assert.deepEqual(new LeftOff(kept()).mark(ARTICLES, 5 * MINUTE), { before: null, missed: 4, all: false });
});

for (const [words, seen, away] of [["missed nothing", "5", 5 * MINUTE], ["was away for a moment", "3", 1_000], ["was away for days", "3", 4 * DAY]]) {
  test(`who ${words} sees no mark`, () => {
    const { kept } = browser();
    new LeftOff(kept()).leave({ id: `p${seen}`, at: seen }, 0);

    assert.equal(new LeftOff(kept()).mark(ARTICLES, away), null);
  });
}

test("looking at older posts does not move one's place back", () => {
  const { kept } = browser();
  new LeftOff(kept()).leave({ id: "p4", at: "4" }, 0);
  new LeftOff(kept()).leave({ id: "p2", at: "2" }, MINUTE);

  assert.equal(new LeftOff(kept()).mark(ARTICLES, 5 * MINUTE).before, "p4");
});

test("of what is on now, followed sessions come first", () => {
  const { kept } = browser();
  const followed = new Followed(kept());
  followed.toggle("b");
  const sessions = [["a", 0, 10], ["b", 0, 10], ["over", 0, 5], ["soon", 8, 10]].map(([id, from, until]) => ({ id, from, until }));

  assert.deepEqual(onNow(sessions, new Followed(kept()), 5), ["b", "a"]);
});
