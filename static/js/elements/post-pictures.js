// <post-pictures>: pictures that were posted, side by side and without words. One gives way at a time, and no other moves.

import { picturesOf } from "../helpers/pictured.js";
import { Mosaic } from "../models/mosaic.js";
import { Once } from "../models/once.js";
import { dwell } from "../models/reading.js";
import { PosterWall } from "./poster-wall.js";

const FEWEST = 3; // pictures; fewer are no mosaic
const AGAIN_MS = 60_000;
const SQUARE = 1;

/** `data` is {many, codes}. */
export class PostPictures extends PosterWall {
  #mosaic = new Mosaic();
  #once = new Once();

  /** A word for the newest picture, or null while there are too few. */
  static news(posts, pinnedId, data) {
    const pictured = posts.filter((post) => pictureOf(post, data));
    return new Set(pictured.map((post) => pictureOf(post, data))).size < FEWEST ? null : pictured[0].id;
  }

  connectedCallback() {
    super.connectedCallback();
    this.classList.add("pictures");
  }

  // Actions

  begin(posts, pinnedId) {
    this.#once = new Once();
    return super.begin(posts, pinnedId);
  }

  reset(posts, pinnedId) {
    this.#once = new Once();
    super.reset(posts, pinnedId);
  }

  /** A picture whose post is gone may be shown by another that has it. */
  change({ added, changed, removed }, pinnedId) {
    const heirs = removed.map((id) => this.#once.leave(id)).filter((heir) => heir && !removed.includes(heir.id));
    super.change({ added: [...heirs, ...added], changed, removed }, pinnedId);
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
    const picture = pictureOf(post, this.data);
    if (!picture) this.#once.leave(post.id);
    return Boolean(picture) && this.#once.take(post, picture);
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
    const [top, end, bottom, start, gap] = ["paddingTop", "paddingInlineEnd", "paddingBottom", "paddingInlineStart", "rowGap"].map(
      (name) => parseFloat(style[name]) || 0,
    );
    const box = { width: this.clientWidth - start - end, height: this.clientHeight - top - bottom, gap };
    const hang = [...cards].filter(([, card]) => card.isConnected);
    const cells = this.#mosaic.place(hang.map(([id, card]) => ({ id, aspect: aspectOf(card) })), box);
    for (const [id, card] of hang) {
      const { x, y, width, height, whole } = cells.get(id);
      const place = { insetInlineStart: start + x, top: top + y, width, height };
      for (const [side, length] of Object.entries(place)) card.style[side] = `${length}px`;
      card.toggleAttribute("data-whole", whole);
    }
  }

  // Internal

  /** A picture that cannot be had leaves its place to another. */
  #lose(id) {
    if (this.isConnected) this.change({ added: [], changed: [], removed: [id] });
  }
}

/** The address of the picture that a post is here with, or undefined. */
function pictureOf(post, data) {
  return picturesOf(post, data ?? {})[0]?.src;
}

function aspectOf(card) {
  const picture = card.querySelector("img");
  const [width, height] = [picture?.naturalWidth || picture?.width, picture?.naturalHeight || picture?.height];
  return width && height ? width / height : SQUARE;
}

customElements.define("post-pictures", PostPictures);
