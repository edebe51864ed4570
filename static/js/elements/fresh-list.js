// <fresh-list data-url="…">: brings a list of the desk up to date while nobody is reading something open or pressing.

import { element } from "../helpers/fragment.js";
import { pause } from "../models/patches.js";

const LEAST_MS = 5_000;
const MOST_MS = 30_000;

export class FreshList extends HTMLElement {
  #timer = null;
  #quiet = 0;
  #written = "";

  // Lifecycle

  connectedCallback() {
    this.#written = this.firstElementChild.outerHTML;
    document.addEventListener("visibilitychange", this.#wake);
    this.#later();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#wake);
  }

  // Internal

  get #busy() {
    return document.visibilityState === "hidden" || this.contains(document.activeElement) || this.querySelector("details[open]");
  }

  #wake = () => {
    this.#quiet = 0;
    this.#ask();
  };

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#ask, pause(this.#quiet, { least: LEAST_MS, most: MOST_MS, random: Math.random }));
  }

  #ask = async () => {
    clearTimeout(this.#timer);
    this.#quiet += 1;
    try {
      const response = this.#busy ? null : await fetch(this.dataset.url, { cache: "no-store" });
      if (response?.ok) this.#show(element(await response.text()));
    } catch {
      // No network just now; the next time will do.
    }
    this.#later();
  };

  #show(fresh) {
    if (!fresh || this.#busy || fresh.outerHTML === this.#written) return;
    this.#quiet = 0;
    this.#written = fresh.outerHTML;
    this.replaceChildren(fresh);
  }
}

customElements.define("fresh-list", FreshList);
