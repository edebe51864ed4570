import assert from "node:assert/strict";
import { test } from "node:test";

import { UnderDecision } from "../../static/js/models/under-decision.js";

const post = (place, more = {}) => ({ id: `p${place}`, place, hash: `h${place}`, ...more });
const all = [post(1), post(2), post(3)];

function at(place) {
  const under = new UnderDecision();
  under.take(all[place - 1]);
  return under;
}

test("a post that somebody else decides stays under the hand, and cannot be decided", () => {
  const under = at(2);
  const decided = { id: "p2", kind: "decided", by: "Max" };

  const what = under.follow([all[0], all[2]], all, [decided]);

  assert.deepEqual([what, under.id, under.gone, under.decidable], ["gone", "p2", true, null]);
  assert.equal(under.news, decided);
});

test("that it is gone is told once", () => {
  const under = at(2);
  under.follow([all[0], all[2]], all, [{ id: "p2", kind: "decided" }]);

  assert.equal(under.follow([all[0]], all, [{ id: "p3", kind: "decided" }]), "same");
  assert.equal(under.news.kind, "decided");
});

test("one that went while the desk was away says so", () => {
  const under = at(2);

  under.follow([all[0]], all, []);

  assert.match(under.news.words, /while this desk was away/);
});

test("one that waits again is back under decision", () => {
  const under = at(2);
  under.follow([all[0]], all, []);

  const what = under.follow(all, all, []);

  assert.deepEqual([what, under.gone, under.news, under.decidable.id], ["back", false, null, "p2"]);
});

test("an author's edit is said, a description by the team is not", () => {
  const under = at(2);
  const changed = (hash) => [all[0], post(2, { hash }), all[2]];

  const edited = [under.follow(changed("h2b"), all, [{ id: "p2", kind: "edited" }]), under.news?.words];
  const described = [under.follow(changed("h2c"), all, [{ id: "p2", kind: "described" }]), under.news];

  assert.deepEqual(edited, ["changed", "Its author changed this post just now."]);
  assert.deepEqual(described, ["described", null]);
  assert.equal(under.decidable.hash, "h2c");
});

test("only what is offered comes under decision by itself", () => {
  const under = new UnderDecision();

  const nothing = [under.follow(all, [], []), under.id];
  const something = [under.follow(all, [all[2]], []), under.id];

  assert.deepEqual(nothing, ["same", null]);
  assert.deepEqual(something, ["arrived", "p3"]);
});

test("the hand moves on from one that is gone, and what happened to it is told no more", () => {
  const under = at(1);
  under.follow(all.slice(1), all, []);

  under.advance(all.slice(1));

  assert.deepEqual([under.id, under.gone, under.news], ["p2", false, null]);
});

test("at the end of the line a move leaves all as it is", () => {
  const under = at(3);
  under.follow(all.slice(0, 2), all, []);

  assert.equal(under.move(all.slice(0, 2), 1), false);
  assert.equal(under.gone, true);
});
