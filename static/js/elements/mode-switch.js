// The switch of what becomes of new posts, with words for the consequence.

import { post } from "../helpers/ask.js";

export class ModeSwitch {
  #form;
  #url;
  #mode;
  #say;
  #asking = 0;

  /** Calls `say(words, level)` with what became of it. */
  constructor(form, { url, mode, say }) {
    this.#form = form;
    this.#url = url;
    this.#mode = mode;
    this.#say = say;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", () => this.#switch());
  }

  get mode() {
    return this.#mode;
  }

  /** The server says what the mode is, whoever changed it. */
  hear(mode) {
    if (!mode || mode === this.#mode || this.#asking) return;
    this.#mode = mode;
    this.#show(mode);
    this.#say(`Changed at another desk: ${mode}.`, "note");
  }

  // Internal

  async #switch() {
    const mode = this.#form.elements.mode.value;
    this.#show(mode);
    this.#asking += 1;
    const { status, body } = await post(this.#url, { mode });
    this.#asking -= 1;
    if (this.#form.elements.mode.value !== mode) return;
    if (status === 200) {
      this.#mode = mode;
      this.#say(`From now on: ${mode}.`, "note");
    } else {
      this.#show(this.#mode);
      this.#say(body?.error?.message ?? `The mode is still “${this.#mode}”: the server did not answer. Try again.`, "bad");
    }
  }

  #show(mode) {
    this.#form.elements.mode.value = mode;
    for (const words of this.#form.querySelectorAll(".mode__consequence")) words.hidden = words.dataset.mode !== mode;
  }
}
