import assert from "node:assert/strict";
import { test } from "node:test";

import { OutputFeed } from "../../static/js/models/output-feed.js";

/** A feed at E:0 that shows “shown”, and what it told. */
function following() {
  const feed = new OutputFeed({ cursor: "E:0", concerned: ({ id }) => id === "shown" });
  const told = [];
  feed.addEventListener("left", ({ detail }) => told.push(`left ${detail.ids}`));
  feed.addEventListener("blanked", () => told.push("blanked"));
  feed.addEventListener("stirred", () => told.push("stirred"));
  return { feed, told };
}

const frame = (...updates) => ({
  type: "updates",
  cursor: `E:${updates.length}`,
  updates: updates.map((update, place) => ({ offset: place + 1, ...update })),
});

const CASES = [
  ["a removed post leaves before anything is asked", [{ kind: "removed", id: "shown" }], ["left shown", "stirred"]],
  ["one that says something else now leaves as well", [{ kind: "edited", id: "shown", post: { id: "shown" } }], ["left shown", "stirred"]],
  ["and so does one of which only the leaving is told", [{ kind: "void", id: "shown" }], ["left shown", "stirred"]],
  ["another post that leaves stirs nothing", [{ kind: "removed", id: "other" }], ["left other"]],
  ["a post that comes is none of its business", [{ kind: "posted", id: "new", post: { id: "new" } }], []],
  ["what is arranged anew is asked for", [{ kind: "arranged" }], ["stirred"]],
  ["a curtain is asked for", [{ kind: "curtained", curtain: { kind: "frozen" } }], ["stirred"]],
  ["where nothing is to be seen, nobody asks first", [{ kind: "curtained", curtain: { kind: "blank" } }], ["blanked", "stirred"]],
  ["a curtain that is drawn back at once blanks nothing", [{ kind: "curtained", curtain: { kind: "blank" } }, { kind: "curtained", curtain: { kind: "open" } }], ["stirred"]],
  ["several changes are asked for once", [{ kind: "arranged" }, { kind: "arranged" }], ["stirred"]],
  ["a kind that nobody knows yet and that is about no post is asked for", [{ kind: "dimmed" }], ["stirred"]],
];

for (const [name, updates, expected] of CASES) {
  test(name, () => {
    const { feed, told } = following();

    const verdict = feed.receive(frame(...updates));

    assert.deepEqual(told, expected);
    assert.equal(verdict, "current");
    assert.equal(feed.cursor, `E:${updates.length}`);
  });
}

test("over a hole nothing is told, and the snapshot is wanted", () => {
  const { feed, told } = following();

  const verdict = feed.receive({ type: "updates", cursor: "E:5", updates: [{ offset: 5, kind: "arranged" }] });

  assert.equal(verdict, "resync");
  assert.deepEqual(told, []);
});

test("after a snapshot it asks, since anything may have happened", () => {
  const { feed, told } = following();

  assert.equal(feed.replace({ cursor: "F:9", posts: [] }), true);

  assert.deepEqual(told, ["stirred"]);
  assert.equal(feed.cursor, "F:9");
});

test("a snapshot that is older than what is known changes nothing", () => {
  const { feed, told } = following();
  feed.receive(frame({ kind: "posted", id: "new", post: { id: "new" } }));

  assert.equal(feed.replace({ cursor: "E:0", posts: [] }), false);

  assert.deepEqual(told, []);
});

test("its truth is what was asked for last, without what left since", () => {
  const { feed } = following();
  feed.hold(["shown", "other"], "frozen");

  feed.receive(frame({ kind: "removed", id: "other" }));

  assert.deepEqual(feed.truth, { cursor: "E:1", posts: [{ id: "shown" }], pinned: ["shown"], curtain: { kind: "frozen" } });
});

test("in another history nothing is proven before what holds there is known", () => {
  const { feed } = following();
  feed.hold(["shown"]);

  feed.replace({ cursor: "F:9", posts: [] });
  const before = feed.truth.cursor;
  feed.hold([]);

  assert.deepEqual([before, feed.truth.cursor], ["E:0", "F:9"]);
});

test("a snapshot of a blanked wall blanks", () => {
  const { feed, told } = following();

  feed.replace({ cursor: "F:9", posts: [], screen: { curtain: { kind: "blank" } } });

  assert.deepEqual(told, ["blanked", "stirred"]);
});
