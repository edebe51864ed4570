// What of a list has to be drawn anew: pieces are told apart by a key, and compared as the server wrote them.

/**
 * `before` maps each key in the page to what the server wrote then, `after` is what it writes now, [{key, html}] in order.
 * Returns {changed, added, removed}: pieces to put in place, to append, and keys to take away.
 */
export function patches(before, after) {
  const keys = new Set(after.map(({ key }) => key));
  return {
    changed: after.filter(({ key, html }) => before.has(key) && before.get(key) !== html),
    added: after.filter(({ key }) => !before.has(key)),
    removed: [...before.keys()].filter((key) => !keys.has(key)),
  };
}

/** How long to wait until asking again: never all at the same moment, and longer while nothing is new. */
export function pause(quiet, { least, most, random }) {
  return Math.min(most, least * 1.3 ** Math.min(quiet, 20)) * (0.75 + random() / 2);
}
