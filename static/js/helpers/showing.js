// Tells the server what this screen shows, once it is painted: the proof that what was removed is gone.

import { post } from "./ask.js";

const BEAT_MS = 10_000;
const DEVICE_KEY = "wall:device";

export class Showing {
  #url;
  #truth;
  #stage;
  #about;
  #device;
  #page = drawn(); // this one load of the page: what it said before its goodbye does not undo that
  #removed = new Set(); // ids that must not be in the page
  #telling = false;
  #again = false;

  /**
   * `stage` is where posts hang. `truth()` returns what should: {cursor, posts, pinned, curtain}, and `about()` what else is
   * told: version, road, scene. Without a `url` nobody is told.
   */
  constructor({ url, truth, stage, storage, about }) {
    this.#url = url;
    this.#truth = truth;
    this.#stage = stage;
    this.#about = about;
    this.#device = device(storage);
  }

  // Lifecycle

  start() {
    if (!this.#url) return;
    setInterval(() => this.tell(), BEAT_MS);
    addEventListener("pagehide", () => this.#leave());
    addEventListener("pageshow", ({ persisted }) => {
      if (persisted) this.#page = drawn(); // back from where it said goodbye
      this.tell();
    });
    this.tell();
  }

  // Actions

  /** Tell it after a change of the feed that took something off. Additions wait for the beat. */
  follow({ removed, curtain, reset }) {
    removed.forEach((id) => this.#removed.add(id));
    if (removed.length || curtain || reset) this.tell();
  }

  /** Tell what is painted next: one at a time, and once more if something changed meanwhile. */
  async tell() {
    if (!this.#url) return;
    this.#again = this.#telling;
    if (this.#telling) return;
    this.#telling = true;
    do {
      this.#again = false;
      await this.#tellOnce();
    } while (this.#again);
    this.#telling = false;
  }

  // Internal

  /**
   * Say that nobody need wait for this window. Where a service worker stands between page and network, what a page sends
   * as it goes is lost at times, so the worker is asked to send it.
   */
  #leave() {
    const words = JSON.stringify({ ...this.#words(this.#truth().cursor), left: true });
    const worker = navigator.serviceWorker?.controller;
    if (worker) worker.postMessage({ tell: words, url: this.#url });
    else navigator.sendBeacon(this.#url, new Blob([words], { type: "application/json" }));
  }

  async #tellOnce() {
    const { cursor } = this.#truth();
    const removed = [...this.#removed];
    await painted();
    if (!this.#isTrue()) {
      console.error("This screen shows what it should not, and confirms nothing.");
      return;
    }
    const { status } = await post(this.#url, this.#words(cursor));
    if (status === 204) removed.forEach((id) => this.#removed.delete(id));
  }

  #words(cursor) {
    return {
      device: this.#device,
      page: this.#page,
      cursor,
      posts: this.#articles.length,
      curtain: this.#truth().curtain.kind,
      width: Math.round(innerWidth * devicePixelRatio),
      height: Math.round(innerHeight * devicePixelRatio),
      ...this.#about(),
    };
  }

  get #articles() {
    return [...this.#stage.querySelectorAll("article.post")];
  }

  /** Whether nothing in the page should have left it. */
  #isTrue() {
    const { posts, pinned, curtain } = this.#truth();
    const kept = new Set(posts.map((post) => post.id));
    const gone = [...this.#removed].every((id) => kept.has(id) || !document.getElementById(`post-${id}`));
    if (!gone) return false;
    if (curtain.kind === "blank") return this.#articles.length === 0;
    if (curtain.kind !== "pinned") return true;
    return this.#articles.every((article) => pinned.includes(article.dataset.id));
  }
}

/** After the frame that holds what the page is now: the second callback runs when the first one's frame is done. */
function painted() {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

/** What this browser is called, so that a link that is open on two machines is two witnesses. */
function device(storage) {
  try {
    const known = storage?.getItem(DEVICE_KEY) ?? drawn();
    storage?.setItem(DEVICE_KEY, known);
    return known;
  } catch {
    return drawn();
  }
}

function drawn() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
