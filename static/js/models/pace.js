// How many decisions the team and this desk's person took in the last minute. Pure: moments in, numbers out.

const MINUTE_MS = 60_000;

export class Pace {
  #team;
  #mine;

  /** Moments of earlier decisions, in milliseconds, oldest first. */
  constructor({ team = [], mine = [] } = {}) {
    this.#team = [...team];
    this.#mine = [...mine];
  }

  // Actions

  /** The team decided, whoever it was. */
  add(at) {
    this.#team.push(at);
  }

  addMine(at) {
    this.#mine.push(at);
  }

  lastMinute(now) {
    this.#team = this.#team.filter((at) => at > now - MINUTE_MS);
    this.#mine = this.#mine.filter((at) => at > now - MINUTE_MS);
    // An answer may be here before the feed has told of it.
    return { team: Math.max(this.#team.length, this.#mine.length), mine: this.#mine.length };
  }
}
