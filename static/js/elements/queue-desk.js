// The desk's first page: the posts that wait, one of them under decision.

import { post as send } from "../helpers/ask.js";
import { Selection } from "../models/selection.js";
import { done, duration, nothingWaits, overtaken, quoted } from "../models/words.js";
import { readCard, warm } from "./card.js";
import { Desk } from "./desk.js";
import { ModeSwitch } from "./mode-switch.js";
import { Reasons } from "./reasons.js";
import { Stage } from "./stage.js";
import { WaitingList } from "./waiting-list.js";

const TICK_MS = 1_000;
const GLANCE_MS = 700; // what came under decision by itself is looked at before a key can decide it
const FEW = 20;
const WARMED = 2;

const KEYS = {
  y: { act: "approve" },
  n: { act: "reject" },
  "Shift+n": { act: "reason" },
  i: { act: "refuse-picture" },
  p: { act: "pin" },
  s: { act: "stash" },
  u: { act: "undo" },
  t: { act: "trust" },
  r: { act: "reveal" },
  "?": { act: "help" },
  j: { act: "next", repeats: true },
  k: { act: "previous", repeats: true },
  ArrowDown: { act: "next", repeats: true },
  ArrowRight: { act: "next", repeats: true },
  ArrowUp: { act: "previous", repeats: true },
  ArrowLeft: { act: "previous", repeats: true },
};

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
  #glanceUntil = 0;

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
    });
    const { modeUrl, mode } = root.dataset;
    const say = (words, level) => this.#desk.said.say(words, level);
    this.#mode = new ModeSwitch(root.querySelector(".mode"), { url: modeUrl, mode, say });
  }

  // Lifecycle

  open() {
    this.#selection.follow(this.#posts);
    this.#desk.open(
      {
        approve: () => this.#decide("approve"),
        reject: () => this.#decide("reject"),
        reason: () => this.#askReason(),
        "refuse-picture": () => this.#refusePicture(),
        pin: () => this.#decide("pin"),
        stash: () => this.#decide("stash"),
        undo: () => this.#undo(),
        trust: () => this.#trust(),
        reveal: () => this.#stage.reveal(),
        next: () => this.#move(1),
        previous: () => this.#move(-1),
      },
      KEYS,
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
    if (!post || this.#gone || Date.now() < this.#glanceUntil) return;
    const chosen = (reason) => {
      // It may have been decided, or taken away, while the list was open.
      if (this.#selection.post?.id === post.id && !this.#gone) this.#decide("reject", { reason });
      else this.#desk.said.say(`Not rejected here: ${quoted(post.words)} is not under decision any more.`, "note");
    };
    this.#reasons.open({ verb: "Reject", words: quoted(post.words), chosen });
  }

  #decide(kind, why = {}) {
    const post = this.#selection.post;
    if (!post || Date.now() < this.#glanceUntil) return;
    if (this.#gone) {
      // The key was meant for a post that is decided already; it must not hit the next one.
      this.#move(1);
      return;
    }
    this.#selection.advance(this.#posts);
    this.#turn();
    this.#desk.decide(post, kind, why);
    this.#desk.said.say(done(kind, post, why), "done", this.#nextWords());
    this.#draw({ follow: true });
  }

  #undo() {
    const last = this.#desk.decisions.last;
    if (!last) return;
    this.#selection.take(last.post);
    this.#turn();
    this.#desk.undo();
    this.#desk.said.say(`Taken back: ${quoted(last.post.words)}`, "note");
    this.#draw({ follow: true });
  }

  #move(step) {
    const moved = this.#selection.move(this.#posts, step);
    if (!moved && this.#gone) this.#selection.advance(this.#posts);
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

  async #trust() {
    const post = this.#selection.post;
    if (!post) return;
    const trusted = !post.element.hasAttribute("data-trusted");
    this.#markTrusted(post.author, trusted);
    const { status, body } = await send(this.#root.dataset.trustUrl, { author: post.author, post: post.id, trusted });
    if (status === 200) {
      this.#desk.said.say(this.#trustWords(post.name, trusted), "note");
      return;
    }
    this.#markTrusted(post.author, !trusted);
    this.#desk.said.say(body?.error?.message ?? "The server did not answer, so trust is unchanged. Try again.", "bad");
  }

  // Internal: what happens

  get #posts() {
    return this.#desk.expected.posts;
  }

  #changed({ updates, reset }) {
    const before = this.#selection.id;
    const found = this.#selection.follow(this.#posts);
    const mine = updates.findLast(({ id }) => id === before);
    if (found === "gone" && !this.#gone) {
      this.#gone = true;
      this.#note = mine ?? { words: "This post was decided while this desk was away." };
      this.#desk.said.speak(this.#noteWords());
    } else if (found === "changed") {
      this.#gone = false;
      this.#note = mine?.kind === "edited" ? { words: "Its author changed this post just now." } : null;
      this.#glance();
    } else if (found === "arrived") {
      this.#glance();
      this.#desk.said.speak(this.#nextWords());
    } else if (found === "same" && this.#gone) {
      this.#turn();
      this.#glance();
    }
    if (this.#desk.queue.more && this.#posts.length < FEW && !reset) this.#desk.refill();
    this.#draw();
  }

  #glance() {
    this.#glanceUntil = Date.now() + GLANCE_MS;
  }

  /** Another post is under decision, by the person's own hand. */
  #turn() {
    this.#gone = false;
    this.#note = null;
    this.#glanceUntil = 0;
  }

  #markTrusted(author, trusted) {
    const posts = this.#selection.post ? [...this.#posts, this.#selection.post] : this.#posts;
    for (const post of posts) if (post.author === author) post.element.toggleAttribute("data-trusted", trusted);
    this.#drawButtons();
  }

  // Internal: words

  #noteWords() {
    if (!this.#note) return null;
    return this.#note.words ?? overtaken(this.#note, Date.now());
  }

  #nextWords() {
    const post = this.#selection.post;
    return post ? `Under decision: ${post.name}: ${post.words}` : "Nothing is waiting.";
  }

  #trustWords(name, trusted) {
    const who = `\u2068${name}\u2069`;
    if (!trusted) return `${who} is no longer trusted: posts wait for a moderator.`;
    return this.#mode.mode === "trusted go through"
      ? `${who} is trusted: new posts go on the wall at once.`
      : `${who} is trusted. Posts still wait until trusted ones go through.`;
  }

  // Internal: drawing

  #draw({ follow = false } = {}) {
    const posts = this.#posts;
    const { post, id } = this.#selection;
    const shown = this.#gone ? [...posts, post].sort((one, other) => one.place - other.place) : posts;
    this.#list.show(shown, id, { follow });
    this.#stage.show(post, { note: this.#noteWords(), gone: this.#gone });
    this.#root.toggleAttribute("data-empty", !post);
    this.#root.querySelector(".empty").hidden = Boolean(post);
    this.#root.querySelector(".empty__words").textContent = nothingWaits(this.#desk.expected.counts);
    const next = posts.filter(({ place }) => post && place > post.place).slice(0, WARMED);
    next.forEach(warm);
    this.#drawButtons();
    this.#drawAges();
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

  #drawAges() {
    const now = Date.now();
    const posts = this.#posts;
    for (const { element, since } of posts) write(element.querySelector(".row__age"), duration(now - since));
    const oldest = posts.length ? `oldest ${duration(now - Math.min(...posts.map(({ since }) => since)))}` : "";
    write(this.#root.querySelector(".line__oldest"), oldest);
  }

  #tick() {
    this.#drawAges();
    this.#stage.show(this.#selection.post, { note: this.#noteWords(), gone: this.#gone });
  }
}

function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
