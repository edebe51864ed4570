// What a page of polls does about what it hears: pure, it is told what stands in the page and what the server says.

import { ngettext } from "./gettext.js";
import { number } from "./language.js";

export const JITTER_MS = 2_000;
export const ANNOUNCE_EVERY_MS = 10_000;

/**
 * Return what becomes of each poll of the page: {renew: polls whose place another form or result takes, tell: polls whose
 * number alone is another, remove: ids, ask: ids of those whose results only who voted may ask for}.
 *
 * `here` are {id, version, status, voted}; `told` are {id, version, status, voters, html} in their order; `only` keeps to one.
 */
export function news(here, told, only = "") {
  const known = new Map(here.map((poll) => [poll.id, poll]));
  const wanted = only ? told.filter(({ id }) => id === only) : told;
  const ids = new Set(wanted.map(({ id }) => id));
  const found = { renew: [], tell: [], ask: [], remove: only ? [] : here.map(({ id }) => id).filter((id) => !ids.has(id)) };
  for (const poll of wanted) {
    const before = known.get(poll.id);
    const votedHere = before?.voted && poll.status === "open";
    if (votedHere) found.ask.push(poll.id);
    if (votedHere ? before.status !== "open" : before?.version !== poll.version) found.renew.push(poll);
    else if (!votedHere) found.tell.push(poll);
  }
  return found;
}

/** How many voted, in words. */
export function voters(count) {
  return ngettext("%(num)s person voted", "%(num)s people voted", count, { num: number(count) });
}
