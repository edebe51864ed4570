import assert from "node:assert/strict";
import { test } from "node:test";

import { clock } from "../../static/js/helpers/clock.js";

const LATER = "2031-06-12T09:30:00.000Z";
const near = (one, other) => assert.ok(Math.abs(one - other) < 1000, `${one} is not ${other}`);

test("at first the time is this machine's, then the server's, and nonsense changes nothing", () => {
  near(clock.now(), Date.now());

  clock.correct(LATER);
  clock.correct("soon");
  clock.correct(null);

  near(clock.now(), Date.parse(LATER));
});

test("how far this machine is behind can be kept for a time without a server", () => {
  clock.correct(LATER);
  const { skew } = clock;
  clock.correct(new Date().toISOString());

  clock.skew = skew;

  near(clock.now(), Date.parse(LATER));
});

test("a machine that woke up in another year is not believed", () => {
  const later = Date.now() + 86_400_000;

  clock.notBefore(new Date(later).toISOString());
  assert.ok(clock.now() >= later);
  clock.notBefore(later - 3_600_000);

  assert.ok(clock.now() >= later);
});
