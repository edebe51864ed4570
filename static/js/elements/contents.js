// The row of a page's parts: says which of them is being read, and keeps that one in sight.

export class Contents {
  #row;
  #links;

  constructor(row) {
    this.#row = row;
    this.#links = new Map([...row.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  }

  open() {
    const parts = [...this.#links.keys()].map((id) => document.getElementById(id));
    addEventListener("scroll", () => this.#mark(parts), { passive: true });
    addEventListener("resize", () => this.#mark(parts));
    this.#mark(parts);
  }

  // Internal

  /** A part is read once its top is above the upper third of the window; at the end of the page, the last one is. */
  #mark(parts) {
    const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
    const read = atEnd ? parts.at(-1) : parts.findLast((part) => part.getBoundingClientRect().top < innerHeight / 3);
    for (const [id, link] of this.#links) {
      if (id !== read?.id) link.removeAttribute("aria-current");
      else if (!link.hasAttribute("aria-current")) this.#turnTo(link);
    }
  }

  #turnTo(link) {
    link.setAttribute("aria-current", "location");
    const { left, right } = link.getBoundingClientRect();
    const frame = this.#row.getBoundingClientRect();
    if (left < frame.left || right > frame.right) this.#row.scrollBy({ left: left - frame.left - frame.width / 3 });
  }
}
