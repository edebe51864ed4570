// A list of entries as it is typed, one a line: how many there are, and what a file adds to it.

import { ngettext } from "./gettext.js";

/** The entries of a text, without blanks around them and without empty lines. */
export function entries(text) {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter(Boolean);
}

/** A number as the language of the page writes it. */
export function written(number) {
  return number.toLocaleString(globalThis.document?.documentElement.lang || "en");
}

/** How many entries a text has, in words; nothing for none. */
export function counted(text) {
  const number = entries(text).length;
  return number ? ngettext("%(num)s entry", "%(num)s entries", number, { num: written(number) }) : "";
}

/** The text with those entries of another that it does not have yet, and how many of them are new. */
export function joined(text, other) {
  const there = new Set(entries(text));
  const added = [...new Set(entries(other))].filter((entry) => !there.has(entry));
  const kept = text.replace(/\s+$/, "");
  return { text: [kept, ...added].filter(Boolean).join("\n"), added: added.length };
}
