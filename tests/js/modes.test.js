import assert from "node:assert/strict";
import { test } from "node:test";

import { holdingWords } from "../../static/js/models/modes.js";

test("a mode says until when it holds, and who chose it", () => {
  assert.equal(holdingWords({ until_words: "10:45", by: "Mia" }), "chosen by \u2068Mia\u2069, until 10:45, then as planned");
  assert.equal(holdingWords({ until_words: null, by: null }), "");
});

test("a mode that holds for a session names it", () => {
  const words = holdingWords({ until_words: "10:45", by: null, session: "Keynote" });

  assert.equal(words, "for “\u2068Keynote\u2069”, until 10:45, then as planned");
});
