// <count-down data-to="…" data-then="Now">: how long it still is, by the server's clock; then, that the time has come.

import { clock } from "../helpers/clock.js";
import { left } from "../models/left.js";

export class CountDown extends HTMLElement {
  #timer = null;

  // Lifecycle

  connectedCallback() {
    this.setAttribute("role", "timer");
    this.#tick();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  // Internal

  #tick() {
    const { words, over, wait } = left(Date.parse(this.dataset.to) - clock.now());
    const shown = over ? this.dataset.then : words;
    if (this.textContent !== shown) this.textContent = shown;
    this.toggleAttribute("data-over", over);
    this.dataset.length = String(shown.length);
    this.#timer = setTimeout(() => this.#tick(), wait);
  }
}

customElements.define("count-down", CountDown);
