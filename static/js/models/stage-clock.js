// The time that is left to those who speak, in figures and words. Pure. What changes is said by place and words: nothing
// blinks before somebody who has the floor.

const SOON_MS = 5 * 60_000;

/** Return {phase, figures, words} for a session that ends at `endsAt` (ms, or null when nobody has said). */
export function clock(endsAt, now) {
  if (endsAt === null) return { phase: "none", figures: "", words: "" };
  const left = endsAt - now;
  if (left <= 0) return { phase: "over", figures: `+${minutes(-left, Math.floor)}`, words: "Time is up" };
  if (left <= SOON_MS) return { phase: "soon", figures: minutes(left, Math.ceil), words: "left, please come to the end" };
  return { phase: "calm", figures: minutes(left, Math.ceil), words: "left" };
}

/** Return {title, speakers} for the session whose time it is, or for none that is known. */
export function whose(session) {
  return { title: session?.title ?? "", speakers: session?.speakers?.join(", ") ?? "" };
}

/**
 * Say until when they speak in each room, and who says so: "From the programme: ‘Maps’ until 14:30". A room is named where there
 * are several.
 */
export function counts(rooms) {
  return rooms.map((one) => (rooms.length > 1 ? `${one.room || "Without a room"}: ${lower(said(one))}` : said(one)));
}

function said({ title, own, until }) {
  const session = title && `‘\u2068${title}\u2069’`;
  if (own) return `${session ? `${session} until` : "Until"} ${until}, as the desk says`;
  return until ? `From the programme: ${session} until ${until}` : "No end is known";
}

function lower(words) {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** Minutes and seconds, or hours as well: a second counts until it is over. */
function minutes(milliseconds, round) {
  const seconds = round(milliseconds / 1000);
  const two = (number) => String(number).padStart(2, "0");
  const [hours, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}:${two(rest)}:${two(seconds % 60)}` : `${rest}:${two(seconds % 60)}`;
}
