import assert from "node:assert/strict";
import { test } from "node:test";

import { readOffered } from "../../static/js/models/offered.js";

test("reactions are read with names of several words, in any letters", () => {
  assert.deepEqual(readOffered("love:❤️:de tout cœur doubt:🤔:شك كبير agreement:👍:d’accord"), [
    { key: "love", emoji: "❤️", name: "de tout cœur" },
    { key: "doubt", emoji: "🤔", name: "شك كبير" },
    { key: "agreement", emoji: "👍", name: "d’accord" },
  ]);
});

test("a page that offers none has none", () => {
  assert.deepEqual(readOffered(""), []);
});
