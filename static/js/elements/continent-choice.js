// The continent that somebody may be counted under. Who opens the choice sees what their time zone says, before anything is sent.

import { continentOf } from "../models/continent.js";
import { _ } from "../models/gettext.js";

/** `select` is the choice, or null on forms without. */
export function suggestContinent(select) {
  const details = select?.closest("details");
  details?.addEventListener("toggle", () => {
    const suggested = continentOf(Intl.DateTimeFormat().resolvedOptions().timeZone);
    if (!details.open || select.value || select.dataset.continent || !suggested) return;
    select.value = suggested;
    const hint = details.querySelector("[data-by-clock]");
    hint.textContent = _("as your time zone says; choose another if that is wrong");
    hint.hidden = false;
  });
}
