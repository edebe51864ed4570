// Draws no more often than people see: what a hand did in the next frame, what others did soon, together with all that
// came meanwhile. A page that nobody looks at has no frames, and is drawn all the same: its title tells how many wait.

const SOON_MS = 150;
const UNSEEN_MS = 500;

export class Frames {
  #draw;
  #frame = null;
  #timer = null;

  constructor(draw) {
    this.#draw = draw;
    document.addEventListener("visibilitychange", () => this.#waiting && this.#again());
  }

  // Actions

  /** Draw in the next frame. */
  next() {
    if (document.hidden) this.soon();
    else this.#frame ??= requestAnimationFrame(() => this.now());
  }

  /** Draw in a moment, in a frame. */
  soon() {
    if (this.#waiting) return;
    const wait = document.hidden ? UNSEEN_MS : SOON_MS;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (document.hidden) this.now();
      else this.next();
    }, wait);
  }

  now() {
    this.#forget();
    this.#draw();
  }

  // Internal

  get #waiting() {
    return this.#frame !== null || this.#timer !== null;
  }

  #again() {
    this.#forget();
    this.next();
  }

  #forget() {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = null;
    this.#timer = null;
  }
}
