// The posts that sound unhappy: gone through and answered by key or thumb, without leaving the page.

import { say } from "../helpers/mood.js";
import { _ } from "../models/gettext.js";

const NOT_KEPT = _("That was not kept. Load the page again and say it once more.");
const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

export class MoodList {
  #list;

  constructor(list) {
    this.#list = list;
  }

  // Lifecycle

  listen() {
    this.#list.addEventListener("submit", (event) => this.#submit(event));
    document.addEventListener("keydown", (event) => this.#press(event));
  }

  // Internal

  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    const step = STEPS[event.key];
    const button = this.#at?.querySelectorAll(".mood__answers button")[Number(event.key) - 1];
    if (step) this.#go(step);
    else if (button) button.form.requestSubmit(button);
    else return;
    event.preventDefault();
  }

  /** Go so many posts on; from nowhere, to the first. */
  #go(step) {
    const rows = [...this.#list.children];
    const at = rows.indexOf(this.#at);
    rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + step))].focus();
  }

  async #submit(event) {
    event.preventDefault();
    const row = event.target.closest(".moods__row");
    const shown = row.querySelector(".mood");
    const onward = event.submitter.value !== "";
    const found = await say(event.target, event.submitter);
    if (!found) {
      row.querySelector(".mood__line").textContent = NOT_KEPT;
      return;
    }
    const here = row.contains(document.activeElement);
    shown.replaceWith(found);
    if (!here) return;
    row.focus();
    if (onward) this.#go(1);
  }

  get #at() {
    return document.activeElement?.closest(".moods__row");
  }
}
