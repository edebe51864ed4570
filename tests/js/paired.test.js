import assert from "node:assert/strict";
import { test } from "node:test";

import { Paired } from "../../static/js/models/paired.js";

function storage(kept = new Map()) {
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
}

test("a machine remembers its event, and forgets that one only", () => {
  const paired = new Paired(storage());
  paired.keep("demo");

  paired.forget("other");
  assert.equal(paired.slug, "demo");
  paired.forget("demo");

  assert.equal(paired.slug, null);
});

for (const bad of ["//evil.example", "../x", "", "a b", "x".repeat(50)]) {
  test(`no address is made of ${JSON.stringify(bad)}`, () => {
    assert.equal(new Paired(storage(new Map([["wall:paired", bad]]))).slug, null);
  });
}

test("a browser that keeps nothing is asked in vain, and nothing breaks", () => {
  const paired = new Paired({ getItem: () => { throw new Error(); }, setItem: () => { throw new Error(); } });
  paired.keep("demo");

  assert.equal(paired.slug, null);
});
