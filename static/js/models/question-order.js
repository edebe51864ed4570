// A list whose rows keep their places, and the order they would have by now. Pure.

import { _, ngettext } from "./gettext.js";

/** Compare the ids that are shown with those wanted: which are new, which are gone, and whether others changed places. */
export function compare(shown, wanted) {
  const fresh = wanted.filter((id) => !shown.includes(id));
  const gone = shown.filter((id) => !wanted.includes(id));
  const stayed = wanted.filter((id) => shown.includes(id));
  const moved = shown.filter((id) => wanted.includes(id)).some((id, place) => stayed[place] !== id);
  return { fresh, gone, moved };
}

/** What the button says that brings a list into its order; nothing when it has it. */
export function words({ fresh, moved }) {
  if (fresh.length) return ngettext("%(num)s new question", "%(num)s new questions", fresh.length);
  return moved ? _("Sort by votes again") : "";
}

/** The order of the rows that the server told of, which come by rank. */
export function ordered(questions, sort) {
  if (sort !== "newest") return questions;
  return [...questions].sort((one, other) => (one.asked_at < other.asked_at ? 1 : one.asked_at > other.asked_at ? -1 : 0));
}

/** What a vote makes of a row, before the server said so. */
export function voted({ votes, mine }) {
  return { votes: Math.max(0, votes + (mine ? -1 : 1)), mine: !mine };
}
