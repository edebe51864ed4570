import assert from "node:assert/strict";
import { test } from "node:test";

import { dwell, isMixed, wordCount, words } from "../../static/js/models/reading.js";

test("words are told by blanks and signs, small, with their marks and apostrophes", () => {
  assert.deepEqual(words("Don't panic — it's #PyConEx, नमस्ते!"), ["don't", "panic", "it's", "pyconex", "नमस्ते"]);
});

for (const [script, text, least, most] of [
  ["Chinese", "我们今天在会议上听到了非常有意思的演讲,谢谢大家", 9, 18],
  ["Japanese", "今日の発表はとても面白かったです。ありがとうございます", 9, 18],
  ["Thai", "วันนี้การบรรยายสนุกมากขอบคุณทุกคน", 6, 12],
]) {
  test(`${script} has words, though no blanks`, () => {
    const count = wordCount(text);

    assert.ok(count >= least && count <= most, String(count));
  });
}

test("signs and emojis are no words, and a word of 200 letters is no single one", () => {
  assert.equal(wordCount("😀 … !!! 🎉🎉"), 0);
  assert.equal(wordCount("W".repeat(200)), 17);
});

test("a text in two scripts is in two languages, one with a foreign name is not", () => {
  const found = ["Welcome everybody! Добро пожаловать!", "שלום לכולם, PyCon", "Plain English", ""].map(isMixed);

  assert.deepEqual(found, [true, false, false, false]);
});

test("a longer post is shown longer, within bounds; a picture and a second language take their time", () => {
  const times = [
    dwell({ words: 3 }),
    dwell({ words: 20 }),
    dwell({ words: 200 }),
    dwell({ words: 3, pictures: 2 }),
    dwell({ words: 20, languages: 2 }),
  ];

  assert.deepEqual(times, [6_000, 10_000, 20_000, 9_000, 13_000]);
});
