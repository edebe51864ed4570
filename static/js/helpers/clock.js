// The time as the server has it: a projector's own clock may be wrong, and may be set while we look.

const NOTICED_MS = 1_000;

/** Fires "set" when it turns out to have been wrong by more than a second. */
class Clock extends EventTarget {
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
    const wrong = Math.abs(said - this.now());
    this.#ahead = said - performance.now();
    this.#told = true;
    if (wrong > NOTICED_MS) this.dispatchEvent(new Event("set"));
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
