// One value that this browser keeps for a page, and nobody else: as JSON, bounded by who keeps it. Pure.

export class Kept {
  #storage;
  #key;

  constructor(storage, key) {
    this.#storage = storage;
    this.#key = key;
  }

  /** What was kept, or null; nonsense is nothing. */
  get value() {
    try {
      return JSON.parse(this.#storage?.getItem(this.#key) ?? "null");
    } catch {
      return null;
    }
  }

  /** Keep it; a full or forbidden storage is no reason to stop. */
  set value(value) {
    try {
      if (value === null) this.#storage?.removeItem(this.#key);
      else this.#storage?.setItem(this.#key, JSON.stringify(value));
    } catch {
      // It holds for this page, then.
    }
  }
}

/** The storage of this browser, or null where it is forbidden. */
export function storage() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
