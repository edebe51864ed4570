// The live connection: a websocket that comes back by itself, and JSON polling where websockets do not get through.
// It carries frames to a feed and never decides what a wall shows. Everything of the browser can be handed in.

import { FeedReader } from "./feed-reader.js";
import { Timers } from "./timers.js";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const SILENCE_MS = 25_000; // the server beats every 10 s
const FRESH_MS = 12_000;
const POLL_EVERY_MS = 5_000;
const FAILURES_BEFORE_POLLING = 3;
const BEATS_BEHIND = 2; // one beat ahead of us may have overtaken an update; two have not
const STAY_AWAY = { from: 4500, to: 4999 };

/**
 * Keeps `feed` current. A feed is anything with `cursor`, `receive(frame)` → "current" | "behind" | "resync" and
 * `replace(snapshot)` → whether it was taken.
 *
 * Fires "hello" (the frame), "status" (detail {online}) when that changes, and "refused" (detail {code}) when the server
 * said to stay away, after which the stream is closed for good.
 */
export class Stream extends EventTarget {
  #streamUrl;
  #reader;
  #feed;
  #environment;
  #socket = null;
  #online = null;
  #failures = 0;
  #behind = 0;
  #heardAt = 0;
  #held = null; // frames that came while a snapshot is on its way
  #resyncFailures = 0;
  #timers;
  #open = false;

  constructor({ streamUrl, feedUrl, feed, view = "html", environment = {} }) {
    super();
    this.#feed = feed;
    this.#environment = {
      WebSocket: globalThis.WebSocket,
      fetch: (...request) => globalThis.fetch(...request),
      setTimeout: (...timer) => globalThis.setTimeout(...timer),
      clearTimeout: (timer) => globalThis.clearTimeout(timer),
      now: () => Date.now(),
      random: () => Math.random(),
      base: globalThis.location?.href,
      window: globalThis.window ?? null,
      document: globalThis.document ?? null,
      ...environment,
    };
    this.#timers = new Timers(this.#environment);
    this.#streamUrl = this.#address(streamUrl, view);
    this.#streamUrl.protocol = this.#streamUrl.protocol.replace("http", "ws");
    this.#reader = new FeedReader({ address: this.#address(feedUrl, view), fetch: this.#environment.fetch });
  }

  // Lifecycle

  /** Connect, and stay connected until close(). */
  open() {
    this.#open = true;
    this.#environment.window?.addEventListener("online", this.wake);
    this.#environment.window?.addEventListener("pageshow", this.wake);
    this.#environment.document?.addEventListener("visibilitychange", this.wake);
    this.#connect();
  }

  close() {
    this.#open = false;
    this.#environment.window?.removeEventListener("online", this.wake);
    this.#environment.window?.removeEventListener("pageshow", this.wake);
    this.#environment.document?.removeEventListener("visibilitychange", this.wake);
    this.#timers.stopAll();
    this.#held = null;
    this.#drop();
  }

  // Actions

  get online() {
    return this.#online === true;
  }

  /** Come back at once when the page, the machine or the network has slept; do nothing when the stream is fresh. */
  wake = () => {
    if (!this.#open || this.#environment.document?.visibilityState === "hidden") return;
    const fresh = this.#socket && this.#environment.now() - this.#heardAt < FRESH_MS;
    if (!fresh) this.#connect();
  };

  // Internal: the socket

  #connect() {
    this.#timers.stop("retry");
    this.#drop();
    const address = new URL(this.#streamUrl);
    if (this.#feed.cursor) address.searchParams.set("cursor", this.#feed.cursor);
    let socket;
    try {
      socket = new this.#environment.WebSocket(address.href);
    } catch {
      this.#failed();
      return;
    }
    this.#socket = socket;
    this.#heardAt = this.#environment.now();
    socket.onmessage = (message) => this.#socket === socket && this.#hear(message.data);
    socket.onclose = (closing) => this.#socket === socket && this.#closed(closing.code);
    this.#watch();
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    this.#timers.stop("watch");
    socket?.close();
  }

  #closed(code) {
    this.#drop();
    if (code >= STAY_AWAY.from && code <= STAY_AWAY.to) {
      this.close();
      this.#say(false);
      this.dispatchEvent(new CustomEvent("refused", { detail: { code } }));
      return;
    }
    this.#failed();
  }

  #failed() {
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures);
    this.#failures += 1;
    if (this.#failures >= FAILURES_BEFORE_POLLING) this.#startPolling();
    else this.#say(false);
    this.#timers.start("retry", this.#environment.random() * longest, () => this.#connect());
  }

  #watch() {
    this.#timers.start("watch", SILENCE_MS, () => {
      this.#drop();
      this.#failed();
    });
  }

  #hear(data) {
    const frame = parse(data);
    if (!frame) {
      this.#drop();
      this.#failed();
      return;
    }
    this.#heardAt = this.#environment.now();
    this.#watch();
    if (frame.ticket) this.#streamUrl.searchParams.set("ticket", frame.ticket);
    if (frame.type === "hello") this.#greeted(frame);
    this.#deliver(frame);
  }

  #greeted(frame) {
    this.#failures = 0;
    this.#behind = 0;
    this.#timers.stop("poll");
    this.#say(true);
    this.dispatchEvent(new CustomEvent("hello", { detail: frame }));
  }

  // Internal: the feed

  #deliver(frame) {
    if (this.#held) {
      if (frame.type === "updates") this.#held.push(frame);
      return;
    }
    const verdict = this.#feed.receive(frame);
    if (verdict === "resync") this.#resync();
    this.#behind = verdict === "behind" ? this.#behind + 1 : 0;
    if (this.#behind >= BEATS_BEHIND) {
      this.#behind = 0;
      this.#drop();
      this.#failed();
    }
  }

  async #resync() {
    this.#held ??= [];
    const snapshot = await this.#reader.read();
    if (!this.#open || !this.#held) return;
    if (!snapshot.body || !this.#feed.replace(snapshot.body)) {
      const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#resyncFailures);
      this.#resyncFailures += 1;
      this.#timers.start("resync", this.#environment.random() * longest, () => this.#resync());
      return;
    }
    this.#resyncFailures = 0;
    const held = this.#held;
    this.#held = null;
    held.forEach((frame) => this.#deliver(frame));
  }

  // Internal: polling

  #startPolling() {
    if (!this.#timers.has("poll")) this.#timers.start("poll", 0, () => this.#poll());
  }

  async #poll() {
    const answer = await this.#reader.read({ cursor: this.#feed.cursor });
    if (!this.#open || !this.#timers.has("poll")) return;
    const understood = answer.body !== null || answer.status === 410;
    this.#say(understood);
    if (answer.status === 410) this.#deliver({ type: "resync" });
    else if (answer.body?.updates) this.#deliver({ type: "updates", ...answer.body });
    else if (answer.body) this.#feed.replace(answer.body);
    this.#timers.start("poll", POLL_EVERY_MS * (0.75 + this.#environment.random() / 2), () => this.#poll());
  }

  // Internal: small things

  #address(path, view) {
    const address = new URL(path, this.#environment.base);
    address.searchParams.set("view", view);
    return address;
  }

  #say(online) {
    if (this.#online === online) return;
    this.#online = online;
    this.dispatchEvent(new CustomEvent("status", { detail: { online } }));
  }
}

function parse(data) {
  try {
    const frame = JSON.parse(data);
    return typeof frame?.type === "string" ? frame : null;
  } catch {
    return null;
  }
}
