import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Excerpt } from "../../static/js/models/excerpt.js";

const { session: said, posts } = JSON.parse(readFileSync(new URL("../fixtures/excerpts.json", import.meta.url), "utf8"));
const until = Date.parse(said.ends);
// As wall/core/excerpt.py: span_view tells the page.
const session = { from: Date.parse(said.starts), until, over: until + 20 * 60_000, room: "halla", others: ["foyer", "hallb"] };
const post = { network: "irc", pictured: false, at: session.from, text: "" };

for (const { at, text, belongs } of posts) {
  test(`${text}: ${belongs ? "belongs" : "does not belong"} to the session`, () => {
    assert.equal(new Excerpt({ session }).wants({ ...post, at: Date.parse(at), text }), belongs);
  });
}

test("an excerpt that says nothing wants everything", () => {
  assert.ok(new Excerpt(null).wants(post));
});

test("network and pictures must hold, too", () => {
  assert.ok(new Excerpt({ network: "irc" }).wants(post));
  assert.equal(new Excerpt({ network: "nostr" }).wants(post), false);
  assert.equal(new Excerpt({ network: "irc", pictured: true }).wants(post), false);
});
