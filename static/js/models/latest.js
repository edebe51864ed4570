// Keeps the newest answer to one question. Asks one at a time, asks again when told to meanwhile, and never takes an
// answer that was overtaken; comes back by itself when there is none. Everything of the browser is handed in.

const EVERY_MS = 20_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;
const REFUSED = [401, 403, 404];

export class Latest {
  #ask;
  #take;
  #refused;
  #everyMs;
  #environment;
  #timer = null;
  #asking = false;
  #again = false;
  #failures = 0;
  #closed = false;

  /** `ask()` answers {status, body}; `take(body)` is given what holds now, `refused()` that it may be asked no more. */
  constructor({ ask, take, refused = () => {}, everyMs = EVERY_MS, environment = {} }) {
    this.#ask = ask;
    this.#take = take;
    this.#refused = refused;
    this.#everyMs = everyMs;
    const { setTimeout, clearTimeout, random } = globalTimers();
    this.#environment = { setTimeout, clearTimeout, random, ...environment };
  }

  // Actions

  /** Something may be different: ask at once. */
  async look() {
    if (this.#closed) return;
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#environment.clearTimeout(this.#timer);
    this.#asking = true;
    let answer = null;
    do {
      this.#again = false;
      answer = await this.#ask();
    } while (this.#again && !this.#closed);
    this.#asking = false;
    if (!this.#closed) this.#hear(answer);
  }

  /** What is on its way may not be so any more: ask once more before it is taken. */
  overtake() {
    this.#again = this.#asking;
  }

  close() {
    this.#closed = true;
    this.#environment.clearTimeout(this.#timer);
  }

  // Internal

  #hear({ status, body }) {
    if (REFUSED.includes(status)) {
      this.close();
      this.#refused();
      return;
    }
    const good = status === 200 && body !== null;
    this.#failures = good ? 0 : this.#failures + 1;
    if (good) this.#take(body);
    this.#timer = this.#environment.setTimeout(() => this.look(), good ? this.#everyMs : this.#pause());
  }

  #pause() {
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#failures - 1));
    return longest * (0.5 + this.#environment.random() / 2);
  }
}

function globalTimers() {
  return {
    setTimeout: (...timer) => globalThis.setTimeout(...timer),
    clearTimeout: (timer) => globalThis.clearTimeout(timer),
    random: () => Math.random(),
  };
}
