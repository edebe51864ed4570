import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { graphemes } from "../../static/js/models/length.js";

describe("a text is as long as people count it", () => {
  const cases = [
    ["", 0],
    ["abc", 3],
    ["e\u0301", 1],
    ["👩🏽‍🔬", 1],
    ["🇵🇹", 1],
    ["สวัสดี", 4],
  ];
  for (const [text, length] of cases) {
    test(`“${text}” is ${length}`, () => {
      assert.equal(graphemes(text), length);
    });
  }
});
