// Which of several posts with the same picture shows it: the one that came first, then the next. Pure.

export class Once {
  #posts = new Map(); // picture → the posts that have it, who shows it first
  #pictures = new Map(); // id of a post → its picture

  /** Take in a post as it stands; tells whether it is the one that shows this picture. */
  take(post, picture) {
    if (this.#pictures.has(post.id) && this.#pictures.get(post.id) !== picture) this.leave(post.id);
    this.#pictures.set(post.id, picture);
    const posts = this.#posts.get(picture) ?? [];
    const place = posts.findIndex(({ id }) => id === post.id);
    if (place === -1) posts.push(post);
    else posts[place] = post;
    this.#posts.set(picture, posts);
    return posts[0].id === post.id;
  }

  /** A post is gone. Returns the one that shows its picture from now on, or null where that is as before, or nobody. */
  leave(id) {
    const picture = this.#pictures.get(id);
    const before = this.#posts.get(picture);
    if (!before) return null;
    this.#pictures.delete(id);
    const after = before.filter((post) => post.id !== id);
    if (after.length > 0) this.#posts.set(picture, after);
    else this.#posts.delete(picture);
    return after.length > 0 && after[0] !== before[0] ? after[0] : null;
  }
}
