// Which sessions are on, and which of them this reader follows. Pure: sessions are {id, from, until}, times in ms.

const MOST_FOLLOWED = 200;

export class Followed {
  #kept;
  #ids;

  constructor(kept) {
    this.#kept = kept;
    const value = kept.value;
    this.#ids = Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];
  }

  has(id) {
    return this.#ids.includes(id);
  }

  /** Follow a session, or no longer. */
  toggle(id) {
    this.#ids = this.has(id) ? this.#ids.filter((other) => other !== id) : [...this.#ids, id].slice(-MOST_FOLLOWED);
    this.#kept.value = this.#ids;
  }
}

/** The ids of what is on at a moment: those that are followed first, else as they come. */
export function onNow(sessions, followed, now) {
  const running = sessions.filter(({ from, until }) => from <= now && now < until).map(({ id }) => id);
  return [...running.filter((id) => followed.has(id)), ...running.filter((id) => !followed.has(id))];
}
