// Which event this browser is a screen of, so that a machine which starts at /screen finds its wall without a server.

const KEY = "wall:paired";
const SLUG = /^[a-z0-9-]{2,40}$/;

export class Paired {
  #storage;

  constructor(storage) {
    this.#storage = storage;
  }

  get slug() {
    try {
      const slug = this.#storage?.getItem(KEY) ?? "";
      return SLUG.test(slug) ? slug : null;
    } catch {
      return null;
    }
  }

  keep(slug) {
    try {
      this.#storage?.setItem(KEY, slug);
    } catch {
      // The server knows it, too.
    }
  }

  /** Forget it, if it is this event. */
  forget(slug) {
    if (this.slug === slug) this.#storage.removeItem(KEY);
  }
}
