// “214 follow along”: how many follow the wall now, asked for now and then. Nobody is told who.

import { get } from "../helpers/ask.js";
import { ngettext } from "../models/gettext.js";

const EVERY_MS = 60_000;
const JITTER_MS = 30_000; // so that those who came together do not ask together
const FIRST_MS = 5_000;
const LEAST = 2; // to be told that one is alone helps nobody

/** Keep a number true: `line` has the address in its data, and is hidden while there is nothing to say. */
export function tellFollowing(line) {
  if (!line) return;
  setTimeout(ask, FIRST_MS);

  async function ask() {
    setTimeout(ask, EVERY_MS + Math.random() * JITTER_MS);
    if (document.visibilityState === "hidden") return;
    const { status, body } = await get(line.dataset.following);
    if (status !== 200) return;
    const words = followingWords(body);
    line.hidden = words === "";
    if (line.textContent !== words) line.textContent = words;
  }
}

/** How many, in words; empty for too few. */
export function followingWords({ following, room = 0 }) {
  if (!(following >= LEAST)) return "";
  return room > 0
    ? ngettext("%(num)s follow along, %(room)s of them in the room", "%(num)s follow along, %(room)s of them in the room", following, { room })
    : ngettext("%(num)s follow along", "%(num)s follow along", following);
}
