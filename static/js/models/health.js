// What is wrong with a screen, in words for the staff. Pure: it is told what happened, and when.

const QUIET_MS = 5_000; // what passes sooner is nobody's business
const MINUTE_MS = 60_000;
const CLOCK_MS = 120_000;
const DAY_MS = 86_400_000;
const LINE = {
  none: "This machine has no network",
  unreachable: "The wall's server cannot be reached",
  silent: "The wall's server takes questions and does not answer",
  foreign: "Another machine answers in the place of the wall's server: perhaps this network wants somebody to sign in",
  store: "The wall's server is there, its database is not",
  server: "The wall's server, or a proxy before it, answers with an error",
  refused: "Nobody is signed in here any more: scenes stay as they are until somebody is",
  good: "The wall's server answers, the live line does not come about yet",
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
    return `${LINE[kind]}${lasting(now - since)}. ${this.#stream.online ? "Posts go on." : "The wall stays as it was, and goes on by itself."}`;
  }

  get #storage() {
    if (this.#room.disk && this.#room.storage) return "";
    return "This browser has no room left: after a restart without the server, the wall would be an older one.";
  }

  get #time() {
    const off = Math.abs(this.#skew);
    if (off < CLOCK_MS) return "";
    return `This machine's clock is ${length(off)} ${this.#skew < 0 ? "ahead" : "behind"}; the screen goes by the server's.`;
  }
}

function lasting(ms) {
  return ms < MINUTE_MS ? "" : `, for ${length(ms)}`;
}

function length(ms) {
  if (ms < 60 * MINUTE_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  if (ms < DAY_MS) return `${Math.round(ms / (60 * MINUTE_MS))} h`;
  const days = Math.round(ms / DAY_MS);
  return days === 1 ? "1 day" : `${days} days`;
}
