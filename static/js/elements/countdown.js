// The countdowns of delayed posts: on their rows, and on the post under decision.

import { dueWords } from "../models/modes.js";

/** `now` is the server's time in milliseconds. */
export function countDown(root, { now, open }) {
  for (const place of root.querySelectorAll("[data-due]")) {
    const left = Date.parse(place.dataset.due) - now;
    const words = dueWords(left, open);
    if (place.textContent !== words) place.textContent = words;
    place.dataset.stopped = String(!open);
  }
}
