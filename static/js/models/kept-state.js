// What a stage view last knew, kept in the browser for when it starts without a server.

const LISTS = ["questions", "shown"];

export class KeptState {
  #storage;
  #key;

  constructor(storage, key) {
    this.#storage = storage;
    this.#key = key;
  }

  /** What was kept, or null. */
  get state() {
    try {
      const state = JSON.parse(this.#storage?.getItem(this.#key) ?? "null");
      return LISTS.every((list) => Array.isArray(state?.[list])) && Array.isArray(state.messages) ? state : null;
    } catch {
      return null;
    }
  }

  /** Keep it. A full or forbidden storage is no reason to stop. */
  keep(state) {
    try {
      this.#storage?.setItem(this.#key, JSON.stringify(state));
    } catch {
      this.forget();
    }
  }

  /** Posts that have left the wall are kept nowhere. */
  drop(ids) {
    const { state } = this;
    if (!state) return;
    for (const list of LISTS) state[list] = state[list].filter(({ id }) => !ids.includes(id));
    this.keep(state);
  }

  forget() {
    try {
      this.#storage?.removeItem(this.#key);
    } catch {
      // Nothing was kept, then.
    }
  }
}
