// Loads the screen's page anew, for another version or when somebody asks: only once the new page can be had, not by every
// screen of the house in the same second, and never over and over.

import { browser } from "../models/browser.js";
import { Timers } from "../models/timers.js";

const WITHIN_MS = 60_000;
const AGAIN_MS = 20_000;
const PATIENCE_MS = 15 * 60_000; // so long it waits for what somebody wants seen to be over
const CALL_MS = 2 * 60_000; // so long it tries for somebody who asked
const ONCE_MS = 60 * 60_000; // one version is tried once in so long, should two servers say two
const TIMEOUT_MS = 15_000;
const TRIED = "wall:tried versions";
const VERSION = /\sdata-version="([^"]*)"/;

export class Renewal {
  #version;
  #storage;
  #busy;
  #environment;
  #timers;
  #wanted = null; // {version, until}: version null for whichever there is

  /** `busy()` says whether something is seen that a new page would disturb. */
  constructor({ version, storage, busy, environment = {} }) {
    this.#version = version;
    this.#storage = storage;
    this.#busy = busy;
    this.#environment = { ...browser(), reload: () => globalThis.location.reload(), ...environment };
    this.#timers = new Timers(this.#environment);
  }

  // Actions

  /** The server's version is this one: another is loaded once, some time within a minute. */
  hear(version) {
    if (!this.#version || !version || this.#wanted?.version === version) return;
    if (version === this.#version) {
      if (this.#wanted?.version) this.#end();
      return;
    }
    if (!this.#storage || version in this.#tried()) return;
    this.#begin({ version, until: this.#environment.now() + PATIENCE_MS }, WITHIN_MS);
  }

  /** Somebody asked for it, some time within so many seconds. */
  call(within) {
    this.#begin({ version: null, until: this.#environment.now() + CALL_MS }, within * 1000);
  }

  // Internal

  #begin(wanted, within) {
    this.#wanted = wanted;
    this.#timers.start("renew", this.#environment.random() * within, () => this.#renew(wanted));
  }

  #end() {
    this.#wanted = null;
    this.#timers.stopAll();
  }

  async #renew(wanted) {
    const { version, until } = wanted;
    const late = this.#environment.now() >= until;
    const wait = version && this.#busy() && !late;
    const ready = !wait && (await this.#canBeHad(version));
    if (wanted !== this.#wanted) return;
    if (ready && (!version || this.#note(version))) this.#environment.reload();
    if (ready || (late && !version)) this.#end();
    else this.#timers.start("renew", AGAIN_MS * (0.5 + this.#environment.random()), () => this.#renew(wanted));
  }

  /** Whether the server, not a copy of ours, gives a screen's page, and of that version. */
  async #canBeHad(version) {
    const { fetch, base } = this.#environment;
    try {
      const response = await fetch(base, {
        headers: { accept: "text/html" },
        credentials: "same-origin",
        cache: "no-store",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const found = response.status === 200 && VERSION.exec(await response.text());
      return Boolean(found) && (!version || found[1] === version);
    } catch {
      return false;
    }
  }

  /** The versions that were tried lately, each with when. */
  #tried() {
    try {
      const tried = JSON.parse(this.#storage?.getItem(TRIED) ?? "{}") ?? {};
      return Object.fromEntries(Object.entries(tried).filter(([, at]) => this.#environment.now() - at < ONCE_MS));
    } catch {
      return {};
    }
  }

  /** Note that a version is tried; where that cannot be kept, it is not. */
  #note(version) {
    try {
      this.#storage.setItem(TRIED, JSON.stringify({ ...this.#tried(), [version]: this.#environment.now() }));
      return version in this.#tried();
    } catch {
      return false;
    }
  }
}
