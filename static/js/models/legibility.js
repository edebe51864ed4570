// Which layouts the last row can read: the rule of core/legibility.py, for the page; the server has the last word.

import { _ } from "./gettext.js";

/** A length as people write it, in metres, or null. */
export function metres(text) {
  const plain = text.trim().toLowerCase().replace(/\s*m$/, "").replace(",", ".");
  const length = /^\d*\.?\d+$/.test(plain) ? Number(plain) : null;
  return length > 0 ? length : null;
}

/** Whether type of so many hundredths of the height can be read, and the height of picture that it takes. */
export function reach({ type, scale = 100, height, distance }) {
  const size = (type * scale) / 100;
  const needed = Math.ceil((distance / size) * 10 - 1e-9) / 10;
  return { good: size + 1e-9 >= distance / height, needed };
}

/** What to say beside a layout. */
export function verdict(seats) {
  const { good, needed } = reach(seats);
  return good
    ? { good, words: _("The last row at %(distance)s m can read this.", { distance: seats.distance }) }
    : { good, words: _("The last row at %(distance)s m cannot read this; the picture would have to be ≥ %(needed)s m high.", { distance: seats.distance, needed }) };
}
