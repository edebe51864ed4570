// The wall as one page knows it: the posts, the pinned ones, and the cursor up to which that is true.
// Pure: frames in, one "change" out. It fetches nothing and touches no page.

import { Place } from "./place.js";

/**
 * Fires "change" with detail {added, changed, removed, reset}: posts, posts, ids, and whether to start over from
 * `posts`. A removed or changed post is told even when it is no longer kept here, since the page may still show it.
 */
export class Feed extends EventTarget {
  #place;
  #posts = new Map(); // by id, oldest first
  #pinned = []; // ids, newest pinned first
  #limit;

  constructor({ cursor = null, posts = [], pinned = null, limit = 40 } = {}) {
    super();
    this.#limit = limit;
    this.#take({ cursor, posts, pinned });
  }

  // Actions

  get cursor() {
    return this.#place.cursor;
  }

  /** The posts kept, newest first. */
  get posts() {
    return [...this.#posts.values()].reverse();
  }

  /** The ids of pinned posts, newest pinned first. */
  get pinned() {
    return [...this.#pinned];
  }

  /** What the server would call a snapshot, as far as this page knows. */
  get snapshot() {
    return { cursor: this.cursor, posts: this.posts, pinned: this.pinned };
  }

  /** Take in one frame of the stream, and say what its reader owes us: a Verdict. */
  receive(frame) {
    const change = { added: new Map(), changed: new Map(), removed: new Set() };
    const verdict = this.#place.follow(frame, (update) => this.#apply(update, change));
    this.#trim();
    if (change.added.size || change.changed.size || change.removed.size) {
      this.#tell({
        added: [...change.added.values()],
        changed: [...change.changed.values()],
        removed: [...change.removed],
      });
    }
    return verdict;
  }

  /** Start over from a snapshot. Returns false, and keeps what is here, when the snapshot is older than that. */
  replace(snapshot) {
    if (this.#place.isPast(snapshot.cursor)) return false;
    this.#take(snapshot);
    this.#tell({ reset: true });
    return true;
  }

  // Internal

  #take({ cursor, posts, pinned }) {
    this.#place = new Place(cursor);
    this.#pinned = pinned ? [...pinned] : posts.filter((post) => post.pinned).map((post) => post.id);
    this.#posts = new Map([...posts].reverse().map((post) => [post.id, post]));
    this.#trim();
  }

  #apply({ kind, id, post }, change) {
    const key = post?.id ?? id;
    if (kind === "removed") {
      this.#forget(key);
      if (!change.added.delete(key)) change.removed.add(key);
      change.changed.delete(key);
    } else if (post && kind !== "void") {
      this.#keep(kind, post, change);
    }
  }

  #keep(kind, post, change) {
    const known = this.#posts.has(post.id);
    const older = !known && kind !== "posted";
    if (kind === "pinned" || (post.pinned && !this.#pinned.includes(post.id))) {
      this.#pinned = [post.id, ...this.#pinned.filter((id) => id !== post.id)];
    }
    if (!post.pinned) this.#pinned = this.#pinned.filter((id) => id !== post.id);
    if (older && kind === "pinned") {
      this.#posts = new Map([[post.id, post], ...this.#posts]);
    } else if (!older) {
      this.#posts.set(post.id, post);
    }
    const joins = change.added.has(post.id) || (!known && !older && !change.removed.has(post.id));
    if (change.removed.delete(post.id)) change.changed.set(post.id, post);
    else (joins ? change.added : change.changed).set(post.id, post);
  }

  #forget(id) {
    this.#posts.delete(id);
    this.#pinned = this.#pinned.filter((other) => other !== id);
  }

  #trim() {
    for (const id of this.#posts.keys()) {
      if (this.#posts.size <= this.#limit) break;
      if (!this.#pinned.includes(id)) this.#posts.delete(id);
    }
  }

  #tell({ added = [], changed = [], removed = [], reset = false }) {
    this.dispatchEvent(new CustomEvent("change", { detail: { added, changed, removed, reset } }));
  }
}
