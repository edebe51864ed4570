// What both pages of the desk share: the stream, the team, what it decides, the counts, the undo line, the help.

import { get } from "../helpers/ask.js";
import { Frames } from "../helpers/frames.js";
import { leaveIfGone } from "../helpers/gone.js";
import { listen } from "../helpers/keys.js";
import { Beside } from "../models/beside.js";
import { randomId } from "../models/decision.js";
import { DeskFeed } from "../models/desk-feed.js";
import { Expected } from "../models/expected.js";
import { Pace } from "../models/pace.js";
import { Queue } from "../models/queue.js";
import { Sieve } from "../models/sieve.js";
import { Stream } from "../models/stream.js";
import { Team } from "../models/team.js";
import { Bar } from "./bar.js";
import { readCard } from "./card.js";
import { Deciding } from "./deciding.js";
import { Said } from "./said.js";
import { Seat } from "./seat.js";
import { Who } from "./who.js";
import { Writing } from "./writing.js";
import { WaveBanner } from "./wave-banner.js";

/**
 * `changed(detail)` is called when posts, counts or the team differ, `returned(decision)` when a decision was refused,
 * and `current()` is the id of the post on the stage. `modes` fires "modes" (detail: the frame).
 */
export class Desk {
  #root;
  #bar = new Bar();
  #counting = new Frames(() => this.#bar.showCounts(this.expected.counts));
  #who = new Who();
  #skew;
  #stream;
  #connection = { online: null, refused: false };
  #fetching = false;

  constructor(root, { posts, given, changed, returned, current = null }) {
    this.#root = root;
    const { cursor, streamUrl, feedUrl, seatUrl, person, holdSeconds } = root.dataset;
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
    this.said = new Said(root);
    this.queue = new Queue({ cursor, posts, given, counts: written(), read: readCard });
    this.sieve = new Sieve(this.queue, { read: readCard });
    this.expected = new Expected(this.sieve);
    const { queue, expected, said, pace } = this;
    this.deciding = new Deciding(root, { desk: id, queue, expected, said, pace, returned });
    this.writing = new Writing(this.deciding.decisions);
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
    this.deciding.decisions.addEventListener("change", () => this.#showConnection());
  }

  // Lifecycle

  /** Come alive; `actions` are the page's own, by name, and `keys` say which key means which of them. */
  open(actions, keys) {
    const help = () => document.querySelector("#help").showModal();
    const panic = () => document.querySelector("[data-panic]").click();
    const stage = () => document.querySelector("[data-stage]").click();
    const bring = () => document.querySelector("[data-bring]").click();
    const all = { help, panic, stage, bring, mine: () => this.deciding.showMine(), ...actions };
    document.addEventListener("click", ({ target }) => {
      const name = target.closest("[data-act]")?.dataset.act;
      if (name) all[name]?.();
    });
    listen((key, repeated) => this.#press(all, keys[key], repeated));
    this.#watch();
    this.deciding.open(all.undo);
    this.#counting.now();
    this.#showConnection();
    this.#stream.open();
    this.seat.open();
  }

  // Actions

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

  // Internal

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

  #listenForWaves() {
    const { modeUrl, mode } = this.#root.dataset;
    const banner = new WaveBanner(document.querySelector(".wave"), { url: modeUrl, mode });
    this.modes.addEventListener("alarm", ({ detail }) => banner.hear(detail));
    this.modes.addEventListener("modes", ({ detail }) => banner.hearMode(detail.mode));
  }

  #watch() {
    this.#stream.addEventListener("status", ({ detail }) => {
      this.#connection.online = detail.online;
      if (detail.online) this.deciding.decisions.wake();
      this.#showConnection();
    });
    this.#stream.addEventListener("hello", () => {
      this.team.begin();
      this.seat.ask();
    });
    this.#stream.addEventListener("refused", () => {
      this.#connection.refused = true;
      this.#showConnection();
      leaveIfGone();
    });
    window.addEventListener("online", () => this.deciding.decisions.wake());
    window.addEventListener("beforeunload", (event) => {
      if (this.deciding.decisions.losable) event.preventDefault();
    });
  }

  #showConnection() {
    const { unsent, stuck, last } = this.deciding.decisions;
    this.#bar.showConnection({ ...this.#connection, unsent, stuck });
    this.said.offerUndo(Boolean(last));
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
