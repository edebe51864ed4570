// This desk's seat in the team: asks for posts to decide, says that somebody is here, and when they leave.

import { post } from "../helpers/ask.js";

const RENEW_MS = 15_000;
const APART_MS = 250; // between two asks
const NEVER_SECONDS = 1e9;

export class Seat {
  #url;
  #desk;
  #holds;
  #idleMs;
  #current;
  #taken;
  #handAt = Date.now();
  #asking = false;
  #again = false;

  /**
   * `current()` is the id of the post on the stage, `taken(team)` is called with each answer. A desk that `holds`
   * nothing, for it shows nothing that waits, is only here.
   */
  constructor({ url, desk, holds, holdSeconds, current, taken }) {
    this.#url = url;
    this.#desk = desk;
    this.#holds = holds;
    this.#idleMs = holdSeconds * 1_000;
    this.#current = current;
    this.#taken = taken;
  }

  // Lifecycle

  open() {
    for (const name of ["keydown", "pointerdown"]) document.addEventListener(name, () => this.#hand(), { capture: true });
    window.addEventListener("pagehide", () => this.#leave());
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.ask());
    setInterval(() => this.ask(), RENEW_MS);
    this.ask();
  }

  // Actions

  /** Ask for posts now, or as soon as the last asking is over. */
  async ask() {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    this.#again = false;
    const { status, body } = await post(this.#url, {
      desk: this.#desk,
      post: this.#current() ?? "",
      idle_seconds: this.#holds ? (Date.now() - this.#handAt) / 1_000 : NEVER_SECONDS,
    });
    if (status === 200 && body?.team) this.#taken(body.team);
    await new Promise((resolve) => setTimeout(resolve, APART_MS));
    this.#asking = false;
    if (this.#again) this.ask();
  }

  // Internal

  /** Who comes back after a while gets posts again, if there are any. */
  #hand() {
    const idle = Date.now() - this.#handAt > this.#idleMs;
    this.#handAt = Date.now();
    if (idle && this.#holds) this.ask();
  }

  #leave() {
    const body = new Blob([JSON.stringify({ desk: this.#desk, leaving: true })], { type: "application/json" });
    navigator.sendBeacon(this.#url, body);
  }
}
