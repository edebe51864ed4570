// The desk's first page: the posts that wait, one of them under decision.

import { QUEUE_KEYS } from "../models/keys.js";
import { Filter } from "../models/filter.js";
import { Selection } from "../models/selection.js";
import { allHeld, done, doneAll, nothingWaits, othersWait, overtaken, posts as postsWords, quoted } from "../models/words.js";
import { BulkBar } from "./bulk-bar.js";
import { readCard, warm } from "./card.js";
import { countDown } from "./countdown.js";
import { Desk } from "./desk.js";
import { Finder } from "./finder.js";
import { Glance } from "./glance.js";
import { Kin } from "./kin.js";
import { Measures } from "./measures.js";
import { ModeSwitch } from "./mode-switch.js";
import { Reasons } from "./reasons.js";
import { Stage } from "./stage.js";
import { Trust } from "./trust.js";
import { WaitingList } from "./waiting-list.js";

const TICK_MS = 1_000;
const FEW = 50; // others may hold most of what is left
const ALL = 300; // as many as are kept of what was found
const WARMED = 2;

export class QueueDesk {
  #root;
  #desk;
  #selection = new Selection();
  #list;
  #stage;
  #reasons = new Reasons();
  #mode;
  #finder;
  #bulk;
  #kin;
  #note = null; // what happened to the post under decision: {words} or the update that took it away
  #gone = false;
  #clockAhead; // of the server's clock before this machine's, in milliseconds
  #isOpen = false;
  #glance;
  #trust;
  #measures;
  #batch;
  #drawing = null; // the frame in which it is drawn anew
  #awaited = null; // id of a post taken back that has no card here yet

  constructor(root) {
    this.#root = root;
    const cards = [...root.querySelector(".line__cards").children];
    const posts = cards.map(readCard).filter(Boolean);
    const found = Filter.read(location.search).empty ? null : posts;
    this.#list = new WaitingList(root.querySelector(".line__cards"), (id) => this.#choose(id));
    this.#stage = new Stage(root.querySelector(".stage"));
    this.#desk = new Desk(root, {
      posts: found ? [] : posts,
      given: found ? 0 : cards.length,
      changed: (detail) => this.#changed(detail),
      returned: () => this.#draw(),
      current: () => this.#selection.id,
    });
    this.#finder = new Finder(root, { desk: this.#desk, changed: () => this.#turnTo(this.#posts) });
    this.#finder.open(found ?? []);
    this.#bulk = new BulkBar(root, {
      posts: () => this.#posts,
      free: () => this.#free,
      decide: (chosen, kind, why) => this.#decideAll(chosen, kind, why),
      changed: () => this.#draw(),
    });
    this.#kin = new Kin(root.querySelector(".kin"));
    const { modeUrl, mode, trustUrl, holdPosts, now } = root.dataset;
    this.#clockAhead = Date.parse(now) - Date.now();
    this.#batch = Number(holdPosts);
    this.#glance = new Glance(root);
    this.#measures = new Measures(root);
    const say = (words, level) => this.#desk.said.say(words, level);
    this.#mode = new ModeSwitch(root.querySelector(".mode"), { url: modeUrl, mode, say });
    this.#trust = new Trust({ url: trustUrl, posts: () => this.#shown, say });
    this.#desk.modes.addEventListener("modes", ({ detail }) => {
      this.#mode.hear(detail);
      this.#countDown();
    });
  }

  // Lifecycle

  open() {
    this.#desk.takeOver();
    this.#selection.follow(this.#posts, this.#free);
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
        select: () => this.#bulk.toggle(this.#selection.id),
        "select-all": () => this.#bulk.all(),
        "select-next": () => this.#reach(1),
        "select-previous": () => this.#reach(-1),
        "by-author": () => this.#selectAll((post) => ({ by: post.author }), this.#selection.post?.name),
        alike: () => this.#selectAll((post) => post.alike && { like: post.alike }),
        unselect: () => this.#bulk.clear(),
        escape: () => (this.#bulk.any ? this.#bulk.clear() : this.#finder.clear()),
        note: () => this.#write("note"),
        describe: () => this.#write("describe"),
        trust: () => this.#turnTrust(),
        reveal: () => this.#stage.reveal(),
        next: () => this.#move(1, this.#free),
        previous: () => this.#move(-1, this.#free),
        down: () => this.#move(1),
        up: () => this.#move(-1),
      },
      QUEUE_KEYS,
    );
    this.#draw();
    setInterval(() => this.#tick(), TICK_MS);
  }

  // Actions

  #refusePicture() {
    if (this.#selection.post?.body.querySelector("[data-act=refuse-picture]")) this.#decide("reject", { picture: true });
  }

  #askReason() {
    const post = this.#selection.post;
    if (!post || this.#gone || this.#glance.on) return;
    const chosen = (reason) => {
      // It may have been decided, or taken away, while the list was open.
      if (this.#selection.post?.id === post.id && !this.#gone) this.#decide("reject", { reason });
      else this.#desk.said.say(`Not rejected here: ${quoted(post.words)} is not under decision any more.`, "note");
    };
    this.#reasons.open({ verb: "Reject", words: quoted(post.words), chosen });
  }

  #decide(kind, why = {}) {
    if (this.#bulk.any) {
      this.#decideSelected(kind, why);
      return;
    }
    const post = this.#selection.post;
    if (!post || this.#glance.on) return;
    if (this.#gone) {
      // The key was meant for a post that is decided already; it must not hit the next one.
      this.#advance();
      this.#turn();
      this.#draw({ follow: true });
      return;
    }
    this.#advance();
    this.#turn();
    this.#desk.decide(post, kind, why);
    this.#desk.said.say(done(kind, post, why), "done", this.#nextWords());
    this.#draw({ follow: true });
  }

  #undo(which = this.#desk.decisions.last) {
    if (!which) return;
    if (which.post.element) {
      this.#selection.take(which.post);
      this.#turn();
    } else {
      this.#awaited = which.post.id;
    }
    const { length } = this.#desk.undo(which);
    this.#desk.said.say(`Taken back: ${length > 1 ? postsWords(length) : quoted(which.post.words)}`, "note");
    this.#draw({ follow: true });
  }

  #decideSelected(kind, why) {
    if (!why.picture && kind !== "pin") this.#bulk.press(kind, why);
    else this.#desk.said.say("Y, N and S decide about all that are selected. Esc selects nothing.", "note");
  }

  #decideAll(chosen, kind, why) {
    if (!chosen.length) return;
    const ids = new Set(chosen.map(({ id }) => id));
    if (ids.has(this.#selection.id)) this.#selection.advance(this.#free.filter(({ id }) => !ids.has(id)));
    this.#turn();
    this.#desk.decideAll(chosen, kind, why);
    this.#desk.said.say(doneAll(kind, chosen.length), "done", this.#nextWords());
  }

  /** Show all posts of a sort, wherever they wait, and select those that nobody else has. */
  async #selectAll(sort, label = null) {
    const post = this.#selection.post;
    const wanted = post && sort(post);
    if (!wanted) return;
    await this.#finder.use(new Filter(wanted), { label, least: ALL });
    this.#bulk.all();
  }

  #reach(step) {
    const { id } = this.#selection;
    if (!this.#bulk.has(id)) this.#bulk.toggle(id, true);
    this.#move(step);
    this.#bulk.reach(this.#selection.id);
  }

  #write(kind) {
    const post = this.#selection.post;
    if (post && !this.#gone) this.#desk.writing[kind](post);
  }

  /** Move among these posts; J and K pass over those of others, the arrows go everywhere. */
  #move(step, posts = this.#posts) {
    const moved = this.#selection.move(posts, step);
    if (!moved && this.#gone) this.#advance();
    if (!moved && !this.#gone) return;
    this.#turn();
    this.#desk.said.speak(this.#nextWords());
    this.#draw({ follow: true });
  }

  #choose(id) {
    const post = this.#posts.find((other) => other.id === id);
    if (!post || id === this.#selection.id) return;
    this.#selection.take(post);
    this.#turn();
    this.#draw();
    // On a phone the line of the post under decision is not shown, and cannot keep the focus.
    if (!post.element.offsetParent) this.#stage.focus();
  }

  async #turnTrust() {
    const { post } = this.#selection;
    if (!post) return;
    const told = this.#trust.turn(post, this.#mode.mode);
    this.#drawButtons();
    await told;
    this.#drawButtons();
  }

  // Internal: what happens

  get #posts() {
    return this.#desk.expected.posts;
  }

  get #free() {
    return this.#desk.team.free(this.#posts);
  }

  /** Go on by hand: to the next post of one's own, else to one that nobody holds. */
  #advance() {
    const own = this.#desk.team.own(this.#posts);
    this.#selection.advance(own.some(({ id }) => id !== this.#selection.id) ? own : this.#free);
  }

  #changed({ updates, reset }) {
    if (!this.#isOpen) return;
    this.#trust.hear(updates);
    const awaited = this.#posts.find(({ id }) => id === this.#awaited);
    if (awaited) {
      this.#awaited = null;
      this.#selection.take(awaited);
      this.#turn();
    }
    const before = this.#selection.id;
    const found = this.#selection.follow(this.#posts, this.#desk.team.own(this.#posts));
    const mine = updates.findLast(({ id }) => id === before);
    if (found === "gone" && !this.#gone) {
      this.#gone = true;
      this.#note = mine ?? { words: "This post was decided while this desk was away." };
      this.#desk.said.speak(this.#noteWords());
    } else if (found === "changed") {
      this.#gone = false;
      this.#note = mine?.kind === "edited" ? { words: "Its author changed this post just now." } : null;
      if (mine?.kind !== "described") this.#glance.begin();
    } else if (found === "arrived") {
      this.#glance.begin();
      this.#desk.said.speak(this.#nextWords());
    } else if (found === "same" && this.#gone) {
      this.#turn();
      this.#glance.begin();
    }
    const { team, seat } = this.#desk;
    if (team.wants(this.#posts, this.#gone ? null : this.#selection.id, this.#batch)) seat.ask();
    this.#seekMore(reset);
    this.#drawSoon();
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
    const { id } = this.#selection;
    if (!posts.some((post) => post.id === id)) this.#selection.take(this.#free[0] ?? posts[0]);
    this.#turn();
    this.#draw({ follow: true });
  }

  /** Another post is under decision, by the person's own hand. */
  #turn() {
    this.#gone = false;
    this.#note = null;
    this.#glance.end();
  }

  // Internal: words

  #noteWords() {
    const holder = this.#desk.team.holder(this.#selection.id);
    if (!this.#note) return holder ? `\u2068${holder.name}\u2069 has this.` : null;
    return this.#note.words ?? overtaken(this.#note, Date.now());
  }

  #nextWords() {
    const post = this.#selection.post;
    return post ? `Under decision: ${post.name}: ${post.words}` : "Nothing is waiting.";
  }

  // Internal: drawing

  /** What is in the list: what waits, and the post under decision although it waits no more. */
  get #shown() {
    const posts = this.#posts;
    return this.#gone ? [...posts, this.#selection.post].sort((one, other) => one.place - other.place) : posts;
  }

  /** Draw in the next frame: a burst of updates is drawn once. What a hand does is drawn at once. */
  #drawSoon() {
    this.#drawing ??= requestAnimationFrame(() => this.#draw());
  }

  #draw({ follow = false } = {}) {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = null;
    const posts = this.#posts;
    const { post, id } = this.#selection;
    this.#list.show(this.#shown, id, { follow });
    this.#stage.show(post, { note: this.#noteWords(), gone: this.#gone });
    this.#root.toggleAttribute("data-empty", !post);
    this.#root.querySelector(".empty").hidden = Boolean(post);
    if (!post) this.#drawEmpty(posts);
    this.#desk.sieve.hold(id);
    this.#finder.draw(posts);
    this.#bulk.draw();
    this.#kin.show(this.#gone ? null : post, posts);
    this.#desk.showTeam(posts);
    const next = this.#desk.team.own(posts).filter(({ place }) => post && place > post.place).slice(0, WARMED);
    next.forEach(warm);
    this.#drawButtons();
    this.#measures.show(posts, this.#desk);
    this.#countDown();
  }

  #drawEmpty(posts) {
    const { team, expected } = this.#desk;
    if (!posts.length && !this.#finder.filter.empty) {
      write(this.#root.querySelector(".empty__title"), "Nothing that waits fits.");
      write(this.#root.querySelector(".empty__words"), othersWait(expected.counts));
      return;
    }
    write(this.#root.querySelector(".empty__title"), posts.length ? "Nothing waits for you." : "Nothing is waiting.");
    const held = team.others.map((desk) => ({ name: desk.name, count: posts.filter(({ id }) => team.holder(id) === desk).length }));
    const words = posts.length ? allHeld(held.filter(({ count }) => count)) : nothingWaits(expected.counts);
    write(this.#root.querySelector(".empty__words"), words);
  }

  #countDown() {
    countDown(this.#root, { now: Date.now() + this.#clockAhead, open: this.#mode.mode === "open with delay" });
  }

  #drawButtons() {
    const button = (name) => this.#root.querySelector(`.decide__${name}`);
    const post = this.#selection.post;
    const decidable = Boolean(post) && !this.#gone;
    for (const name of ["approve", "reject", "pin", "stash"]) {
      button(name).setAttribute("aria-disabled", String(!decidable));
    }
    const trusted = Boolean(post?.element.hasAttribute("data-trusted"));
    button("trust").setAttribute("aria-pressed", String(trusted));
    button("next").hidden = !this.#gone;
    this.#root.toggleAttribute("data-gone", this.#gone);
  }

  #tick() {
    this.#measures.show(this.#posts, this.#desk);
    this.#countDown();
    this.#stage.show(this.#selection.post, { note: this.#noteWords(), gone: this.#gone });
  }
}

function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
