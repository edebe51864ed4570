// <text-counter for="…" data-limit="…">: says how much room is left in a field, and stops a form that is too long.

import { ngettext } from "../models/gettext.js";
import { graphemes } from "../models/length.js";

const NEAR = 40; // from here on the count is worth reading

export class TextCounter extends HTMLElement {
  #field = null;
  #limit = 0;

  // Lifecycle

  connectedCallback() {
    this.#field = document.getElementById(this.getAttribute("for"));
    this.#limit = Number(this.dataset.limit);
    this.#field.addEventListener("input", this.#count);
    this.#count();
  }

  disconnectedCallback() {
    this.#field.removeEventListener("input", this.#count);
  }

  // Internal

  #count = () => {
    const left = this.#limit - graphemes(this.#field.value.trim());
    this.textContent = left < 0 ? ngettext("%(num)s too many", "%(num)s too many", -left) : ngettext("%(num)s left", "%(num)s left", left);
    this.toggleAttribute("data-over", left < 0);
    this.toggleAttribute("data-near", left < NEAR);
    this.#field.setCustomValidity(left < 0 ? ngettext("Please write %(num)s character less.", "Please write %(num)s characters less.", -left) : "");
  };
}

customElements.define("text-counter", TextCounter);
