// Where a replay is, in seconds of the event, and how fast it runs. It stands still at either end.

export class Playback {
  #begins;
  #ends;
  #at;
  #speed = 0;

  constructor({ begins, ends, at }) {
    this.#begins = begins;
    this.#ends = ends;
    this.go(at);
  }

  get at() {
    return Math.floor(this.#at);
  }

  /** How many times faster than the event was; 0 while it stands still. */
  get speed() {
    return this.#speed;
  }

  // Actions

  /** Play at a speed, from the beginning if it is at its end. */
  play(speed) {
    if (this.#at >= this.#ends) this.#at = this.#begins;
    this.#speed = speed;
  }

  pause() {
    this.#speed = 0;
  }

  go(at) {
    this.#at = Math.min(this.#ends, Math.max(this.#begins, at));
  }

  /** Let time pass, in seconds of the clock; at the end it stands still. */
  pass(seconds) {
    this.go(this.#at + seconds * this.#speed);
    if (this.#at >= this.#ends) this.pause();
  }
}
