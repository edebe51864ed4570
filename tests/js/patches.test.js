import assert from "node:assert/strict";
import { test } from "node:test";

import { patches, pause } from "../../static/js/models/patches.js";

const piece = (key, html = key) => ({ key, html });

test("what is as it was is left alone", () => {
  const before = new Map([["a", "A"], ["b", "B"]]);

  assert.deepEqual(patches(before, [piece("a", "A"), piece("b", "B")]), { changed: [], added: [], removed: [] });
});

test("what changed is put in place, what is new is added, what is gone is taken away", () => {
  const before = new Map([["a", "A"], ["b", "B"]]);

  assert.deepEqual(patches(before, [piece("b", "B, edited"), piece("c", "C")]), {
    changed: [piece("b", "B, edited")],
    added: [piece("c", "C")],
    removed: ["a"],
  });
});

test("a page that hears nothing new asks ever more seldom, and never with all the others", () => {
  const limits = { least: 1000, most: 9000 };

  assert.equal(pause(0, { ...limits, random: () => 0.5 }), 1000);
  assert.equal(pause(100, { ...limits, random: () => 0.5 }), 9000);
  assert.ok(pause(3, { ...limits, random: () => 0 }) < pause(3, { ...limits, random: () => 1 }));
});
