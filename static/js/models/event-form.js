// What an organiser's words become: the same rules as the server's, which has the last word.

import { _ } from "./gettext.js";

const SEPARATORS = /[\s,;#＃﹟、，،؛；]+/u;
const LONGEST_SLUG = 40;

/** Return the hashtags typed into one field, each with its #, in the order they stand. */
export function hashtags(text) {
  return [...new Set(text.split(SEPARATORS).filter(Boolean))].map((tag) => `#${tag}`);
}

/** Return hashtags as they are read aloud: “#a, #b or #c”. */
export function listed(tags) {
  if (tags.length < 2) return tags.join("");
  const before = tags.slice(0, -1).reduce((before, last) => _("%(before)s, %(last)s", { before, last }));
  return _("%(before)s or %(last)s", { before, last: tags.at(-1) });
}

/** Return the address an event of this title might have; "" when nothing of it can stand in one. */
export function slug(title) {
  const plain = title.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f]/g, "");
  return plain.replace(/[^a-z0-9]+/g, "-").slice(0, LONGEST_SLUG).replace(/^-+|-+$/g, "");
}
