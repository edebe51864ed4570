// How much each author has been on the wall lately. Pure: it is told the time.

const HALF_LIFE_MS = 30 * 60_000;
const KEPT_LIMIT = 1_000; // authors

/** A turn counts one when it is taken, and half of that half an hour later. */
export class Turns {
  #authors = new Map(); // author → {sum, at}, who had a turn last comes last

  had(author, now) {
    const known = this.#authors.get(author);
    return known ? known.sum * 2 ** ((known.at - now) / HALF_LIFE_MS) : 0;
  }

  take(author, now) {
    const sum = this.had(author, now) + 1;
    this.#authors.delete(author);
    this.#authors.set(author, { sum, at: now });
    if (this.#authors.size > KEPT_LIMIT) this.#authors.delete(this.#authors.keys().next().value);
  }
}
