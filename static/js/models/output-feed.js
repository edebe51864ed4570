// What an output (an overlay, a stage view) hears of the public feed: that a post has left or changed, which holds at once,
// and that what it shows may be another by now, which it asks for. Pure.

import { Place } from "./place.js";

const LEAVES = ["removed", "void", "edited"];

/**
 * Fires "left" (detail {ids}) for posts that are gone or say something else now, "blanked" when moderators want nothing
 * seen, and "stirred" when there may be something else to show.
 */
export class OutputFeed extends EventTarget {
  #place;
  #concerned;
  #trueUpTo = null; // where its history ended, until what holds in the new one is known
  #held = []; // ids of the posts it shows by right
  #curtain = "open";

  /** `concerned(update)` says whether an update about a post that stays stirs it, too. */
  constructor({ cursor, concerned = () => true }) {
    super();
    this.#place = new Place(cursor);
    this.#concerned = concerned;
  }

  // Actions

  get cursor() {
    return this.#place.cursor;
  }

  /** What stands there by right, and up to which place of the feed, for whoever proves that nothing else does. */
  get truth() {
    return {
      cursor: this.#trueUpTo ?? this.cursor,
      posts: this.#held.map((id) => ({ id })),
      pinned: this.#held,
      curtain: { kind: this.#curtain },
    };
  }

  /** What was asked for came: these posts, under this kind of curtain. */
  hold(ids, curtain = "open") {
    this.#trueUpTo = null;
    this.#held = ids;
    this.#curtain = curtain;
  }

  receive(frame) {
    const left = new Set();
    let stirred = false;
    let blanked = false;
    const verdict = this.#place.follow(frame, (update) => {
      const id = update.post?.id ?? update.id;
      if (LEAVES.includes(update.kind)) left.add(id);
      blanked = update.curtain ? update.curtain.kind === "blank" : blanked;
      stirred ||= id === undefined || this.#concerned({ ...update, id });
    });
    this.#held = this.#held.filter((id) => !left.has(id));
    if (left.size) this.#tell("left", { ids: [...left] });
    if (blanked) this.#tell("blanked");
    if (stirred) this.#tell("stirred");
    return verdict;
  }

  /** Its history is another one: whatever happened meanwhile, it asks. */
  replace({ cursor, screen }) {
    if (this.#place.isPast(cursor)) return false;
    this.#trueUpTo ??= this.cursor;
    this.#place = new Place(cursor);
    if (screen?.curtain?.kind === "blank") this.#tell("blanked");
    this.#tell("stirred");
    return true;
  }

  // Internal

  #tell(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
