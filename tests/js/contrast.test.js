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

/** The luminance of an OKLCH colour, after Björn Ottosson's definition, clipped to what a display can show. */
function accentLuminance(lightness, chroma, degrees) {
  const a = chroma * Math.cos((degrees * Math.PI) / 180);
  const b = chroma * Math.sin((degrees * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const [red, green, blue] = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((value) => Math.min(1, Math.max(0, value)));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The lowest contrast of all accents, whose chroma the tokens cap, at this lightness against one ground. */
function worstAccent(lightness, ground) {
  const other = luminance(ground);
  const ratios = [0, 0.06, 0.12, 0.18].flatMap((chroma) =>
    Array.from({ length: 72 }, (_, step) => accentLuminance(lightness, chroma, step * 5)),
  ).map((accent) => (Math.max(accent, other) + 0.05) / (Math.min(accent, other) + 0.05));
  return Math.min(...ratios);
}

for (const [theme, bound] of [["light", "min"], ["dark", "max"]]) {
  for (const ground of ["ground", "card"]) {
    test(`any accent is read on ${ground} in the ${theme} theme`, () => {
      const limit = Number(new RegExp(`oklch\\(from var\\(--accent\\) ${bound}\\(l, ([\\d.]+)\\)`).exec(CSS)[1]);

      const ratio = worstAccent(limit, raw(ground, theme));

      assert.ok(ratio >= ENOUGH, `${ratio.toFixed(2)}:1 at ${limit}`);
    });
  }
}
