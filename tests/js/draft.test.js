import assert from "node:assert/strict";
import { test } from "node:test";

import { drafted, missing, sent } from "../../static/js/models/draft.js";

const fields = (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));

test("a draft is the words, the description, the name and the place", () => {
  const draft = drafted(fields({ text: "Hello", alt: "A cat", name: "Ana", place: "remote", nonce: "x" }));

  assert.deepEqual(draft, { text: "Hello", alt: "A cat", name: "Ana", place: "remote" });
});

test("a kept draft fills what is empty and nothing else", () => {
  const kept = { text: "Old", alt: "", name: "Ana", place: 7 };

  assert.deepEqual(missing(fields({ text: "New", alt: "", name: "", place: "" }), kept), [["name", "Ana"]]);
});

for (const nonsense of [null, 3, "x", []]) {
  test(`a draft that is ${JSON.stringify(nonsense)} fills nothing`, () => {
    assert.deepEqual(missing(fields({ text: "" }), nonsense), []);
  });
}

test("once it was sent, the name and the place are left", () => {
  assert.deepEqual(sent({ text: "Hello", name: "Ana", place: "room" }), { text: "", alt: "", name: "Ana", place: "room" });
});
