// The chat of a page, kept as it is by now. What has not changed is not touched, so that no focus and no place is lost.

import { element } from "../helpers/fragment.js";
import { tellTimes } from "../helpers/times.js";
import { Feed } from "../models/feed.js";
import { Stream } from "../models/stream.js";
import { differing } from "../models/told-parts.js";

const WHAT = "chat";
const JITTER_MS = 2_000; // all viewers hear of it in the same moment

/** Say of posts how long ago they were written; the times of editions stay as the event's clocks have them. */
export function tellPosts(root) {
  for (const posts of root.querySelectorAll(".chat-posts")) tellTimes(posts, Date.now());
}

export class LiveChat {
  #root;
  #feed;
  #stream;
  #timer = null;
  #told; // what stands here, as the server said it last; of what came with the page, what was said

  constructor(root) {
    this.#root = root;
    const { cursor, streamUrl, feedUrl } = root.dataset;
    this.#feed = new Feed({ cursor });
    this.#stream = new Stream({ streamUrl, feedUrl, feed: this.#feed });
  }

  // Lifecycle

  start() {
    this.#feed.addEventListener("arranged", ({ detail }) => detail.what.includes(WHAT) && this.#askSoon());
    this.#feed.addEventListener("change", ({ detail }) => this.#isConcerned(detail) && this.#askSoon());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#askSoon());
    this.#stream.open();
  }

  // Internal

  /** A post that left is taken from the page at once; the rest is asked for. */
  #isConcerned({ reset, removed = [], changed = [] }) {
    const here = (id) => this.#root.querySelector(`#post-${CSS.escape(id)}`);
    for (const id of removed) here(id)?.closest(".chat-post")?.remove();
    return reset || removed.length > 0 || changed.some(({ id }) => here(id));
  }

  #askSoon() {
    this.#timer ??= setTimeout(() => this.#ask(), Math.random() * JITTER_MS);
  }

  async #ask() {
    this.#timer = null;
    if (document.visibilityState === "hidden") return;
    const url = new URL(this.#root.dataset.chatUrl, location.href);
    url.searchParams.set("at", this.#feed.cursor ?? "");
    const answer = await fetch(url, { headers: { accept: "application/json" } }).catch(() => null);
    if (answer?.ok) this.#settle(await answer.json());
  }

  /** Another edition, or none any more, is another page. */
  #settle({ on, join, ...told }) {
    const now = this.#root.querySelector("[data-on]");
    if ((now?.dataset.on ?? "") !== String(on ?? "")) return location.reload();
    if (!now) return undefined;
    this.#told ??= { said: now.dataset.said };
    const { parts, say } = differing(this.#told, told);
    for (const name of parts) this.#put(now.querySelector(`[data-part="${name}"]`), told[name]);
    const link = now.querySelector("[data-join]");
    if (link) link.href = join ? `${link.dataset.join}?begin=${join}` : link.dataset.join;
    if (say) this.#root.querySelector("[data-announce]").textContent = say;
    this.#told = told;
    return undefined;
  }

  #put(place, html) {
    const focused = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    place.replaceChildren(...element(html).childNodes);
    tellPosts(place);
    if (focused !== null) place.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
}
