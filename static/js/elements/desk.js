// What both pages of the desk share: the stream, the decisions on their way, the counts, the undo line, the help.

import { get, post } from "../helpers/ask.js";
import { listen } from "../helpers/keys.js";
import { Decisions } from "../models/decisions.js";
import { Expected } from "../models/expected.js";
import { Queue } from "../models/queue.js";
import { Stream } from "../models/stream.js";
import { firstOfTwo, refused } from "../models/words.js";
import { Bar } from "./bar.js";
import { readCard } from "./card.js";
import { Said } from "./said.js";

const STATUS_AFTER = {
  approve: "approved",
  pin: "approved",
  unpin: "approved",
  reject: "rejected",
  remove: "removed",
  stash: "stashed",
};

/** `changed(detail)` is called when posts or counts differ, `returned(decision)` when a decision was refused. */
export class Desk {
  #root;
  #bar = new Bar();
  #stream;
  #connection = { online: null, refused: false };
  #fetching = false;

  constructor(root, { posts, given, changed, returned }) {
    this.#root = root;
    const { cursor, streamUrl, feedUrl, decisionsUrl } = root.dataset;
    this.said = new Said(root);
    this.queue = new Queue({ cursor, posts, given, counts: written(), read: readCard });
    this.expected = new Expected(this.queue);
    this.decisions = new Decisions({ send: (body) => post(decisionsUrl, body) });
    this.#stream = new Stream({ streamUrl, feedUrl, feed: this.queue });
    this.expected.addEventListener("change", ({ detail }) => {
      this.#bar.showCounts(this.expected.counts);
      changed(detail);
      root.dispatchEvent(new CustomEvent("told", { detail }));
    });
    this.decisions.addEventListener("change", () => this.#showConnection());
    this.decisions.addEventListener("answered", ({ detail }) => this.#answered(detail));
    this.decisions.addEventListener("refused", ({ detail }) => this.#refused(detail, returned));
  }

  // Lifecycle

  /** Come alive; `actions` are the page's own, by name, and `keys` say which key means which of them. */
  open(actions, keys) {
    const all = { help: () => document.querySelector("#help").showModal(), ...actions };
    document.addEventListener("click", ({ target }) => {
      const name = target.closest("[data-act]")?.dataset.act;
      if (name) all[name]?.();
    });
    listen((key, repeated) => this.#press(all, keys[key], repeated));
    this.#watch();
    this.#bar.showCounts(this.expected.counts);
    this.#showConnection();
    this.#stream.open();
  }

  // Actions

  decide(post, kind, why = {}) {
    const decision = this.decisions.decide(post, kind, why);
    this.expected.expect(post, STATUS_AFTER[kind], decision.id);
    return decision;
  }

  /** Take back the newest decision of this desk. Returns that decision, or null when there is none. */
  undo() {
    const result = this.decisions.undo();
    if (!result) return null;
    const { undone, decision } = result;
    if (decision) this.expected.expect(undone.post, undone.post.status, decision.id, undone.answer);
    else this.expected.forget(undone.post.id, undone.id);
    return undone;
  }

  /** Fetch the snapshot, for what waits behind the posts that are here. */
  async refill() {
    if (this.#fetching) return;
    this.#fetching = true;
    const { status, body } = await get(this.#root.dataset.feedUrl);
    this.#fetching = false;
    if (status === 200 && body?.cards) this.queue.replace(body);
  }

  // Internal

  #press(actions, bound, repeated) {
    if (!bound) return false;
    const { act, repeats = false } = bound;
    // A key held down moves through the list, and decides only once.
    if (!repeated || repeats) actions[act]();
    return true;
  }

  #answered({ decision, answer }) {
    this.expected.settle(decision.post.id, decision.id, answer);
    if (answer.first_of_two) this.said.say(firstOfTwo(decision.post), "note");
  }

  #refused({ decision, status, error }, returned) {
    const faster = error?.code === "already_decided";
    if (faster) this.expected.settle(decision.post.id, decision.id, error);
    else this.expected.forget(decision.post.id, decision.id);
    if (status) this.said.say(refused(error, status, decision.post, Date.now()), faster ? "note" : "bad");
    returned(decision);
  }

  #watch() {
    this.#stream.addEventListener("status", ({ detail }) => {
      this.#connection.online = detail.online;
      if (detail.online) this.decisions.wake();
      this.#showConnection();
    });
    this.#stream.addEventListener("refused", () => {
      this.#connection.refused = true;
      this.#showConnection();
    });
    window.addEventListener("online", () => this.decisions.wake());
    window.addEventListener("beforeunload", (event) => {
      // One that is on its way arrives without us; those behind it would be lost.
      if (this.decisions.stuck || this.decisions.unsent > 1) event.preventDefault();
    });
  }

  #showConnection() {
    const { unsent, stuck, last } = this.decisions;
    this.#bar.showConnection({ ...this.#connection, unsent, stuck });
    this.said.offerUndo(Boolean(last));
  }
}

/** The counts as the server wrote them into the page. */
function written() {
  const places = [...document.querySelectorAll(".tab [data-tally]")];
  return Object.fromEntries(places.map((place) => [place.dataset.tally, Number(place.textContent)]));
}
