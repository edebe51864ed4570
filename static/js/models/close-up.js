// Which part of a picture is seen: closer and farther, and moved, never beyond its edges.

const CLOSEST = 8;

export class CloseUp {
  #size;
  #times = 1;
  #x = 0;
  #y = 0;

  /** `size` is {width, height} of the whole picture. */
  constructor(size) {
    this.#size = size;
  }

  get times() {
    return this.#times;
  }

  get box() {
    const { width, height } = this.#size;
    return { x: this.#x, y: this.#y, width: width / this.#times, height: height / this.#times };
  }

  // Actions

  /** Come closer by a factor, below 1 farther; the point, in shares of what is seen, stays where it is. */
  zoom(factor, at = { x: 0.5, y: 0.5 }) {
    const before = this.box;
    this.#times = Math.min(CLOSEST, Math.max(1, this.#times * factor));
    const { width, height } = this.box;
    this.#place(before.x + at.x * (before.width - width), before.y + at.y * (before.height - height));
  }

  /** Move by shares of what is seen. */
  move(x, y) {
    const { width, height } = this.box;
    this.#place(this.#x + x * width, this.#y + y * height);
  }

  /** Move no farther than it takes to see a point with some room around it. */
  show({ x, y }) {
    const { width, height } = this.box;
    const [aside, above] = [width / 8, height / 8];
    this.#place(
      Math.min(Math.max(this.#x, x + aside - width), x - aside),
      Math.min(Math.max(this.#y, y + above - height), y - above),
    );
  }

  whole() {
    this.#times = 1;
    this.#place(0, 0);
  }

  // Internal

  #place(x, y) {
    const { width, height } = this.box;
    this.#x = Math.min(Math.max(0, x), this.#size.width - width);
    this.#y = Math.min(Math.max(0, y), this.#size.height - height);
  }
}
