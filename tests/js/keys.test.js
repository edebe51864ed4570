import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { DECIDED_KEYS, MINE_KEYS, QUEUE_KEYS, REMOTE_KEYS, onward } from "../../static/js/models/keys.js";

const NAMES = { "↓": "ArrowDown", "↑": "ArrowUp", "→": "ArrowRight", "←": "ArrowLeft", Esc: "Escape" };

const template = (name) => readFileSync(new URL(`../../templates/moderate/${name}.html`, import.meta.url), "utf8");
const named = (key) => (key.startsWith("⇧") ? `⇧${named(key.slice(1))}` : (NAMES[key] ?? key.toLowerCase()));
const keysIn = (html) => [...html.matchAll(/<kbd>([^<]+)<\/kbd>/g)].map(([, key]) => named(key));

/** What a help lists: "key act" for each key of each row. */
function listed(html) {
  const rows = [...html.matchAll(/data-help="([a-z-]+)">(.*?)<\/dt>/g)];
  return rows.flatMap(([, act, row]) => keysIn(row).map((key) => `${key} ${act}`)).sort();
}

/** What a table binds, in the same words. */
const bound = (keys) => Object.entries(keys).map(([key, { act }]) => `${key} ${act}`).sort();

const [common, inList] = template("_frame").split("help__part");

for (const [page, keys] of [["moderate", QUEUE_KEYS], ["decided", DECIDED_KEYS]]) {
  test(`the help of the page ${page} lists every key that does something there, and no other`, () => {
    const written = [...listed(template(page)), ...listed(common)].sort();

    assert.deepEqual(written, bound(keys));
  });

  test(`the keys on the buttons of the page ${page} are those that press them`, () => {
    const buttons = [...template(page).matchAll(/<button[^>]*data-act="([a-z-]+)"[^>]*>.*?<kbd>(.)<\/kbd>/g)];
    const wrong = buttons.filter(([, act, key]) => keys[named(key)]?.act !== act);

    assert.notEqual(buttons.length, 0);
    assert.deepEqual(wrong.map(([, act]) => act), []);
  });
}

test("the help of the list of one's own decisions lists every key that does something there, and no other", () => {
  assert.deepEqual(listed(inList), bound(MINE_KEYS));
});

test("in a page that is read from right to left, the arrow to the left goes on", () => {
  const acts = (direction) => ["ArrowLeft", "ArrowRight"].map((key) => REMOTE_KEYS[onward(key, direction)].act);

  assert.deepEqual(acts("ltr"), ["back", "next"]);
  assert.deepEqual(acts("rtl"), ["next", "back"]);
});

test("the sign for a key turns with it, and other keys do not", () => {
  assert.deepEqual(["→", "←", "↓", "J"].map((sign) => onward(sign, "rtl")), ["←", "→", "↓", "J"]);
});
