// What the queue's page shows: the line of posts, the one under decision, and all that is told of both.

import { Frames } from "../helpers/frames.js";
import { _ } from "../models/gettext.js";
import { isolated } from "../models/language.js";
import { allHeld, nothingWaits, othersWait, overtaken } from "../models/words.js";
import { warm } from "./card.js";
import { countDown } from "./countdown.js";
import { DecideButtons } from "./decide-buttons.js";
import { Kin } from "./kin.js";
import { Measures } from "./measures.js";
import { Stage } from "./stage.js";
import { WaitingList } from "./waiting-list.js";

const TICK_MS = 1_000;
const WARMED = 2;

export class QueueView {
  #root;
  #desk;
  #under;
  #finder;
  #bulk;
  #mode;
  #list;
  #buttons;
  #kin;
  #measures;
  #empty;
  #clockAhead; // of the server's clock before this machine's, in milliseconds
  #frames = new Frames(() => this.#draw());
  #follow = false;

  /** `under` is the post under decision, `choose(id)` is called when a person picks another in the line. */
  constructor(root, { desk, under, finder, bulk, mode, choose }) {
    this.#root = root;
    this.#desk = desk;
    this.#under = under;
    this.#finder = finder;
    this.#bulk = bulk;
    this.#mode = mode;
    this.stage = new Stage(root.querySelector(".stage"));
    this.#list = new WaitingList(root.querySelector(".line__cards"), { choose, more: () => this.#frames.next() });
    this.#buttons = new DecideButtons(root);
    this.#kin = new Kin(root.querySelector(".kin"));
    this.#measures = new Measures(root);
    this.#empty = root.querySelector(".empty");
    this.#clockAhead = Date.parse(root.dataset.now) - Date.now();
  }

  // Lifecycle

  open() {
    this.now();
    setInterval(() => this.#tick(), TICK_MS);
  }

  // Actions

  /** Draw what a hand did; the line follows the post under decision when the hand moved on. */
  next({ follow = false } = {}) {
    this.#follow ||= follow;
    this.#frames.next();
  }

  /** Draw what others did. */
  soon() {
    this.#frames.soon();
  }

  now() {
    this.#frames.now();
  }

  countDown() {
    countDown(this.#root, { now: Date.now() + this.#clockAhead, open: this.#mode.mode === "open with delay" });
  }

  /** What happened to the post under decision, in words; null when nothing did. */
  get note() {
    const { news, id } = this.#under;
    const holder = this.#desk.team.holder(id);
    if (!news) return holder ? _("%(name)s has this.", { name: isolated(holder.name) }) : null;
    return news.words ?? overtaken(news, Date.now());
  }

  // Internal

  /** What is in the line: what waits, and the post under decision although it waits no more. */
  get #shown() {
    const { posts } = this.#desk.expected;
    if (!this.#under.gone) return posts;
    return [...posts, this.#under.post].sort((one, other) => one.place - other.place);
  }

  /** The place of the post under decision is measured last, when nothing is left to change. */
  #draw() {
    const { posts } = this.#desk.expected;
    const { post, id, gone } = this.#under;
    this.stage.show(post, { note: this.note, gone });
    this.#list.show(this.#shown, id);
    this.#root.toggleAttribute("data-empty", !post);
    this.#empty.hidden = Boolean(post);
    if (!post) this.#drawEmpty(posts);
    this.#desk.sieve.hold(id);
    this.#finder.draw(posts);
    this.#bulk.draw();
    this.#kin.show(this.#under.decidable, posts);
    this.#desk.showTeam(posts);
    this.#buttons.show(this.#under);
    this.#measures.show(posts, this.#list.shown, this.#desk);
    if (this.#follow) this.#list.follow();
    this.#follow = false;
    this.#warm(post);
  }

  /** Load the pictures of those that come next. */
  #warm(post) {
    const { team, expected } = this.#desk;
    if (post) team.own(expected.posts).filter(({ place }) => place > post.place).slice(0, WARMED).forEach(warm);
  }

  #drawEmpty(posts) {
    const { team, expected } = this.#desk;
    const [title, words] = [this.#empty.querySelector(".empty__title"), this.#empty.querySelector(".empty__words")];
    if (!posts.length && !this.#finder.filter.empty) {
      write(title, _("Nothing that waits fits."));
      write(words, othersWait(expected.counts));
      return;
    }
    write(title, posts.length ? _("Nothing waits for you.") : _("Nothing is waiting."));
    const held = team.others.map((desk) => ({ name: desk.name, count: posts.filter(({ id }) => team.holder(id) === desk).length }));
    write(words, posts.length ? allHeld(held.filter(({ count }) => count), posts.filter((post) => team.isForOthers(post)).length) : nothingWaits(expected.counts));
  }

  #tick() {
    const { post, gone } = this.#under;
    this.#measures.show(this.#desk.expected.posts, this.#list.shown, this.#desk);
    this.countDown();
    this.stage.show(post, { note: this.note, gone });
    this.stage.tellTimes();
  }
}

function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
