// The time that is left to those who speak, in figures and words. Pure. What changes is said by place and words: nothing
// blinks before somebody who has the floor.

import { _ } from "./gettext.js";
import { isolated, listed } from "./language.js";

const SOON_MS = 5 * 60_000;

/** Return {phase, figures, words} for a session that ends at `endsAt` (ms, or null when nobody has said). */
export function clock(endsAt, now) {
  if (endsAt === null) return { phase: "none", figures: "", words: "" };
  const left = endsAt - now;
  if (left <= 0) return { phase: "over", figures: `+${minutes(-left, Math.floor)}`, words: _("Time is up") };
  if (left <= SOON_MS) return { phase: "soon", figures: minutes(left, Math.ceil), words: _("left, please come to the end") };
  return { phase: "calm", figures: minutes(left, Math.ceil), words: _("left") };
}

/** Return {title, speakers} for the session whose time it is, or for none that is known. */
export function whose(session) {
  return { title: session?.title ?? "", speakers: listed(session?.speakers ?? []) };
}

/**
 * Say until when they speak in each room, and who says so: "From the programme: ‘Maps’ until 14:30". A room is named where there
 * are several.
 */
export function counts(rooms) {
  return rooms.map((one) => (rooms.length > 1 ? saidOf(one) : said(one)));
}

function said({ title, own, until: time }) {
  const session = isolated(title);
  if (own && title) return _("‘%(session)s’ until %(time)s, as the desk says", { session, time });
  if (own) return _("Until %(time)s, as the desk says", { time });
  return time ? _("From the programme: ‘%(session)s’ until %(time)s", { session, time }) : _("No end is known");
}

function saidOf({ room, title, own, until: time }) {
  const [session, place] = [isolated(title), room || _("Without a room")];
  if (own && title) return _("%(room)s: ‘%(session)s’ until %(time)s, as the desk says", { room: place, session, time });
  if (own) return _("%(room)s: until %(time)s, as the desk says", { room: place, time });
  if (time) return _("%(room)s: from the programme: ‘%(session)s’ until %(time)s", { room: place, session, time });
  return _("%(room)s: no end is known", { room: place });
}

/** Minutes and seconds, or hours as well: a second counts until it is over. */
function minutes(milliseconds, round) {
  const seconds = round(milliseconds / 1000);
  const two = (number) => String(number).padStart(2, "0");
  const [hours, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}:${two(rest)}:${two(seconds % 60)}` : `${rest}:${two(seconds % 60)}`;
}
