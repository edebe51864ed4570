// The desk's first page: the posts that wait, one of them under decision.

import { QUEUE_KEYS } from "../models/keys.js";
import { Filter } from "../models/filter.js";
import { UnderDecision } from "../models/under-decision.js";
import { done, doneAll, posts as postsWords, quoted } from "../models/words.js";
import { BulkBar } from "./bulk-bar.js";
import { readCard } from "./card.js";
import { Desk } from "./desk.js";
import { Finder } from "./finder.js";
import { Glance } from "./glance.js";
import { ModeSwitch } from "./mode-switch.js";
import { QueueView } from "./queue-view.js";
import { Reasons } from "./reasons.js";
import { Trust } from "./trust.js";

const FEW = 50; // others may hold most of what is left
const ALL = 300; // as many as are kept of what was found

export class QueueDesk {
  #desk;
  #under = new UnderDecision();
  #view;
  #reasons = new Reasons();
  #mode;
  #finder;
  #bulk;
  #trust;
  #glance;
  #batch;
  #isOpen = false;
  #awaited = null; // id of a post taken back that has no card here yet

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
    this.#finder = new Finder(root, { desk: this.#desk, changed: () => this.#turnTo(this.#posts) });
    this.#finder.open(found ?? []);
    this.#bulk = new BulkBar(root, {
      posts: () => this.#posts,
      free: () => this.#free,
      decide: (chosen, kind, why) => this.#decideAll(chosen, kind, why),
      changed: () => this.#view.next(),
    });
    const { modeUrl, mode, trustUrl, holdPosts } = root.dataset;
    this.#batch = Number(holdPosts);
    this.#glance = new Glance(root);
    const say = (words, level) => this.#desk.said.say(words, level);
    this.#mode = new ModeSwitch(root.querySelector(".mode"), { url: modeUrl, mode, say });
    this.#trust = new Trust({ url: trustUrl, posts: () => this.#shown, say });
    this.#view = new QueueView(root, {
      desk: this.#desk,
      under: this.#under,
      finder: this.#finder,
      bulk: this.#bulk,
      mode: this.#mode,
      choose: (id) => this.#choose(id),
    });
    this.#desk.modes.addEventListener("modes", ({ detail }) => {
      this.#mode.hear(detail);
      this.#view.countDown();
    });
  }

  // Lifecycle

  open() {
    this.#desk.takeOver();
    this.#under.follow(this.#posts, this.#free, []);
    this.#isOpen = true;
    this.#desk.open(
      {
        approve: () => this.#decide("approve"),
        reject: () => this.#decide("reject"),
        reason: () => this.#askReason(),
        "refuse-picture": () => this.#refusePicture(),
        pin: () => this.#decide("pin"),
        stash: () => this.#decide("stash"),
        undo: (which) => this.#undo(which),
        ...this.#finder.actions(),
        select: () => this.#bulk.toggle(this.#under.id),
        "select-all": () => this.#bulk.all(),
        "select-next": () => this.#reach(1),
        "select-previous": () => this.#reach(-1),
        "by-author": () => this.#selectAll((post) => ({ by: post.author }), this.#under.post?.name),
        alike: () => this.#selectAll((post) => post.alike && { like: post.alike }),
        unselect: () => this.#bulk.clear(),
        escape: () => (this.#bulk.any ? this.#bulk.clear() : this.#finder.clear()),
        note: () => this.#write("note"),
        describe: () => this.#write("describe"),
        trust: () => this.#turnTrust(),
        reveal: () => this.#view.stage.reveal(),
        next: () => this.#move(1, this.#free),
        previous: () => this.#move(-1, this.#free),
        down: () => this.#move(1),
        up: () => this.#move(-1),
      },
      QUEUE_KEYS,
    );
    this.#view.open();
  }

  // Actions

  #refusePicture() {
    if (this.#under.post?.body.querySelector("[data-act=refuse-picture]")) this.#decide("reject", { picture: true });
  }

  #askReason() {
    const post = this.#under.decidable;
    if (!post || this.#glance.on) return;
    const chosen = (reason) => {
      // It may have been decided, or taken away, while the list was open.
      if (this.#under.decidable?.id === post.id) this.#decide("reject", { reason });
      else this.#desk.said.say(`Not rejected here: ${quoted(post.words)} is not under decision any more.`, "note");
    };
    this.#reasons.open({ verb: "Reject", words: quoted(post.words), chosen });
  }

  #decide(kind, why = {}) {
    if (this.#bulk.any) {
      this.#decideSelected(kind, why);
      return;
    }
    const { decidable: post } = this.#under;
    if (!this.#under.post || this.#glance.on) return;
    // A key that was meant for a post that is decided already must not hit the next one.
    this.#advance();
    if (post) {
      this.#desk.decide(post, kind, why);
      this.#desk.said.say(done(kind, post, why), "done", this.#nextWords());
    }
    this.#view.next({ follow: true });
  }

  #undo(which = this.#desk.decisions.last) {
    if (!which) return;
    if (which.post.element) {
      this.#take(which.post);
    } else {
      this.#awaited = which.post.id;
    }
    const { length } = this.#desk.undo(which);
    this.#desk.said.say(`Taken back: ${length > 1 ? postsWords(length) : quoted(which.post.words)}`, "note");
    this.#view.next({ follow: true });
  }

  #decideSelected(kind, why) {
    if (!why.picture && kind !== "pin") this.#bulk.press(kind, why);
    else this.#desk.said.say("Y, N and S decide about all that are selected. Esc selects nothing.", "note");
  }

  #decideAll(chosen, kind, why) {
    if (!chosen.length) return;
    const ids = new Set(chosen.map(({ id }) => id));
    if (ids.has(this.#under.id)) this.#under.advance(this.#free.filter(({ id }) => !ids.has(id)));
    this.#turn();
    this.#desk.decideAll(chosen, kind, why);
    this.#desk.said.say(doneAll(kind, chosen.length), "done", this.#nextWords());
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
    this.#move(step);
    this.#bulk.reach(this.#under.id);
  }

  #write(kind) {
    const { decidable: post } = this.#under;
    if (post) this.#desk.writing[kind](post);
  }

  /** Move among these posts; J and K pass over those of others, the arrows go everywhere. */
  #move(step, posts = this.#posts) {
    if (!this.#under.move(posts, step)) {
      if (!this.#under.gone) return;
      this.#advance();
    }
    this.#turn();
    this.#desk.said.speak(this.#nextWords());
    this.#view.next({ follow: true });
  }

  #choose(id) {
    const post = this.#posts.find((other) => other.id === id);
    if (!post || id === this.#under.id) return;
    this.#take(post);
    this.#view.now();
    // On a phone the line of the post under decision is not shown, and cannot keep the focus.
    if (!post.element.offsetParent) this.#view.stage.focus();
  }

  async #turnTrust() {
    const { post } = this.#under;
    if (!post) return;
    const told = this.#trust.turn(post, this.#mode.mode);
    this.#remark();
    await told;
    this.#remark();
  }

  // Internal: what happens

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

  /** Go on by hand: to the next post of one's own, else to one that nobody holds. */
  #advance() {
    const own = this.#desk.team.own(this.#posts);
    this.#under.advance(own.some(({ id }) => id !== this.#under.id) ? own : this.#free);
    this.#turn();
  }

  #take(post) {
    this.#under.take(post);
    this.#turn();
  }

  /** Another post is under decision, by the person's own hand, or a hand is on it. */
  #turn() {
    this.#under.turn();
    this.#glance.end();
  }

  #changed({ updates, reset }) {
    if (!this.#isOpen) return;
    if (this.#trust.hear(updates, reset)) this.#remark();
    const awaited = this.#awaited && this.#posts.find(({ id }) => id === this.#awaited);
    if (awaited) {
      this.#awaited = null;
      this.#take(awaited);
    }
    const { team, seat } = this.#desk;
    const what = this.#under.follow(this.#posts, team.own(this.#posts), updates);
    if (["changed", "arrived", "back"].includes(what)) this.#glance.begin();
    if (what === "gone") this.#desk.said.speak(this.#view.note);
    if (what === "arrived") this.#desk.said.speak(this.#nextWords());
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

  /** Other posts are shown now: if the one under decision is none of them, the first free one is. */
  #turnTo(posts) {
    const { id } = this.#under;
    if (!posts.some((post) => post.id === id)) this.#under.take(this.#free[0] ?? posts[0]);
    this.#turn();
    this.#view.next({ follow: true });
  }

  #nextWords() {
    const { post } = this.#under;
    return post ? `Under decision: ${post.name}: ${post.words}` : "Nothing is waiting.";
  }
}
