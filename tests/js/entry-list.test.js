import assert from "node:assert/strict";
import { test } from "node:test";

import { counted, entries, joined } from "../../static/js/models/entry-list.js";

test("entries are lines without blanks and without empty ones", () => {
  assert.deepEqual(entries(" a b \r\n\n\tc\rd"), ["a b", "c", "d"]);
});

test("entries are counted in words", () => {
  assert.deepEqual(["", " \n", "a", "a\nb", "a\n".repeat(5000)].map(counted), ["", "", "1 entry", "2 entries", "5,000 entries"]);
});

test("a file adds what is not there yet", () => {
  assert.deepEqual(joined("a\nb\n\n", "b\nc\nc\n d"), { text: "a\nb\nc\nd", added: 2 });
  assert.deepEqual(joined("", "a"), { text: "a", added: 1 });
  assert.deepEqual(joined("a", ""), { text: "a", added: 0 });
});
