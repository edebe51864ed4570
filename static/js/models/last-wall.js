// The last wall this screen showed, kept in the browser so that a reload without a server shows it again.

import { parseCursor } from "./cursor.js";

export class LastWall {
  #storage;
  #key;

  constructor(storage, slug) {
    this.#storage = storage;
    this.#key = `wall:${slug}`;
  }

  /** Keep a snapshot, with the cursor that its page was rendered with. A full or forbidden storage is no reason to stop. */
  keep(snapshot, pageCursor) {
    try {
      this.#storage?.setItem(this.#key, JSON.stringify({ ...snapshot, page: pageCursor }));
    } catch {
      this.forget();
    }
  }

  /**
   * Return the kept snapshot when it is newer than a page rendered at `pageCursor`, else null.
   * It is when it grew out of that same page (which then came from this browser's cache), or by its offset.
   */
  newerThan(pageCursor) {
    const kept = this.#read();
    if (!kept) return null;
    const { page, ...snapshot } = kept;
    const ours = parseCursor(pageCursor);
    const theirs = parseCursor(snapshot.cursor);
    const further = theirs.epoch !== null && theirs.epoch === ours.epoch && theirs.offset > ours.offset;
    return page === pageCursor || further ? snapshot : null;
  }

  forget() {
    try {
      this.#storage?.removeItem(this.#key);
    } catch {
      // Nothing was kept, then.
    }
  }

  #read() {
    try {
      const kept = JSON.parse(this.#storage?.getItem(this.#key) ?? "null");
      return Array.isArray(kept?.posts) && Array.isArray(kept.pinned) ? kept : null;
    } catch {
      return null;
    }
  }
}
