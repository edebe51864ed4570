// The line that says which screens have confirmed what left the wall, and names those that have not.

import { get } from "../helpers/ask.js";
import { pause, proof } from "../models/panic.js";

const SHOWN_MS = 6_000; // once all is well
const GATHER_MS = 1_500; // removals closer together than this are told as one

export class PanicProof {
  #place;
  #url;
  #what = null; // {removed} or {curtain}
  #wanted = "";
  #since = 0;
  #timer = null;

  constructor(place, url) {
    this.#place = place;
    this.#url = url;
    place.querySelector("button").addEventListener("click", () => this.#end());
  }

  // Actions

  /** Posts left the wall: ask for the newest of them, which proves those before it too. */
  removed(ids) {
    const more = this.#what?.removed && Date.now() - this.#since < GATHER_MS ? this.#what.removed : 0;
    this.#begin({ removed: more + ids.length }, `post=${encodeURIComponent(ids.at(-1))}`);
  }

  drawn(kind) {
    this.#begin({ curtain: kind }, "");
  }

  // Internal

  #begin(what, wanted) {
    this.#what = what;
    this.#wanted = wanted;
    this.#since = Date.now();
    this.#ask();
  }

  #ask() {
    clearTimeout(this.#timer);
    const wait = pause(Date.now() - this.#since);
    if (wait === null) this.#end();
    else this.#timer = setTimeout(() => this.#look(), wait);
  }

  async #look() {
    const what = this.#what;
    const { status, body } = await get(`${this.#url}?${this.#wanted}`);
    if (what !== this.#what) return;
    if (status !== 200 || !body?.screens) {
      this.#ask();
      return;
    }
    const { level, words, early } = proof(what, body.screens);
    this.#show(level, words, early);
    if (level === "bad") this.#ask();
    else this.#timer = setTimeout(() => this.#end(), SHOWN_MS);
  }

  #show(level, words, sooner) {
    // A screen that is only a moment late is not called silent.
    const early = level === "bad" && Date.now() - this.#since < 1_000;
    const shown = early ? "wait" : level;
    const said = early ? sooner : words;
    // Spoken when it changes for the better or the worse, not with every second that passes.
    if (!early && this.#place.dataset.level !== shown) document.querySelector("#spoken").textContent = said;
    this.#place.hidden = false;
    this.#place.dataset.level = shown;
    const line = this.#place.querySelector("p");
    if (line.textContent !== said) line.textContent = said;
  }

  #end() {
    clearTimeout(this.#timer);
    this.#what = null;
    this.#place.hidden = true;
    delete this.#place.dataset.level;
  }
}
