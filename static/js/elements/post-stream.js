// <post-stream>: posts under one another, for a high wall or beside a stage. Nothing scrolls: a fade, and the next is there.

import { PosterWall } from "./poster-wall.js";

// What a short card holds at least: lines of text, the two lines of who said it, and the space around them.
const SHORT_CARD = { lines: 2, leading: 1.3, who: 2.56, aroundUnits: 5 };

/** `data` is {many, order: "newest" or "places", sponsors}. */
export class PostStream extends PosterWall {
  #order = []; // ids as they hang, the latest first

  connectedCallback() {
    super.connectedCallback();
    this.classList.add("stream");
  }

  // Shape

  /** As many as were asked for, if each has room for two lines that the last row can read. */
  shape() {
    const style = getComputedStyle(this);
    const [unit, type, gap] = ["--unit", "--type", "row-gap"].map((name) => parseFloat(style.getPropertyValue(name)) || 0);
    const { lines, leading, who, aroundUnits } = SHORT_CARD;
    const least = lines * leading * type + who * Math.max(2.25 * unit, 0.45 * type) + aroundUnits * unit;
    const rows = Math.min(this.data?.many ?? Infinity, Math.floor((this.clientHeight + gap) / (least + gap)));
    return { columns: 1, rows: Math.max(1, rows) };
  }

  draw(layout, card) {
    const places = layout.flat();
    this.style.setProperty("--rows", String(this.shape().rows));
    return this.#sorted(places).map(card);
  }

  // Internal

  /** The latest on top and the pinned one above it, or each where it came. */
  #sorted(places) {
    if (this.data?.order === "places") return places;
    const ids = places.map(({ id }) => id);
    const here = this.#order.filter((id) => ids.includes(id));
    this.#order = [...ids.filter((id) => !here.includes(id)), ...here];
    const rank = (id) => (id === this.pinnedId ? -1 : this.#order.indexOf(id));
    return [...places].sort((a, b) => rank(a.id) - rank(b.id));
  }
}

customElements.define("post-stream", PostStream);
