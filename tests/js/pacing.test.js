import assert from "node:assert/strict";
import { test } from "node:test";

import { Pacing } from "../../static/js/models/pacing.js";

const MINUTE = 60_000;
const EMPTY = { present: [], leaving: [], pinned: null };
const terms = (text) => new Set(text.split(" "));
const post = (id, more = {}) => ({
  id, author: id, network: "mastodon", terms: new Set(), dwell: 10_000, weight: 1, reposts: 0, pinned: false, staff: false, ...more,
});
const ids = (posts) => posts.map((one) => one.id).join("");

function waiting(...posts) {
  const pacing = new Pacing({ random: () => 0.5 });
  posts.forEach((one) => pacing.post(one, 0));
  return pacing;
}

function shown(pacing, one, at) {
  pacing.post(one, at);
  pacing.shown(one.id, at);
  return one;
}

test("of those that came at once, the first comes first", () => {
  assert.equal(ids(waiting(post("a"), post("b"), post("c")).next(0, EMPTY)), "abc");
});

test("the fresher comes before the older", () => {
  const pacing = waiting(post("a"));
  pacing.post(post("b"), MINUTE);

  assert.equal(ids(pacing.next(MINUTE, EMPTY)), "ba");
});

test("who was on the wall lately comes after who was not, and half an hour later nearly as others do", () => {
  const pacing = waiting();
  shown(pacing, post("a1", { author: "a" }), 0);
  pacing.post(post("a2", { author: "a" }), 2 * MINUTE);
  pacing.post(post("b"), MINUTE);

  const soon = ids(pacing.next(2 * MINUTE, EMPTY));
  pacing.post(post("a3", { author: "a" }), 122 * MINUTE);
  pacing.post(post("c"), 121 * MINUTE);
  const later = ids(pacing.next(122 * MINUTE, EMPTY));

  assert.equal(soon, "ba2");
  assert.match(later, /^a3c/);
});

test("nobody has a second card while one is on the wall, unless that one makes room", () => {
  const pacing = waiting();
  shown(pacing, post("a1", { author: "a" }), 0);
  pacing.post(post("a2", { author: "a" }), 0);
  pacing.post(post("b"), 0);

  assert.equal(ids(pacing.next(0, { present: ["a1"], leaving: [] })), "b");
  assert.equal(ids(pacing.next(0, { present: [], leaving: ["a1"] })), "ba2");
});

test("what is pinned takes no turn of its author's", () => {
  const pacing = waiting(post("a2", { author: "a" }));
  pacing.keep(post("a1", { author: "a" }), 0);

  assert.equal(ids(pacing.next(0, { present: ["a1"], leaving: [], pinned: "a1" })), "a2");
});

test("an empty place goes to a second post of somebody only when nobody else has one", () => {
  const pacing = waiting(post("a2", { author: "a" }));
  shown(pacing, post("a1", { author: "a" }), 0);
  const alone = ids(pacing.spare(0, { present: ["a1"], leaving: [] }));
  pacing.keep(post("b"), -MINUTE);

  assert.equal(alone, "a2");
  assert.equal(ids(pacing.spare(0, { present: ["a1"], leaving: [] })), "b");
});

test("nearly the same as what was shown a moment ago comes later, and ten minutes later no more", () => {
  const pacing = waiting();
  shown(pacing, post("x", { terms: terms("the keynote about trees was great") }), 0);
  pacing.post(post("copy", { terms: terms("the keynote about trees was so great") }), MINUTE);
  pacing.post(post("other", { terms: terms("lunch is in garden now") }), MINUTE);

  const soon = ids(pacing.next(MINUTE, EMPTY));
  const later = ids(pacing.next(11 * MINUTE, EMPTY));

  assert.equal(soon, "othercopy");
  assert.equal(later, "copyother");
});

test("what speaks of the same as a card on the wall comes after another topic", () => {
  const pacing = waiting();
  shown(pacing, post("x", { terms: terms("rust compiler async talk") }), 0);
  pacing.post(post("same", { terms: terms("rust compiler question please today") }), 0);
  pacing.post(post("other", { terms: terms("thanks to all helpers here") }), 0);

  assert.equal(ids(pacing.next(0, { present: ["x"], leaving: [] })), "othersame");
});

test("another network than the cards on the wall comes first", () => {
  const pacing = waiting();
  shown(pacing, post("x"), 0);
  pacing.post(post("same"), 0);
  pacing.post(post("other", { network: "nostr" }), 0);

  assert.equal(ids(pacing.next(0, { present: ["x"], leaving: [] })), "othersame");
});

test("what is pinned weighs more, and what the staff writes less", () => {
  const pacing = waiting(post("s", { staff: true }), post("a"), post("p", { pinned: true }));

  assert.equal(ids(pacing.next(0, EMPTY)), "pas");
});

test("what nobody saw for a quarter of an hour waits no longer, and may come when it is quiet", () => {
  const pacing = waiting(post("a"));

  const inTurn = pacing.next(15 * MINUTE, EMPTY);

  assert.deepEqual(inTurn, []);
  assert.equal(pacing.again(15 * MINUTE, EMPTY).id, "a");
});

test("when it is quiet, nothing comes again within five minutes", () => {
  const pacing = waiting();
  shown(pacing, post("a"), 0);
  shown(pacing, post("b"), 0);
  pacing.hidden("a", MINUTE);
  pacing.hidden("b", MINUTE);

  assert.equal(pacing.again(5 * MINUTE, EMPTY), null);
  assert.equal(pacing.again(7 * MINUTE, EMPTY).id, "a");
});

test("over a quiet night everybody comes again, and nobody much more than others", () => {
  let number = 0;
  const pacing = new Pacing({ random: () => ((number += 0.618) % 1) });
  [..."abcdefghij"].forEach((id) => pacing.keep(post(id, { reposts: id === "a" ? 100 : 0 }), 0));
  const counts = new Map();
  for (let now = 10 * MINUTE; now < 500 * MINUTE; now += MINUTE) {
    const one = pacing.again(now, EMPTY);
    if (one) {
      pacing.shown(one.id, now);
      pacing.hidden(one.id, now);
      counts.set(one.id, (counts.get(one.id) ?? 0) + 1);
    }
  }

  const most = Math.max(...counts.values());
  assert.equal(counts.size, 10);
  assert.equal(counts.get("a"), most);
  assert.ok(most < 3 * Math.min(...counts.values()), JSON.stringify([...counts]));
});

test("when more waits than can be shown soon, that is told until it has become little", () => {
  const pacing = waiting(...Array.from({ length: 24 }, (_, number) => post(`p${number}`)));

  const first = pacing.overload(0, 4);
  for (let number = 0; number < 15; number += 1) pacing.shown(`p${number}`, 0);
  const between = pacing.overload(0, 4);
  pacing.shown("p15", 0);
  const after = pacing.overload(0, 4);

  assert.deepEqual([first, between, after], [{ waiting: 24 }, { waiting: 9 }, null]);
});

test("while more waits than can be shown soon, nobody has a second turn before others have a first", () => {
  const pacing = waiting(...Array.from({ length: 30 }, (_, number) => post(`p${number}`)));
  pacing.overload(0, 4);
  shown(pacing, post("a1", { author: "a" }), 0);

  pacing.post(post("a2", { author: "a" }), 14 * MINUTE);

  assert.notEqual(pacing.next(14 * MINUTE, EMPTY)[0].id, "a2");
});

test("on a crowded wall turns go round by round", () => {
  const pacing = waiting(...Array.from({ length: 30 }, (_, number) => post(`${"abc"[number % 3]}${number}`, { author: "abc"[number % 3] })));
  const turns = [];
  let before = null;

  for (let count = 0; count < 9; count += 1) {
    pacing.overload(0, 4);
    const [one] = pacing.next(0, { present: before ? [before.id] : [], leaving: [] });
    pacing.shown(one.id, 0);
    before = one;
    turns.push(one.author);
  }

  const rounds = [turns.slice(0, 3), turns.slice(3, 6), turns.slice(6)];
  assert.ok(rounds.every((round) => new Set(round).size === 3), turns.join(""));
});

test("who floods the wall takes the room of nobody else among those that wait", () => {
  const pacing = waiting(post("quiet"));

  for (let number = 0; number < 1_000; number += 1) pacing.post(post(`f${number}`, { author: "flood" }), 0);

  assert.equal(pacing.waiting, 300);
  assert.ok(pacing.knows("quiet"));
});

test("of what was shown, as much is kept as may come again, and best what was reposted", () => {
  const pacing = waiting();

  for (let number = 0; number < 500; number += 1) {
    shown(pacing, post(`p${number}`, { reposts: number === 3 ? 9 : 0 }), number);
    pacing.trim(["p0"]);
  }

  assert.equal(pacing.ids.length, 60);
  assert.ok(pacing.knows("p0") && pacing.knows("p3") && pacing.knows("p499"));
});

test("a removed post neither waits nor comes again", () => {
  const pacing = waiting(post("a"), post("b"));
  pacing.shown("b", 0);

  pacing.remove("a");
  pacing.remove("b");

  assert.deepEqual([pacing.ids, pacing.again(60 * MINUTE, EMPTY)], [[], null]);
});
