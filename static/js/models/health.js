// What is wrong with a screen, in words for the staff. Pure: it is told what happened, and when.

import { _, ngettext } from "./gettext.js";

const QUIET_MS = 5_000; // what passes sooner is nobody's business
const MINUTE_MS = 60_000;
const CLOCK_MS = 120_000;
const DAY_MS = 86_400_000;
/** What is wrong, of a short while and of a longer one. */
const LINE = {
  none: {
    short: () => _("This machine has no network."),
    long: (time) => _("This machine has no network, for %(time)s.", { time }),
  },
  unreachable: {
    short: () => _("The wall's server cannot be reached."),
    long: (time) => _("The wall's server cannot be reached, for %(time)s.", { time }),
  },
  silent: {
    short: () => _("The wall's server takes questions and does not answer."),
    long: (time) => _("The wall's server takes questions and does not answer, for %(time)s.", { time }),
  },
  foreign: {
    short: () => _("Another machine answers in the place of the wall's server: perhaps this network wants somebody to sign in."),
    long: (time) => _("Another machine answers in the place of the wall's server: perhaps this network wants somebody to sign in, for %(time)s.", { time }),
  },
  store: {
    short: () => _("The wall's server is there, its database is not."),
    long: (time) => _("The wall's server is there, its database is not, for %(time)s.", { time }),
  },
  server: {
    short: () => _("The wall's server, or a proxy before it, answers with an error."),
    long: (time) => _("The wall's server, or a proxy before it, answers with an error, for %(time)s.", { time }),
  },
  refused: {
    short: () => _("Nobody is signed in here any more: scenes stay as they are until somebody is."),
    long: (time) => _("Nobody is signed in here any more: scenes stay as they are until somebody is, for %(time)s.", { time }),
  },
  good: {
    short: () => _("The wall's server answers, the live line does not come about yet."),
    long: (time) => _("The wall's server answers, the live line does not come about yet, for %(time)s.", { time }),
  },
};

export class Health {
  #stream = { online: true, since: -Infinity };
  #answer = { kind: "good", since: -Infinity };
  #network = true;
  #room = { disk: true, storage: true };
  #skew = 0;

  // Actions

  /** The live line came about or broke. */
  stream(online, now) {
    if (online !== this.#stream.online) this.#stream = { online, since: now };
  }

  /** What became of a question to the server: a word of LINE. */
  answer(kind, now) {
    if (kind === this.#answer.kind) return;
    const since = this.#answer.kind === "good" || kind === "good" ? now : this.#answer.since;
    this.#answer = { kind, since };
  }

  network(there) {
    this.#network = there;
  }

  /** Whether there is room in the browser's cache (`disk`) and for its notes (`storage`). */
  room(where, enough) {
    this.#room[where] = enough;
  }

  /** How far this machine's clock is from the server's, in ms. */
  clock(skew) {
    this.#skew = skew;
  }

  /** What staff should know now, the worst first; usually nothing. */
  words(now) {
    return [this.#line(now), this.#storage, this.#time].filter(Boolean);
  }

  // Internal

  #line(now) {
    const bad = this.#answer.kind !== "good";
    if (this.#stream.online && !bad) return "";
    const since = Math.min(this.#stream.online ? Infinity : this.#stream.since, bad ? this.#answer.since : Infinity);
    if (now - since < QUIET_MS) return "";
    const kind = this.#network || this.#stream.online ? this.#answer.kind : "none";
    const lasting = now - since;
    const what = lasting < MINUTE_MS ? LINE[kind].short() : LINE[kind].long(length(lasting));
    const wall = this.#stream.online ? _("Posts go on.") : _("The wall stays as it was, and goes on by itself.");
    return `${what} ${wall}`;
  }

  get #storage() {
    if (this.#room.disk && this.#room.storage) return "";
    return _("This browser has no room left: after a restart without the server, the wall would be an older one.");
  }

  get #time() {
    const off = Math.abs(this.#skew);
    if (off < CLOCK_MS) return "";
    return this.#skew < 0
      ? _("This machine's clock is %(time)s ahead; the screen goes by the server's.", { time: length(off) })
      : _("This machine's clock is %(time)s behind; the screen goes by the server's.", { time: length(off) });
  }
}

function length(ms) {
  if (ms < 60 * MINUTE_MS) return _("%(num)s min", { num: Math.round(ms / MINUTE_MS) });
  if (ms < DAY_MS) return _("%(num)s h", { num: Math.round(ms / (60 * MINUTE_MS)) });
  return ngettext("%(num)s day", "%(num)s days", Math.round(ms / DAY_MS));
}
