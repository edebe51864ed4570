// <big-post>: one post at a time, as large as it goes. A wall with a single place; a pinned post comes first, then in its turn.

import { picturesOf } from "../helpers/pictured.js";
import { isSponsor } from "../models/sponsors.js";
import { PosterWall } from "./poster-wall.js";

const QUIET_MS = 0; // the time between two changes of a quiet wall is calm enough
const AGAIN_MS = 10_000; // with two posts, they take turns
const LONG = 120; // characters

/** `data` is {which: "all", "pictures" or "pinned", codes, sponsors}. */
export class BigPost extends PosterWall {
  /** A word for the newest of its posts, or null while there is none. */
  static news(posts, pinnedId, data) {
    return posts.find((post) => isMeant(post, data))?.id ?? null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.classList.add("big");
  }

  get shownPost() {
    return this.ids.find((id) => !isSponsor(id)) ?? "";
  }

  // Shape

  shape() {
    return { columns: 1, rows: 1 };
  }

  get pace() {
    return { quietMs: QUIET_MS, againMs: AGAIN_MS };
  }

  get pinned() {
    return "first";
  }

  wants(post) {
    return isMeant(post, this.data);
  }

  /** Many words leave a picture less room. */
  prepare(article) {
    article.toggleAttribute("data-long", Number(article.dataset.length) > LONG);
  }
}

function isMeant(post, data) {
  if (data?.which === "pinned") return post.pinned;
  if (data?.which === "pictures") return picturesOf(post, data).length > 0;
  return true;
}

customElements.define("big-post", BigPost);
