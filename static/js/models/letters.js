// What a machine without some letters should be told, in words for the staff. Pure.

import { _ } from "./gettext.js";
import { allOf } from "./language.js";

const SIGNS = { Chinese: /\p{Script=Han}/u, Japanese: /[\p{Script=Hiragana}\p{Script=Katakana}]/u, Korean: /\p{Script=Hangul}/u };
const NAMES = { Chinese: _("Chinese"), Japanese: _("Japanese"), Korean: _("Korean") };

/**
 * Return what staff should do where posts on the wall are written in letters that this machine does not have, else "".
 * `missing` names the scripts, such as ["Korean"]; `posts` are {html}.
 */
export function lettersMissing(missing, posts) {
  const needed = missing.filter((script) => posts.some(({ html }) => SIGNS[script]?.test(html)));
  if (needed.length === 0) return "";
  return _("This machine has no letters for %(scripts)s: posts show boxes instead. Install Noto Sans CJK here.", { scripts: allOf(needed.map((script) => NAMES[script])) });
}
