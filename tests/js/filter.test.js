import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Filter, folded } from "../../static/js/models/filter.js";

const FOLDING = JSON.parse(readFileSync(new URL("../fixtures/folding.json", import.meta.url), "utf8"));

const post = (more = {}) => ({
  id: "p1", author: "ap:alice", sourceId: "m1", sourceKind: "mastodon", language: "de", pictures: "none", question: false,
  firstTime: false, trusted: false, alike: "aa", searched: "kaffee ist fertig\n\nalice\n@alice@social.example", ...more,
});

for (const [written, read] of FOLDING) {
  test(`${JSON.stringify(written)} is found as ${JSON.stringify(read)}`, () => assert.equal(folded(written), folded(read)));
}

const CASES = [
  ["words", "Káffee  IST", {}, { searched: "tee" }],
  ["source", "m1", {}, { sourceId: "m2" }],
  ["source", "mastodon", {}, { sourceKind: "nostr" }],
  ["language", "de", {}, { language: "none" }],
  ["pictures", "undescribed", { pictures: "some undescribed" }, { pictures: "some" }],
  ["pictures", "none", {}, { pictures: "some" }],
  ["question", "yes", { question: true }, {}],
  ["reply", "yes", { isReply: true }, { isReply: false }],
  ["place", "remote", { whereabouts: "remote" }, { whereabouts: "room" }],
  ["thread", "p1", {}, { id: "p2" }],
  ["thread", "p7", { thread: "p7" }, { thread: "p1" }],
  ["writer", "new", { firstTime: true }, {}],
  ["writer", "untrusted", {}, { trusted: true }],
  ["by", "ap:alice", {}, { author: "ap:bob" }],
  ["like", "aa", {}, { alike: "" }],
];
for (const [name, value, fitting, other] of CASES) {
  test(`${name}=${value} wants what it says`, () => {
    const filter = new Filter({ [name]: value });

    assert.equal(filter.wants(post(fitting)), true);
    assert.equal(filter.wants(post(other)), false);
  });
}

test("a filter is what its address says", () => {
  const filter = new Filter({ words: "a & b", question: "yes" });

  assert.equal(filter.query, "?words=a+%26+b&question=yes");
  assert.deepEqual(Filter.read(filter.query), filter);
  assert.equal(filter.with({ words: "", question: "" }).empty, true);
});

test("what an address says beside is no filter", () => {
  assert.equal(Filter.read("?before=7&utm=x").empty, true);
});
