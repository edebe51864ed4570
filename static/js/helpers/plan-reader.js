// Keeps a screen's plan: asks for it when told that it changed, and every so often, since some scenes change by themselves.

import { without } from "../models/scenes.js";
import { clock } from "./clock.js";

const EVERY_MS = 20_000;
const TIMEOUT_MS = 15_000;

/** Fires "change" when the plan is another one. */
export class PlanReader extends EventTarget {
  #url;
  #plan;
  #asking = false;
  #again = false;
  #removed = new Set(); // ids that left the wall while an answer was on its way

  constructor({ url, plan }) {
    super();
    this.#url = url;
    this.#plan = plan ?? {};
  }

  get plan() {
    return this.#plan;
  }

  // Lifecycle

  start() {
    if (!this.#url) return;
    setInterval(() => this.ask(), EVERY_MS);
    this.ask();
  }

  // Actions

  /** Ask for the plan: one question at a time, and once more if it was told to meanwhile. */
  async ask() {
    this.#again = this.#asking;
    if (this.#asking || !this.#url) return;
    this.#asking = true;
    do {
      this.#again = false;
      this.#removed.clear();
      await this.#askOnce();
    } while (this.#again);
    this.#asking = false;
  }

  /** Forget posts that left the wall, at once; what html held of them is asked for anew. */
  remove(ids) {
    ids.forEach((id) => this.#removed.add(id));
    const kept = this.#plan;
    this.#plan = without(kept, ids);
    if (JSON.stringify(kept) !== JSON.stringify(this.#plan)) this.ask();
  }

  /** Keep nothing, and ask for nothing any more. */
  forget() {
    this.#url = "";
    this.#plan = {};
    this.dispatchEvent(new Event("change"));
  }

  // Internal

  async #askOnce() {
    const { version } = this.#plan;
    try {
      const response = await fetch(this.#url, {
        headers: { accept: "application/json", ...(version && { "if-none-match": `"${version}"` }) },
        credentials: "same-origin",
        cache: "no-store",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.status !== 200 && response.status !== 304) return;
      clock.correct(response.headers.get("wall-now"));
      if (response.status === 200) this.#take(await response.json());
    } catch {
      // No server: the plan that is here goes on.
    }
  }

  #take(plan) {
    if (!this.#url || !Array.isArray(plan?.scenes)) return;
    this.#plan = without(plan, [...this.#removed]);
    this.dispatchEvent(new Event("change"));
  }
}
