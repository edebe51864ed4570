// The reactions that a page offers, as its HTML says them. Pure.

const OFFERED = /(\w+):([^\s:]+):(.*?)(?=\s\w+:[^\s:]+:|$)/g;

/** What the page offers: “key:emoji:name” by blanks, which a name may have as well. */
export function readOffered(words) {
  return [...words.matchAll(OFFERED)].map(([, key, emoji, name]) => ({ key, emoji, name }));
}
