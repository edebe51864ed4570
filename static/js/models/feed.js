// The wall as one page knows it: the posts, the pinned ones, and the cursor up to which that is true.
// Pure: frames in, one "change" out. It fetches nothing and touches no page.

import { OPEN, late } from "./curtain.js";
import { Place } from "./place.js";

/**
 * Fires "change" with detail {added, changed, removed, reset, curtain}: posts, posts, ids, whether to start over from
 * `posts`, and whether the curtain before the screens is another one. A removed or changed post is told even when it is
 * no longer kept here, since the page may still show it. Fires "arranged" with
 * detail {what} when something else is to be asked for anew: names, empty for what screens run.
 */
export class Feed extends EventTarget {
  #place;
  #posts = new Map(); // by id, oldest first
  #pinned = []; // ids, newest pinned first
  #curtain = OPEN;
  #limit;

  constructor({ cursor = null, posts = [], pinned = null, screen = null, limit = 40 } = {}) {
    super();
    this.#limit = limit;
    this.#take({ cursor, posts, pinned, screen });
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

  /** What moderators have drawn before the screens: {kind, since}. Viewers from afar are not concerned. */
  get curtain() {
    return this.#curtain;
  }

  /** What the server would call a snapshot, as far as this page knows. */
  get snapshot() {
    return { cursor: this.cursor, posts: this.posts, pinned: this.pinned, screen: { curtain: this.#curtain } };
  }

  /** Take in one frame of the stream, and say what its reader owes us: a Verdict. */
  receive(frame) {
    const change = { added: new Map(), changed: new Map(), removed: new Set(), arranged: new Set() };
    const before = this.#curtain.kind;
    const verdict = this.#place.follow(frame, (update) => this.#apply(update, change));
    this.#trim();
    const curtain = this.#curtain.kind !== before;
    if (change.arranged.size) this.dispatchEvent(new CustomEvent("arranged", { detail: { what: [...change.arranged] } }));
    if (change.added.size || change.changed.size || change.removed.size || curtain) {
      this.#tell({
        added: [...change.added.values()],
        changed: [...change.changed.values()],
        removed: [...change.removed],
        curtain,
      });
    }
    return verdict;
  }

  /** Start over from a snapshot. Returns false, and keeps what is here, when the snapshot is older than that. */
  replace(snapshot) {
    if (this.#place.isPast(snapshot.cursor)) return false;
    const before = this.#curtain.kind;
    this.#take(snapshot);
    this.#tell({ reset: true, curtain: this.#curtain.kind !== before });
    return true;
  }

  // Internal

  #take({ cursor, posts, pinned, screen }) {
    this.#curtain = screen?.curtain ?? OPEN;
    this.#place = new Place(cursor);
    this.#pinned = pinned ? [...pinned] : posts.filter((post) => post.pinned).map((post) => post.id);
    this.#posts = new Map([...posts].reverse().map((post) => [post.id, this.#dated(post)]));
    this.#trim();
  }

  #apply({ kind, id, post, curtain, what }, change) {
    if (kind === "curtained") {
      this.#draw(curtain);
      return;
    }
    if (kind === "arranged") {
      change.arranged.add(what ?? "");
      return;
    }
    const key = post?.id ?? id;
    if (kind === "removed") {
      this.#forget(key);
      if (!change.added.delete(key)) change.removed.add(key);
      change.changed.delete(key);
    } else if (post && kind !== "void") {
      this.#keep(kind, this.#curtain.kind === "frozen" ? this.#marked(post, kind) : post, change);
    }
  }

  #draw(curtain) {
    this.#curtain = curtain;
    for (const post of this.#posts.values()) delete post.late;
  }

  /** A post as it stands while the screens are frozen: late if it came onto the wall since, or was late before. */
  #marked(post, kind) {
    const isLate = kind === "posted" || this.#posts.get(post.id)?.late;
    return isLate ? { ...post, late: true } : post;
  }

  #dated(post) {
    return late(this.#curtain, post) ? { ...post, late: true } : post;
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

  #tell({ added = [], changed = [], removed = [], reset = false, curtain = false }) {
    this.dispatchEvent(new CustomEvent("change", { detail: { added, changed, removed, reset, curtain } }));
  }
}
