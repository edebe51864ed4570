// The decisions of this desk on their way to the server: one after the other, each with its own id until it is
// answered, through a lost network and a server that is away. The server takes the same id only once.

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const UNDOABLE_AT_MOST = 100;
const FAULTS_BEFORE_GIVING_UP = 4;
const COME_BACK = new Set([0, 408, 425, 429, 502, 503, 504]); // 0: no answer at all

/**
 * `send(body)` resolves to {status, body} and never throws. Fires "answered" (detail {decision, answer}), "refused"
 * (detail {decision, status, error}) and "change" when what is unsent or undoable differs.
 */
export class Decisions extends EventTarget {
  #send;
  #drawId;
  #environment;
  #unsent = []; // oldest first; the first may be on its way
  #undoable = []; // newest last
  #latest = new Map(); // by post id, the last decision of ours
  #failures = 0;
  #sending = false;
  #timer = null;

  constructor({ send, drawId = randomId, environment = {} }) {
    super();
    this.#send = send;
    this.#drawId = drawId;
    this.#environment = {
      setTimeout: (...timer) => globalThis.setTimeout(...timer),
      clearTimeout: (timer) => globalThis.clearTimeout(timer),
      random: () => Math.random(),
      ...environment,
    };
  }

  // Actions

  get unsent() {
    return this.#unsent.length;
  }

  /** Whether the server has not answered for a while, rather than being asked just now. */
  get stuck() {
    return this.#failures > 0;
  }

  /** The newest decision that can be taken back, or null. */
  get last() {
    return this.#undoable.at(-1) ?? null;
  }

  /**
   * Decide about a post as it was seen: {id, version, hash}. Of a refusal, `picture` says that the picture is why, and
   * `reason` is what its author is told.
   */
  decide(post, kind, { picture = false, reason = null } = {}) {
    const decision = { ...this.#make(post, kind, this.#latest.get(post.id)), picture, reason };
    this.#undoable = [...this.#undoable, decision].slice(-UNDOABLE_AT_MOST);
    this.#enqueue(decision);
    return decision;
  }

  /**
   * Take back the newest decision. One that never left is dropped, any other is undone by a decision of its own.
   * Returns {undone, decision}, `decision` being null for one that never left; or null when there is nothing to undo.
   */
  undo() {
    const undone = this.#undoable.pop();
    if (!undone) return null;
    if (this.#unsent.includes(undone) && !undone.tried) {
      this.#unsent = this.#unsent.filter((other) => other !== undone);
      this.#restore(undone);
      this.#tell("change");
      return { undone, decision: null };
    }
    const decision = this.#make(undone.post, "undo", undone);
    this.#enqueue(decision);
    return { undone, decision };
  }

  /** Try again at once: the network is back. */
  wake() {
    if (this.#timer === null) return;
    this.#environment.clearTimeout(this.#timer);
    this.#timer = null;
    this.#next();
  }

  // Internal

  #make(post, kind, after = null) {
    return { id: this.#drawId(), post, kind, after, tried: false, answer: null };
  }

  #enqueue(decision) {
    this.#latest.set(decision.post.id, decision);
    this.#unsent.push(decision);
    this.#tell("change");
    this.#next();
  }

  async #next() {
    if (this.#sending || this.#timer !== null || !this.#unsent.length) return;
    const [decision] = this.#unsent;
    if (decision.kind === "undo" && !decision.after.answer) {
      this.#finish(decision, { status: 0, error: null });
      return;
    }
    this.#sending = true;
    decision.tried = true;
    const { status, body } = await this.#send(written(decision));
    this.#sending = false;
    if (status === 200 && isAnswer(body, decision)) this.#answered(decision, body);
    else if (this.#mayComeBack(status)) this.#pause();
    else this.#finish(decision, { status, error: body?.error ?? null });
  }

  #answered(decision, answer) {
    decision.answer = answer;
    this.#leave();
    this.#tell("answered", { decision, answer });
    this.#next();
  }

  #finish(decision, { status, error }) {
    this.#undoable = this.#undoable.filter((other) => other !== decision);
    this.#restore(decision);
    this.#leave();
    this.#tell("refused", { decision, status, error });
    this.#next();
  }

  #leave() {
    this.#unsent.shift();
    this.#failures = 0;
    this.#tell("change");
  }

  /** A decision that does not count leaves its predecessor as our last one about that post. */
  #restore({ id, post, after }) {
    if (this.#latest.get(post.id)?.id !== id) return;
    if (after) this.#latest.set(post.id, after);
    else this.#latest.delete(post.id);
  }

  /** A page that is not our server's (status 200) is no answer; a fault of the server is one if it stays. */
  #mayComeBack(status) {
    if (status === 200 || COME_BACK.has(status)) return true;
    return status >= 500 && this.#failures < FAULTS_BEFORE_GIVING_UP;
  }

  #pause() {
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#timer = this.#environment.setTimeout(() => {
      this.#timer = null;
      this.#next();
    }, longest * (0.5 + this.#environment.random() / 2));
    this.#tell("change");
  }

  #tell(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function isAnswer(body, { id, post }) {
  return (body?.id === post.id || body?.id === id) && Number.isInteger(body.version);
}

/** 128 bits as letters and digits; also on a page over plain http, where browsers draw no UUIDs. */
function randomId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What the server is sent. After a decision of ours, the post is at least at the version which that one made. */
function written({ id, post, kind, after, picture, reason }) {
  const version = Math.max(post.version, after?.answer?.version ?? 0);
  return { id, post: post.id, kind, version, hash: post.hash, ...(picture ? { picture } : {}), ...(reason ? { reason } : {}) };
}
