// What somebody pressed on a remote control, on its way to the screens: in order, one request at a time, and turns that
// follow each other as one. Pure but for `send`.

import { randomId } from "./decision.js";

/** Fires "answered" (detail {press, status, body}) for each that was sent. */
export class Presses extends EventTarget {
  #send;
  #line = [];
  #sending = false;

  /** `send(press)` resolves to {status, body}. */
  constructor(send) {
    super();
    this.#send = send;
  }

  /** Press something: {act, screens, …}. Nothing is sent twice by itself; who gets no answer looks, and presses again. */
  press(press) {
    const last = this.#line.at(-1);
    const joins = last?.act === "turn" && press.act === "turn" && String(last.screens) === String(press.screens);
    if (joins) last.turns += press.turns;
    else this.#line.push({ id: randomId(), ...press });
    this.#run();
  }

  // Internal

  async #run() {
    if (this.#sending) return;
    this.#sending = true;
    while (this.#line.length) {
      const press = this.#line.shift();
      if (press.turns === 0) continue;
      const { status, body } = await this.#send(press);
      // What came after it was pressed by who thought that this one is done.
      if (status !== 200) this.#line = [];
      this.dispatchEvent(new CustomEvent("answered", { detail: { press, status, body } }));
    }
    this.#sending = false;
  }
}
