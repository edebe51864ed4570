// <proof-of-work data-seed data-bits data-worker>: does the sum of the check, and sends its form once it is done.

import { scriptAddress } from "../helpers/fragment.js";

export class ProofOfWork extends HTMLElement {
  #worker = null;

  // Lifecycle

  connectedCallback() {
    this.hidden = false;
    document.querySelector("form[data-question]")?.setAttribute("hidden", "");
    this.#worker = new Worker(scriptAddress(this.dataset.worker));
    this.#worker.addEventListener("message", ({ data }) => this.#send(data));
    this.#worker.addEventListener("error", () => this.#giveUp());
    this.#worker.postMessage({ seed: this.dataset.seed, bits: Number(this.dataset.bits) });
  }

  disconnectedCallback() {
    this.#worker?.terminate();
  }

  // Internal

  #send(number) {
    const form = this.querySelector("form");
    form.elements.number.value = number;
    form.submit();
  }

  /** Where no worker runs, the organiser's question is left. */
  #giveUp() {
    this.hidden = true;
    document.querySelector("form[data-question]")?.removeAttribute("hidden");
  }
}

customElements.define("proof-of-work", ProofOfWork);
