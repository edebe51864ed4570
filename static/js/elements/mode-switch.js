// The switch of what becomes of new posts, with words for the consequence, and until when it holds.

import { post } from "../helpers/ask.js";
import { _ } from "../models/gettext.js";
import { changedWords, chosenWords, holdingWords, modeName } from "../models/modes.js";

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
    if (frame.mode !== this.#mode) this.#say(changedWords(frame), "note");
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
      this.#say(chosenWords(body), "note");
    } else {
      this.#show(this.#mode);
      this.#say(body?.error?.message ?? _("The mode is still “%(mode)s”: the server did not answer. Try again.", { mode: modeName(this.#mode) }), "bad");
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
