// The plate over the video: one post in one form, faded in and out, or gone at once when the post is.

import { painted, poster } from "../helpers/poster.js";
import { _ } from "../models/gettext.js";

const FADE_MS = 400; // the longest that a fade lasts, see --fade
const STEPS = { card: [6, 5.2, 4.6, 4, 3.5, 3.1], "lower-third": [5, 4.4, 3.9, 3.4], question: [7, 6, 5.2, 4.5, 3.9] }; // vmin
const LINES = { card: 9, "lower-third": 3, question: 6 };

export class OverlayPlate {
  #root;
  #codes;
  #plate = null;
  #shown = ""; // what tells whether another plate is wanted

  constructor(root, { codes = false } = {}) {
    this.#root = root;
    this.#codes = codes;
  }

  // Actions

  /** The ids of the posts that lie there: of one, of none, or of two while one fades into the other. */
  get ids() {
    return [...this.#root.querySelectorAll(".plate")].map((plate) => plate.dataset.id);
  }

  /** Show a post ({id, html}) in a form, or nothing. What lay there fades out while the other fades in. */
  async show(post, form) {
    const wanted = post ? `${form} ${post.id} ${post.html}` : "";
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    const plate = post ? this.#make(post, form) : null;
    if (plate) await painted(plate);
    if (wanted !== this.#shown) return;
    this.#fadeOut();
    this.#plate = plate;
    if (!plate) return;
    this.#root.append(plate);
    fit(plate);
    plate.classList.add("appears");
  }

  /** Posts that may be shown no more are gone when this returns. */
  drop(ids) {
    for (const plate of this.#root.querySelectorAll(".plate")) if (ids.includes(plate.dataset.id)) plate.remove();
    if (!ids.includes(this.#shownId)) return;
    this.#plate = null;
    this.#shown = "";
  }

  // Internal

  get #shownId() {
    return this.#shown.split(" ")[1];
  }

  #make(post, form) {
    const made = poster(post, { codes: this.#codes });
    if (!made) return null;
    const plate = document.createElement("section");
    plate.className = "plate";
    plate.dataset.id = post.id;
    plate.dataset.form = made.element.querySelector(".post__text") ? form : "card";
    if (plate.dataset.form === "question") made.element.dataset.heading = _("Question");
    plate.append(made.element);
    return plate;
  }

  #fadeOut() {
    const plate = this.#plate;
    if (!plate) return;
    plate.classList.remove("appears");
    plate.classList.add("leaves");
    setTimeout(() => plate.remove(), FADE_MS);
  }
}

/** Set the words in the largest size that fits; in the smallest, cut what is too long with an ellipsis. */
function fit(plate) {
  const text = plate.querySelector(".post__text");
  if (!text) return;
  const { form } = plate.dataset;
  for (const step of STEPS[form]) {
    text.style.fontSize = `${step}vmin`;
    if (lines(text) <= LINES[form] && plate.scrollHeight <= plate.clientHeight + 1) return;
  }
  text.dataset.clamped = "";
  text.style.setProperty("--lines", String(LINES[form]));
}

function lines(text) {
  return Math.round(text.scrollHeight / parseFloat(getComputedStyle(text).lineHeight));
}
