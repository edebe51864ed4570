// The desk's other pages: posts that are decided already, newest first, and what can still be done with each.

import { tellTimes } from "../helpers/times.js";
import { alike } from "../models/alike.js";
import { Decided } from "../models/decided.js";
import { Filter } from "../models/filter.js";
import { _, ngettext } from "../models/gettext.js";
import { DECIDED_KEYS } from "../models/keys.js";
import { done, doneAll, quoted, takenBack } from "../models/words.js";
import { BulkBar } from "./bulk-bar.js";
import { readCard, reveal } from "./card.js";
import { DecidedCards } from "./decided-cards.js";
import { Desk } from "./desk.js";
import { Filters } from "./filters.js";
import { Reasons } from "./reasons.js";
import { Trust } from "./trust.js";

const TICK_MS = 15_000;

export class DecidedDesk {
  #root;
  #desk;
  #posts;
  #cards;
  #reasons = new Reasons();
  #filter = Filter.read(location.search);
  #filters;
  #bulk;
  #trust = new Trust({ posts: () => this.#posts.values() });

  constructor(root) {
    this.#root = root;
    const { status } = root.querySelector(".decided").dataset;
    const posts = [...root.querySelectorAll(".decided__cards > .card")].map(readCard).filter(Boolean);
    this.#posts = new Decided(status, posts);
    this.#cards = new DecidedCards(this.#posts, status);
    this.#desk = new Desk(root, {
      posts: [],
      given: 0,
      changed: (detail) => this.#changed(detail),
      returned: ({ post }) => this.#cards.free(post.id),
    });
    this.#filters = new Filters(root.querySelector(".filters"), { changed: (filter) => this.#find(filter) });
    this.#filters.offer(posts);
    this.#bulk = new BulkBar(root, {
      posts: () => this.#posts.decidable,
      decide: (chosen, kind, why) => this.#decideAll(chosen, kind, why),
      changed: () => this.#drawBulk(),
    });
  }

  // Lifecycle

  open() {
    const list = this.#root.querySelector(".decided__cards");
    list?.addEventListener("click", (event) => this.#click(event));
    this.#cards.open(list);
    this.#drawBulk();
    this.#desk.deciding.takeOver();
    this.#desk.open(
      {
        approve: () => this.#press("approve"),
        remove: () => this.#press("remove") || this.#press("reject"),
        reason: () => this.#askReason(),
        "refuse-picture": () => this.#refusePicture(),
        pin: () => this.#press("pin") || this.#press("unpin"),
        undo: (which) => this.#undo(which),
        search: () => this.#filters.search(),
        filters: () => this.#filters.toggle(),
        "clear-filters": () => this.#find(new Filter()),
        select: () => this.#posts.isDecidable(this.#cards.post) && this.#bulk.toggle(this.#cards.id),
        "select-all": () => this.#bulk.all(),
        "select-next": () => this.#reach(1),
        "select-previous": () => this.#reach(-1),
        "by-author": () => this.#selectKin((post, other) => post.author === other.author),
        alike: () => this.#selectKin((post, other) => post === other || alike(post.alike, other.alike)),
        thread: () => this.#cards.post && this.#find(new Filter({ thread: this.#cards.post.thread })),
        unselect: () => this.#bulk.clear(),
        escape: () => (this.#bulk.any ? this.#bulk.clear() : this.#filter.empty || this.#find(new Filter())),
        part: () => this.#desk.deciding.part(this.#cards.post),
        note: () => this.#write("note"),
        describe: () => this.#write("describe"),
        quote: () => this.#cards.offer("[data-quote]")?.click(),
        ask: () => this.#cards.offer("[data-promote]")?.click(),
        answer: () => this.#cards.offer("[data-answer]")?.click(),
        story: () => this.#cards.offer("[data-story]")?.click(),
        overlay: () => this.#send("overlay"),
        "show-now": () => this.#send("show-now"),
        reveal: () => this.#reveal(),
        next: () => this.#cards.move(1),
        previous: () => this.#cards.move(-1),
      },
      DECIDED_KEYS,
    );
    tellTimes(this.#root, Date.now());
    setInterval(() => tellTimes(this.#root, Date.now()), TICK_MS);
  }

  // Actions

  say(words, level = "done") {
    this.#root.querySelector(".decide").hidden = false;
    this.#desk.said.say(words, level);
  }

  #click({ target }) {
    const card = target.closest(".card");
    this.#cards.take(card?.dataset.post);
    const button = target.closest("button");
    if (button?.dataset.kind) this.#decide(this.#posts.get(card.dataset.post), button.dataset.kind);
  }

  #askReason() {
    const post = this.#cards.post;
    const button = post?.element.querySelector("[data-kind=remove], [data-kind=reject]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const kind = button.dataset.kind;
    this.#reasons.open({
      kind,
      words: quoted(post.words),
      chosen: (reason) => {
        this.#cards.take(post.id);
        this.#press(kind, { reason });
      },
    });
  }

  #refusePicture() {
    const post = this.#cards.post;
    if (this.#bulk.any || !post?.element.querySelector("[data-act=refuse-picture]")) return;
    this.#press("remove", { picture: true }) || this.#press("reject", { picture: true });
  }

  /** Decide about the current post if that is offered for it. */
  #press(kind, why = {}) {
    if (this.#bulk.any) {
      this.#bulk.press(kind, why);
      return false;
    }
    const post = this.#cards.post;
    const button = post?.element.querySelector(`[data-kind="${kind}"]:not([aria-disabled="true"])`);
    if (button) this.#decide(post, kind, why);
    return Boolean(button);
  }

  #decide(post, kind, why = {}) {
    if (post.element.querySelector(`[data-kind="${kind}"]`).getAttribute("aria-disabled") === "true") return;
    this.#desk.deciding.decide(post, kind, why);
    this.#cards.hold(post, `${done(kind, post, why)}.`);
    this.say(done(kind, post, why));
  }

  #decideAll(chosen, kind, why) {
    if (!chosen.length) return;
    this.#desk.deciding.decideAll(chosen, kind, why);
    for (const post of chosen) this.#cards.hold(post, `${done(kind, post)}.`);
    this.say(doneAll(kind, chosen.length));
  }

  #undo(which) {
    const all = this.#desk.deciding.undo(which);
    if (!all.length) return;
    for (const undone of all) {
      const post = this.#posts.get(undone.post.id);
      // One that never left leaves nothing for the server to tell.
      if (post && undone.tried) this.#cards.hold(post, _("Taken back."));
      else if (post) this.#cards.free(post.id);
    }
    const [{ post }] = all;
    if (this.#posts.get(post.id)) this.#cards.take(post.id);
    this.say(takenBack(all.length, post.words));
  }

  /** Another list is another page. */
  #find(filter) {
    location.assign(`${location.pathname}${filter.query}`);
  }

  #selectKin(isKin) {
    const current = this.#cards.post;
    for (const post of this.#posts.decidable) if (isKin(current, post)) this.#bulk.toggle(post.id, true);
  }

  #reach(step) {
    if (!this.#bulk.has(this.#cards.id)) this.#bulk.reach(this.#cards.id);
    this.#cards.move(step);
    this.#bulk.reach(this.#cards.id);
  }

  #write(kind) {
    const post = this.#cards.post;
    if (post?.element.querySelector(`[data-act="${kind}"]`)) this.#desk.writing[kind](post);
  }

  /** Hand the current post, as it is seen here, to what shows it elsewhere: the overlay, the screens. */
  #send(where) {
    const post = this.#cards.post;
    if (post?.status !== "approved" || this.#posts.isHeld(post.id)) return;
    this.#root.dispatchEvent(new CustomEvent(where, { detail: { id: post.id, hash: post.hash, words: post.words } }));
  }

  #reveal() {
    const card = this.#cards.post?.element;
    if (card?.hasAttribute("data-covered")) reveal(card);
  }

  // Internal

  #drawBulk() {
    for (const post of this.#posts.redrawn()) post.element.querySelector(".pick").hidden = !this.#posts.isDecidable(post);
    this.#bulk.draw();
    if (this.#bulk.any) this.#root.querySelector(".decide").hidden = false;
  }

  #changed({ updates, reset }) {
    this.#desk.showTeam(this.#desk.queue.posts);
    for (const update of updates) this.#cards.follow(update, (post) => this.#filter.wants(post));
    this.#trust.hear(updates, reset);
    this.#drawBulk();
    if (reset || this.#posts.newer) this.#offerNewer(reset);
  }

  #offerNewer(reset) {
    const link = this.#root.querySelector(".decided__newer");
    link.href = location.href;
    link.hidden = false;
    link.textContent = reset ? _("Something changed — show it") : ngettext("%(num)s newer — show", "%(num)s newer — show", this.#posts.newer);
  }
}
