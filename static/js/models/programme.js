// What a programme says at a moment: what runs in each room, what comes, and when that changes. Pure: times in ms.
// A room is {own, house, slots}, a slot {starts, ends, midnight, from, to, weekday}, in order of time; `midnight` is when
// its day begins and `from`, `to`, `weekday` are by the clocks of the venue, so that no zone needs to be known here.

import { _, ngettext } from "./gettext.js";

const MINUTE_MS = 60_000;
const SOON_MINUTES = 60;
const HOUSE_SOON_MS = SOON_MINUTES * MINUTE_MS;
const LEAST_ALIKE = 0.71; // a size: one long title does not make all the others smaller than that
const AFTER_MS = 20; // beyond a change, so that no tick comes a moment too early

/** Return what a room shows: {state, now, next, beside}, slots by their place, null for none; beside: how many more run. */
export function roomAt(slots, now) {
  const running = places(slots, ({ starts, ends }) => starts <= now && now < ends);
  const next = slots.findIndex(({ starts }) => starts > now);
  const begun = slots.some(({ starts }) => starts <= now);
  return {
    state: running.length > 0 ? "running" : next === -1 ? "over" : begun ? "between" : "before",
    now: running.at(-1) ?? null,
    next: next === -1 ? null : next,
    beside: Math.max(running.length - 1, 0),
  };
}

/**
 * Return the whole board: {rooms, over, more}. Each room is as `roomAt` says, and `seen` or not; `more` is how many with
 * something to say there is no place for. The house itself is seen while something runs in it, or soon will.
 */
export function board(rooms, now, { most }) {
  const shown = rooms.map(({ slots, own, house }) => ({ ...roomAt(slots, now), slots, own, house }));
  const houses = shown.filter(({ house }) => house);
  for (const one of houses) one.seen = one.now !== null || soon(one, now);
  const halls = shown.filter(({ house }) => !house);
  const alive = halls.filter(({ state }) => state !== "over");
  const wanted = alive.length > 0 ? alive : [];
  const first = [...wanted].sort((one, other) => rank(one, now) - rank(other, now)).slice(0, most);
  for (const one of halls) one.seen = first.includes(one);
  return {
    rooms: shown,
    over: !shown.some(({ seen, state }) => seen || state !== "over"),
    more: wanted.length - first.length,
  };
}

/** The words before a session: that it runs, and until when; or when it comes, on which day, and (not `brief`) how soon. */
export function label({ starts, midnight, from, to, weekday }, now, { brief = false } = {}) {
  if (starts <= now) return to ? _("Now · until %(time)s", { time: to }) : _("Now · since %(time)s", { time: from });
  const num = Math.ceil((starts - now) / MINUTE_MS);
  const time = now < midnight ? _("%(weekday)s %(time)s", { weekday, time: from }) : from;
  return num <= SOON_MINUTES && !brief ? ngettext("%(time)s · in %(num)s min", "%(time)s · in %(num)s min", num, { time }) : time;
}

/** Sizes of titles side by side, each as large as its room takes: those of the others follow the smallest, within reason. */
export function alikeSizes(sizes) {
  const common = Math.max(LEAST_ALIKE, Math.min(...sizes));
  return sizes.map((size) => Math.min(size, common));
}

/** How many ms until something on the board is said otherwise. */
export function wait(rooms, now) {
  const times = rooms.flatMap(({ slots }) => slots.flatMap(({ starts, ends, midnight }) => [starts, ends, midnight]));
  const ahead = times.filter((time) => time > now).map((time) => time - now);
  const starts = rooms.flatMap(({ slots }) => slots.map((slot) => slot.starts)).filter((time) => time > now);
  const minutes = starts.map((time) => (time - now) % MINUTE_MS || MINUTE_MS);
  return Math.min(...ahead, ...minutes, MINUTE_MS) + AFTER_MS;
}

function places(slots, is) {
  return slots.map((slot, place) => (is(slot) ? place : -1)).filter((place) => place !== -1);
}

function soon({ slots, next }, now) {
  return next !== null && slots[next].starts - now <= HOUSE_SOON_MS;
}

/** Who goes first when there is no place for all: one's own room, what runs, then what comes soonest. */
function rank({ own, state, slots, next }, now) {
  if (own) return -2;
  return state === "running" ? -1 : slots[next].starts - now;
}
