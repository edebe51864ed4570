// <live-posts>: the reading column. It never moves what a person reads: a new post waits above until it is let in.

import { element } from "../helpers/fragment.js";
import { tellTimes } from "../helpers/times.js";
import { HeldBack } from "../models/held-back.js";

const AT_TOP_PX = 80;
const LIMIT = 300; // posts in the page; what falls off is a page further back
const TIMES_EVERY_MS = 30_000;

/** Fires "held" (detail {count}) when that changes, and "shown" (detail {count}) when new posts appear. */
export class LivePosts extends HTMLElement {
  #held = new HeldBack();
  #timer = null;

  // Lifecycle

  connectedCallback() {
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

  /** The posts in the page as the server wrote them, newest first. */
  get rendered() {
    return [...this.querySelectorAll("article.post")]
      .map((article) => ({ id: article.dataset.id, pinned: "pinned" in article.dataset, postedAt: article.dataset.postedAt }));
  }

  change({ added, changed, removed }) {
    for (const id of removed) {
      this.#held.remove(id);
      this.#find(id)?.remove();
    }
    for (const post of changed) if (!this.#held.change(post)) this.#renew(post);
    this.#show(this.#held.arrive(added));
    this.#tell();
  }

  /** Start over from a snapshot, newest first; what was already being read stays, as far as it still stands. */
  reset(posts) {
    const ids = new Set(posts.map((post) => post.id));
    for (const article of this.querySelectorAll("article.post")) if (!ids.has(article.dataset.id)) article.remove();
    this.#held.release();
    const listed = posts.filter((post) => !post.pinned);
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
      const article = element(post.html);
      if (!article) continue;
      this.#find(post.id)?.remove();
      article.classList.add("appears");
      this.#place(post).prepend(article);
    }
    if (posts.length > 0) {
      this.dispatchEvent(new CustomEvent("shown", { detail: { count: posts.length } }));
      [...this.#list.children].slice(LIMIT).forEach((article) => article.remove());
    }
    this.#settle();
  }

  /** A post in its new form: in its place, or in the other part of the column when it was pinned or unpinned. */
  #renew(post) {
    const before = this.#find(post.id);
    const after = element(post.html);
    if (!after || (!before && !post.pinned)) return;
    const place = this.#place(post);
    if (before?.parentElement === place) {
      before.replaceWith(after);
    } else {
      before?.remove();
      this.#sorted(place, after);
    }
    this.#settle();
  }

  /** A post that this page never had, but that stands between two it has. */
  #insertAfter(before, post) {
    if (this.#find(post.id)) return;
    const article = element(post.html);
    if (article) this.#find(before.id)?.after(article);
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
    tellTimes(this, Date.now());
  }

  #tell() {
    this.dispatchEvent(new CustomEvent("held", { detail: { count: this.#held.count } }));
  }
}

customElements.define("live-posts", LivePosts);
