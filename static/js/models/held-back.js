// Which new posts a reader has not let in yet. Pure: the page says whether the reader is at the top and wants them.

import { ngettext } from "./gettext.js";

export class HeldBack {
  #posts = new Map(); // by id, oldest first
  #paused = false;
  #atTop = true;

  // Actions

  get count() {
    return this.#posts.size;
  }

  get open() {
    return this.#atTop && !this.#paused;
  }

  set paused(paused) {
    this.#paused = paused;
  }

  get paused() {
    return this.#paused;
  }

  set atTop(atTop) {
    this.#atTop = atTop;
  }

  /** Return the posts to show now, oldest first; the others are held back. */
  arrive(posts) {
    for (const post of posts) this.#posts.set(post.id, post);
    return this.open ? this.release() : [];
  }

  /** A held post takes another form. Returns whether it was held. */
  change(post) {
    if (!this.#posts.has(post.id)) return false;
    this.#posts.set(post.id, post);
    return true;
  }

  remove(id) {
    return this.#posts.delete(id);
  }

  /** Return all that was held back, oldest first, and hold nothing. */
  release() {
    const posts = [...this.#posts.values()];
    this.#posts.clear();
    return posts;
  }
}

/** Say how many, as on the button and to a screen reader. */
export function newPosts(count) {
  return ngettext("%(num)s new post", "%(num)s new posts", count);
}
