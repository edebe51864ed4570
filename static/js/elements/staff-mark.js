// The mark in the corner of a screen: what is wrong with it, in words for who stands at the machine.

const LOOK_EVERY_MS = 1_000;

export class StaffMark {
  #place;
  #words;

  /** `words()` returns what there is to say now: sentences, usually none. */
  constructor(place, words) {
    this.#place = place;
    this.#words = words;
  }

  // Lifecycle

  start() {
    setInterval(() => this.look(), LOOK_EVERY_MS);
    this.look();
  }

  // Actions

  look() {
    const text = this.#words().join(" · ");
    if (this.#place.textContent !== text) this.#place.textContent = text;
    if (this.#place.hidden !== !text) this.#place.hidden = !text;
  }
}
