// The remote's buttons: whom they tell, which of them stand pressed, and what came of the last press.

import { _ } from "../models/gettext.js";

/** What is on until it is pressed again: `of` a direction, told by the acts `on` and `off`. */
export const TOGGLES = {
  hold: { of: "held", on: "hold", off: "go on", words: [_("Hold"), _("Go on")] },
  freeze: { of: "frozen", on: "freeze", off: "thaw", words: [_("Freeze"), _("Unfreeze")] },
  blank: { of: "blank", on: "blank", off: "light", words: [_("Blank"), _("Not blank")] },
};

export class RemotePad {
  #root;
  #target;
  #said;
  #spoken = document.querySelector("#spoken");

  constructor(root) {
    this.#root = root;
    this.#target = root.querySelector(".pad__target");
    this.#said = root.querySelector(".pad__said");
  }

  /** Show the screens that a press tells, what they are called together, and how they stand. */
  draw({ screens, words }) {
    write(this.#target, words);
    for (const [name, { of, words: names }] of Object.entries(TOGGLES)) {
      const on = screens.length > 0 && screens.every(({ direction }) => direction[of]);
      const button = this.#root.querySelector(`[data-act=${name}]`);
      button.setAttribute("aria-pressed", String(on));
      write(button.querySelector("span"), names[Number(on)]);
    }
    for (const button of this.#root.querySelectorAll("[data-act]")) button.disabled = !screens.length;
  }

  /** Say what came of the last press; aloud when it changes for the better or the worse, not with every second. */
  say({ level, words }) {
    if (words && this.#said.dataset.level !== level) write(this.#spoken, words);
    this.#said.dataset.level = level;
    write(this.#said, words);
  }
}

function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
