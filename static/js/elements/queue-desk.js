// The desk's first page: the posts that wait, one of them under decision.

import { post as send } from "../helpers/ask.js";
import { QUEUE_KEYS } from "../models/keys.js";
import { Selection } from "../models/selection.js";
import { allHeld, done, duration, holderWords, nothingWaits, overtaken, paceWords, quoted } from "../models/words.js";
import { readCard, warm } from "./card.js";
import { Desk } from "./desk.js";
import { ModeSwitch } from "./mode-switch.js";
import { Stage } from "./stage.js";
import { WaitingList } from "./waiting-list.js";

const TICK_MS = 1_000;
const GLANCE_MS = 700; // what came under decision by itself is looked at before a key can decide it
const FEW = 20;
const WARMED = 2;

export class QueueDesk {
  #root;
  #desk;
  #selection = new Selection();
  #list;
  #stage;
  #mode;
  #note = null; // what happened to the post under decision: {words} or the update that took it away
  #gone = false;
  #isOpen = false;
  #glanceUntil = 0;
  #trusted = new Map(); // what was heard of authors since the page was loaded
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
    const { modeUrl, mode } = root.dataset;
    const say = (words, level) => this.#desk.said.say(words, level);
    this.#mode = new ModeSwitch(root.querySelector(".mode"), { url: modeUrl, mode, say });
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
        "refuse-picture": () => this.#refusePicture(),
        pin: () => this.#decide("pin"),
        stash: () => this.#decide("stash"),
        undo: (which) => this.#undo(which),
        trust: () => this.#trust(),
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

  #decide(kind, why = {}) {
    const post = this.#selection.post;
    if (!post || Date.now() < this.#glanceUntil) return;
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

  async #trust() {
    const post = this.#selection.post;
    if (!post) return;
    const trusted = !post.element.hasAttribute("data-trusted");
    this.#markTrusted(post.author, trusted);
    this.#trusted.set(post.author, trusted);
    const { status, body } = await send(this.#root.dataset.trustUrl, { post: post.id, trusted });
    if (status === 200) {
      this.#desk.said.say(this.#trustWords(post.name, trusted), "note");
      return;
    }
    this.#trusted.set(post.author, !trusted);
    this.#markTrusted(post.author, !trusted);
    this.#desk.said.say(body?.error?.message ?? "The server did not answer, so trust is unchanged. Try again.", "bad");
  }

  // Internal: what happens

  get #posts() {
    return this.#desk.expected.posts;
  }

  /** What nobody else holds. */
  get #free() {
    return this.#posts.filter(({ id }) => !this.#desk.team.holder(id));
  }

  /** What is this desk's to decide: everything, as long as nobody else is at work. */
  get #own() {
    const { team } = this.#desk;
    return team.alone ? this.#posts : this.#posts.filter(({ id }) => team.isMine(id));
  }

  /** Go on by hand: to the next post of one's own, else to one that nobody holds. */
  #advance() {
    const own = this.#own;
    this.#selection.advance(own.some(({ id }) => id !== this.#selection.id) ? own : this.#free);
  }

  /** Ask for more before the last ones are decided, and for the one on the stage. */
  #seek() {
    const { team, seat } = this.#desk;
    if (team.alone) return;
    const stock = this.#own.length;
    const wanting = stock <= Number(this.#root.dataset.holdPosts) / 2 && this.#free.length > stock;
    const { id } = this.#selection;
    if (wanting || (id && !this.#gone && !team.isMine(id) && !team.holder(id))) seat.ask();
  }

  #changed({ updates, reset }) {
    if (!this.#isOpen) return;
    this.#hearOfTrust(updates);
    this.#mode.hear(this.#desk.team.mode);
    const awaited = this.#posts.find(({ id }) => id === this.#awaited);
    if (awaited) {
      this.#awaited = null;
      this.#selection.take(awaited);
      this.#turn();
    }
    const before = this.#selection.id;
    const found = this.#selection.follow(this.#posts, this.#own);
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
    this.#seek();
    if (this.#desk.queue.more && this.#posts.length < FEW && !reset) this.#desk.refill();
    this.#draw();
  }

  #glance() {
    this.#glanceUntil = Date.now() + GLANCE_MS;
    this.#root.toggleAttribute("data-glance", true);
    setTimeout(() => this.#look(), GLANCE_MS);
  }

  #look() {
    if (Date.now() >= this.#glanceUntil) this.#root.toggleAttribute("data-glance", false);
  }

  /** Another post is under decision, by the person's own hand. */
  #turn() {
    this.#gone = false;
    this.#note = null;
    this.#glanceUntil = 0;
    this.#look();
  }

  #hearOfTrust(updates) {
    for (const { kind, id, card } of updates) {
      if (kind !== "trusted" && kind !== "distrusted") continue;
      const post = this.#desk.queue.get(id) ?? (card ? readCard(card) : null);
      if (post) this.#trusted.set(post.author, kind === "trusted");
    }
    for (const [author, trusted] of this.#trusted) this.#markTrusted(author, trusted);
  }

  #markTrusted(author, trusted) {
    const posts = this.#selection.post ? [...this.#posts, this.#selection.post] : this.#posts;
    for (const post of posts) if (post.author === author) post.element.toggleAttribute("data-trusted", trusted);
    this.#drawButtons();
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
    this.#drawEmpty(posts);
    this.#desk.showTeam(posts);
    const next = this.#own.filter(({ place }) => post && place > post.place).slice(0, WARMED);
    next.forEach(warm);
    this.#drawButtons();
    this.#drawAges();
  }

  #drawEmpty(posts) {
    write(this.#root.querySelector(".empty__title"), posts.length ? "Nothing waits for you." : "Nothing is waiting.");
    const { team, expected } = this.#desk;
    const held = team.others.map(({ id, name }) => ({ name, count: posts.filter((post) => team.holder(post.id)?.id === id).length }));
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

  #drawAges() {
    const now = Date.now();
    const posts = this.#posts;
    const { team, pace } = this.#desk;
    for (const { id, element, since } of posts) {
      const holder = team.holder(id);
      element.toggleAttribute("data-held", Boolean(holder));
      write(element.querySelector(".row__age"), `${holder ? `${holderWords(holder.name)} · ` : ""}${duration(now - since)}`);
    }
    write(this.#root.querySelector(".line__pace"), paceWords(pace.lastMinute(now), !team.others.length));
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
