// The pages of a look: say beside each choice whether it can be read, while it is made. Both work without it.

import { verdict as contrastOf } from "../models/contrast.js";
import { _ } from "../models/gettext.js";
import { metres, verdict as reachOf } from "../models/legibility.js";

/** The page of one screen: which layouts the two numbers allow. */
export class LookForm {
  #form;

  constructor(form) {
    this.#form = form;
    form.addEventListener("input", () => this.#show());
    this.#show();
  }

  #show() {
    const { height, distance, scale } = this.#form.elements;
    const seats = { height: metres(height.value), distance: metres(distance.value), scale: Number(scale.value) || 100 };
    const known = seats.height && seats.distance;
    let chosen = null;
    for (const choice of this.#form.querySelectorAll("[data-type]")) {
      const { good, words } = known ? reachOf({ ...seats, type: Number(choice.dataset.type) }) : { good: false, words: "" };
      const output = choice.parentElement.querySelector("[data-verdict]");
      output.textContent = words;
      output.toggleAttribute("data-good", good);
      if (good) chosen ??= choice.dataset.name;
    }
    this.#form.querySelector("[data-shows=chosen]").textContent = automatic({ known, chosen });
  }
}

/** What becomes of a screen whose layout is chosen for it. */
function automatic({ known, chosen }) {
  if (!known) return _("by the shape of the picture");
  return chosen ? _("%(layout)s, the most posts that the last row can read", { layout: chosen }) : _("none can be read");
}

/** The page of an event's look: how the colours that are being picked contrast. */
export class BrandForm {
  #form;

  constructor(form) {
    this.#form = form;
    form.addEventListener("input", () => this.#show());
    this.#show();
  }

  #show() {
    const { ground, card, ink, quiet, own_colours: own } = this.#form.elements;
    const pairs = [[ink, ground], [ink, card], [quiet, ground], [quiet, card]];
    const names = new Map([[ground, _("ground")], [card, _("cards")], [ink, _("Words")], [quiet, _("Quiet words")]]);
    const rows = own.checked ? pairs.map(([words, on]) => this.#row(words.value, on.value, names.get(words), names.get(on))) : [];
    this.#form.querySelector("[data-ratios]").replaceChildren(...rows);
  }

  #row(ink, ground, name, on) {
    const row = document.createElement("li");
    const { words, good } = contrastOf({ ink, ground, name, on });
    row.className = "ratios__one";
    row.textContent = `${good ? "✓" : "✗"} ${words}`;
    row.style.color = ink;
    row.style.background = ground;
    return row;
  }
}
