// The last wall this screen showed, kept in the browser so that a reload without a server shows it again.

import { parseCursor } from "./cursor.js";

const FEW_POSTS = 10;

export class LastWall {
  #storage;
  #key;

  constructor(storage, slug) {
    this.#storage = storage;
    this.#key = `wall:${slug}`;
  }

  /**
   * Keep a snapshot, with the cursor that its page was rendered with; returns whether there was room for all of it. Where
   * there is not, fewer posts are kept. What was kept before never stays: it may hold what has left the wall since.
   */
  keep(snapshot, pageCursor) {
    for (const count of [snapshot.posts.length, FEW_POSTS, 0]) {
      if (this.#set({ ...snapshot, posts: snapshot.posts.slice(0, count), page: pageCursor })) return count >= snapshot.posts.length;
      this.forget();
    }
    return false;
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

  #set(snapshot) {
    try {
      this.#storage?.setItem(this.#key, JSON.stringify(snapshot));
      return true;
    } catch {
      return false;
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
