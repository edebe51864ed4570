// The posts that are selected, to decide about all of them in one go.

export class Marked {
  #ids = new Set();
  #anchor = null; // where a range begins

  get size() {
    return this.#ids.size;
  }

  has(id) {
    return this.#ids.has(id);
  }

  /** Those of these posts that are selected. */
  among(posts) {
    return posts.filter(({ id }) => this.#ids.has(id));
  }

  /** Select a post, or no longer. */
  toggle(id, marked = !this.#ids.has(id)) {
    if (marked) this.#ids.add(id);
    else this.#ids.delete(id);
    this.#anchor = id;
  }

  /** Select everything from the post that was touched last to this one. */
  reach(posts, id) {
    const ends = [this.#anchor, id].map((end) => posts.findIndex((post) => post.id === end));
    if (ends.includes(-1)) this.toggle(id, true);
    else for (const post of posts.slice(Math.min(...ends), Math.max(...ends) + 1)) this.#ids.add(post.id);
    this.#anchor = id;
  }

  all(posts) {
    for (const { id } of posts) this.#ids.add(id);
  }

  clear() {
    this.#ids.clear();
    this.#anchor = null;
  }

  /** Forget what is not among these posts any more. Returns how many those are. */
  keep(posts) {
    const here = new Set(posts.map(({ id }) => id));
    const gone = [...this.#ids].filter((id) => !here.has(id));
    for (const id of gone) this.#ids.delete(id);
    return gone.length;
  }
}
