// What both pages of the desk share: the stream, the team, the decisions on their way and those before, the counts, the
// undo line, the help.

import { get, post } from "../helpers/ask.js";
import { Frames } from "../helpers/frames.js";
import { listen } from "../helpers/keys.js";
import { Beside } from "../models/beside.js";
import { randomId } from "../models/decision.js";
import { Decisions } from "../models/decisions.js";
import { DeskFeed } from "../models/desk-feed.js";
import { Expected } from "../models/expected.js";
import { KeptDecisions } from "../models/kept-decisions.js";
import { Pace } from "../models/pace.js";
import { Queue } from "../models/queue.js";
import { Sieve } from "../models/sieve.js";
import { Stream } from "../models/stream.js";
import { Team } from "../models/team.js";
import { done, firstOfTwo, quoted, refused, refusedOf } from "../models/words.js";
import { Bar } from "./bar.js";
import { readCard } from "./card.js";
import { MyDecisions } from "./my-decisions.js";
import { Said } from "./said.js";
import { Seat } from "./seat.js";
import { Who } from "./who.js";
import { Writing } from "./writing.js";
import { WaveBanner } from "./wave-banner.js";

const STATUS_AFTER = {
  approve: "approved",
  pin: "approved",
  unpin: "approved",
  reject: "rejected",
  remove: "removed",
  stash: "stashed",
  join: "grouped",
};

/**
 * `changed(detail)` is called when posts, counts or the team differ, `returned(decision)` when a decision was refused,
 * and `current()` is the id of the post on the stage. `modes` fires "modes" (detail: the frame).
 */
export class Desk {
  #root;
  #bar = new Bar();
  #counting = new Frames(() => this.#bar.showCounts(this.expected.counts));
  #who = new Who();
  #mine;
  #kept;
  #skew;
  #actions = {};
  #stream;
  #connection = { online: null, refused: false };
  #fetching = false;
  #refusals = new Map(); // by group, how many of its decisions were refused

  constructor(root, { posts, given, changed, returned, current = null }) {
    this.#root = root;
    const { cursor, streamUrl, feedUrl, decisionsUrl, seatUrl, mineUrl, slug, person, holdSeconds } = root.dataset;
    const { manyUrl, notesUrl, descriptionsUrl } = root.dataset;
    const doors = { note: notesUrl, describe: descriptionsUrl };
    const id = randomId();
    this.#skew = Date.now() - Date.parse(root.dataset.now);
    this.pace = new Pace(moments(JSON.parse(root.dataset.pace), Date.now()));
    this.team = new Team({ own: `${person}-${id}`, person, frame: JSON.parse(root.dataset.team) });
    this.seat = new Seat({
      url: seatUrl,
      desk: id,
      holds: Boolean(current),
      holdSeconds: Number(holdSeconds),
      current: current ?? (() => null),
      taken: (frame) => this.team.take(frame),
    });
    this.#mine = new MyDecisions({ url: mineUrl, undo: (decision) => this.#undoMine(decision) });
    this.#kept = new KeptDecisions({ storage: localStorageIfAny(), event: slug, person, desk: id });
    this.said = new Said(root);
    this.queue = new Queue({ cursor, posts, given, counts: written(), read: readCard });
    this.sieve = new Sieve(this.queue, { read: readCard });
    this.expected = new Expected(this.sieve);
    this.decisions = new Decisions({
      send: (body, kind) => post(doors[kind] ?? decisionsUrl, body),
      sendMany: (decisions) => post(manyUrl, { decisions }),
      keep: (records) => this.#kept.keep(records),
    });
    this.writing = new Writing(this.decisions);
    this.modes = new Beside(new DeskFeed({ queue: this.queue, team: this.team }));
    this.#stream = new Stream({ streamUrl: `${streamUrl}?desk=${id}`, feedUrl, feed: this.modes });
    this.modes.addEventListener("leave_requests", ({ detail }) => this.#bar.showLeaveRequests(detail.count));
    this.#listenForWaves();
    this.queue.addEventListener("change", ({ detail }) => this.#count(detail));
    this.team.addEventListener("change", ({ detail: { moved } }) => {
      if (moved || !this.team.seated) this.seat.ask();
      changed({ updates: [], reset: false });
    });
    this.expected.addEventListener("change", ({ detail }) => {
      this.#counting.soon();
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
    const help = () => document.querySelector("#help").showModal();
    const panic = () => document.querySelector("[data-panic]").click();
    const stage = () => document.querySelector("[data-stage]").click();
    const bring = () => document.querySelector("[data-bring]").click();
    const all = { help, panic, stage, bring, mine: () => this.#mine.open(), ...actions };
    this.#actions = all;
    document.addEventListener("click", ({ target }) => {
      const name = target.closest("[data-act]")?.dataset.act;
      if (name) all[name]?.();
    });
    listen((key, repeated) => this.#press(all, keys[key], repeated));
    this.#watch();
    this.#mine.listen();
    this.#counting.now();
    this.#showConnection();
    this.#stream.open();
    this.seat.open();
  }

  // Actions

  decide(post, kind, why = {}) {
    const decision = this.decisions.decide(post, kind, why);
    this.expected.expect(post, STATUS_AFTER[kind], decision.id);
    return decision;
  }

  /** Decide alike about several posts at once. */
  decideAll(posts, kind, why = {}) {
    const decisions = this.decisions.decideAll(posts, kind, why);
    for (const { id, post } of decisions) this.expected.expect(post, STATUS_AFTER[kind], id);
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
    this.said.say(done("part", post), "done");
  }

  /** Take back a decision of this desk, usually the newest, which takes its group along. Returns what is taken back. */
  undo(which = this.decisions.last) {
    const together = which?.group && which === this.decisions.last;
    const results = together ? this.decisions.undoAll(which.group) : [this.decisions.undo(which)].filter(Boolean);
    for (const { undone, decision } of results) {
      // What an earlier page decided has no card here until the server brings it.
      if (decision && !undone.post.element) continue;
      if (decision) this.expected.expect(undone.post, undone.post.status, decision.id, undone.answer);
      else this.expected.forget(undone.post.id, undone.id);
    }
    return results.map(({ undone }) => undone);
  }

  /** Fetch the snapshot, for what waits behind the posts that are here. */
  async refill() {
    if (this.#fetching) return;
    this.#fetching = true;
    const { status, body } = await get(this.#root.dataset.feedUrl);
    this.#fetching = false;
    if (status === 200 && body?.cards) this.queue.replace(body);
  }

  /** Show who else is here; `waiting` are the posts of which theirs are counted. */
  showTeam(waiting) {
    const ids = new Set(waiting.map(({ id }) => id));
    this.#who.show(this.team.others, ({ posts }) => posts.filter((id) => ids.has(id)).length);
  }

  /** Take up the decisions that an earlier page could not send; they go out before any other. */
  takeOver() {
    const decisions = this.decisions.restore(this.#kept.takeOver(Date.now()));
    for (const { id, post: { id: postId }, kind } of decisions) {
      const waiting = this.queue.get(postId);
      if (waiting && STATUS_AFTER[kind]) this.expected.expect(waiting, STATUS_AFTER[kind], id);
    }
    const count = decisions.length;
    if (count) this.said.say(`Sending ${count === 1 ? "1 decision" : `${count} decisions`} from before.`, "note");
  }

  #undoMine(decision) {
    const here = this.decisions.find(decision.id);
    if (here) this.#actions.undo(here);
    else {
      this.decisions.undoEarlier(decision.post);
      this.said.say(`Taken back: ${quoted(decision.post.words)}`, "note");
    }
  }

  #count({ updates }) {
    for (const { kind, at } of updates) if (kind === "decided") this.pace.add(Date.parse(at) + this.#skew);
  }

  #press(actions, bound, repeated) {
    if (!bound) return false;
    const { act, repeats = false } = bound;
    // A key held down moves through the list, and decides only once.
    if (!repeated || repeats) actions[act]();
    return true;
  }

  #answered({ decision, answer }) {
    if (decision.words) return;
    if (answer.first_of_two) this.#leaveToOthers(decision.post);
    this.expected.settle(decision.post.id, decision.id, answer);
    this.pace.addMine(Date.now());
  }

  /** It waits again, and is not for this desk; its card says so only once the server has told. */
  #leaveToOthers(post) {
    for (const card of [post, this.queue.get(post.id)]) if (card) card.approver = this.#root.dataset.person;
    this.said.say(firstOfTwo(post), "note");
  }

  #refused({ decision, status, error }, returned) {
    const faster = error?.code === "already_decided";
    if (faster) this.expected.settle(decision.post.id, decision.id, error);
    else this.expected.forget(decision.post.id, decision.id);
    if (status && decision.group) this.said.say(this.#countRefusal(decision.group), "note");
    else if (status) this.said.say(refused(error, status, decision.post, Date.now()), faster ? "note" : "bad");
    returned(decision);
  }

  #countRefusal(group) {
    this.#refusals.set(group, (this.#refusals.get(group) ?? 0) + 1);
    return refusedOf(this.#refusals.get(group));
  }

  #listenForWaves() {
    const { modeUrl, mode } = this.#root.dataset;
    const banner = new WaveBanner(document.querySelector(".wave"), { url: modeUrl, mode });
    this.modes.addEventListener("alarm", ({ detail }) => banner.hear(detail));
    this.modes.addEventListener("modes", ({ detail }) => banner.hearMode(detail.mode));
  }

  #watch() {
    this.#stream.addEventListener("status", ({ detail }) => {
      this.#connection.online = detail.online;
      if (detail.online) this.decisions.wake();
      this.#showConnection();
    });
    this.#stream.addEventListener("hello", () => {
      this.team.begin();
      this.seat.ask();
    });
    this.#stream.addEventListener("refused", () => {
      this.#connection.refused = true;
      this.#showConnection();
    });
    window.addEventListener("online", () => this.decisions.wake());
    window.addEventListener("beforeunload", (event) => {
      if (this.decisions.losable) event.preventDefault();
    });
  }

  #showConnection() {
    const { unsent, stuck, last } = this.decisions;
    this.#bar.showConnection({ ...this.#connection, unsent, stuck });
    this.said.offerUndo(Boolean(last));
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

/** The server tells how long ago; its clock may be another than ours. */
function moments(ages, now) {
  return Object.fromEntries(Object.entries(ages).map(([whose, all]) => [whose, all.map((age) => now - age)]));
}

/** The counts as the server wrote them into the page. */
function written() {
  const places = [...document.querySelectorAll(".tab [data-tally]")];
  return Object.fromEntries(places.map((place) => [place.dataset.tally, Number(place.textContent)]));
}
