import assert from "node:assert/strict";
import { test } from "node:test";

import { WHOLE, hangsHere } from "../../static/js/models/part.js";

const ids = Array.from({ length: 3_000 }, (_, count) => `post-${(count * 2_654_435_761).toString(16)}`);
const parts = [1, 2, 3].map((nth) => ({ of: 3, nth }));
const places = (id, pinned) => parts.filter((part) => hangsHere(id, part, pinned)).map(({ nth }) => nth);

test("a screen that stands alone shows everything", () => {
  assert.ok(ids.every((id) => hangsHere(id, WHOLE) && hangsHere(id)));
});

test("every post hangs on one of the screens, and on no two", () => {
  assert.deepEqual(new Set(ids.map((id) => places(id).length)), new Set([1]));
});

test("each screen has about as many posts as the others", () => {
  const counts = parts.map((part) => ids.filter((id) => hangsHere(id, part)).length);

  assert.ok(counts.every((count) => count > 900 && count < 1_100), counts.join());
});

test("the pinned post hangs on the first screen, and afterwards where it was", () => {
  const elsewhere = ids.find((id) => places(id)[0] === 3);

  assert.deepEqual(places(elsewhere, elsewhere), [1]);
  assert.deepEqual(places(elsewhere, "another"), [3]);
});
