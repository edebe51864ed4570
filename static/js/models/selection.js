// Which post is under decision. Only the person's own hand moves it on; a post that somebody else takes away stays
// under the hand until then.

export class Selection {
  #post = null;

  get id() {
    return this.#post?.id ?? null;
  }

  get post() {
    return this.#post;
  }

  /** Select this post, or nothing. */
  take(post) {
    this.#post = post ?? null;
  }

  /** Move by one, forwards (1) or backwards (-1), and stay at the ends. Returns whether it moved. */
  move(posts, step) {
    const next = step > 0 ? this.#after(posts) : this.#before(posts);
    if (next) this.#post = next;
    return Boolean(next);
  }

  /** Go on to the next post, else to the oldest that is left, else to nothing. */
  advance(posts) {
    this.#post = this.#after(posts) ?? posts.find(({ id }) => id !== this.id) ?? null;
  }

  /**
   * Take in what became of the posts. Returns what that means for the one under decision: "same", "changed" (its
   * author edited it), "gone" (somebody decided it), or "arrived" (there was none, now there is). Only one of `offered`
   * comes under decision by itself.
   */
  follow(posts, offered = posts) {
    if (!this.#post) {
      this.#post = offered[0] ?? null;
      return this.#post ? "arrived" : "same";
    }
    const now = posts.find(({ id }) => id === this.id);
    if (!now) return "gone";
    const changed = now.hash !== this.#post.hash;
    this.#post = now;
    return changed ? "changed" : "same";
  }

  // Internal

  #after(posts) {
    if (!this.#post) return posts[0];
    return posts.find(({ id, place }) => place > this.#post.place && id !== this.id);
  }

  #before(posts) {
    if (!this.#post) return posts.at(-1);
    return posts.findLast(({ id, place }) => place < this.#post.place && id !== this.id);
  }
}
