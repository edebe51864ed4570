import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { ago } from "../../static/js/helpers/times.js";

const NOW = Date.parse("2026-05-12T12:00:00Z");

describe("how long ago", () => {
  const cases = [
    ["2026-05-12T11:59:50Z", "just now"],
    ["2026-05-12T12:05:00Z", "just now"],
    ["2026-05-12T11:59:00Z", "1 minute ago"],
    ["2026-05-12T11:01:00Z", "59 minutes ago"],
    ["2026-05-12T10:00:00Z", "2 hours ago"],
    ["2026-05-10T12:00:00Z", "2 days ago"],
    ["2026-04-02T12:00:00Z", "2 April 2026"],
  ];
  for (const [then, words] of cases) {
    test(`${then} is ${words}`, () => {
      assert.equal(ago(Date.parse(then), NOW, "en-GB"), words);
    });
  }
});
