// Which parts of a page take the place of those that stand there, and what is said aloud of it. Pure.

/**
 * Return {parts: names of those whose html is another, say: words to say aloud, "" for none}.
 *
 * `before` and `after` are {said, …parts by name}; what is said is told when it is new, and never that nothing is.
 */
export function differing(before, after) {
  const names = Object.keys(after).filter((name) => name !== "said");
  return {
    parts: names.filter((name) => after[name] !== before[name]),
    say: after.said !== before.said ? after.said : "",
  };
}
