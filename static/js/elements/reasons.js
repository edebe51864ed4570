// The list of reasons that opens before a post is rejected or removed with one; 1 to 9 choose, own words may be typed.

import { _ } from "../models/gettext.js";

export class Reasons {
  #dialog = document.querySelector("#reasons");
  #own = this.#dialog.querySelector("input");
  #chosen = null; // what to do with the reason

  constructor() {
    this.#dialog.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-reason]");
      if (button) this.#choose(button.dataset.reason);
    });
    this.#dialog.addEventListener("keydown", (event) => this.#press(event));
    this.#dialog.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#own.value.trim()) this.#choose(this.#own.value.trim());
    });
    this.#dialog.querySelector("[data-close]").addEventListener("click", () => this.#dialog.close());
  }

  // Actions

  /** Ask for the reason of a decision of this kind about a post quoted as `words`, and call `chosen(reason)`. */
  open({ kind, words, chosen }) {
    this.#chosen = chosen;
    this.#own.value = "";
    this.#dialog.querySelector("#reasons-title").textContent = kind === "remove" ? _("Remove, and say why") : _("Reject, and say why");
    this.#dialog.querySelector("[data-words]").textContent = words;
    this.#dialog.showModal();
    (this.#dialog.querySelector("[data-reason]") ?? this.#own).focus();
  }

  // Internal

  #press(event) {
    if (event.target === this.#own || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const button = this.#dialog.querySelectorAll("[data-reason]")[Number(event.key) - 1];
    if (!button) return;
    event.preventDefault();
    this.#choose(button.dataset.reason);
  }

  #choose(reason) {
    const chosen = this.#chosen;
    this.#chosen = null;
    this.#dialog.close();
    chosen?.(reason);
  }
}
