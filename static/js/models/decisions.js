// The decisions of this desk: which are on their way to the server, and which can be taken back. Each has its own id, and
// the server takes the same id only once, so a lost network, a server that is away and a page that is closed lose none
// and double none. Decisions of one group are taken, sent and taken back together, and answered each by itself.

import { randomId, record, seen } from "./decision.js";
import { Dispatch } from "./dispatch.js";

const UNDOABLE_AT_MOST = 500;

/**
 * `send(body, kind)` resolves to {status, body} and never throws; so does `sendMany(bodies)`, its body being {answers:
 * [{id, status, body}]} as far as the server came. Fires "answered" (detail {decision, answer}), "refused"
 * (detail {decision, status, error}) and "change" when what is unsent or undoable differs. `keep(records)` is handed
 * what is unsent whenever that differs, for `restore` on a later page; it returns whether that is safe.
 */
export class Decisions extends EventTarget {
  #dispatch;
  #keep;
  #safe = true;
  #drawId;
  #now;
  #undoable = []; // newest last
  #latest = new Map(); // by post id, the last decision of ours

  constructor({ send, sendMany = null, keep = () => false, drawId = randomId, environment = {} }) {
    super();
    this.#keep = keep;
    this.#drawId = drawId;
    const whole = {
      setTimeout: (...timer) => globalThis.setTimeout(...timer),
      clearTimeout: (timer) => globalThis.clearTimeout(timer),
      random: () => Math.random(),
      now: () => Date.now(),
      ...environment,
    };
    this.#now = whole.now;
    this.#dispatch = new Dispatch({
      send,
      sendMany,
      answered: (decision, answer) => this.#answered(decision, answer),
      refused: (decision, why) => this.#refused(decision, why),
      changed: () => this.#change(),
      environment: whole,
    });
  }

  // Actions

  get unsent() {
    return this.#dispatch.unsent.length;
  }

  /** Whether the server has not answered for a while, rather than being asked just now. */
  get stuck() {
    return this.#dispatch.stuck;
  }

  /** Whether leaving the page now would lose a decision. One that is on its way arrives without us. */
  get losable() {
    return !this.#safe && (this.stuck || this.#dispatch.waits);
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
    this.#dispatch.drop(unsent);
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
    if (this.#dispatch.unsent.includes(undone) && !undone.tried) {
      this.#restore(undone);
      this.#dispatch.drop([undone]);
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
    this.#dispatch.add(decisions);
    return decisions;
  }

  /** Try again at once: the network is back. */
  wake() {
    this.#dispatch.wake();
  }

  // Internal

  #make(post, kind, after = null) {
    return { id: this.#drawId(), at: this.#now(), post, kind, after, tried: false, answer: null };
  }

  #enqueue(...decisions) {
    for (const decision of decisions) this.#latest.set(decision.post.id, decision);
    this.#dispatch.add(decisions);
  }

  #answered(decision, answer) {
    decision.answer = { hash: seen(decision).hash, ...answer };
    this.#tell("answered", { decision, answer });
  }

  #refused(decision, { status, error }) {
    this.#undoable = this.#undoable.filter((other) => other !== decision);
    this.#restore(decision);
    this.#tell("refused", { decision, status, error });
  }

  /** A decision that does not count leaves its predecessor as our last one about that post. */
  #restore({ id, post, after }) {
    if (this.#latest.get(post.id)?.id !== id) return;
    if (after) this.#latest.set(post.id, after);
    else this.#latest.delete(post.id);
  }

  #change() {
    this.#safe = this.#keep(this.#dispatch.unsent.map(record));
    this.#tell("change");
  }

  #tell(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
