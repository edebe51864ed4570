import assert from "node:assert/strict";
import test from "node:test";

import { differing } from "../../static/js/models/told-parts.js";

const before = { said: "Q1: Why?", question: "<p>1</p>", answers: "<p>a</p>" };

test("what is the same stays where it is, and nothing is said", () => {
  assert.deepEqual(differing(before, { ...before }), { parts: [], say: "" });
});

test("a new question is said aloud once", () => {
  const after = { ...before, said: "Q2: How?", question: "<p>2</p>" };

  assert.deepEqual(differing(before, after), { parts: ["question"], say: "Q2: How?" });
});

test("new answers take their place without a word", () => {
  assert.deepEqual(differing(before, { ...before, answers: "<p>b</p>" }), { parts: ["answers"], say: "" });
});

test("that no question stands any more is not said", () => {
  assert.equal(differing(before, { ...before, said: "" }).say, "");
});
