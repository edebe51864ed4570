import assert from "node:assert/strict";
import { test } from "node:test";

import { Decisions } from "../../static/js/models/decisions.js";
import { KeptDecisions } from "../../static/js/models/kept-decisions.js";

const NOW = 10 * 24 * 60 * 60 * 1_000;
const post = (id, more = {}) => ({ id, version: 1, hash: `h-${id}`, status: "waiting", name: "Alice", words: "Hi", ...more });
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** The browser's storage. */
class Storage {
  #values = new Map();
  get length() {
    return this.#values.size;
  }
  key(index) {
    return [...this.#values.keys()][index];
  }
  getItem(key) {
    return this.#values.get(key) ?? null;
  }
  setItem(key, value) {
    this.#values.set(key, value);
  }
  removeItem(key) {
    this.#values.delete(key);
  }
}

let drawn = 0;

/** A page of the desk, over a network that is away until `answers`. */
function page(storage, { desk = "one", person = "mia", answers = false } = {}) {
  const asked = [];
  const kept = new KeptDecisions({ storage, event: "conf", person, desk });
  const decisions = new Decisions({
    send: async (body) => {
      asked.push(body);
      return answers ? { status: 200, body: { id: body.post, status: "approved", version: body.version + 1 } } : { status: 0, body: null };
    },
    keep: (records) => kept.keep(records),
    drawId: () => `d${(drawn += 1)}`,
    environment: { setTimeout: () => 1, clearTimeout: () => {}, random: () => 1, now: () => NOW + drawn },
  });
  return { decisions, kept, asked, restore: () => decisions.restore(kept.takeOver(NOW)) };
}

test("what a page could not send is sent by the next one, in order, with the same ids", async () => {
  const storage = new Storage();
  const closed = page(storage);
  const ids = ["a", "b", "c"].map((id) => closed.decisions.decide(post(id), "approve").id);
  await settle();

  const next = page(storage, { desk: "two", answers: true });
  next.restore();
  await settle();

  assert.deepEqual(next.asked.map(({ id, post: of }) => [id, of]), ids.map((id, index) => [id, "abc"[index]]));
  assert.equal(storage.length, 0);
});

test("what was answered is not kept", async () => {
  const storage = new Storage();
  const { decisions } = page(storage, { answers: true });

  decisions.decide(post("a"), "approve");
  await settle();

  assert.equal(storage.length, 0);
});

test("an undo kept with its decision still follows that decision", async () => {
  const storage = new Storage();
  const closed = page(storage);
  closed.decisions.decide(post("a"), "approve");
  await settle();
  closed.decisions.undo();

  const next = page(storage, { desk: "two", answers: true });
  next.restore();
  await settle();

  assert.deepEqual(next.asked.map(({ kind, version }) => [kind, version]), [["approve", 1], ["undo", 2]]);
});

test("an undo whose decision was answered before is sent with the version that was answered", async () => {
  const storage = new Storage();
  const first = page(storage, { answers: true });
  const decision = first.decisions.decide(post("a"), "approve");
  await settle();
  storage.setItem("decisions:conf:mia:one", JSON.stringify([{ id: "u1", at: NOW, kind: "undo", after: decision.id, post: post("a", { version: 2 }) }]));

  const next = page(storage, { desk: "two", answers: true });
  next.restore();
  await settle();

  assert.deepEqual(next.asked.map(({ id, kind, version }) => [id, kind, version]), [["u1", "undo", 2]]);
});

test("two pages left behind are taken over together, each decision once", async () => {
  const storage = new Storage();
  for (const [desk, id] of [["one", "a"], ["two", "b"]]) page(storage, { desk }).decisions.decide(post(id), "approve");
  storage.setItem("decisions:conf:mia:copy", storage.getItem("decisions:conf:mia:one"));

  const next = page(storage, { desk: "three", answers: true });
  const restored = next.restore();

  assert.deepEqual(restored.map(({ post: { id } }) => id), ["a", "b"]);
});

test("nobody sends what somebody else decided, or what was decided days ago", () => {
  const storage = new Storage();
  page(storage).decisions.decide(post("a"), "approve");
  const old = { id: "old", at: NOW - 3 * 24 * 60 * 60 * 1_000, kind: "approve", after: null, post: post("b") };
  storage.setItem("decisions:conf:max:old", JSON.stringify([old]));

  assert.deepEqual(page(storage, { person: "max", desk: "two" }).restore(), []);
});

for (const nonsense of ["", "{", "null", "[1, null, {}]", '[{"id":1,"kind":"approve","at":1,"post":{"id":"a"}}]']) {
  test(`what is no list of decisions is passed over: ${nonsense}`, () => {
    const storage = new Storage();
    storage.setItem("decisions:conf:mia:x", nonsense);

    assert.deepEqual(page(storage).restore(), []);
  });
}

test("without a storage, leaving the page would lose what is unsent", async () => {
  const { decisions } = page(null);
  decisions.decide(post("a"), "approve");
  await settle();
  const safe = page(new Storage()).decisions;
  safe.decide(post("a"), "approve");
  await settle();

  assert.deepEqual([decisions.losable, safe.losable], [true, false]);
});

test("a restored decision can be found and taken back", async () => {
  const storage = new Storage();
  const { id } = page(storage).decisions.decide(post("a"), "approve");
  const next = page(storage, { desk: "two", answers: true });
  next.restore();
  await settle();

  const { undone, decision } = next.decisions.undo(next.decisions.find(id));

  assert.deepEqual([undone.id, decision.kind], [id, "undo"]);
});

test("a decision that an earlier page took is taken back as the server says that the post stands", async () => {
  const { decisions, asked } = page(new Storage(), { answers: true });

  decisions.undoEarlier(post("a", { version: 5 }));
  await settle();

  assert.deepEqual(asked.map(({ kind, version, hash }) => [kind, version, hash]), [["undo", 5, "h-a"]]);
  assert.equal(decisions.last, null);
});
