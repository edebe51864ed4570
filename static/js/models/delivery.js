// Hands frames to a feed, and fetches the snapshot when the feed asks for it; what comes meanwhile waits for that.

const PASSING = ["beat", "hello", "resync", "snapshot"]; // of no use once the snapshot is there
const BEATS_BEHIND = 2; // one beat ahead of us may have overtaken an update; two have not
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

export class Delivery {
  #feed;
  #reader;
  #timers;
  #random;
  #behind = 0;
  #held = null; // frames that came while a snapshot is on its way
  #failures = 0;

  constructor({ feed, reader, timers, random }) {
    this.#feed = feed;
    this.#reader = reader;
    this.#timers = timers;
    this.#random = random;
  }

  // Actions

  /** Hand over one frame. Returns false when the road tells of updates that it does not bring: take it anew. */
  take(frame) {
    if (this.#held) {
      if (!PASSING.includes(frame.type)) this.#held.push(frame);
      return true;
    }
    if (frame.type === "snapshot") {
      this.#feed.replace(frame.body);
      return true;
    }
    const verdict = this.#feed.receive(frame);
    if (verdict === "resync") this.#resync();
    this.#behind = verdict === "behind" ? this.#behind + 1 : 0;
    return this.#behind < BEATS_BEHIND;
  }

  /** Forget what is under way; the next road goes on from the feed's cursor. */
  reset() {
    this.#behind = 0;
    this.#held = null;
    this.#timers.stop("resync");
  }

  // Internal

  async #resync() {
    const held = (this.#held ??= []);
    const { body } = await this.#reader.read();
    if (this.#held !== held) return;
    if (!body || !this.#feed.replace(body)) {
      const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures);
      this.#failures += 1;
      this.#timers.start("resync", this.#random() * longest, () => this.#resync());
      return;
    }
    this.#failures = 0;
    this.#held = null;
    held.forEach((frame) => this.take(frame));
  }
}
