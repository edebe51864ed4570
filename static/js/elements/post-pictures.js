// <post-pictures>: pictures that were posted, side by side and without words. One gives way at a time, and no other moves.

import { picturesOf } from "../helpers/pictured.js";
import { Mosaic } from "../models/mosaic.js";
import { dwell } from "../models/reading.js";
import { PosterWall } from "./poster-wall.js";

const FEWEST = 3; // pictures; fewer are no mosaic
const AGAIN_MS = 60_000;
const SQUARE = 1;

/** `data` is {many, codes}. */
export class PostPictures extends PosterWall {
  #mosaic = new Mosaic();

  /** A word for the newest picture, or null while there are too few. */
  static news(posts, pinnedId, data) {
    const pictured = posts.filter((post) => picturesOf(post, data ?? {}).length > 0);
    return pictured.length < FEWEST ? null : pictured[0].id;
  }

  connectedCallback() {
    super.connectedCallback();
    this.classList.add("pictures");
  }

  // Shape

  shape() {
    return { columns: 1, rows: this.data?.many ?? FEWEST };
  }

  get pace() {
    return { againMs: AGAIN_MS };
  }

  get pinned() {
    return "any";
  }

  wants(post) {
    return picturesOf(post, this.data ?? {}).length > 0;
  }

  /** Nobody reads here: every picture has the time of a picture, and one place. */
  facts(facts) {
    return { ...facts, weight: 1, dwell: dwell({ pictures: 1 }) };
  }

  /** Keep the first picture and who took it. */
  prepare(article) {
    const [first] = article.querySelectorAll(".post__picture");
    for (const figure of article.querySelectorAll(".post__picture")) if (figure !== first) figure.remove();
    for (const part of article.querySelectorAll(".post__text, .post__avatar, .post__handle, .post__pin")) part.remove();
    const image = first?.querySelector("img");
    image?.addEventListener("error", () => article.contains(first) || this.#lose(article.dataset.id)); // taken out for good
  }

  draw(layout, card) {
    return layout.flat().map(card);
  }

  fit(cards) {
    const style = getComputedStyle(this);
    const [top, right, bottom, left, gap] = ["paddingTop", "paddingRight", "paddingBottom", "paddingLeft", "rowGap"].map(
      (name) => parseFloat(style[name]) || 0,
    );
    const box = { width: this.clientWidth - left - right, height: this.clientHeight - top - bottom, gap };
    const hang = [...cards].filter(([, card]) => card.isConnected);
    const cells = this.#mosaic.place(hang.map(([id, card]) => ({ id, aspect: aspectOf(card) })), box);
    for (const [id, card] of hang) {
      const { x, y, width, height, whole } = cells.get(id);
      Object.assign(card.style, { left: `${left + x}px`, top: `${top + y}px`, width: `${width}px`, height: `${height}px` });
      card.toggleAttribute("data-whole", whole);
    }
  }

  // Internal

  /** A picture that cannot be had leaves its place to another. */
  #lose(id) {
    this.change({ added: [], changed: [], removed: [id] });
  }
}

function aspectOf(card) {
  const picture = card.querySelector("img");
  const [width, height] = [picture?.naturalWidth || picture?.width, picture?.naturalHeight || picture?.height];
  return width && height ? width / height : SQUARE;
}

customElements.define("post-pictures", PostPictures);
