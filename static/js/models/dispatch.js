// Sends decisions, each with its own id until it is answered, through a lost network and a server that is away. One
// request is on its way at a time, and what is decided meanwhile goes in the next one: so the server takes all of it in
// the order in which it was decided, and nobody waits longer than for two answers.

import { isAnswer, written } from "./decision.js";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const SENT_AT_ONCE = 50;
const FAULTS_BEFORE_GIVING_UP = 4;
const COME_BACK = new Set([0, 401, 408, 425, 429, 502, 503, 504]); // 0: no answer at all; 401: signed out, and may sign in again

export class Dispatch {
  #send;
  #sendMany;
  #answered;
  #refused;
  #changed;
  #environment;
  #unsent = []; // oldest first
  #away = 0; // how many of them are on their way
  #failures = 0;
  #faulty = false; // the server could not cope: what it is sent next goes alone, so that one cannot spoil others
  #timer = null;

  /**
   * `answered(decision, body)` and `refused(decision, {status, error})` are called with what became of each decision,
   * `changed()` once what is unsent differs.
   */
  constructor({ send, sendMany, answered, refused, changed, environment }) {
    this.#send = send;
    this.#sendMany = sendMany;
    this.#answered = answered;
    this.#refused = refused;
    this.#changed = changed;
    this.#environment = environment;
  }

  // Actions

  get unsent() {
    return this.#unsent;
  }

  /** Whether some have not left this page. */
  get waits() {
    return this.#unsent.length > this.#away;
  }

  get stuck() {
    return this.#failures > 0;
  }

  add(decisions) {
    this.#unsent.push(...decisions);
    this.#changed();
    this.#next();
  }

  /** Drop these, which never left. */
  drop(decisions) {
    const dropped = new Set(decisions);
    this.#unsent = this.#unsent.filter((decision) => !dropped.has(decision));
    this.#changed();
  }

  /** Try again at once: the network is back. */
  wake() {
    if (this.#timer === null) return;
    this.#environment.clearTimeout(this.#timer);
    this.#timer = null;
    this.#next();
  }

  // Internal: out

  async #next() {
    if (this.#away || this.#timer !== null) return;
    const batch = this.#batch();
    if (!batch.length) return;
    this.#away = batch.length;
    for (const decision of batch) decision.tried = true;
    const [first] = batch;
    const said = batch.length > 1 ? await this.#sendMany(batch.map(written)) : await this.#send(written(first), first.kind);
    if (batch.length > 1) this.#hearMany(batch, said);
    else this.#hear(first, said);
    this.#away = 0;
    this.#changed();
    this.#next();
  }

  /** What can leave in one request, oldest first: decisions about different posts, of which none waits for an answer. */
  #batch() {
    this.#forgetVain();
    const batch = [];
    const posts = new Set();
    for (const decision of this.#unsent.slice(0, this.#sendMany && !this.#faulty ? SENT_AT_ONCE : 1)) {
      // What is written on a post has a door of its own.
      if (posts.has(decision.post.id) || (decision.words && batch.length)) break;
      posts.add(decision.post.id);
      batch.push(decision);
      if (decision.words) break;
    }
    return batch;
  }

  /** What would take back a decision that came to nothing has nothing to take back. */
  #forgetVain() {
    const vain = ({ kind, after }) => kind === "undo" && after && !after.answer && !this.#unsent.includes(after);
    const all = this.#unsent.filter(vain);
    for (const decision of all) this.#finish(decision, { status: 0, error: null });
    if (all.length) this.#changed();
  }

  // Internal: back

  #hearMany(batch, { status, body }) {
    if (status !== 200) {
      if (this.#mayComeBack(status)) this.#pause(status);
      else for (const decision of batch) this.#finish(decision, { status, error: body?.error ?? null });
      return;
    }
    const answers = Array.isArray(body?.answers) ? body.answers : [];
    for (const [place, decision] of batch.entries()) {
      const answer = answers[place];
      // What is not answered is sent again.
      if (answer?.id !== decision.id) {
        if (!place) this.#pause(status);
        return;
      }
      if (!this.#hear(decision, answer)) return;
    }
  }

  /** Take in the answer to a decision. Returns whether it was one. */
  #hear(decision, { status, body }) {
    if (status === 200 && isAnswer(body, decision)) {
      this.#leave(decision);
      this.#answered(decision, body);
    } else if (this.#mayComeBack(status)) {
      this.#pause(status);
      return false;
    } else this.#finish(decision, { status, error: body?.error ?? null });
    return true;
  }

  #finish(decision, { status, error }) {
    this.#leave(decision);
    this.#refused(decision, { status, error });
  }

  #leave(decision) {
    this.#unsent = this.#unsent.filter((other) => other !== decision);
    this.#failures = 0;
    this.#faulty = false;
  }

  /** A page that is not our server's (status 200) is no answer; a fault of the server is one if it stays. */
  #mayComeBack(status) {
    if (status === 200 || COME_BACK.has(status)) return true;
    return status >= 500 && this.#failures < FAULTS_BEFORE_GIVING_UP;
  }

  #pause(status) {
    this.#faulty ||= status >= 500 && !COME_BACK.has(status);
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#timer = this.#environment.setTimeout(() => {
      this.#timer = null;
      this.#next();
    }, longest * (0.5 + this.#environment.random() / 2));
  }
}
