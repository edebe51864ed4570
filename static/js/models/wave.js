// The wave alarm as one desk shows it: what is out of the ordinary, in words, and for how long it was put aside.

import { _ } from "./gettext.js";

export const ASIDE_MS = 10 * 60_000;

export class WaveNotice {
  #waves = [];
  #asideUntil;

  /** `asideUntil` is until when it was put aside before this page was loaded, in milliseconds. */
  constructor({ asideUntil = 0 } = {}) {
    this.#asideUntil = asideUntil;
  }

  // Actions

  hear({ waves }) {
    this.#waves = waves;
  }

  /** Put it aside; returns until when. */
  putAside(now) {
    this.#asideUntil = now + ASIDE_MS;
    return this.#asideUntil;
  }

  /** What to say, a sentence for each wave; nothing while all is as usual or it was put aside. */
  words(now) {
    return now < this.#asideUntil ? [] : this.#waves.map(said);
  }
}

function said({ what, number, usual }) {
  const of = { num: number, usual };
  if (what === "rejections") {
    return usual
      ? _("%(num)s of the last five minutes’ posts were rejected; %(usual)s would be usual.", of)
      : _("%(num)s of the last five minutes’ posts were rejected; none would be usual.", of);
  }
  return usual
    ? _("%(num)s posts came in the last minute; %(usual)s would be usual.", of)
    : _("%(num)s posts came in the last minute; hardly any would be usual.", of);
}
