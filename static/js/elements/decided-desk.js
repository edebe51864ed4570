// The desk's other pages: posts that are decided already, newest first, and what can still be done with each.

import { tellTimes } from "../helpers/times.js";
import { alike } from "../models/alike.js";
import { Decided } from "../models/decided.js";
import { Filter } from "../models/filter.js";
import { DECIDED_KEYS } from "../models/keys.js";
import { done, doneAll, overtaken, posts as postsWords, quoted } from "../models/words.js";
import { BulkBar } from "./bulk-bar.js";
import { readCard, reveal } from "./card.js";
import { Desk } from "./desk.js";
import { Filters } from "./filters.js";
import { Reasons } from "./reasons.js";
import { Trust } from "./trust.js";

const TICK_MS = 15_000;

export class DecidedDesk {
  #root;
  #desk;
  #status;
  #posts;
  #current = null; // id
  #reasons = new Reasons();
  #filter = Filter.read(location.search);
  #filters;
  #bulk;
  #trust = new Trust({ posts: () => this.#posts.values() });

  constructor(root) {
    this.#root = root;
    this.#status = root.querySelector(".decided").dataset.status;
    const posts = [...root.querySelectorAll(".decided__cards > .card")].map(readCard).filter(Boolean);
    this.#posts = new Decided(this.#status, posts);
    this.#desk = new Desk(root, {
      posts: [],
      given: 0,
      changed: (detail) => this.#changed(detail),
      returned: ({ post }) => this.#free(post.id),
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
    list?.addEventListener("focusin", ({ target }) => this.#take(target.closest(".card")?.dataset.post));
    for (const { element } of this.#posts.values()) element.tabIndex = -1;
    this.#take(this.#posts.values()[0]?.id);
    this.#drawBulk();
    this.#desk.takeOver();
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
        select: () => this.#posts.isDecidable(this.#post) && this.#bulk.toggle(this.#current),
        "select-all": () => this.#bulk.all(),
        "select-next": () => this.#reach(1),
        "select-previous": () => this.#reach(-1),
        "by-author": () => this.#selectKin((post, other) => post.author === other.author),
        alike: () => this.#selectKin((post, other) => post === other || alike(post.alike, other.alike)),
        thread: () => this.#post && this.#find(new Filter({ thread: this.#post.thread })),
        unselect: () => this.#bulk.clear(),
        escape: () => (this.#bulk.any ? this.#bulk.clear() : this.#filter.empty || this.#find(new Filter())),
        part: () => this.#desk.part(this.#post),
        note: () => this.#write("note"),
        describe: () => this.#write("describe"),
        quote: () => this.#posts.get(this.#current)?.element.querySelector("[data-quote]")?.click(),
        ask: () => this.#posts.get(this.#current)?.element.querySelector("[data-promote]")?.click(),
        answer: () => this.#posts.get(this.#current)?.element.querySelector("[data-answer]")?.click(),
        story: () => this.#posts.get(this.#current)?.element.querySelector("[data-story]")?.click(),
        overlay: () => this.#send("overlay"),
        "show-now": () => this.#send("show-now"),
        reveal: () => this.#reveal(),
        next: () => this.#move(1),
        previous: () => this.#move(-1),
      },
      DECIDED_KEYS,
    );
    tellTimes(this.#root, Date.now());
    setInterval(() => tellTimes(this.#root, Date.now()), TICK_MS);
  }

  // Actions

  #click({ target }) {
    const card = target.closest(".card");
    this.#take(card?.dataset.post);
    const button = target.closest("button");
    if (button?.dataset.act === "note" || button?.dataset.act === "describe") this.#take(card.dataset.post);
    if (button?.dataset.kind) this.#decide(this.#posts.get(card.dataset.post), button.dataset.kind);
  }

  #askReason() {
    const post = this.#post;
    const button = post?.element.querySelector("[data-kind=remove], [data-kind=reject]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const kind = button.dataset.kind;
    this.#reasons.open({
      verb: kind === "remove" ? "Remove" : "Reject",
      words: quoted(post.words),
      chosen: (reason) => {
        this.#take(post.id);
        this.#press(kind, { reason });
      },
    });
  }

  #refusePicture() {
    const post = this.#post;
    if (this.#bulk.any || !post?.element.querySelector("[data-act=refuse-picture]")) return;
    this.#press("remove", { picture: true }) || this.#press("reject", { picture: true });
  }

  /** Decide about the current post if that is offered for it. */
  #press(kind, why = {}) {
    if (this.#bulk.any) {
      this.#bulk.press(kind, why);
      return false;
    }
    const post = this.#post;
    const button = post?.element.querySelector(`[data-kind="${kind}"]:not([aria-disabled="true"])`);
    if (button) this.#decide(post, kind, why);
    return Boolean(button);
  }

  #decide(post, kind, why = {}) {
    if (post.element.querySelector(`[data-kind="${kind}"]`).getAttribute("aria-disabled") === "true") return;
    this.#desk.decide(post, kind, why);
    this.#hold(post, `${done(kind, post, why)}.`);
    this.#say(done(kind, post, why));
  }

  #decideAll(chosen, kind, why) {
    if (!chosen.length) return;
    this.#desk.decideAll(chosen, kind, why);
    for (const post of chosen) this.#hold(post, `${done(kind, post)}.`);
    this.#say(doneAll(kind, chosen.length));
  }

  #undo(which) {
    const all = this.#desk.undo(which);
    if (!all.length) return;
    for (const undone of all) {
      const post = this.#posts.get(undone.post.id);
      // One that never left leaves nothing for the server to tell.
      if (post && undone.tried) this.#hold(post, "Taken back.");
      else if (post) this.#free(post.id);
    }
    const [{ post }] = all;
    if (this.#posts.get(post.id)) this.#take(post.id);
    this.#say(`Taken back: ${all.length > 1 ? postsWords(all.length) : quoted(post.words)}`);
  }

  /** Another list is another page. */
  #find(filter) {
    location.assign(`${location.pathname}${filter.query}`);
  }

  #selectKin(isKin) {
    const current = this.#post;
    for (const post of this.#posts.decidable) if (isKin(current, post)) this.#bulk.toggle(post.id, true);
  }

  #reach(step) {
    if (!this.#bulk.has(this.#current)) this.#bulk.reach(this.#current);
    this.#move(step);
    this.#bulk.reach(this.#current);
  }

  #write(kind) {
    const post = this.#post;
    if (post?.element.querySelector(`[data-act="${kind}"]`)) this.#desk.writing[kind](post);
  }

  /** Hand the current post, as it is seen here, to what shows it elsewhere: the overlay, the screens. */
  #send(where) {
    const post = this.#post;
    if (post?.status !== "approved" || this.#posts.isHeld(post.id)) return;
    this.#root.dispatchEvent(new CustomEvent(where, { detail: { id: post.id, hash: post.hash, words: post.words } }));
  }

  #reveal() {
    const card = this.#post?.element;
    if (card?.hasAttribute("data-covered")) reveal(card);
  }

  #move(step) {
    const next = this.#post && this.#posts.beside(this.#post, step);
    if (!next) return;
    this.#take(next.id);
    next.element.focus({ preventScroll: true });
    next.element.scrollIntoView({ block: "nearest" });
  }

  // Internal

  /** The current post. */
  get #post() {
    return this.#posts.get(this.#current);
  }

  #drawBulk() {
    for (const post of this.#posts.redrawn()) post.element.querySelector(".pick").hidden = !this.#posts.isDecidable(post);
    this.#bulk.draw();
    if (this.#bulk.any) this.#root.querySelector(".decide").hidden = false;
  }

  #changed({ updates, reset }) {
    this.#desk.showTeam(this.#desk.queue.posts);
    for (const update of updates) this.#follow(update);
    this.#trust.hear(updates, reset);
    this.#drawBulk();
    if (reset || this.#posts.newer) this.#offerNewer(reset);
  }

  #follow(update) {
    const now = update.card ? readCard(update.card) : null;
    const change = this.#posts.follow(update, now, (post) => this.#filter.wants(post));
    if (!change) return;
    const hadFocus = change.before.element.contains(document.activeElement);
    change.before.element.replaceWith(now.element);
    tellTimes(now.element, Date.now());
    now.element.tabIndex = -1;
    now.element.toggleAttribute("data-current", now.id === this.#current);
    if (hadFocus) now.element.focus({ preventScroll: true });
    if (update.status !== this.#status && !change.mine) this.#note(now, overtaken(update, Date.now()));
  }

  /** Mark the current card. */
  #take(id) {
    if (!id || id === this.#current) return;
    this.#post?.element.removeAttribute("data-current");
    this.#current = id;
    this.#post?.element.setAttribute("data-current", "");
  }

  /** Until the server has told how the post stands now, nothing else is decided about it here. */
  #hold(post, words) {
    for (const button of post.element.querySelectorAll("[data-kind]")) button.setAttribute("aria-disabled", "true");
    this.#posts.hold(post.id);
    this.#note(post, words);
  }

  #free(id) {
    this.#posts.free(id);
    const post = this.#posts.get(id);
    if (!post) return;
    for (const button of post.element.querySelectorAll("[data-kind]")) button.removeAttribute("aria-disabled");
    post.element.querySelector(".card__note")?.remove();
  }

  #note(post, words) {
    let note = post.element.querySelector(".card__note");
    if (!note) {
      note = document.createElement("p");
      note.className = "card__note";
      post.element.append(note);
    }
    note.textContent = words;
  }

  #say(words) {
    this.#root.querySelector(".decide").hidden = false;
    this.#desk.said.say(words);
  }

  #offerNewer(reset) {
    const link = this.#root.querySelector(".decided__newer");
    link.href = location.href;
    link.hidden = false;
    link.textContent = reset ? "Something changed — show it" : `${this.#posts.newer} newer — show`;
  }
}
