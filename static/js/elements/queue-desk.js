// The desk's first page: the posts that wait, one of them under decision.

import { QUEUE_KEYS } from "../models/keys.js";
import { Selection } from "../models/selection.js";
import { allHeld, done, nothingWaits, overtaken, quoted } from "../models/words.js";
import { readCard, warm } from "./card.js";
import { Desk } from "./desk.js";
import { Glance } from "./glance.js";
import { Measures } from "./measures.js";
import { ModeSwitch } from "./mode-switch.js";
import { Reasons } from "./reasons.js";
import { Stage } from "./stage.js";
import { Trust } from "./trust.js";
import { WaitingList } from "./waiting-list.js";

const TICK_MS = 1_000;
const FEW = 50; // others may hold most of what is left
const WARMED = 2;

export class QueueDesk {
  #root;
  #desk;
  #selection = new Selection();
  #list;
  #stage;
  #reasons = new Reasons();
  #mode;
  #note = null; // what happened to the post under decision: {words} or the update that took it away
  #gone = false;
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
    this.#list = new WaitingList(root.querySelector(".line__cards"), (id) => this.#choose(id));
    this.#stage = new Stage(root.querySelector(".stage"));
    this.#desk = new Desk(root, {
      posts,
      given: cards.length,
      changed: (detail) => this.#changed(detail),
      returned: () => this.#draw(),
      current: () => this.#selection.id,
    });
    const { modeUrl, mode, trustUrl, holdPosts } = root.dataset;
    this.#batch = Number(holdPosts);
    this.#glance = new Glance(root);
    this.#measures = new Measures(root);
    const say = (words, level) => this.#desk.said.say(words, level);
    this.#mode = new ModeSwitch(root.querySelector(".mode"), { url: modeUrl, mode, say });
    this.#trust = new Trust({ url: trustUrl, posts: () => this.#shown, say });
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
    this.#desk.undo(which);
    this.#desk.said.say(`Taken back: ${quoted(which.post.words)}`, "note");
    this.#draw({ follow: true });
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
    this.#mode.hear(this.#desk.team.mode);
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
      this.#glance.begin();
    } else if (found === "arrived") {
      this.#glance.begin();
      this.#desk.said.speak(this.#nextWords());
    } else if (found === "same" && this.#gone) {
      this.#turn();
      this.#glance.begin();
    }
    const { team, seat, queue } = this.#desk;
    if (team.wants(this.#posts, this.#gone ? null : this.#selection.id, this.#batch)) seat.ask();
    if (queue.more && this.#posts.length < FEW && !reset) this.#desk.refill();
    this.#drawSoon();
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
    this.#desk.showTeam(posts);
    const next = this.#desk.team.own(posts).filter(({ place }) => post && place > post.place).slice(0, WARMED);
    next.forEach(warm);
    this.#drawButtons();
    this.#measures.show(posts, this.#desk);
  }

  #drawEmpty(posts) {
    write(this.#root.querySelector(".empty__title"), posts.length ? "Nothing waits for you." : "Nothing is waiting.");
    const { team, expected } = this.#desk;
    const held = team.others.map((desk) => ({ name: desk.name, count: posts.filter(({ id }) => team.holder(id) === desk).length }));
    const words = posts.length ? allHeld(held.filter(({ count }) => count)) : nothingWaits(expected.counts);
    write(this.#root.querySelector(".empty__words"), words);
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
    this.#stage.show(this.#selection.post, { note: this.#noteWords(), gone: this.#gone });
  }
}

function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
