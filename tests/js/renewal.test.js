import assert from "node:assert/strict";
import { test } from "node:test";

import { Renewal } from "../../static/js/helpers/renewal.js";

const MINUTE = 60_000;

/** A screen of version 1 whose server serves pages of `pages.version`, and a clock that `pass(ms)` moves. */
function screen({ version = "1", storage = memory() } = {}) {
  const pages = { version: "2", status: 200 };
  const timers = new Map();
  const state = { now: 0, reloads: 0, busy: false, asked: 0 };
  let number = 0;
  const environment = {
    now: () => state.now,
    random: () => 0.5,
    setTimeout: (action, pause) => timers.set((number += 1), { action, at: state.now + pause }) && number,
    clearTimeout: (id) => timers.delete(id),
    reload: () => (state.reloads += 1),
    base: "http://wall.example/hall/screen",
    fetch: async (_, { cache }) => {
      assert.equal(cache, "no-store");
      state.asked += 1;
      if (!pages.status) throw new TypeError("no network");
      return { status: pages.status, text: async () => `<main data-look="x" data-version="${pages.version}">` };
    },
  };
  const renewal = new Renewal({ version, storage, busy: () => state.busy, environment });
  const pass = async (ms) => {
    const end = state.now + ms;
    for (;;) {
      const [id, next] = [...timers].filter(([, { at }]) => at <= end).sort((a, b) => a[1].at - b[1].at)[0] ?? [];
      if (!next) break;
      timers.delete(id);
      state.now = Math.max(state.now, next.at);
      next.action();
      await new Promise(setImmediate);
    }
    state.now = end;
  };
  return { renewal, pages, state, pass, storage };
}

function memory() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

test("another version is loaded once, within a minute and not at once", async () => {
  const { renewal, state, pass } = screen();
  renewal.hear("2");
  await pass(29_000);
  assert.equal(state.reloads, 0);

  await pass(MINUTE);
  renewal.hear("2");
  await pass(10 * MINUTE);

  assert.equal(state.reloads, 1);
});

test("a page that cannot be had, or is still the old one, is waited for", async () => {
  const { renewal, pages, state, pass } = screen();
  pages.status = 0;
  renewal.hear("2");
  await pass(5 * MINUTE);
  Object.assign(pages, { status: 502 });
  await pass(5 * MINUTE);
  Object.assign(pages, { status: 200, version: "1" });
  await pass(5 * MINUTE);
  assert.equal(state.reloads, 0);

  pages.version = "2";
  await pass(MINUTE);

  assert.equal(state.reloads, 1);
});

test("what somebody wants seen is not disturbed, for a quarter of an hour", async () => {
  const { renewal, state, pass } = screen();
  state.busy = true;
  renewal.hear("2");
  await pass(14 * MINUTE);
  assert.deepEqual([state.reloads, state.asked], [0, 0]);

  await pass(3 * MINUTE);

  assert.equal(state.reloads, 1);
});

test("two servers that say two versions do not have a screen load for ever", async () => {
  const one = screen();
  one.renewal.hear("2");
  await one.pass(2 * MINUTE);
  const two = screen({ version: "2", storage: one.storage });
  two.pages.version = "1";
  two.renewal.hear("1");
  await two.pass(2 * MINUTE);

  const three = screen({ storage: one.storage });
  three.renewal.hear("2");
  await three.pass(10 * MINUTE);

  assert.deepEqual([one.state.reloads, two.state.reloads, three.state.reloads], [1, 1, 0]);
});

test("a server that is put back before the time has come leaves the page as it is", async () => {
  const { renewal, state, pass } = screen();
  renewal.hear("2");

  renewal.hear("1");
  await pass(10 * MINUTE);

  assert.equal(state.reloads, 0);
});

test("without anywhere to note what was tried, nothing is loaded by itself", async () => {
  const { renewal, state, pass } = screen({ storage: null });
  renewal.hear("2");
  await pass(10 * MINUTE);

  assert.equal(state.reloads, 0);
});

test("somebody who asks has the page loaded anew, whatever is seen and whichever version there is", async () => {
  const { renewal, pages, state, pass } = screen({ storage: null });
  Object.assign(pages, { version: "1" });
  state.busy = true;

  renewal.call(20);
  await pass(9_000);
  assert.equal(state.reloads, 0);
  await pass(2_000);

  assert.equal(state.reloads, 1);
});

test("whoever asked while there is no server is not served much later", async () => {
  const { renewal, pages, state, pass } = screen();
  pages.status = 0;
  renewal.call(0);
  await pass(5 * MINUTE);

  pages.status = 200;
  await pass(60 * MINUTE);

  assert.equal(state.reloads, 0);
});
