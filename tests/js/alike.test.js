import assert from "node:assert/strict";
import { test } from "node:test";

import { alike } from "../../static/js/models/alike.js";

const sketch = (...pieces) => {
  const bytes = new DataView(new ArrayBuffer(4 * pieces.length));
  pieces.forEach((piece, place) => bytes.setUint32(4 * place, piece));
  return btoa(String.fromCharCode(...new Uint8Array(bytes.buffer))).replaceAll("+", "-").replaceAll("/", "_");
};
const upTo = (count, from = 0) => Array.from({ length: count }, (_, place) => 4_000_000_000 + from + place);

test("three pieces of five in common are alike, and fewer are not", () => {
  assert.equal(alike(sketch(1, 2, 3, 4), sketch(2, 3, 4, 5)), true);
  assert.equal(alike(sketch(1, 2, 3, 4), sketch(3, 4, 5, 6)), false);
});

test("of long texts the smallest pieces count", () => {
  assert.equal(alike(sketch(...upTo(48)), sketch(...upTo(48, 10))), true);
  assert.equal(alike(sketch(...upTo(48)), sketch(...upTo(48, 30))), false);
});

test("a post that says too little is like none", () => {
  assert.equal(alike("", ""), false);
  assert.equal(alike("", sketch(1)), false);
});

test("what is no sketch is like nothing", () => {
  assert.equal(alike("%", sketch(1)), false);
  assert.equal(alike("A", "B"), false);
});
