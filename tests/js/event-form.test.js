import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { hashtags, listed, slug } from "../../static/js/models/event-form.js";

describe("What an organiser's words become", () => {
  test("hashtags stand each once, with or without #, by spaces or commas", () => {
    assert.deepEqual(hashtags("#PyConEx, pycon  ＃日本語 #PyConEx"), ["#PyConEx", "#pycon", "#日本語"]);
  });

  test("nothing typed is no hashtag", () => {
    assert.deepEqual(hashtags(" , "), []);
  });

  test("hashtags are read aloud with an or before the last", () => {
    assert.equal(listed(["#a", "#b", "#c"]), "#a, #b or #c");
    assert.equal(listed(["#a"]), "#a");
    assert.equal(listed([]), "");
  });

  test("a title becomes an address of plain letters, digits and hyphens", () => {
    assert.equal(slug("Café & Käse 2026!"), "cafe-kase-2026");
    assert.equal(slug("日本語"), "");
    assert.equal(slug("a".repeat(60)).length, 40);
  });
});
