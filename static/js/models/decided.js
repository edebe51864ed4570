// The posts of a page that are decided already: how each stands now, what can still be decided, and what came since.

export class Decided {
  #status; // that of the page
  #posts; // by id, in the order of the page
  #held = new Set(); // ids of posts decided here, until the server tells of it
  #newer = new Set(); // ids of posts that belong here, and came after the page
  #changed; // ids of posts that stand otherwise than they were drawn

  constructor(status, posts) {
    this.#status = status;
    this.#posts = new Map(posts.map((post) => [post.id, post]));
    this.#changed = new Set(this.#posts.keys());
  }

  get(id) {
    return this.#posts.get(id);
  }

  values() {
    return [...this.#posts.values()];
  }

  /** The post that stands so many places after this one; undefined beyond either end. */
  beside({ id }, step) {
    const posts = this.values();
    return posts[posts.findIndex((post) => post.id === id) + step];
  }

  /** The posts that still stand as the page says, and about which nothing is on its way. */
  get decidable() {
    return this.values().filter((post) => this.isDecidable(post));
  }

  isDecidable(post) {
    return post?.status === this.#status && !this.#held.has(post.id);
  }

  isHeld(id) {
    return this.#held.has(id);
  }

  /** How many belong here that the page does not have. */
  get newer() {
    return this.#newer.size;
  }

  /** Until the server has told how the post stands now, nothing else is decided about it here. */
  hold(id) {
    this.#held.add(id);
    this.#changed.add(id);
  }

  free(id) {
    if (this.#held.delete(id)) this.#changed.add(id);
  }

  /**
   * Take in what the server tells: `now` is the post as it stands, null where it came with no card, and `wanted` says
   * whether the page's filter lets it in. Returns the post that was `before` and whether it was decided here (`mine`);
   * null when nothing changed on the page.
   */
  follow({ id, status, was }, now, wanted) {
    const before = this.#posts.get(id);
    if (!before) {
      if (now && status === this.#status && was !== status && wanted(now)) this.#newer.add(id);
      else this.#newer.delete(id);
      return null;
    }
    if (!now || now.version < before.version) return null;
    // Of the same version only what it answers may stand otherwise; what is decided here is told in a moment.
    const isSame = now.version === before.version;
    if (isSame && (now.tie === before.tie || this.#held.has(id))) return null;
    this.#posts.set(id, now);
    this.#changed.add(id);
    return { before, mine: !isSame && this.#held.delete(id) };
  }

  /** The posts that stand otherwise than when this was asked before; at first, all. */
  redrawn() {
    const posts = [...this.#changed].map((id) => this.#posts.get(id)).filter(Boolean);
    this.#changed.clear();
    return posts;
  }
}
