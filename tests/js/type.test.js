// How words are set on screens: what the sheets may not say, whatever theme is worn.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const CSS = new URL("../../static/css/", import.meta.url);
const THEMES = readdirSync(new URL("themes/", CSS)).map((name) => `themes/${name}`);
const FADES = "overload.css"; // a line that comes and goes by itself
const PARTS = readdirSync(new URL("screen/", CSS)).filter((name) => name !== FADES).map((name) => `screen/${name}`);
const SCREEN = ["screen.css", ...PARTS, ...THEMES];
const read = (name) => readFileSync(new URL(name, CSS), "utf8");

for (const name of SCREEN) {
  test(`${name} sets nothing in italics or capitals, and nothing thin`, () => {
    const css = read(name);
    const weights = [...css.matchAll(/font-weight: (\d+)/g)].map(([, weight]) => Number(weight));

    assert.doesNotMatch(css, /font-style: (italic|oblique)|text-transform: uppercase|small-caps/);
    assert.deepEqual(weights.filter((weight) => weight < 500), []);
  });

  test(`${name} moves nothing by itself`, () => {
    assert.doesNotMatch(read(name), /@keyframes|(^|\s)animation:|animation-name|(^|\s)transition:/);
  });
}

test("a change fades in no more than 400 ms, and not at all where motion is not wanted", () => {
  const tokens = read("tokens.css");
  const [usual, reduced] = [...tokens.matchAll(/--fade: (\d+)ms/g)].map(([, length]) => Number(length));

  assert.ok(usual > 0 && usual <= 400);
  assert.equal(reduced, 0);
});

test("every font that a theme names is shipped", () => {
  const shipped = new Set([...read("fonts.css").matchAll(/font-family: "([^"]+)"/g)].map(([, family]) => family));
  const named = THEMES.flatMap((name) => [...read(name).matchAll(/--font-first: "([^"]+)"/g)].map(([, family]) => family));

  assert.ok(named.length > 0);
  assert.deepEqual(named.filter((family) => !shipped.has(family)), []);
});
