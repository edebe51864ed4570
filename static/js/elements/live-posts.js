// <live-posts>: the reading column. It never moves what a person reads: a new post waits above until it is let in.

import { differInCount, recount } from "../helpers/counted.js";
import { element } from "../helpers/fragment.js";
import { tellTimes } from "../helpers/times.js";
import { HeldBack } from "../models/held-back.js";

const AT_TOP_PX = 80;
const LIMIT = 300; // posts in the page; what falls off is a page further back
const TIMES_EVERY_MS = 30_000;

/**
 * Fires "held" (detail {count}) when that changes, and "shown" (detail {count}) when new posts appear. `dressers` are
 * given each article before it comes into the page, and again when its numbers change; `wants` says of an article that
 * arrives whether it belongs here.
 */
export class LivePosts extends HTMLElement {
  #held = new HeldBack();
  #timer = null;
  #html = new Map(); // by id, as the server wrote it
  #dressers = [];
  wants = () => true;

  // Lifecycle

  connectedCallback() {
    for (const article of this.#articles) this.#html.set(article.dataset.id, whole(article.outerHTML));
    tellTimes(document, Date.now());
    this.#timer = setInterval(() => tellTimes(document, Date.now()), TIMES_EVERY_MS);
    addEventListener("scroll", this.#scrolled, { passive: true });
    this.#scrolled();
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
    removeEventListener("scroll", this.#scrolled);
  }

  // Actions

  get paused() {
    return this.#held.paused;
  }

  set paused(paused) {
    this.#held.paused = paused;
    if (!paused) this.#letIn();
  }

  /** Have every post that is here, and that will be, dressed by a function of its article. */
  dress(dresser) {
    this.#dressers.push(dresser);
    for (const article of this.#articles) dresser(article);
  }

  /** Dress the posts again that are here. */
  dressAgain() {
    for (const article of this.#articles) this.#dress(article);
  }

  /** The posts in the page as the server wrote them, newest first. */
  get rendered() {
    return this.#articles
      .map((article) => ({ id: article.dataset.id, pinned: "pinned" in article.dataset, postedAt: article.dataset.postedAt }));
  }

  /** The posts that are here as the server wrote them: {pinned, listed}. */
  get fragments() {
    const of = (place) => [...place.querySelectorAll("article.post")].map(({ dataset }) => this.#html.get(dataset.id)).filter(Boolean);
    return { pinned: of(this.#pinned), listed: of(this.#list) };
  }

  /** Take in a change of the feed. Returns how many of the posts that arrived belong here. */
  change({ added, changed, removed }) {
    for (const id of removed) {
      this.#held.remove(id);
      this.#find(id)?.remove();
    }
    for (const post of changed) if (!this.#held.change(post)) this.#renew(post);
    const wanted = added.filter((post) => this.#wanted(post));
    this.#show(this.#held.arrive(wanted));
    this.#tell();
    return wanted.length;
  }

  /** Start over from a snapshot, newest first; what was already being read stays, as far as it still stands. */
  reset(posts) {
    const ids = new Set(posts.map((post) => post.id));
    for (const article of this.#articles) if (!ids.has(article.dataset.id)) article.remove();
    this.#held.release();
    const listed = posts.filter((post) => !post.pinned && (this.#find(post.id) || this.#wanted(post)));
    const first = listed.findIndex((post) => this.#find(post.id));
    const last = listed.findLastIndex((post) => this.#find(post.id));
    const fresh = first < 0 ? listed : listed.slice(0, first);
    posts.filter((post) => post.pinned || this.#find(post.id)).reverse().forEach((post) => this.#renew(post));
    for (let place = first + 1; place < last; place += 1) this.#insertAfter(listed[place - 1], listed[place]);
    this.#show(this.#held.arrive([...fresh].reverse()));
    this.#tell();
  }

  /** Let in what was held back, and go to it. */
  showNew() {
    this.#show(this.#held.release());
    this.#tell();
    scrollTo({ top: 0, behavior: "instant" });
    this.#list.querySelector("article")?.querySelector("a")?.focus({ preventScroll: true });
  }

  // Internal

  get #articles() {
    return [...this.querySelectorAll("article.post")];
  }

  get #list() {
    return this.querySelector(".posts__list");
  }

  get #pinned() {
    return this.querySelector(".posts__pinned");
  }

  #scrolled = () => {
    const before = this.#held.open;
    this.#held.atTop = scrollY < AT_TOP_PX;
    if (!before && this.#held.open) this.#letIn();
  };

  #letIn() {
    this.#show(this.#held.arrive([]));
    this.#tell();
  }

  #show(posts) {
    for (const post of posts) {
      const article = this.#made(post);
      if (!article) continue;
      this.#find(post.id)?.remove();
      article.classList.add("appears");
      this.#place(post).prepend(article);
    }
    if (posts.length > 0) {
      this.dispatchEvent(new CustomEvent("shown", { detail: { count: posts.length } }));
      [...this.#list.querySelectorAll("article")].slice(LIMIT).forEach((article) => article.remove());
    }
    this.#settle();
  }

  /** A post in its new form: in its place, or in the other part of the column when it was pinned or unpinned. */
  #renew(post) {
    const before = this.#find(post.id);
    if (!before && !post.pinned) return;
    const place = this.#place(post);
    const [was, stays] = [this.#html.get(post.id), before?.parentElement === place];
    if (stays && was === post.html) return;
    if (stays && was && differInCount(was, post.html)) {
      recount(before, { element: element(post.html) });
      this.#html.set(post.id, post.html);
      this.#dress(before);
      return;
    }
    const after = this.#made(post);
    if (!after) return;
    if (stays) {
      const focused = before.contains(document.activeElement);
      before.replaceWith(after);
      if (focused) after.querySelector("a")?.focus({ preventScroll: true });
    } else {
      before?.remove();
      this.#sorted(place, after);
    }
    this.#settle();
  }

  /** A post that this page never had, but that stands between two it has. */
  #insertAfter(before, post) {
    if (this.#find(post.id)) return;
    const article = this.#made(post);
    if (article) this.#find(before.id)?.after(article);
  }

  #wanted(post) {
    const article = element(post.html);
    return article !== null && this.wants(article);
  }

  #made(post) {
    const article = element(post.html);
    if (article) {
      this.#html.set(post.id, post.html);
      this.#dress(article);
    }
    return article;
  }

  #dress(article) {
    for (const dresser of this.#dressers) dresser(article);
  }

  #sorted(place, article) {
    const later = [...place.children].find((other) => other.dataset.postedAt < article.dataset.postedAt);
    if (place === this.#pinned) place.prepend(article);
    else place.insertBefore(article, later ?? null);
  }

  #place(post) {
    return post.pinned ? this.#pinned : this.#list;
  }

  #find(id) {
    return this.querySelector(`#post-${CSS.escape(id)}`);
  }

  #settle() {
    this.#pinned.hidden = this.#pinned.childElementCount === 0;
    for (const id of this.#html.keys()) if (!this.#find(id)) this.#html.delete(id);
    tellTimes(this, Date.now());
  }

  #tell() {
    this.dispatchEvent(new CustomEvent("held", { detail: { count: this.#held.count } }));
  }
}

/** A post as it is sent, also where its pictures were left out of the page to save data. */
function whole(html) {
  return html.replaceAll(' data-src="', ' src="');
}

customElements.define("live-posts", LivePosts);
