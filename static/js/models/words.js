// What the desk says, in words. Pure: values in, sentences out.

import { _, ngettext } from "./gettext.js";
import { isolated, listed, number } from "./language.js";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MANY_UNSENT = 5;
const QUOTED_AT_MOST = 40;
const HOLDER_AT_MOST = 12;

const DONE = {
  approve: (post) => _("Approved %(post)s", { post }),
  reject: (post) => _("Rejected %(post)s", { post }),
  remove: (post) => _("Removed %(post)s", { post }),
  pin: (post) => _("Approved and pinned %(post)s", { post }),
  unpin: (post) => _("Unpinned %(post)s", { post }),
  stash: (post) => _("Stashed %(post)s", { post }),
  part: (post) => _("Parted %(post)s", { post }),
  join: (post) => _("Put back into its card %(post)s", { post }),
};
const DONE_FOR_PICTURE = {
  reject: (post) => _("Rejected for its picture %(post)s", { post }),
  remove: (post) => _("Removed for its picture %(post)s", { post }),
};
const DONE_ALL = {
  approve: (count) => ngettext("Approved %(num)s post. U takes all of them back", "Approved %(num)s posts. U takes all of them back", count),
  reject: (count) => ngettext("Rejected %(num)s post. U takes all of them back", "Rejected %(num)s posts. U takes all of them back", count),
  remove: (count) => ngettext("Removed %(num)s post. U takes all of them back", "Removed %(num)s posts. U takes all of them back", count),
  stash: (count) => ngettext("Stashed %(num)s post. U takes all of them back", "Stashed %(num)s posts. U takes all of them back", count),
};
const WILL = {
  approve: (num) => ({
    title: ngettext("Approve %(num)s post?", "Approve %(num)s posts?", num),
    words: _("They go on the wall at once."),
    yes: ngettext("Approve %(num)s", "Approve %(num)s", num),
  }),
  reject: (num) => ({
    title: ngettext("Reject %(num)s post?", "Reject %(num)s posts?", num),
    words: _("Nobody sees them but moderators."),
    yes: ngettext("Reject %(num)s", "Reject %(num)s", num),
  }),
  remove: (num) => ({
    title: ngettext("Remove %(num)s post?", "Remove %(num)s posts?", num),
    words: _("They leave every screen and page at once."),
    yes: ngettext("Remove %(num)s", "Remove %(num)s", num),
  }),
  stash: (num) => ({
    title: ngettext("Stash %(num)s post?", "Stash %(num)s posts?", num),
    words: _("They are kept for later, and nobody sees them."),
    yes: ngettext("Stash %(num)s", "Stash %(num)s", num),
  }),
};
const OVERTAKEN = {
  approved: (of) => _("%(name)s approved this %(ago)s.", of),
  rejected: (of) => _("%(name)s rejected this %(ago)s.", of),
  removed: (of) => _("%(name)s removed this %(ago)s.", of),
  stashed: (of) => _("%(name)s stashed this %(ago)s.", of),
  grouped: (of) => _("%(name)s put this into a card %(ago)s.", of),
  waiting: (of) => _("%(name)s put this back %(ago)s.", of),
};
const STATUS = {
  waiting: _("waiting"),
  approved: _("approved"),
  rejected: _("rejected"),
  removed: _("removed"),
  stashed: _("stashed"),
  grouped: _("grouped"),
};

/** How long something is: "3 s", "4 min", "2 h", "3 days". */
export function duration(milliseconds) {
  const long = Math.max(0, milliseconds);
  if (long < MINUTE_MS) return _("%(num)s s", { num: Math.floor(long / SECOND_MS) });
  if (long < HOUR_MS) return _("%(num)s min", { num: Math.floor(long / MINUTE_MS) });
  if (long < 2 * DAY_MS) return _("%(num)s h", { num: Math.floor(long / HOUR_MS) });
  return ngettext("%(num)s day", "%(num)s days", Math.floor(long / DAY_MS));
}

export function ago(milliseconds) {
  if (milliseconds < SECOND_MS) return _("just now");
  if (milliseconds < 2 * DAY_MS) return _("%(duration)s ago", { duration: duration(milliseconds) });
  return ngettext("%(num)s day ago", "%(num)s days ago", Math.floor(milliseconds / DAY_MS));
}

/** The moment the server means, in milliseconds: it writes seconds or ISO 8601. */
export function moment(at) {
  return typeof at === "number" ? at * SECOND_MS : Date.parse(at);
}

/** The first words of a post, in quotes. */
export function quoted(text) {
  const letters = [...text.trim().replace(/\s+/g, " ")];
  if (!letters.length) return _("a post without words");
  const cut = letters.length > QUOTED_AT_MOST;
  const short = cut ? `${letters.slice(0, QUOTED_AT_MOST - 1).join("").trimEnd()}…` : letters.join("");
  // Isolated, so that words written from right to left do not turn the sentence around them.
  return _("“%(words)s”", { words: isolated(short) });
}

export function done(kind, post, { picture = false, reason = null } = {}) {
  const words = doneTo(kind, post, { picture });
  return reason ? _("%(done)s – %(reason)s", { done: words, reason: isolated(reason) }) : words;
}

function doneTo(kind, post, { picture }) {
  const words = quoted(post.words);
  if (kind === "pin" && post.status === "approved") return _("Pinned %(post)s", { post: words });
  return ((picture && DONE_FOR_PICTURE[kind]) || DONE[kind])(words);
}

/** What to say once a post has the first of the two approvals it needs. */
export function firstOfTwo(post) {
  return _("1 of 2: somebody else has to approve %(post)s, too", { post: quoted(post.words) });
}

/** What one is asked before many posts are decided at once. */
export function willDo(kind, count) {
  const bad = kind === "reject" || kind === "remove";
  return { ...WILL[kind](count), bad };
}

export function doneAll(kind, count) {
  return DONE_ALL[kind](count);
}

/** What the server refused of a group of decisions. */
export function refusedOf(count) {
  return ngettext(
    "%(num)s post stands otherwise: somebody was faster, or the author changed it.",
    "%(num)s posts stand otherwise: somebody was faster, or the author changed it.",
    count,
  );
}

/** What to say of decisions that were taken back: how many posts, or the words of the one. */
export function takenBack(count, words) {
  return count > 1
    ? ngettext("Taken back: %(num)s post", "Taken back: %(num)s posts", count)
    : _("Taken back: %(post)s", { post: quoted(words) });
}

export function posts(count) {
  return ngettext("%(num)s post", "%(num)s posts", count);
}

/** How far a search came. */
export function reach({ looked, waiting, shown }) {
  return _("%(shown)s of the oldest %(looked)s fit; %(waiting)s wait.", { shown, looked, waiting });
}

/** What somebody else made of a post: "Max approved this 3 s ago." */
export function overtaken({ kind, status, by, at }, now) {
  if (kind === "withdrawn" || status === "withdrawn") return _("Its author deleted this post.");
  const since = ago(now - moment(at));
  if (kind === "lapsed") return _("Its delay was over: it went on the wall %(ago)s.", { ago: since });
  const name = by || _("Another moderator");
  return OVERTAKEN[status]?.({ name, ago: since }) ?? _("%(name)s changed this %(ago)s.", { name, ago: since });
}

/** Why a decision of one's own cannot be taken back any more. */
export function whyNot({ was, status, by, post }) {
  if (post.status === "withdrawn") return _("Its author deleted it.");
  if (post.status === was && post.status !== status) return _("Taken back.");
  if (post.status === "waiting") return _("Its author changed it since.");
  const now = STATUS[post.status] ?? post.status;
  return by ? _("Changed since by %(name)s: %(status)s.", { name: isolated(by), status: now }) : _("Changed since: %(status)s.", { status: now });
}

/** Why the server refused a decision. */
export function refused(error, status, post, now) {
  const words = quoted(post.words);
  if (error?.code === "already_decided" && error.by && !["waiting", "withdrawn"].includes(error.status)) {
    const of = { name: error.by, status: STATUS[error.status] ?? error.status, post: words };
    return error.at
      ? _("%(name)s was faster: %(status)s %(ago)s. %(post)s", { ...of, ago: ago(now - moment(error.at)) })
      : _("%(name)s was faster: %(status)s. %(post)s", of);
  }
  if (error?.code === "already_decided") return `${error.message} ${words}`;
  const why = error?.message ?? _("The server refused this (%(status)s).", { status });
  const stands = _("%(post)s stands as it was.", { post: words });
  return `${why} ${stands}`;
}

/** How the desk is connected; `level` is "good", "wait" or "bad". */
export function connection({ online, refused, unsent, stuck }) {
  if (refused) return { level: "bad", words: _("Signed out — reload this page") };
  if (stuck && unsent) return { level: "wait", words: ngettext("%(num)s decision waiting to be sent", "%(num)s decisions waiting to be sent", unsent) };
  if (online === null) return { level: "wait", words: _("Connecting…") };
  if (!online) return { level: "wait", words: _("Reconnecting…") };
  const words = unsent < MANY_UNSENT ? _("Live") : ngettext("Live, sending %(num)s decision", "Live, sending %(num)s decisions", unsent);
  return { level: "good", words };
}

/** What it means that an author is trusted now, or is not. */
export function trustWords(name, trusted, mode) {
  const who = { name: isolated(name) };
  if (!trusted) return _("%(name)s is no longer trusted: posts wait for a moderator.", who);
  return mode === "everything waits"
    ? _("%(name)s is trusted. Posts still wait, as everything does now.", who)
    : _("%(name)s is trusted: new posts go on the wall at once.", who);
}

/** How fast it goes: decisions in the last minute. */
export function paceWords({ team, mine }, alone) {
  if (!team) return "";
  return alone || team === mine ? _("%(team)s a minute", { team }) : _("%(team)s a minute, you %(mine)s", { team, mine });
}

/** Who holds a post, short enough for its line. */
export function holderWords(name) {
  const fits = [...name].length <= HOLDER_AT_MOST;
  const letters = fits ? [...name] : [...name.split(" ")[0]];
  return letters.length > HOLDER_AT_MOST ? `${letters.slice(0, HOLDER_AT_MOST - 1).join("")}…` : letters.join("");
}

/** What to say when all that waits is with others; of `approved` posts this desk gave the first of two approvals. */
export function allHeld(desks, approved = 0) {
  const who = listed(desks.map(({ name, count }) => _("%(name)s has %(num)s", { name: isolated(name), num: number(count) })));
  const rest = approved
    ? ngettext(
        "%(num)s post that you approved needs somebody else's approval, too.",
        "%(num)s posts that you approved need somebody else's approval, too.",
        approved,
      )
    : _("The arrow keys open theirs.");
  if (!who) return approved ? rest : _("The next posts are on their way to you.");
  return _("%(held)s. %(rest)s", { held: who, rest });
}

/** What to say of an empty queue. */
export function nothingWaits({ approved = 0 }) {
  return approved ? ngettext("%(num)s approved so far.", "%(num)s approved so far.", approved) : _("Posts appear here as they arrive.");
}

/** What to say when no post fits the filter. */
export function othersWait({ waiting = 0 }) {
  return waiting
    ? ngettext("%(num)s post waits behind this filter.", "%(num)s posts wait behind this filter.", waiting)
    : _("Nothing else waits either.");
}

/** How many ask to be left out, for the link that leads to them. */
export function leaveRequests(count) {
  return ngettext("%(num)s asks to be left out", "%(num)s ask to be left out", count);
}

export function title(waiting, name) {
  return waiting ? `(${waiting}) ${name}` : name;
}
