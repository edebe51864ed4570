import assert from "node:assert/strict";
import { test } from "node:test";

import { KeptState } from "../../static/js/models/kept-state.js";

const STATE = { ends_at: null, messages: [], questions: [{ id: "q" }], shown: [{ id: "a" }, { id: "b" }] };

function storage() {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
}

test("what was kept is there for the next page", () => {
  const place = storage();
  new KeptState(place, "stage:x").keep(STATE);

  assert.deepEqual(new KeptState(place, "stage:x").state, STATE);
  assert.equal(new KeptState(place, "stage:y").state, null);
});

test("a post that has left the wall is not kept", () => {
  const kept = new KeptState(storage(), "stage:x");
  kept.keep(STATE);

  kept.drop(["q", "a"]);

  assert.deepEqual([kept.state.questions, kept.state.shown], [[], [{ id: "b" }]]);
});

test("what is forgotten is gone", () => {
  const kept = new KeptState(storage(), "stage:x");
  kept.keep(STATE);

  kept.forget();

  assert.equal(kept.state, null);
});

for (const written of ["{", "null", "[]", '{"messages":[]}', '{"questions":[],"shown":[]}']) {
  test(`what is no state (${written}) is none`, () => {
    const place = storage();
    place.setItem("stage:x", written);

    assert.equal(new KeptState(place, "stage:x").state, null);
  });
}

test("a browser that keeps nothing stops nothing", () => {
  const full = { getItem: () => { throw new Error("no"); }, setItem: () => { throw new Error("full"); }, removeItem: () => { throw new Error("no"); } };

  for (const place of [full, null]) {
    const kept = new KeptState(place, "stage:x");
    kept.keep(STATE);
    kept.drop(["a"]);
    assert.equal(kept.state, null);
  }
});
