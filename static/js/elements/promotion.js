// Makes a question of any post: one press of the button on its card; the desk then says what came of it.

import { post } from "../helpers/ask.js";
import { _ } from "../models/gettext.js";

const NOT_SENT = _("That did not get through; press again.");

export class Promotion {
  #root;
  #say;

  /** `say(words, level)` tells what came of it. */
  constructor(root, { say }) {
    this.#root = root;
    this.#say = say;
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
    this.#say(body?.words ?? body?.error?.message ?? NOT_SENT, status === 200 ? "done" : "bad");
  }
}
