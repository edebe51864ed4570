// What every output is, an overlay or a stage view: it hears the feed, asks what holds now, and proves what it shows.

import { Latest } from "../models/latest.js";
import { OutputFeed } from "../models/output-feed.js";
import { Stream } from "../models/stream.js";
import { get } from "./ask.js";
import { Showing } from "./showing.js";

export class Output {
  #stream;
  #latest;
  #showing;

  /**
   * `shown` is what shows posts: {ids, drop(ids)}. `take(state)` shows what holds now and returns the ids of its posts,
   * `left(ids)` is told which may be shown no more, `end()` that it may show nothing of the event any more.
   */
  constructor(root, { shown, take, end, left = () => {}, concerned, storage = null, everyMs }) {
    const { cursor, streamUrl, feedUrl, stateUrl, showingUrl, version = "" } = root.dataset;
    const feed = new OutputFeed({ cursor, concerned });
    this.#stream = new Stream({ streamUrl, feedUrl, feed });
    this.#latest = new Latest({
      ask: () => get(stateUrl),
      take: (state) => {
        const before = feed.truth.cursor;
        feed.hold(take(state), state.curtain);
        if (feed.truth.cursor !== before) this.#showing.tell();
      },
      refused: () => {
        this.#stream.close();
        end();
      },
      everyMs,
    });
    this.#showing = new Showing({
      url: showingUrl,
      truth: () => feed.truth,
      stage: root,
      storage,
      about: () => ({ version, road: this.#stream.online ? this.#stream.road : "" }),
    });
    feed.addEventListener("left", ({ detail }) => {
      shown.drop(detail.ids);
      left(detail.ids);
      this.#latest.overtake();
      this.#showing.follow({ removed: detail.ids });
    });
    feed.addEventListener("blanked", () => shown.drop(shown.ids));
    feed.addEventListener("stirred", () => this.#latest.look());
    this.#stream.addEventListener("hello", () => this.#latest.look());
    this.#stream.addEventListener("refused", () => this.#latest.look());
  }

  // Actions

  start() {
    this.#stream.open();
    this.#latest.look();
    this.#showing.start();
  }

  /** Call `heard(online)` whenever the connection comes or goes. */
  onStatus(heard) {
    this.#stream.addEventListener("status", ({ detail }) => heard(detail.online));
  }
}
