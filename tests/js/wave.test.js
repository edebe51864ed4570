import assert from "node:assert/strict";
import { test } from "node:test";

import { Beside } from "../../static/js/models/beside.js";
import { dueWords, holdingWords } from "../../static/js/models/modes.js";
import { ASIDE_MS, WaveNotice } from "../../static/js/models/wave.js";

const NOW = 1_000_000;
const WAVE = { waves: [{ what: "arrivals", number: 42, usual: 3 }] };

test("a wave is said until it is over", () => {
  const notice = new WaveNotice();
  notice.hear(WAVE);
  assert.deepEqual(notice.words(NOW), ["42 posts came in the last minute; 3 would be usual."]);
  notice.hear({ waves: [] });
  assert.deepEqual(notice.words(NOW), []);
});

test("rejections have words of their own, and nothing usual is said as such", () => {
  const notice = new WaveNotice();
  notice.hear({ waves: [{ what: "rejections", number: 12, usual: 0 }, { what: "arrivals", number: 20, usual: 0 }] });
  assert.deepEqual(notice.words(NOW), [
    "12 of the last five minutes’ posts were rejected; none would be usual.",
    "20 posts came in the last minute; hardly any would be usual.",
  ]);
});

test("put aside, it is silent for ten minutes, across pages", () => {
  const notice = new WaveNotice();
  notice.hear(WAVE);
  const asideUntil = notice.putAside(NOW);
  const reloaded = new WaveNotice({ asideUntil });
  reloaded.hear(WAVE);
  assert.deepEqual(notice.words(NOW + ASIDE_MS - 1), []);
  assert.deepEqual(reloaded.words(NOW + ASIDE_MS - 1), []);
  assert.equal(reloaded.words(NOW + ASIDE_MS).length, 1);
});

test("a countdown is told in seconds, never below one before its time, and as stopped when it is", () => {
  assert.equal(dueWords(29_001, true), "On the wall in 30 s");
  assert.equal(dueWords(1, true), "On the wall in 1 s");
  assert.equal(dueWords(0, true), "Going on the wall");
  assert.equal(dueWords(29_001, false), "Stopped: it waits for you");
});

test("who chose a mode and until when is said as far as it is known", () => {
  assert.equal(holdingWords({ until_words: null, by: null }), "");
  assert.equal(holdingWords({ until_words: "14:30", by: null }), "until 14:30, then as planned");
  assert.equal(holdingWords({ until_words: "14:30", by: "Mia" }), "chosen by \u2068Mia\u2069, until 14:30, then as planned");
});

test("what is beside the log does not reach the feed behind it", () => {
  const received = [];
  const beside = new Beside({ cursor: "e:1", receive: (frame) => received.push(frame.type), replace: () => true });
  const heard = [];
  for (const kind of ["modes", "alarm"]) beside.addEventListener(kind, ({ detail }) => heard.push(detail.type));
  for (const type of ["modes", "updates", "alarm", "beat"]) beside.receive({ type });
  assert.deepEqual([heard, received, beside.cursor], [["modes", "alarm"], ["updates", "beat"], "e:1"]);
});
