// The line at the foot of a card's “More” that says how the post sounds. It is asked for when that is opened.

import { line, say } from "../helpers/mood.js";
import { _ } from "../models/gettext.js";

const NOT_KEPT = _("That was not kept. Open this again and say it once more.");

export class MoodLine {
  // Lifecycle

  listen() {
    document.addEventListener("toggle", ({ target }) => target.matches(".more") && target.open && this.#show(target), {
      capture: true,
    });
    document.addEventListener("submit", (event) => this.#submit(event));
  }

  // Internal

  async #show(menu) {
    const place = menu.querySelector(".more__mood");
    if (!place) return;
    const found = await line(place.dataset.url);
    place.hidden = !found;
    if (found) place.replaceChildren(found);
  }

  async #submit(event) {
    const place = event.target.closest(".more__mood");
    if (!place) return;
    event.preventDefault();
    const says = event.submitter.textContent;
    const found = await say(event.target, event.submitter);
    if (!found) {
      place.querySelector(".mood__line").textContent = NOT_KEPT;
      return;
    }
    place.replaceChildren(found);
    [...place.querySelectorAll("button")].find((button) => button.textContent === says)?.focus();
  }
}
