// What a desk decides: sent, expected at once, taken back, left to the next page, and what is said when it is refused.

import { post } from "../helpers/ask.js";
import { Decisions } from "../models/decisions.js";
import { ngettext } from "../models/gettext.js";
import { KeptDecisions } from "../models/kept-decisions.js";
import { done, firstOfTwo, refused, refusedOf, takenBack } from "../models/words.js";
import { MyDecisions } from "./my-decisions.js";

const STATUS_AFTER = {
  approve: "approved",
  pin: "approved",
  unpin: "approved",
  reject: "rejected",
  remove: "removed",
  stash: "stashed",
  join: "grouped",
};

export class Deciding {
  #person;
  #queue;
  #expected;
  #said;
  #pace;
  #returned;
  #mine;
  #kept;
  #undoHere = (decision) => this.undo(decision);
  #refusals = new Map(); // by group, how many of its decisions were refused

  /** `desk` is this desk's id, and `returned(decision)` is called when a decision was refused. */
  constructor(root, { desk, queue, expected, said, pace, returned }) {
    const { decisionsUrl, manyUrl, mineUrl, notesUrl, descriptionsUrl, slug, person } = root.dataset;
    const doors = { note: notesUrl, describe: descriptionsUrl };
    this.#person = person;
    this.#queue = queue;
    this.#expected = expected;
    this.#said = said;
    this.#pace = pace;
    this.#returned = returned;
    this.#mine = new MyDecisions({ url: mineUrl, undo: (decision) => this.#undoMine(decision) });
    this.#kept = new KeptDecisions({ storage: localStorageIfAny(), event: slug, person, desk });
    this.decisions = new Decisions({
      send: (body, kind) => post(doors[kind] ?? decisionsUrl, body),
      sendMany: (decisions) => post(manyUrl, { decisions }),
      keep: (records) => this.#kept.keep(records),
    });
    this.decisions.addEventListener("answered", ({ detail }) => this.#answered(detail));
    this.decisions.addEventListener("refused", ({ detail }) => this.#refused(detail));
  }

  // Lifecycle

  /** Come alive; `undo(decision)` takes one back as the page does it. */
  open(undo) {
    this.#undoHere = undo;
    this.#mine.listen();
  }

  /** Take up the decisions that an earlier page could not send; they go out before any other. */
  takeOver() {
    const decisions = this.decisions.restore(this.#kept.takeOver(Date.now()));
    for (const { id, post: { id: postId }, kind } of decisions) {
      const waiting = this.#queue.get(postId);
      if (waiting && STATUS_AFTER[kind]) this.#expected.expect(waiting, STATUS_AFTER[kind], id);
    }
    const count = decisions.length;
    if (count) this.#said.say(ngettext("Sending %(num)s decision from before.", "Sending %(num)s decisions from before.", count), "note");
  }

  // Actions

  decide(post, kind, why = {}) {
    const decision = this.decisions.decide(post, kind, why);
    this.#expected.expect(post, STATUS_AFTER[kind], decision.id);
    return decision;
  }

  /** Decide alike about several posts at once. */
  decideAll(posts, kind, why = {}) {
    const decisions = this.decisions.decideAll(posts, kind, why);
    for (const { id, post } of decisions) this.#expected.expect(post, STATUS_AFTER[kind], id);
  }

  /** Take the copies of a post out of its card, each to be decided by itself. */
  part(post) {
    const copies = [...(post?.body.querySelectorAll("[data-copy]") ?? [])].map(({ dataset }) => ({
      id: dataset.copy,
      version: Number(dataset.version),
      hash: dataset.hash,
      status: "grouped",
      name: post.name,
      words: post.words,
    }));
    if (!copies.length) return;
    this.decisions.decideAll(copies, "part");
    this.#said.say(done("part", post), "done");
  }

  /** Take back a decision of this desk, usually the newest, which takes its group along. Returns what is taken back. */
  undo(which = this.decisions.last) {
    const together = which?.group && which === this.decisions.last;
    const results = together ? this.decisions.undoAll(which.group) : [this.decisions.undo(which)].filter(Boolean);
    for (const { undone, decision } of results) {
      // What an earlier page decided has no card here until the server brings it.
      if (decision && !undone.post.element) continue;
      if (decision) this.#expected.expect(undone.post, undone.post.status, decision.id, undone.answer);
      else this.#expected.forget(undone.post.id, undone.id);
    }
    return results.map(({ undone }) => undone);
  }

  /** Show what this person decided of late. */
  showMine() {
    this.#mine.open();
  }

  // Internal

  #undoMine(decision) {
    const here = this.decisions.find(decision.id);
    if (here) this.#undoHere(here);
    else {
      this.decisions.undoEarlier(decision.post);
      this.#said.say(takenBack(1, decision.post.words), "note");
    }
  }

  #answered({ decision, answer }) {
    if (decision.words) return;
    if (answer.first_of_two) this.#leaveToOthers(decision.post);
    this.#expected.settle(decision.post.id, decision.id, answer);
    this.#pace.addMine(Date.now());
  }

  /** It waits again, and is not for this desk; its card says so only once the server has told. */
  #leaveToOthers(post) {
    for (const card of [post, this.#queue.get(post.id)]) if (card) card.approver = this.#person;
    this.#said.say(firstOfTwo(post), "note");
  }

  #refused({ decision, status, error }) {
    const faster = error?.code === "already_decided";
    if (faster) this.#expected.settle(decision.post.id, decision.id, error);
    else this.#expected.forget(decision.post.id, decision.id);
    if (status && decision.group) this.#said.say(this.#countRefusal(decision.group), "note");
    else if (status) this.#said.say(refused(error, status, decision.post, Date.now()), faster ? "note" : "bad");
    this.#returned(decision);
  }

  #countRefusal(group) {
    this.#refusals.set(group, (this.#refusals.get(group) ?? 0) + 1);
    return refusedOf(this.#refusals.get(group));
  }
}

/** Where the browser keeps things for us; null where people have shut that. */
function localStorageIfAny() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
