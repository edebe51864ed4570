// Where a reader stands in a feed, and what it is owed when the server speaks of another place.

import { formatCursor, parseCursor } from "./cursor.js";

export const Verdict = Object.freeze({
  CURRENT: "current", // everything said so far is here
  BEHIND: "behind", // the server is further than we are: ask again from our cursor
  RESYNC: "resync", // our history is not the server's: fetch the snapshot
});

export class Place {
  #epoch;
  #offset;

  constructor(cursor) {
    ({ epoch: this.#epoch, offset: this.#offset } = parseCursor(cursor));
  }

  get cursor() {
    return formatCursor({ epoch: this.#epoch, offset: this.#offset });
  }

  /** Tell whether something as of `cursor` is older than what is known here. */
  isPast(cursor) {
    const theirs = parseCursor(cursor);
    return theirs.epoch !== null && theirs.epoch === this.#epoch && theirs.offset < this.#offset;
  }

  /** Hand each update of a frame that is new to `apply`, in order and never over a hole. Returns a Verdict. */
  follow(frame, apply) {
    if (frame.type === "resync") return Verdict.RESYNC;
    const theirs = parseCursor(frame.cursor);
    if (theirs.epoch === null || theirs.epoch !== this.#epoch) return Verdict.RESYNC;
    if (frame.type === "hello") return theirs.offset < this.#offset ? Verdict.RESYNC : Verdict.CURRENT;
    for (const update of frame.updates ?? []) {
      if (update.offset <= this.#offset) continue;
      if (update.offset !== this.#offset + 1) return Verdict.RESYNC;
      this.#offset = update.offset;
      apply(update);
    }
    return theirs.offset > this.#offset ? Verdict.BEHIND : Verdict.CURRENT;
  }
}
