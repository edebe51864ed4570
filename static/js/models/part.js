// Which posts of a wall hang on one of several screens that stand side by side. Pure: each screen knows it for itself.

export const WHOLE = Object.freeze({ of: 1, nth: 1 });

/** Whether a post hangs on the `nth` of so many screens: the pinned one on the first, every other where its id falls. */
export function hangsHere(id, { of, nth } = WHOLE, pinnedId = null) {
  if (of <= 1) return true;
  return nth === (id === pinnedId ? 1 : 1 + (spread(id) % of));
}

/** A number for an id, spread evenly (FNV-1a, its upper half folded in). */
function spread(id) {
  let sum = 0x811c9dc5;
  for (const sign of id) sum = Math.imul(sum ^ sign.codePointAt(0), 0x01000193) >>> 0;
  return (sum ^ (sum >>> 16)) >>> 0;
}
