// Whether one colour can be read on another, after WCAG 2. Pure; the server has the last word by the same rule.

import { _ } from "./gettext.js";

export const READABLE = 7; // to one: what a hall needs

const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

/** The contrast of two colours `#rrggbb`, between 1 and 21. */
export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** What to say of words in one colour on another. */
export function verdict({ ink, ground, name, on }) {
  const ratio = contrast(ink, ground);
  const shown = (Math.floor(ratio * 10) / 10).toFixed(1);
  const good = ratio >= READABLE;
  const facts = { name, on, ratio: shown };
  if (good) return { good, words: _("%(name)s on %(on)s: %(ratio)s:1, readable.", facts) };
  const words =
    luminance(ground) < luminance("#767676")
      ? _("%(name)s on %(on)s: %(ratio)s:1, too little. Make it lighter.", facts)
      : _("%(name)s on %(on)s: %(ratio)s:1, too little. Make it darker.", facts);
  return { good, words };
}

function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((start) => linear(parseInt(colour.slice(start, start + 2), 16) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
