import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Playback } from "../../static/js/models/playback.js";

const DAY = { begins: 1_000, ends: 10_000 };

describe("a replay", () => {
  test("runs so many times faster than the event did", () => {
    const replay = new Playback({ ...DAY, at: 1_000 });

    replay.play(60);
    replay.pass(0.25);
    replay.pass(2);

    assert.equal(replay.at, 1_135);
  });

  test("stands still at its end, and begins anew from there", () => {
    const replay = new Playback({ ...DAY, at: 9_900 });

    replay.play(600);
    replay.pass(1);
    assert.deepEqual([replay.at, replay.speed], [10_000, 0]);
    replay.play(60);
    assert.deepEqual([replay.at, replay.speed], [1_000, 60]);
  });

  test("goes nowhere while it is paused, nor beyond its ends", () => {
    const replay = new Playback({ ...DAY, at: 5_000 });
    replay.play(60);

    replay.pause();
    replay.pass(60);
    assert.equal(replay.at, 5_000);
    replay.go(99_999);
    assert.equal(replay.at, 10_000);
    replay.go(0);
    assert.equal(replay.at, 1_000);
  });
});
