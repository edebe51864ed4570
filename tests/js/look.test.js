import assert from "node:assert/strict";
import { test } from "node:test";

import { contrast, verdict as contrastOf } from "../../static/js/models/contrast.js";
import { metres, reach, verdict } from "../../static/js/models/legibility.js";

test("metres are read as people write them", () => {
  assert.deepEqual(["2.1", "2,1", " 2.1 m", "2.1M", ".5"].map(metres), [2.1, 2.1, 2.1, 2.1, 0.5]);
  assert.deepEqual(["", "tall", "-2", "1e3", "0", "2.1.1"].map(metres), [null, null, null, null, null, null]);
});

test("type can be read by the rule, to the last decimetre", () => {
  assert.deepEqual(reach({ type: 6.7, height: 2.1, distance: 14 }), { good: true, needed: 2.1 });
  assert.deepEqual(reach({ type: 5, height: 2.1, distance: 14 }), { good: false, needed: 2.8 });
  assert.equal(reach({ type: 5, scale: 140, height: 2.1, distance: 14 }).good, true);
});

test("a layout that cannot be read says what it would take", () => {
  assert.match(verdict({ type: 3, height: 2, distance: 14 }).words, /at 14 m cannot read this.*≥ 4.7 m/);
});

test("contrast is that of WCAG", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#777777", "#777777"), 1);
  assert.equal(contrast("#ffb000", "#0d0f12").toFixed(1), "10.5");
});

test("what is too faint is never rounded up to enough", () => {
  const { good, words } = contrastOf({ ink: "#595959", ground: "#ffffff", name: "Words", on: "cards" });
  assert.equal(good, true);
  assert.equal(words, "Words on cards: 7.0:1, readable.");

  const faint = contrastOf({ ink: "#5a5a5a", ground: "#ffffff", name: "Words", on: "cards" });
  assert.equal(faint.good, false);
  assert.equal(faint.words, "Words on cards: 6.8:1, too little. Make it darker.");
});
