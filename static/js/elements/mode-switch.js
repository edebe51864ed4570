// The switch of what becomes of new posts, with words for the consequence.

import { post } from "../helpers/ask.js";

export class ModeSwitch {
  #form;
  #url;
  #mode;

  /** Calls `say(words, level)` with what became of it. */
  constructor(form, { url, mode, say }) {
    this.#form = form;
    this.#url = url;
    this.#mode = mode;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", () => this.#switch(say));
  }

  get mode() {
    return this.#mode;
  }

  // Internal

  async #switch(say) {
    const mode = this.#form.elements.mode.value;
    this.#show(mode);
    const { status, body } = await post(this.#url, { mode });
    if (this.#form.elements.mode.value !== mode) return;
    if (status === 200) {
      this.#mode = mode;
      say(`From now on: ${mode}.`, "note");
    } else {
      this.#show(this.#mode);
      say(body?.error?.message ?? `The mode is still “${this.#mode}”: the server did not answer. Try again.`, "bad");
    }
  }

  #show(mode) {
    this.#form.elements.mode.value = mode;
    for (const words of this.#form.querySelectorAll(".mode__consequence")) words.hidden = words.dataset.mode !== mode;
  }
}
