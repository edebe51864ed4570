// What somebody who stands at the machine wants, laid over what the plan says. It holds on this machine alone, and until
// the page is loaded anew: whoever is far away is told so by the mark in the corner.

import { _ } from "./gettext.js";

const KEYS = { " ": "pause", b: "blank", arrowright: "next", arrowleft: "back", escape: "free" };

export class Hand {
  #paused = false;
  #blank = false;
  #turn = 0;
  #passed = null; // since when what a remote control showed was passed over here

  // Actions

  /** Take in a key: returns what it meant, or null. `direction` is what holds. */
  press(key, direction = {}) {
    const act = KEYS[key.toLowerCase()] ?? null;
    if (act === "pause") this.#paused = !this.#paused;
    if (act === "blank") this.#blank = !this.#blank;
    if (act === "next" || act === "back") {
      this.#turn += act === "next" ? 1 : -1;
      this.#passed = direction.since ?? null;
    }
    if (act === "free") {
      this.#paused = false;
      this.#blank = false;
    }
    return act;
  }

  /** A plan as it holds here. While a scene is turned (`moving`), a pause lets it come. */
  over(plan, { moving = false } = {}) {
    const { show = null, since = null, held = false, frozen = false, blank = false, turn = 0 } = plan.direction ?? {};
    return {
      ...plan,
      direction: {
        ...plan.direction,
        show: this.#passed !== null && this.#passed === since ? null : show,
        held: held || this.#paused,
        frozen: frozen || (this.#paused && !moving),
        blank: blank || this.#blank,
        turn: turn + this.#turn,
      },
    };
  }

  /** How far it was turned here, beside what the plan says. */
  get turn() {
    return this.#turn;
  }

  /** What holds here only, in words; empty when nothing does. */
  get words() {
    if (this.#blank) return _("Blank on this machine only (B or Esc shows the wall)");
    if (this.#paused) return _("Paused on this machine only (space or Esc goes on; arrows turn)");
    return "";
  }
}
