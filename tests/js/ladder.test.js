import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { comeBack, Ladder, stayAway } from "../../static/js/models/ladder.js";

const ROADS = ["websocket", "sse", "polling"];
const BROKEN = null;
const ladder = ({ roads = ROADS, random = () => 1 } = {}) => new Ladder({ roads, random });

/** What a story comes to: each word is something that happens to the ladder. */
function tell(one, story) {
  for (const word of story.split(" ").filter(Boolean)) {
    if (word === "held") one.held();
    else if (word === "broke") one.ended(BROKEN);
    else if (word === "climbed") one.climbed(one.above);
    else if (word === "slipped") one.slipped({ online: true });
    else if (word === "slipped-offline") one.slipped({ online: false });
    else if (word === "forgive") one.forgive();
    else one.ended(Number(word));
  }
  return one;
}

describe("the road taken", () => {
  const cases = [
    ["", "websocket"],
    ["broke broke", "websocket"],
    ["broke broke broke", "sse"],
    ["broke broke broke broke broke broke", "polling"],
    ["broke broke broke broke broke broke broke broke broke broke", "polling"],
    ["broke broke held broke broke", "websocket"],
    ["1006 1006 1006", "sse"],
    ["1012 1012 1012", "sse"],
    ["4001 4001 4001 4001", "websocket"],
    ["4008 4002 4001 4002", "websocket"],
    ["4029", "polling"],
    ["4029 climbed", "websocket"],
    ["4029 climbed 4029", "polling"],
    ["broke broke 4001 broke", "sse"],
    ["broke broke broke climbed", "websocket"],
    ["broke broke broke climbed broke", "sse"],
    ["broke broke broke climbed held broke", "websocket"],
    ["broke broke broke climbed 4001", "websocket"],
    ["broke broke forgive broke broke", "websocket"],
  ];
  for (const [story, road] of cases) {
    test(`after “${story}” is ${road}`, () => assert.equal(tell(ladder(), story).road, road));
  }
});

describe("the longest pause", () => {
  const cases = [
    ["", BROKEN, 1_000],
    ["broke", BROKEN, 2_000],
    ["broke broke", BROKEN, 1_000], // a new road
    ["4002 4002 4002", 4002, 8_000],
    ["4002 4002 4002 4002 4002 4002 4002 4002", 4002, 30_000],
    ["4002 4002 held", 4002, 1_000],
    ["", 4001, 2_000],
    ["4001 4001", 4001, 4_000],
    ["", 4029, 1_000],
    ["broke forgive", BROKEN, 1_000],
  ];
  for (const [story, code, longest] of cases) {
    test(`after “${story}” and ${code ?? "a broken line"} is ${longest} ms`, () => {
      assert.equal(tell(ladder(), story).ended(code), longest);
    });
  }
});

test("the pause is drawn from nothing up to the longest", () => {
  assert.equal(ladder({ random: () => 0 }).ended(BROKEN), 0);
  assert.equal(ladder({ random: () => 0.25 }).ended(BROKEN), 250);
});

describe("a better road is tried after", () => {
  const down = "broke broke broke ";
  const cases = [
    ["", 15_000],
    ["slipped", 30_000],
    ["slipped slipped slipped", 120_000],
    ["slipped slipped slipped slipped slipped slipped slipped", 300_000],
    ["slipped-offline slipped-offline", 15_000],
    ["slipped slipped forgive", 15_000],
    ["climbed broke", 30_000],
    ["climbed 4029", 30_000],
    ["climbed broke climbed broke", 60_000],
  ];
  for (const [story, longest] of cases) {
    test(`${longest} ms at most, when “${story}”`, () => assert.equal(tell(ladder(), down + story).climbPause, longest));
  }
});

test("those who poll do not all climb at once, and none before half the time", () => {
  assert.equal(ladder({ random: () => 0 }).climbPause, 7_500);
});

test("from the lowest road the best is tried, and by turns the one right above", () => {
  const one = tell(ladder(), "broke broke broke broke broke broke");
  const tried = [];

  for (let attempt = 0; attempt < 3; attempt += 1) {
    tried.push(one.above);
    one.slipped({ online: true });
  }

  assert.deepEqual(tried, ["websocket", "sse", "websocket"]);
});

test("where the browser has one road only, it stays on it", () => {
  const one = tell(ladder({ roads: ["polling"] }), "broke broke broke broke");

  assert.equal(one.road, "polling");
  assert.equal(one.isBest, true);
});

test("close codes say whether to come back", () => {
  const codes = [null, 1000, 1006, 4001, 4499, 4500, 4503, 4999, 5000];

  assert.deepEqual(codes.filter(comeBack), [4001, 4499]);
  assert.deepEqual(codes.filter(stayAway), [4500, 4503, 4999]);
});
