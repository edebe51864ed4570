// The decisions of this desk on their way to the server: one after the other, each with its own id until it is
// answered, through a lost network, a server that is away and a page that is closed. The server takes the same id only
// once. Decisions of one group are taken, sent and taken back together, and answered each by itself.

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const UNDOABLE_AT_MOST = 500;
const SENT_AT_ONCE = 50;
const KEPT_LETTERS = 80;
const FAULTS_BEFORE_GIVING_UP = 4;
const COME_BACK = new Set([0, 401, 408, 425, 429, 502, 503, 504]); // 0: no answer at all; 401: signed out, and may sign in again

/**
 * `send(body, kind)` resolves to {status, body} and never throws; so does `sendMany(bodies)`, its body being {answers:
 * [{id, status, body}]} as far as the server came. Fires "answered" (detail {decision, answer}), "refused"
 * (detail {decision, status, error}) and "change" when what is unsent or undoable differs. `keep(records)` is handed
 * what is unsent whenever that differs, for `restore` on a later page; it returns whether that is safe.
 */
export class Decisions extends EventTarget {
  #send;
  #sendMany;
  #hushed = false; // while many are answered, "change" is told once
  #keep;
  #safe = true;
  #drawId;
  #environment;
  #unsent = []; // oldest first; the first may be on its way
  #undoable = []; // newest last
  #latest = new Map(); // by post id, the last decision of ours
  #failures = 0;
  #sending = false;
  #timer = null;

  constructor({ send, sendMany = null, keep = () => false, drawId = randomId, environment = {} }) {
    super();
    this.#send = send;
    this.#sendMany = sendMany;
    this.#keep = keep;
    this.#drawId = drawId;
    this.#environment = {
      setTimeout: (...timer) => globalThis.setTimeout(...timer),
      clearTimeout: (timer) => globalThis.clearTimeout(timer),
      random: () => Math.random(),
      now: () => Date.now(),
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

  /** Whether leaving the page now would lose a decision. One that is on its way arrives without us. */
  get losable() {
    return !this.#safe && (this.stuck || this.unsent > 1);
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

  /** Decide alike about several posts, in one group. Returns the decisions. */
  decideAll(posts, kind, { reason = null } = {}) {
    const group = this.#drawId();
    const decisions = posts.map((post) => ({ ...this.#make(post, kind, this.#latest.get(post.id)), reason, group }));
    this.#undoable = [...this.#undoable, ...decisions].slice(-UNDOABLE_AT_MOST);
    this.#enqueue(...decisions);
    return decisions;
  }

  /** Write something on a post: a "note" {text, seen}, or "describe" a picture of it {text, media}. */
  write(post, kind, words) {
    const decision = { ...this.#make(post, kind, this.#latest.get(post.id)), words };
    this.#enqueue(decision);
    return decision;
  }

  /** Take back all of a group that still can be. Returns for each what `undo` returns. */
  undoAll(group) {
    const members = this.#undoable.filter((decision) => decision.group === group);
    this.#undoable = this.#undoable.filter((decision) => decision.group !== group);
    const unsent = new Set(members.filter((decision) => !decision.tried));
    this.#unsent = this.#unsent.filter((decision) => !unsent.has(decision));
    unsent.forEach((decision) => this.#restore(decision));
    const together = this.#drawId();
    const results = members.map((undone) => ({
      undone,
      decision: unsent.has(undone) ? null : { ...this.#make(undone.post, "undo", undone), group: together },
    }));
    this.#enqueue(...results.map(({ decision }) => decision).filter(Boolean));
    return results;
  }

  /** The decision of this page with this id, if it can be taken back. */
  find(id) {
    return this.#undoable.find((decision) => decision.id === id) ?? null;
  }

  /**
   * Take back a decision, usually the newest. One that never left is dropped, any other is undone by a decision of its
   * own. Returns {undone, decision}, `decision` being null for one that never left; or null when there is none.
   */
  undo(undone = this.last) {
    if (!undone) return null;
    this.#undoable = this.#undoable.filter((other) => other !== undone);
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

  /** Take back a decision that an earlier page took, as the server says that the post stands: {id, version, hash}. */
  undoEarlier(post) {
    const decision = this.#make(post, "undo");
    this.#enqueue(decision);
    return decision;
  }

  /** Take up what an earlier page left unsent; it may have left, so it goes out as it was. Returns the decisions. */
  restore(records) {
    const restored = new Map();
    for (const { after, ...record } of records) {
      restored.set(record.id, { ...record, after: restored.get(after) ?? null, tried: true, answer: null });
    }
    const decisions = [...restored.values()];
    for (const decision of decisions) this.#latest.set(decision.post.id, decision);
    this.#undoable.push(...decisions.filter(({ kind, words }) => kind !== "undo" && !words));
    this.#unsent.push(...decisions);
    this.#tell("change");
    this.#next();
    return decisions;
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
    return { id: this.#drawId(), at: this.#environment.now(), post, kind, after, tried: false, answer: null };
  }

  #enqueue(...decisions) {
    for (const decision of decisions) {
      this.#latest.set(decision.post.id, decision);
      this.#unsent.push(decision);
    }
    this.#tell("change");
    this.#next();
  }

  async #next() {
    if (this.#sending || this.#timer !== null || !this.#unsent.length) return;
    const [decision] = this.#unsent;
    if (decision.kind === "undo" && decision.after && !decision.after.answer) {
      this.#finish(decision, { status: 0, error: null });
      return;
    }
    const batch = this.#batch();
    this.#sending = true;
    for (const one of batch) one.tried = true;
    if (batch.length > 1) this.#hearMany(batch, await this.#sendMany(batch.map(written)));
    else this.#hear(decision, await this.#send(written(decision), decision.kind));
    this.#sending = false;
    this.#next();
  }

  /** What can be sent in one go: the next decision, and those of its group that follow it. */
  #batch() {
    const [first] = this.#unsent;
    if (!first.group || !this.#sendMany) return [first];
    const sendable = ({ group, kind, after }) => group === first.group && (kind !== "undo" || !after || after.answer);
    const end = this.#unsent.findIndex((decision) => !sendable(decision));
    return this.#unsent.slice(0, Math.min(end < 0 ? Infinity : end, SENT_AT_ONCE));
  }

  #hearMany(batch, answer) {
    this.#hushed = true;
    this.#hearEach(batch, answer);
    this.#hushed = false;
    this.#tell("change");
  }

  #hearEach(batch, { status, body }) {
    if (status !== 200) {
      if (this.#mayComeBack(status)) this.#pause();
      else for (const decision of batch) this.#finish(decision, { status, error: body?.error ?? null });
      return;
    }
    const answers = Array.isArray(body?.answers) ? body.answers : [];
    for (const [place, decision] of batch.entries()) {
      const answer = answers[place];
      // What is not answered is sent again.
      if (answer?.id !== decision.id) {
        if (!place) this.#pause();
        return;
      }
      if (!this.#hear(decision, answer)) return;
    }
  }

  /** Take in the answer to a decision. Returns whether it was one. */
  #hear(decision, { status, body }) {
    if (status === 200 && isAnswer(body, decision)) this.#answered(decision, body);
    else if (this.#mayComeBack(status)) {
      this.#pause();
      return false;
    } else this.#finish(decision, { status, error: body?.error ?? null });
    return true;
  }

  #answered(decision, answer) {
    decision.answer = { hash: seen(decision).hash, ...answer };
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
    if (name === "change" && this.#hushed) return;
    if (name === "change") this.#safe = this.#keep(this.#unsent.map(record));
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function isAnswer(body, { id, post }) {
  return (body?.id === post.id || body?.id === id) && Number.isInteger(body.version);
}

/** A decision as it is kept: what the server is sent, what people read of its post, and which one it follows. */
function record({ after, tried, answer, post, ...rest }) {
  const { id, status, name, words } = post;
  const { version, hash } = seen({ post, after });
  return { ...rest, after: after?.id ?? null, post: { id, version, hash, status, name, words: words?.slice(0, KEPT_LETTERS) } };
}

/** 128 bits as letters and digits; also on a page over plain http, where browsers draw no UUIDs. */
export function randomId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What was seen of the post. After a decision of ours, it is at least as that one left it. */
function seen({ post, after }) {
  const answer = after?.answer;
  if (!answer || answer.version < post.version) return { version: post.version, hash: post.hash };
  return { version: answer.version, hash: answer.hash ?? post.hash };
}

/** What the server is sent. */
function written(decision) {
  const { id, post, kind, picture, reason, words } = decision;
  const { version, hash } = seen(decision);
  if (words) return { id, post: post.id, hash, ...words };
  return { id, post: post.id, kind, version, hash, ...(picture ? { picture } : {}), ...(reason ? { reason } : {}) };
}
