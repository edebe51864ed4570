// What the desk says, in words. Pure: values in, sentences out.

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MANY_UNSENT = 5;
const QUOTED_AT_MOST = 40;
const HOLDER_AT_MOST = 12;

const DONE = {
  approve: "Approved",
  reject: "Rejected",
  remove: "Removed",
  pin: "Approved and pinned",
  unpin: "Unpinned",
  stash: "Stashed",
  part: "Parted",
  join: "Put back into its card",
};

const WILL = { approve: "Approve", reject: "Reject", remove: "Remove", stash: "Stash" };
const CONSEQUENCE = {
  approve: "They go on the wall at once.",
  reject: "Nobody sees them but moderators.",
  remove: "They leave every screen and page at once.",
  stash: "They are kept for later, and nobody sees them.",
};

/** How long something is: "3 s", "4 min", "2 h", "3 days". */
export function duration(milliseconds) {
  const long = Math.max(0, milliseconds);
  if (long < MINUTE_MS) return `${Math.floor(long / SECOND_MS)} s`;
  if (long < HOUR_MS) return `${Math.floor(long / MINUTE_MS)} min`;
  if (long < 2 * DAY_MS) return `${Math.floor(long / HOUR_MS)} h`;
  return `${Math.floor(long / DAY_MS)} days`;
}

export function ago(milliseconds) {
  return milliseconds < SECOND_MS ? "just now" : `${duration(milliseconds)} ago`;
}

/** The moment the server means, in milliseconds: it writes seconds or ISO 8601. */
export function moment(at) {
  return typeof at === "number" ? at * SECOND_MS : Date.parse(at);
}

/** The first words of a post, in quotes. */
export function quoted(text) {
  const letters = [...text.trim().replace(/\s+/g, " ")];
  if (!letters.length) return "a post without words";
  const cut = letters.length > QUOTED_AT_MOST;
  const short = cut ? `${letters.slice(0, QUOTED_AT_MOST - 1).join("").trimEnd()}…` : letters.join("");
  // Isolated, so that words written from right to left do not turn the sentence around them.
  return `“\u2068${short}\u2069”`;
}

export function done(kind, post, { picture = false, reason = null } = {}) {
  const what = kind === "pin" && post.status === "approved" ? "Pinned" : DONE[kind];
  const told = reason ? ` \u2013 \u2068${reason}\u2069` : "";
  return `${what} ${picture ? "for its picture " : ""}${quoted(post.words)}${told}`;
}

/** What to say once a post has the first of the two approvals it needs. */
export function firstOfTwo(post) {
  return `1 of 2: somebody else has to approve ${quoted(post.words)}, too`;
}

/** What one is asked before many posts are decided at once. */
export function willDo(kind, count) {
  const bad = kind === "reject" || kind === "remove";
  return { title: `${WILL[kind]} ${count} posts?`, words: CONSEQUENCE[kind], yes: `${WILL[kind]} ${count}`, bad };
}

export function doneAll(kind, count) {
  return `${DONE[kind]} ${posts(count)}. U takes all of them back`;
}

/** What the server refused of a group of decisions. */
export function refusedOf(count) {
  return `${posts(count)} ${count === 1 ? "stands" : "stand"} otherwise: somebody was faster, or the author changed it.`;
}

export function posts(count) {
  return count === 1 ? "1 post" : `${count} posts`;
}

/** How far a search came. */
export function reach({ looked, waiting, shown }) {
  return `${shown} of the oldest ${looked} fit; ${waiting} wait.`;
}

/** What somebody else made of a post: "Max approved this 3 s ago." */
export function overtaken({ kind, status, by, at }, now) {
  if (kind === "withdrawn" || status === "withdrawn") return "Its author deleted this post.";
  if (kind === "lapsed") return `Its delay was over: it went on the wall ${ago(now - moment(at))}.`;
  return `${by || "Another moderator"} ${status} this ${ago(now - moment(at))}.`;
}

/** Why a decision of one's own cannot be taken back any more. */
export function whyNot({ was, status, by, post }) {
  if (post.status === "withdrawn") return "Its author deleted it.";
  if (post.status === was && post.status !== status) return "Taken back.";
  if (post.status === "waiting") return "Its author changed it since.";
  return `Changed since${by ? ` by \u2068${by}\u2069` : ""}: ${post.status}.`;
}

/** Why the server refused a decision. */
export function refused(error, status, post, now) {
  if (error?.code === "already_decided" && error.by && !["waiting", "withdrawn"].includes(error.status)) {
    const when = error.at ? ` ${ago(now - moment(error.at))}` : "";
    return `${error.by} was faster: ${error.status}${when}. ${quoted(post.words)}`;
  }
  if (error?.code === "already_decided") return `${error.message} ${quoted(post.words)}`;
  return `${error?.message ?? `The server refused this (${status}).`} ${quoted(post.words)} stands as it was.`;
}

/** How the desk is connected; `level` is "good", "wait" or "bad". */
export function connection({ online, refused, unsent, stuck }) {
  if (refused) return { level: "bad", words: "Signed out — reload this page" };
  if (stuck && unsent) return { level: "wait", words: `${unsent === 1 ? "1 decision" : `${unsent} decisions`} waiting to be sent` };
  if (online === null) return { level: "wait", words: "Connecting…" };
  if (!online) return { level: "wait", words: "Reconnecting…" };
  return { level: "good", words: unsent < MANY_UNSENT ? "Live" : `Live, sending ${unsent} decisions` };
}

/** What it means that an author is trusted now, or is not. */
export function trustWords(name, trusted, mode) {
  const who = `\u2068${name}\u2069`;
  if (!trusted) return `${who} is no longer trusted: posts wait for a moderator.`;
  return mode === "everything waits"
    ? `${who} is trusted. Posts still wait, as everything does now.`
    : `${who} is trusted: new posts go on the wall at once.`;
}

/** How fast it goes: decisions in the last minute. */
export function paceWords({ team, mine }, alone) {
  if (!team) return "";
  return alone || team === mine ? `${team} a minute` : `${team} a minute, you ${mine}`;
}

/** Who holds a post, short enough for its line. */
export function holderWords(name) {
  const fits = [...name].length <= HOLDER_AT_MOST;
  const letters = fits ? [...name] : [...name.split(" ")[0]];
  return letters.length > HOLDER_AT_MOST ? `${letters.slice(0, HOLDER_AT_MOST - 1).join("")}…` : letters.join("");
}

/** What to say when all that waits is with others; of `approved` posts this desk gave the first of two approvals. */
export function allHeld(desks, approved = 0) {
  const who = desks.map(({ name, count }) => `\u2068${name}\u2069 has ${count}`).join(", ");
  if (approved) return `${who && `${who}. `}${posts(approved)} that you approved ${approved === 1 ? "needs" : "need"} somebody else's approval, too.`;
  return who ? `${who}. The arrow keys open theirs.` : "The next posts are on their way to you.";
}

/** What to say of an empty queue. */
export function nothingWaits({ approved = 0 }) {
  return approved ? `${approved} approved so far.` : "Posts appear here as they arrive.";
}

/** What to say when no post fits the filter. */
export function othersWait({ waiting = 0 }) {
  return waiting ? `${posts(waiting)} ${waiting === 1 ? "waits" : "wait"} behind this filter.` : "Nothing else waits either.";
}

/** How many ask to be left out, for the link that leads to them. */
export function leaveRequests(count) {
  return `${count} ${count === 1 ? "asks" : "ask"} to be left out`;
}

export function title(waiting, name) {
  return waiting ? `(${waiting}) ${name}` : name;
}
