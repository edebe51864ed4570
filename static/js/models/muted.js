// Whose posts this reader does not want to see, kept in this browser and nowhere else. Pure.

const MOST = 500;

export class Muted {
  #kept;
  #authors; // by key

  constructor(kept) {
    this.#kept = kept;
    const value = kept.value;
    this.#authors = new Map(Array.isArray(value) ? value.filter(isAuthor).map((one) => [one.key, one]) : []);
  }

  /** All of them, {key, name}, the one muted last first. */
  get all() {
    return [...this.#authors.values()].reverse();
  }

  has(key) {
    return this.#authors.has(key);
  }

  mute({ key, name }) {
    this.#authors.delete(key);
    this.#authors.set(key, { key, name });
    this.#keep();
  }

  unmute(key) {
    this.#authors.delete(key);
    this.#keep();
  }

  #keep() {
    this.#kept.value = [...this.#authors.values()].slice(-MOST);
  }
}

function isAuthor(one) {
  return typeof one?.key === "string" && typeof one?.name === "string";
}
