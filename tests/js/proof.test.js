import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { sha256, solve } from "../../static/js/models/proof.js";

const hex = (words) => [...words].map((word) => word.toString(16).padStart(8, "0")).join("");
const known = (text) => createHash("sha256").update(text).digest("hex");

for (const length of [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 500]) {
  test(`the hash of ${length} letters is the one that everybody computes`, () => {
    const text = "abc:7".repeat(100).slice(0, length);
    assert.equal(hex(sha256(text)), known(text));
  });
}

test("the number that is found makes the hash begin with zeros, and none before it does", () => {
  const number = solve("1750000000.abcdef", 8);

  assert.match(known(`1750000000.abcdef:${number}`), /^00/);
  assert.equal(solve("1750000000.abcdef", 8, 0, number), null);
});
