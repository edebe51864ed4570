// The desk's first page: the posts that wait, one of them under decision.

import { _ } from "../models/gettext.js";
import { QUEUE_KEYS } from "../models/keys.js";
import { Filter } from "../models/filter.js";
import { UnderDecision } from "../models/under-decision.js";
import { doneAll } from "../models/words.js";
import { BulkBar } from "./bulk-bar.js";
import { readCard } from "./card.js";
import { Desk } from "./desk.js";
import { Finder } from "./finder.js";
import { Hand } from "./hand.js";
import { ModeSwitch } from "./mode-switch.js";
import { ParticipationSwitch } from "./participation-switch.js";
import { QueueView } from "./queue-view.js";
import { Trust } from "./trust.js";

const FEW = 50; // others may hold most of what is left
const ALL = 300; // as many as are kept of what was found

export class QueueDesk {
  #desk;
  #under = new UnderDecision();
  #view;
  #hand;
  #mode;
  #finder;
  #bulk;
  #trust;
  #batch;
  #isOpen = false;

  constructor(root) {
    const cards = [...root.querySelector(".line__cards").children];
    const posts = cards.map(readCard).filter(Boolean);
    const found = Filter.read(location.search).empty ? null : posts;
    this.#desk = new Desk(root, {
      posts: found ? [] : posts,
      given: found ? 0 : cards.length,
      changed: (detail) => this.#changed(detail),
      returned: () => this.#view.next(),
      current: () => this.#under.id,
    });
    this.#finder = new Finder(root, { desk: this.#desk, changed: () => this.#hand.turnTo(this.#posts) });
    this.#finder.open(found ?? []);
    this.#bulk = new BulkBar(root, {
      posts: () => this.#posts,
      free: () => this.#free,
      decide: (chosen, kind, why) => this.#decideAll(chosen, kind, why),
      changed: () => this.#view.next(),
    });
    const { modeUrl, mode, trustUrl, holdPosts } = root.dataset;
    this.#batch = Number(holdPosts);
    const say = (words, level) => this.say(words, level);
    this.#mode = new ModeSwitch(root.querySelector(".mode"), { url: modeUrl, mode, say });
    this.#trust = new Trust({ url: trustUrl, posts: () => this.#shown, say });
    this.#view = new QueueView(root, {
      desk: this.#desk,
      under: this.#under,
      finder: this.#finder,
      bulk: this.#bulk,
      mode: this.#mode,
      choose: (id) => this.#hand.choose(id),
    });
    this.#hand = new Hand(root, { desk: this.#desk, under: this.#under, view: this.#view });
    const joining = new ParticipationSwitch(root.querySelector(".joining"), { say });
    this.#desk.modes.addEventListener("participation", ({ detail }) => joining.hear(detail));
    this.#desk.modes.addEventListener("modes", ({ detail }) => {
      this.#mode.hear(detail);
      this.#view.countDown();
    });
  }

  // Lifecycle

  open() {
    this.#desk.deciding.takeOver();
    this.#under.follow(this.#posts, this.#free, []);
    this.#isOpen = true;
    this.#desk.open(
      {
        approve: () => this.#decide("approve"),
        reject: () => this.#decide("reject"),
        reason: () => this.#hand.askReason((reason) => this.#decide("reject", { reason })),
        "refuse-picture": () => this.#refusePicture(),
        pin: () => this.#decide("pin"),
        stash: () => this.#decide("stash"),
        undo: (which) => this.#hand.undo(which),
        ...this.#finder.actions(),
        select: () => this.#bulk.toggle(this.#under.id),
        "select-all": () => this.#bulk.all(),
        "select-next": () => this.#reach(1),
        "select-previous": () => this.#reach(-1),
        "by-author": () => this.#selectAll((post) => ({ by: post.author }), this.#under.post?.name),
        alike: () => this.#selectAll((post) => post.alike && { like: post.alike }),
        thread: () => this.#under.post && this.#finder.use(new Filter({ thread: this.#under.post.thread })),
        unselect: () => this.#bulk.clear(),
        escape: () => (this.#bulk.any ? this.#bulk.clear() : this.#finder.clear()),
        part: () => this.#desk.deciding.part(this.#under.decidable),
        join: () => this.#under.post?.body.querySelector("[data-act=join]") && this.#decide("join"),
        note: () => this.#hand.write("note"),
        describe: () => this.#hand.write("describe"),
        quote: () => this.#under.post?.body.querySelector("[data-quote]")?.click(),
        ask: () => this.#under.post?.body.querySelector("[data-promote]")?.click(),
        answer: () => this.#under.post?.body.querySelector("[data-answer]")?.click(),
        story: () => this.#under.post?.body.querySelector("[data-story]")?.click(),
        trust: () => this.#turnTrust(),
        reveal: () => this.#view.stage.reveal(),
        // J and K pass over the posts of others, the arrows go everywhere.
        next: () => this.#hand.move(1, this.#free),
        previous: () => this.#hand.move(-1, this.#free),
        down: () => this.#hand.move(1, this.#posts),
        up: () => this.#hand.move(-1, this.#posts),
      },
      QUEUE_KEYS,
    );
    this.#view.open();
  }

  // Actions

  say(words, level) {
    this.#desk.said.say(words, level);
  }

  /** Decide about all that are selected, else about the post under decision. */
  #decide(kind, why = {}) {
    if (!this.#bulk.any) this.#hand.decide(kind, why);
    else if (!why.picture && kind !== "pin") this.#bulk.press(kind, why);
    else this.#desk.said.say(_("Y, N and S decide about all that are selected. Esc selects nothing."), "note");
  }

  #refusePicture() {
    if (this.#under.post?.body.querySelector("[data-act=refuse-picture]")) this.#decide("reject", { picture: true });
  }

  #decideAll(chosen, kind, why) {
    if (!chosen.length) return;
    this.#hand.leave(chosen);
    this.#desk.deciding.decideAll(chosen, kind, why);
    this.#desk.said.say(doneAll(kind, chosen.length), "done", this.#hand.nextWords);
  }

  /** Show all posts of a sort, wherever they wait, and select those that nobody else has. */
  async #selectAll(sort, label = null) {
    const { post } = this.#under;
    const wanted = post && sort(post);
    if (!wanted) return;
    await this.#finder.use(new Filter(wanted), { label, least: ALL });
    this.#bulk.all();
  }

  #reach(step) {
    const { id } = this.#under;
    if (!this.#bulk.has(id)) this.#bulk.toggle(id, true);
    this.#hand.move(step, this.#posts);
    this.#bulk.reach(this.#under.id);
  }

  async #turnTrust() {
    const { post } = this.#under;
    if (!post) return;
    const told = this.#trust.turn(post, this.#mode.mode);
    this.#remark();
    await told;
    this.#remark();
  }

  // Internal

  get #posts() {
    return this.#desk.expected.posts;
  }

  get #free() {
    return this.#desk.team.free(this.#posts);
  }

  /** What is in the line, and the post under decision although it waits no more. */
  get #shown() {
    return this.#under.gone ? [...this.#posts, this.#under.post] : this.#posts;
  }

  #changed({ updates, reset }) {
    if (!this.#isOpen) return;
    if (this.#trust.hear(updates, reset)) this.#remark();
    const what = this.#hand.follow(updates);
    const { team, seat } = this.#desk;
    if (team.wants(this.#posts, this.#under.decidable?.id ?? null, this.#batch)) seat.ask();
    this.#seekMore(reset);
    if (what === "same") this.#view.soon();
    else this.#view.next();
  }

  /** Marks on posts have changed, by which some are found. */
  #remark() {
    this.#desk.sieve.reconsider();
    this.#view.next();
  }

  #seekMore(reset) {
    const { filter, more } = this.#desk.sieve;
    if (!filter.empty && reset) this.#finder.again();
    else if (!more || this.#posts.length >= FEW || reset) return;
    else if (filter.empty) this.#desk.refill();
    else this.#finder.further();
  }
}
