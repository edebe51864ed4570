// The curtain before the screens of an event, and which posts hang on one under it. Pure.
//
// "open" shows the wall, "frozen" what hung there at that moment, "blank" the event's title, "pinned" only pinned posts.

export const OPEN = Object.freeze({ kind: "open", since: null });

/** Whether a post of a snapshot came onto the wall after the screens were frozen. */
export function late({ kind, since }, post) {
  return kind === "frozen" && Boolean(post.late || (since && post.approved_at > since));
}

/** The posts of a feed ({posts, pinned, curtain}) that a screen may show, in their order. */
export function hung({ posts, pinned, curtain }) {
  if (curtain.kind === "blank") return [];
  if (curtain.kind === "pinned") return posts.filter((post) => pinned.includes(post.id));
  if (curtain.kind === "frozen") return posts.filter((post) => !post.late);
  return posts;
}

/** What of a change a screen under a drawn curtain takes in at once; null when it must start over from `hung`. */
export function under({ kind }, change) {
  if (kind === "open") return change;
  if (kind === "pinned") return change.added.length || change.changed.length ? null : change;
  const changed = kind === "frozen" ? change.changed.filter((post) => !post.late) : [];
  return { ...change, added: [], changed };
}
