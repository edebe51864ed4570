// Who else is at the desk, and how many posts each holds.

import { _, ngettext } from "../models/gettext.js";
import { listed } from "../models/language.js";

const NAMED_AT_MOST = 3;

export class Who {
  #list = document.querySelector(".who");
  #told = null;

  /** `held(desk)` is how many posts a desk holds that wait still. */
  show(desks, held) {
    const named = desks.slice(0, NAMED_AT_MOST).map((desk) => ({ ...desk, count: held(desk) }));
    const told = JSON.stringify([named.map(({ name, busy, count }) => [name, busy, count]), desks.map(({ name }) => name)]);
    if (told === this.#told) return;
    this.#told = told;
    const shown = named.map((desk) => this.#entry(desk, desk.count));
    if (desks.length) shown.push(sum(desks));
    this.#list.replaceChildren(...shown);
    this.#list.hidden = !shown.length;
  }

  // Internal

  #entry({ name, busy }, count) {
    const entry = document.createElement("li");
    entry.className = "who__one";
    entry.toggleAttribute("data-idle", !busy);
    const words = document.createElement("bdi");
    words.textContent = name;
    entry.append(words);
    const number = document.createElement("span");
    number.className = "who__count";
    number.textContent = busy ? String(count) : "–";
    entry.title = busy ? ngettext("holds %(num)s post", "holds %(num)s posts", count) : _("is here, and decides nothing just now");
    entry.append(number);
    return entry;
  }
}

/** In one word where there is no room for names; beside the names, how many more there are. */
function sum(desks) {
  const entry = document.createElement("li");
  entry.className = "who__sum";
  const more = desks.length - NAMED_AT_MOST;
  entry.dataset.more = more > 0 ? `+${more}` : "";
  entry.textContent = ngettext("%(num)s other here", "%(num)s others here", desks.length);
  entry.title = listed(desks.map(({ name }) => name));
  return entry;
}
