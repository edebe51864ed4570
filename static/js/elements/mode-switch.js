// The switch of what becomes of new posts, with words for the consequence, and until when it holds.

import { post } from "../helpers/ask.js";
import { holdingWords } from "../models/modes.js";

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

  // Actions

  /** Show the mode that holds, whoever chose it. */
  hear(frame) {
    if (this.#asking) return;
    const { mode, by, until_words: until } = frame;
    if (mode !== this.#mode) {
      const why = by ? `\u2068${by}\u2069 changed the mode` : "The mode changed";
      this.#say(`${why}. From now on${until ? `, until ${until}` : ""}: ${mode}.`, "note");
    }
    this.#take(frame);
  }

  // Internal

  async #switch() {
    const mode = this.#form.elements.mode.value;
    this.#show(mode);
    this.#asking += 1;
    const { status, body } = await post(this.#url, { mode });
    this.#asking -= 1;
    if (this.#asking) return;
    if (status === 200) {
      this.#take(body);
      const until = body.until_words ? `Until ${body.until_words}` : "From now on";
      this.#say(`${until}: ${body.mode}.`, "note");
    } else {
      this.#show(this.#mode);
      this.#say(body?.error?.message ?? `The mode is still “${this.#mode}”: the server did not answer. Try again.`, "bad");
    }
  }

  #take(frame) {
    this.#mode = frame.mode;
    this.#show(frame.mode);
    this.#form.querySelector(".mode__holding").textContent = holdingWords(frame);
    for (const place of this.#form.querySelectorAll(".mode__delay")) place.textContent = frame.delay;
  }

  #show(mode) {
    this.#form.elements.mode.value = mode;
    for (const words of this.#form.querySelectorAll(".mode__consequence")) words.hidden = words.dataset.mode !== mode;
  }
}
