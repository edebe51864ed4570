// Keeps a screen's plan: asks for it when told that it changed, and every so often, since some scenes change by themselves.

import { without } from "../models/scenes.js";
import { clock } from "./clock.js";

const EVERY_MS = 20_000;
const TIMEOUT_MS = 15_000;

/** Fires "change" when the plan is another one, and "asked" (detail {answer}) when it is known what became of a question. */
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
    const answer = await this.#answer();
    this.dispatchEvent(new CustomEvent("asked", { detail: { answer } }));
  }

  /** Ask, take what our own server says, and return how that went: a word of models/health.js, or "gone". */
  async #answer() {
    const { version } = this.#plan;
    const end = AbortSignal.timeout(TIMEOUT_MS);
    let response = null;
    try {
      response = await fetch(this.#url, {
        headers: { accept: "application/json", ...(version && { "if-none-match": `"${version}"` }) },
        credentials: "same-origin",
        cache: "no-store",
        redirect: "manual",
        signal: end,
      });
      clock.correct(response.headers.get("wall-now")); // before what it answered: whose turn it is hangs on the time
      if (response.status === 200 && response.headers.has("wall-now")) this.#take(await response.json());
    } catch {
      if (response) return end.aborted ? "silent" : "foreign";
      return end.aborted ? "silent" : "unreachable"; // The plan that is here goes on.
    }
    return this.#heard(response);
  }

  #heard(response) {
    if (response.headers.has("wall-now")) return "good";
    if (response.type === "opaqueredirect" || response.status < 400) return "foreign";
    if (response.headers.get("wall-page") === "gone") return response.status === 401 ? "refused" : "gone";
    return response.status === 503 && isOurs(response) ? "store" : "server";
  }

  #take(plan) {
    if (!this.#url || !Array.isArray(plan?.scenes)) return;
    this.#plan = without(plan, [...this.#removed]);
    this.dispatchEvent(new Event("change"));
  }
}

/** Whether an answer says that it is ours: as JSON, as all our errors to scripts are. */
function isOurs(response) {
  return (response.headers.get("content-type") ?? "").startsWith("application/json");
}
