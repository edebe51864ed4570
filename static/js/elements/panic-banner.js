// What holds over the whole event: told so that nobody overlooks it, with who did it, since when, and the way back.

import { _ } from "../models/gettext.js";
import { alarms, restrictedAuthors } from "../models/panic.js";

export class PanicBanner {
  #place;
  #undo;
  #drawn = "";

  /** Calls `undo(act)` when a moderator takes a way back. */
  constructor(place, undo) {
    this.#place = place;
    this.#undo = undo;
  }

  // Actions

  show(state, now) {
    const loud = alarms(state, now);
    const restricted = restrictedAuthors(state);
    const drawing = JSON.stringify([loud.map(({ act, words }) => [act, words]), restricted]);
    if (drawing !== this.#drawn) this.#draw(loud, restricted);
    this.#drawn = drawing;
    for (const { key, by } of loud) {
      const line = this.#place.querySelector(`[data-key="${key}"] .alarm__by`);
      if (line.textContent !== by) line.textContent = by;
    }
  }

  /** Say what went wrong with a way back. */
  complain(words) {
    this.#place.querySelector(".alarm__trouble")?.remove();
    (this.#place.querySelector(".alarm, .restricted") ?? this.#place).append(made("p", "alarm__trouble", words));
  }

  // Internal

  #draw(loud, restricted) {
    this.#place.hidden = loud.length + restricted.length === 0;
    this.#place.replaceChildren(...loud.map((one) => this.#alarm(one)), ...(restricted.length ? [this.#quiet(restricted)] : []));
  }

  #alarm({ key, words, back, act }) {
    const alarm = made("div", "alarm");
    alarm.dataset.key = key;
    const line = made("p", "alarm__words");
    const by = made("span", "alarm__by");
    by.ariaLive = "off"; // it grows every few seconds
    line.append(made("strong", "", words), " ", by);
    alarm.append(line, this.#button(back, act));
    return alarm;
  }

  #quiet(restricted) {
    const line = made("div", "restricted");
    line.append(made("p", "restricted__words", _("Restricted:")));
    for (const { author, name } of restricted) {
      const button = this.#button("", { act: "lift", author });
      button.classList.add("button--small");
      button.append(made("bdi", "", name), made("span", "restricted__end", _("Lift")));
      line.append(button);
    }
    return line;
  }

  #button(words, act) {
    const button = made("button", "button alarm__back", words);
    button.type = "button";
    button.addEventListener("click", () => {
      button.disabled = true;
      this.#undo(act).finally(() => (button.disabled = false));
    });
    return button;
  }
}

function made(name, className, words = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.textContent = words;
  return element;
}
