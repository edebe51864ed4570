// A time of the event as the reader's own clock shows it, beside what the page says, where the two differ.

import { _ } from "../models/gettext.js";

const WHOLE = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZoneName: "short" };

/** Say it in every place below `root` that has `data-reader` with an ISO time. */
export function tellReader(root) {
  const language = document.documentElement.lang || undefined;
  for (const place of root.querySelectorAll("[data-reader]")) {
    const time = new Date(place.dataset.reader);
    if (Number.isNaN(time.getTime())) continue;
    place.textContent = _("By your clock: %(time)s", { time: time.toLocaleString(language, WHOLE) });
    place.hidden = false;
  }
}
