// The test of a source beside its form, with what is filled in. Without this the button opens it in a tab of its own.

import { element } from "../helpers/fragment.js";
import { _ } from "../models/gettext.js";

const TIMEOUT_MS = 25_000; // it is read for ten seconds, after what else waits for that server

export class SourceTrial {
  #button;
  #shown = document.createElement("div");

  constructor(button) {
    this.#button = button;
    this.#shown.setAttribute("role", "status");
  }

  // Lifecycle

  open() {
    this.#button.form.append(this.#shown);
    this.#button.addEventListener("click", (event) => {
      if (!this.#button.form.reportValidity()) return;
      event.preventDefault();
      this.#try();
    });
  }

  // Internal

  async #try() {
    if (this.#button.getAttribute("aria-disabled") === "true") return;
    this.#button.setAttribute("aria-disabled", "true");
    this.#say(_("Reading, for ten seconds at most …"));
    const answer = await this.#ask();
    this.#button.removeAttribute("aria-disabled");
    const shown = answer && element(answer);
    if (shown) this.#shown.replaceChildren(shown);
    else this.#say(_("The test was not answered. Try again."));
  }

  async #ask() {
    try {
      const response = await fetch(`${this.#button.formAction}?part`, {
        method: "POST",
        body: new FormData(this.#button.form),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return response.ok ? await response.text() : null;
    } catch {
      return null;
    }
  }

  #say(words) {
    const line = document.createElement("p");
    line.className = "trial quiet";
    line.textContent = words;
    this.#shown.replaceChildren(line);
  }
}
