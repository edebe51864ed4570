// Makes a question of any post: one press of the button on its card, which then says what came of it.

import { post } from "../helpers/ask.js";

const NOT_SENT = "That did not get through; press again.";

export class Promotion {
  #root;

  constructor(root) {
    this.#root = root;
  }

  // Lifecycle

  open() {
    if (!("asking" in this.#root.dataset)) return;
    document.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-promote]");
      if (button) this.#promote(button);
    });
  }

  // Internal

  async #promote(button) {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    const { status, body } = await post(`/${this.#root.dataset.slug}/moderate/questions/promotion`, {
      post: button.dataset.promote,
    });
    if (status !== 200) button.removeAttribute("aria-disabled");
    const words = body?.words ?? body?.error?.message ?? NOT_SENT;
    button.textContent = words;
    document.querySelector("#spoken").textContent = words;
  }
}
