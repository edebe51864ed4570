// The time as the server has it: a projector's own clock may be wrong, and may be set while we look.

class Clock {
  #ahead = Date.now() - performance.now(); // of the time since the page was opened

  #told = false;

  /** The time in ms. */
  now() {
    return performance.now() + this.#ahead;
  }

  /** How much the server's clock is ahead of this machine's, in ms. */
  get skew() {
    return Math.round(this.now() - Date.now());
  }

  set skew(skew) {
    this.#ahead = Date.now() + skew - performance.now();
  }

  /** Take over what a server just said (an ISO time). */
  correct(now) {
    const said = Date.parse(now ?? "");
    if (!Number.isFinite(said)) return;
    this.#ahead = said - performance.now();
    this.#told = true;
  }

  /** Whether a server has said what the time is, since the page was opened. */
  get isTold() {
    return this.#told;
  }

  /** It is not earlier than this (in ms, or an ISO time), whatever the machine says: some wake up in another year. */
  notBefore(time) {
    const least = typeof time === "string" ? Date.parse(time) : time;
    if (least > this.now()) this.#ahead = least - performance.now();
  }
}

export const clock = new Clock();
