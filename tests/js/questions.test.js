import assert from "node:assert/strict";
import { test } from "node:test";

import { QuestionFeed } from "../../static/js/models/question-feed.js";
import { compare, ordered, voted, words } from "../../static/js/models/question-order.js";

test("rows that changed places, are new or gone are told apart", () => {
  assert.deepEqual(compare(["a", "b", "c"], ["c", "d", "a"]), { fresh: ["d"], gone: ["b"], moved: true });
  assert.deepEqual(compare(["a", "b"], ["a", "b"]), { fresh: [], gone: [], moved: false });
  assert.deepEqual(compare(["a", "b", "c"], ["a", "c"]), { fresh: [], gone: ["b"], moved: false });
});

test("the button says what it brings, and nothing when there is nothing", () => {
  assert.equal(words({ fresh: ["a"], moved: true }), "1 new question");
  assert.equal(words({ fresh: ["a", "b"], moved: false }), "2 new questions");
  assert.equal(words({ fresh: [], moved: true }), "Sort by votes again");
  assert.equal(words({ fresh: [], moved: false }), "");
});

test("newest first is by when they came, else they stay by rank", () => {
  const questions = [
    { id: "a", asked_at: "2026-06-12T09:00:00Z" },
    { id: "b", asked_at: "2026-06-12T10:00:00Z" },
  ];
  assert.deepEqual(ordered(questions, "newest").map(({ id }) => id), ["b", "a"]);
  assert.deepEqual(ordered(questions, "top").map(({ id }) => id), ["a", "b"]);
});

test("a vote is given and taken back, and never below nothing", () => {
  assert.deepEqual(voted({ votes: 2, mine: false }), { votes: 3, mine: true });
  assert.deepEqual(voted({ votes: 0, mine: true }), { votes: 0, mine: false });
});

function heard(...updates) {
  const feed = new QuestionFeed({ cursor: "e:1", shown: (id) => id === "mine" });
  const told = [];
  feed.addEventListener("left", ({ detail }) => told.push(...detail.ids));
  feed.addEventListener("stirred", () => told.push("stirred"));
  const numbered = updates.map((update, place) => ({ offset: place + 2, ...update }));
  feed.receive({ type: "updates", cursor: `e:${updates.length + 1}`, updates: numbered });
  return told;
}

test("it asks anew for counts and questions of others, and not for other posts or what screens show", () => {
  assert.deepEqual(heard({ kind: "arranged", what: "questions" }), ["stirred"]);
  assert.deepEqual(heard({ kind: "posted", id: "x", post: { id: "x", source: "question" } }), ["stirred"]);
  assert.deepEqual(heard({ kind: "posted", id: "x", post: { id: "x", source: "mastodon" } }), []);
  assert.deepEqual(heard({ kind: "arranged", what: "" }, { kind: "removed", id: "x" }), []);
});

test("a question that leaves or is edited leaves at once, and others with what is asked for then", () => {
  assert.deepEqual(heard({ kind: "removed", id: "mine" }), ["mine", "stirred"]);
  assert.deepEqual(heard({ kind: "edited", id: "mine", post: { id: "mine", source: "question" } }), ["mine", "stirred"]);
});

test("another history stirs it, an older one does not", () => {
  const feed = new QuestionFeed({ cursor: "e:5", shown: () => false });
  let stirred = 0;
  feed.addEventListener("stirred", () => (stirred += 1));
  assert.equal(feed.replace({ cursor: "e:4" }), false);
  assert.equal(feed.replace({ cursor: "f:1" }), true);
  assert.equal(stirred, 1);
  assert.equal(feed.cursor, "f:1");
});
