// The screen's pacing before a crowd of the size and shape of recorded ones; the recorded days are in bench/pacing.mjs.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pacing } from "../../static/js/models/pacing.js";
import { ByArrival, day, dice, judge, play } from "./crowd.js";

const MINUTE = 60_000;

function shape(sent) {
  const originals = sent.filter((one) => !one.isRepost);
  const share = (some) => {
    const counts = new Map();
    for (const { author } of some) counts.set(author, (counts.get(author) ?? 0) + 1);
    return [...counts.values()].sort((a, b) => b - a).slice(0, 10).reduce((sum, count) => sum + count, 0) / some.length;
  };
  const minutes = new Map();
  for (const { at } of sent) minutes.set(Math.floor(at / MINUTE), (minutes.get(Math.floor(at / MINUTE)) ?? 0) + 1);
  return { reposts: 1 - originals.length / sent.length, top: share(originals), busiest: Math.max(...minutes.values()) };
}

function played(squeeze) {
  const posts = day({ squeeze }).filter((one) => !one.isRepost);
  const rules = [new Pacing({ random: dice(3) }), new ByArrival(), new ByArrival({ isNewestFirst: true })];
  return rules.map((pacing) => judge(posts, play(posts, { pacing })));
}

test("the crowd has the shape of recorded ones", () => {
  const { reposts, top, busiest } = shape(day());

  assert.ok(reposts > 0.7 && reposts < 0.78, `reposts ${reposts}`);
  assert.ok(top > 0.15 && top < 0.27, `top ten ${top}`);
  assert.ok(busiest >= 12 && busiest <= 30, `busiest minute ${busiest}`);
});

for (const squeeze of [20, 60]) {
  test(`at ×${squeeze}, more people are seen than by plain rules, the loudest less, and all can be read`, () => {
    const [fair, firstIn, newest] = played(squeeze);

    assert.ok(fair.topTen < Math.min(firstIn.topTen, newest.topTen), JSON.stringify([fair, firstIn, newest]));
    assert.ok(fair.people > Math.max(firstIn.people, newest.people), JSON.stringify([fair, firstIn, newest]));
    assert.ok(fair.gini < Math.min(firstIn.gini, newest.gini));
    assert.ok(fair.waitHalf < firstIn.waitHalf / 4);
    assert.deepEqual([fair.unreadable, firstIn.unreadable, newest.unreadable], [0, 0, 0]);
  });
}

test("at its own pace, everything is shown within moments", () => {
  const [fair] = played(1);

  assert.equal(fair.people, fair.of);
  assert.equal(fair.unreadable, 0);
  assert.ok(fair.waitHalf <= 2 && fair.waitMost <= 30, JSON.stringify(fair));
});
