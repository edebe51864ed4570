// What is read from the back of a hall needs 7:1, in both themes. The accent is held to it for any colour an event may choose.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

const CSS = readFileSync(new URL("../../static/css/tokens.css", import.meta.url), "utf8");
const THEMES = { light: 0, dark: 1 };
const ENOUGH = 7;

function raw(name, theme) {
  const match = new RegExp(`--raw-${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(CSS);
  return [...match[THEMES[theme] + 1].slice(1).matchAll(/../g)].map(([pair]) => parseInt(pair, 16) / 255);
}

const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

function luminance(rgb) {
  const [r, g, b] = rgb.map(linear);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

for (const theme of Object.keys(THEMES)) {
  describe(`in the ${theme} theme`, () => {
    for (const ground of ["ground", "card"]) {
      for (const ink of ["ink", "ink-quiet", "good", "bad", "warn"]) {
        test(`${ink} is read on ${ground}`, () => {
          const ratio = contrast(raw(ink, theme), raw(ground, theme));

          assert.ok(ratio >= ENOUGH, `${ratio.toFixed(2)}:1`);
        });
      }
    }
  });
}
