// The posters of one wall: what pacing must know of every post, and the elements of those that hang.

import { hung, painted, poster } from "./poster.js";

export class Posters {
  #known = new Map(); // id → {html, facts} of all that may be shown
  #made = new Map(); // id → {element, painted: a promise, isPainted} of what hangs
  #shows;
  #facts;
  #prepare;

  /**
   * `shows()` returns what else may be shown, such as codes; `facts(facts)` what pacing is told of a post's, and
   * `prepare(article)` changes a poster before it is hung.
   */
  constructor({ shows = () => ({}), facts = (facts) => facts, prepare = () => {} } = {}) {
    this.#shows = shows;
    this.#facts = facts;
    this.#prepare = prepare;
  }

  get ids() {
    return [...this.#known.keys()];
  }

  knows(id) {
    return this.#known.has(id);
  }

  html(id) {
    return this.#known.get(id)?.html;
  }

  facts(id) {
    return this.#known.get(id)?.facts ?? null;
  }

  /** Read what pacing must know of posts, and return that; a post that leaves nothing to show is left out. */
  learn(posts) {
    return posts.map((post) => this.read(post)?.facts).filter(Boolean);
  }

  /** The same for one post, as {element, facts} or null. */
  read(post) {
    const read = poster(post, this.#shows());
    if (!read) return null;
    const facts = this.#facts(read.facts);
    this.#known.set(post.id, { html: post.html, facts });
    return { ...read, facts };
  }

  /** The poster of a post, made when it is about to hang: what waits holds no pictures. */
  poster(id) {
    if (!this.#made.has(id)) {
      const made = poster({ id, html: this.html(id) }, this.#shows());
      this.#prepare(made.element);
      const article = hung(made);
      const one = { element: article, isPainted: !article.querySelector("img") };
      one.painted = painted(article).then(() => (one.isPainted = true));
      this.#made.set(id, one);
    }
    return this.#made.get(id);
  }

  /** The poster that hangs already, if any. */
  hanging(id) {
    return this.#made.get(id);
  }

  /** Have a poster made anew when it is next asked for. */
  renew(id) {
    this.#made.delete(id);
  }

  forget(id) {
    this.#known.delete(id);
    this.#made.delete(id);
  }

  /** Keep no post that could not come again, and no element of one that does not hang. */
  trim({ mayCome, hang }) {
    for (const id of this.ids) if (!mayCome(id)) this.#known.delete(id);
    for (const id of [...this.#made.keys()]) if (!hang.has(id)) this.#made.delete(id);
  }

  clear() {
    this.#known.clear();
    this.#made.clear();
  }
}
