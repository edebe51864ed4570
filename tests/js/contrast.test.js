// What is read from the back of a hall needs 7:1, in every theme and shade. The accent is held to it for any colour an event may choose.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { describe, test } from "node:test";

const CSS = new URL("../../static/css/", import.meta.url);
const TOKENS = readFileSync(new URL("tokens.css", CSS), "utf8");
const SHADES = { light: 0, dark: 1 };
const ENOUGH = 7;
const SHEETS = {
  "every page": "",
  ...Object.fromEntries(
    readdirSync(new URL("themes/", CSS)).map((name) => [name, readFileSync(new URL(`themes/${name}`, CSS), "utf8")]),
  ),
};

/** The shades that a theme has: those it says, or both. */
function shadesOf(sheet) {
  const only = /color-scheme: (dark|light);/.exec(sheet);
  return only ? [only[1]] : Object.keys(SHADES);
}

/** A colour of a theme, or of every page where the theme leaves it as it is. */
function raw(name, sheet, shade) {
  for (const css of [sheet, TOKENS]) {
    const match = new RegExp(`--raw-${name}: (?:light-dark\\((#\\w{6}), (#\\w{6})\\)|(#\\w{6}))`).exec(css);
    if (match) return parts(match[3] ?? match[SHADES[shade] + 1]);
  }
  throw new Error(`no colour ${name}`);
}

const parts = (colour) => [...colour.slice(1).matchAll(/../g)].map(([pair]) => parseInt(pair, 16) / 255);

const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

function luminance(rgb) {
  const [r, g, b] = rgb.map(linear);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

for (const [name, sheet] of Object.entries(SHEETS)) {
  for (const shade of shadesOf(sheet)) {
    describe(`in ${name}, ${shade}`, () => {
      for (const ground of ["ground", "card", "well"]) {
        const inks = ground === "well" ? ["ink", "ink-quiet"] : ["ink", "ink-quiet", "good", "bad", "warn"];
        for (const ink of inks) {
          test(`${ink} is read on ${ground}`, () => {
            const ratio = contrast(raw(ink, sheet, shade), raw(ground, sheet, shade));

            assert.ok(ratio >= ENOUGH, `${ratio.toFixed(2)}:1`);
          });
        }
      }
    });
  }
}

test("no theme sets its words in a colour that is not among those held to it", () => {
  for (const [name, sheet] of Object.entries(SHEETS)) {
    const set = [...sheet.matchAll(/^\s*color: ([^;]+);/gm)].map(([, value]) => value);

    assert.deepEqual(set.filter((value) => !/^var\(--color-(text|text-quiet|accent)\)$/.test(value)), [], name);
  }
});

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

for (const [name, sheet] of Object.entries(SHEETS)) {
  for (const shade of shadesOf(sheet)) {
    for (const ground of ["ground", "card"]) {
      test(`any accent is read on ${ground} in ${name}, ${shade}`, () => {
        const bound = shade === "light" ? "min" : "max";
        const limit = Number(new RegExp(`oklch\\(from var\\(--accent\\) ${bound}\\(l, ([\\d.]+)\\)`).exec(TOKENS)[1]);

        const ratio = worstAccent(limit, raw(ground, sheet, shade));

        assert.ok(ratio >= ENOUGH, `${ratio.toFixed(2)}:1 at ${limit}`);
      });
    }
  }
}
