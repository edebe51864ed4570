// What a machine without some letters should be told, in words for the staff. Pure.

const SIGNS = { Chinese: /\p{Script=Han}/u, Japanese: /[\p{Script=Hiragana}\p{Script=Katakana}]/u, Korean: /\p{Script=Hangul}/u };

/**
 * Return what staff should do where posts on the wall are written in letters that this machine does not have, else "".
 * `missing` names the scripts, such as ["Korean"]; `posts` are {html}.
 */
export function lettersMissing(missing, posts) {
  const needed = missing.filter((script) => posts.some(({ html }) => SIGNS[script]?.test(html)));
  if (needed.length === 0) return "";
  return `This machine has no letters for ${listed(needed)}: posts show boxes instead. Install Noto Sans CJK here.`;
}

function listed(names) {
  return new Intl.ListFormat("en-GB").format(names);
}
