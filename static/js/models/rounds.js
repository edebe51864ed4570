// Who of many has a turn, where there is room for a few: those who had fewest. Pure.

const REMEMBERED = 2_000;

export class Rounds {
  #turns = new Map(); // key → how many turns it had

  /**
   * Return which of the keys are shown: those of `always` first, then those of `stay`, which are in their turn, then who
   * had fewest turns, in the order of the keys. Who comes anew has had a turn from now on.
   */
  choose(keys, room, { always = [], stay = [] } = {}) {
    const rank = (key) => (always.includes(key) ? -2 : stay.includes(key) ? -1 : this.#had(key));
    const chosen = [...keys].sort((a, b) => rank(a) - rank(b)).slice(0, Math.max(1, room));
    for (const key of chosen) if (!stay.includes(key)) this.#take(key);
    return chosen;
  }

  // Internal

  #had(key) {
    return this.#turns.get(key) ?? 0;
  }

  #take(key) {
    const had = this.#had(key);
    this.#turns.delete(key);
    this.#turns.set(key, had + 1);
    if (this.#turns.size > REMEMBERED) this.#turns.delete(this.#turns.keys().next().value);
  }
}
