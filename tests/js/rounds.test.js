import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Rounds } from "../../static/js/models/rounds.js";

describe("rounds", () => {
  test("everybody has a turn before anybody has a second", () => {
    const rounds = new Rounds();
    const keys = ["a", "b", "c", "d", "e"];

    const turns = [rounds.choose(keys, 2), rounds.choose(keys, 2), rounds.choose(keys, 2)];

    assert.deepEqual(turns, [["a", "b"], ["c", "d"], ["e", "a"]]);
  });

  test("who comes anew is next, and the order is the server's", () => {
    const rounds = new Rounds();
    rounds.choose(["a", "b"], 2);

    assert.deepEqual(rounds.choose(["new", "a", "b"], 2), ["new", "a"]);
  });

  test("what is always shown comes first each time", () => {
    const rounds = new Rounds();
    const keys = ["a", "b", "pinned"];

    assert.deepEqual(rounds.choose(keys, 2, { always: ["pinned"] }), ["pinned", "a"]);
    assert.deepEqual(rounds.choose(keys, 2, { always: ["pinned"] }), ["pinned", "b"]);
  });

  test("those in their turn stay, and take no second turn by it", () => {
    const rounds = new Rounds();
    const first = rounds.choose(["a", "b", "c"], 2);

    assert.deepEqual(rounds.choose(["new", "a", "b", "c"], 2, { stay: first }), ["a", "b"]);
    assert.deepEqual(rounds.choose(["b", "c"], 2, { stay: first }), ["b", "c"]);
    assert.deepEqual(rounds.choose(["a", "b", "c"], 3), ["a", "b", "c"]);
  });

  test("where there is room for none, one is shown", () => {
    assert.deepEqual(new Rounds().choose(["a", "b"], 0), ["a"]);
  });
});
