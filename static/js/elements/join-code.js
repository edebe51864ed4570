// <join-code>: keeps the QR code fresh. Its token is short-lived, so the picture is asked for again every minute.

import { paintable } from "../helpers/kept-picture.js";

const RENEW_EVERY_MS = 60_000;
const PATIENCE_MS = 15_000;

export class JoinCode extends HTMLElement {
  #timer = null;

  // Lifecycle

  connectedCallback() {
    this.#timer = setInterval(() => this.#renew(), RENEW_EVERY_MS);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  // Internal

  /** The code on show stays until the next one is there, and for as long as none can be had. */
  async #renew() {
    const shown = this.querySelector("img");
    const address = new URL(shown.src);
    address.searchParams.set("at", String(Date.now()));
    const next = shown.cloneNode();
    next.src = address.href;
    const impatience = setTimeout(() => (next.src = ""), PATIENCE_MS); // a silent server would keep the line
    try {
      await paintable(next);
      shown.replaceWith(next);
    } catch {
      // The next minute brings another try.
    } finally {
      clearTimeout(impatience);
    }
  }
}

customElements.define("join-code", JoinCode);
