import assert from "node:assert/strict";
import { test } from "node:test";

import { Hand } from "../../static/js/models/hand.js";

const PLAN = { scenes: [], direction: { show: null, held: false, frozen: false, blank: false, turn: 3, since: null } };

test("a hand that rests changes nothing", () => {
  assert.deepEqual(new Hand().over(PLAN), PLAN);
});

test("space pauses and goes on", () => {
  const hand = new Hand();

  assert.equal(hand.press(" "), "pause");
  assert.equal(hand.over(PLAN).direction.frozen, true);
  hand.press(" ");

  assert.deepEqual(hand.over(PLAN), PLAN);
});

test("b blanks, and what a remote control blanked stays so", () => {
  const hand = new Hand();

  hand.press("B");
  assert.equal(hand.over(PLAN).direction.blank, true);
  hand.press("b");

  assert.equal(hand.over({ direction: { blank: true } }).direction.blank, true);
});

test("arrows turn from where the remote control has turned to, also while paused", () => {
  const hand = new Hand();
  hand.press(" ");

  hand.press("ArrowRight");
  hand.press("ArrowRight");
  hand.press("ArrowLeft");

  assert.equal(hand.over(PLAN).direction.turn, 4);
  assert.equal(hand.over(PLAN, { moving: true }).direction.frozen, false);
  assert.equal(hand.over(PLAN).direction.frozen, true);
});

test("an arrow passes over what a remote control shows, until it shows something else", () => {
  const hand = new Hand();
  const shows = (since) => ({ direction: { show: { scene: "join" }, since } });

  hand.press("ArrowRight", shows("12:00").direction);

  assert.equal(hand.over(shows("12:00")).direction.show, null);
  assert.deepEqual(hand.over(shows("12:05")).direction.show, { scene: "join" });
});

test("escape frees everything, and other keys mean nothing", () => {
  const hand = new Hand();
  hand.press(" ");
  hand.press("b");

  assert.equal(hand.press("x"), null);
  hand.press("Escape");

  assert.deepEqual(hand.over(PLAN), PLAN);
  assert.equal(hand.words, "");
});
