// Which road to take to the server, and how long to wait before the next try. Pure: the dice are handed in.

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const RESTARTING = 4001;
const RESTARTING_PAUSE_MS = 2_000; // all come at once
const TOO_MANY = 4029; // connections, not requests
const STRIKES = 3;
const FIRST_CLIMB_MS = 15_000;
const LONGEST_CLIMB_MS = 300_000;

/**
 * The roads, best first. One that keeps breaking is left for the next; from a lower one a better one is tried now and
 * then. A road counts as good once it `held`, not because it answered.
 */
export class Ladder {
  #roads;
  #random;
  #at = 0;
  #from = null; // the road we climbed from, until the new one has held
  #strikes = 0; // of the present road
  #failures = 0; // since anything held
  #slips = 0; // failed climbs

  constructor({ roads, random }) {
    this.#roads = roads;
    this.#random = random;
  }

  get road() {
    return this.#roads[this.#at];
  }

  get isBest() {
    return this.#at === 0;
  }

  /** The present road has carried for a while. */
  held() {
    this.#strikes = 0;
    this.#failures = 0;
    if (this.#from !== null) this.#slips = 0;
    this.#from = null;
  }

  /** The present road ended, with the server's code or null when it broke. Returns how long to wait, in ms. */
  ended(code) {
    if (code === TOO_MANY) this.#stepDown(this.#roads.length - 1);
    else if (!comeBack(code)) this.#strike();
    const least = code === RESTARTING ? RESTARTING_PAUSE_MS : 0;
    const longest = Math.max(FIRST_PAUSE_MS * 2 ** this.#failures, least);
    this.#failures += 1;
    return this.#random() * Math.min(LONGEST_PAUSE_MS, longest);
  }

  /** How long to stay before a better road is tried, in ms: longer each time that it failed. */
  get climbPause() {
    const longest = Math.min(LONGEST_CLIMB_MS, FIRST_CLIMB_MS * 2 ** this.#slips);
    return longest * (0.5 + this.#random() / 2);
  }

  /** The better road to try now: the best, and by turns the one right above. */
  get above() {
    return this.#roads[this.#slips % 2 ? this.#at - 1 : 0];
  }

  /** A better road answered, and is the present one from now on. */
  climbed(road) {
    this.#from = this.#at;
    this.#at = this.#roads.indexOf(road);
    this.#strikes = 0;
  }

  /** A better road did not answer. While nothing else does either, that says nothing about it. */
  slipped({ online }) {
    if (online) this.#slips += 1;
  }

  /** The network or the machine woke up: what failed before says little now. */
  forgive() {
    this.#strikes = 0;
    this.#failures = 0;
    this.#slips = 0;
  }

  // Internal

  #strike() {
    this.#strikes += 1;
    if (this.#from !== null) this.#stepDown(this.#from);
    else if (this.#strikes >= STRIKES && this.#at < this.#roads.length - 1) this.#stepDown(this.#at + 1);
  }

  #stepDown(to) {
    if (this.#from !== null) this.#slips += 1;
    this.#from = null;
    this.#at = to;
    this.#strikes = 0;
    this.#failures = 0;
  }
}

/** Whether a close code is the server's own word to come back, which says nothing against the road. */
export function comeBack(code) {
  return code >= 4000 && code <= 4499;
}

/** Whether a close code says to stay away. */
export function stayAway(code) {
  return code >= 4500 && code <= 4999;
}
