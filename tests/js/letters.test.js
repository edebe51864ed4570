import assert from "node:assert/strict";
import { test } from "node:test";

import { lettersMissing } from "../../static/js/models/letters.js";

const posts = [{ html: "<p>Trams run again</p>" }, { html: "<p>電車が来た</p>" }];

test("a machine that has no letters for what is written on the wall says so", () => {
  assert.match(lettersMissing(["Chinese", "Japanese", "Korean"], posts), /no letters for Chinese and Japanese: .*Noto Sans CJK/u);
});

test("letters that nobody wrote with are not missed", () => {
  assert.equal(lettersMissing(["Korean"], posts), "");
  assert.equal(lettersMissing(["Japanese"], posts.slice(0, 1)), "");
});

test("nothing is said where no letters are missing, nor of a script that is not known", () => {
  assert.equal(lettersMissing([], posts), "");
  assert.equal(lettersMissing(["Klingon"], posts), "");
});
