// What this browser gave which post, so that its buttons show it: the fragments of posts are the same for all. Pure.

const MOST_POSTS = 500;

export class OwnReactions {
  #kept;
  #posts; // by id, the one reacted to last at the end

  constructor(kept) {
    this.#kept = kept;
    const value = kept.value;
    this.#posts = new Map(Array.isArray(value) ? value.filter(isGiven) : []);
  }

  /** Whether a reaction was given to a post. */
  has(id, key) {
    return this.#posts.get(id)?.includes(key) ?? false;
  }

  /** From now on, these were given to a post, and no others. */
  set(id, keys) {
    this.#posts.delete(id);
    if (keys.length > 0) this.#posts.set(id, [...keys]);
    const oldest = [...this.#posts.keys()].slice(0, Math.max(0, this.#posts.size - MOST_POSTS));
    for (const one of oldest) this.#posts.delete(one);
    this.#kept.value = [...this.#posts];
  }

  /** Those given to a post once one of them was given or taken back. */
  toggled(id, key) {
    const given = this.#posts.get(id) ?? [];
    return given.includes(key) ? given.filter((other) => other !== key) : [...given, key];
  }
}

function isGiven(row) {
  return Array.isArray(row) && typeof row[0] === "string" && Array.isArray(row[1]);
}
