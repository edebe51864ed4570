// The queue as far as a filter wants it: the posts of the queue that fit, and those found behind them. Pure, like the
// queue; to those who read it, it is one.

import { Filter } from "./filter.js";

const FOUND_AT_MOST = 300;
const LEFT_AT_MOST = 1_000;

/** Fires "change" with the queue's detail. */
export class Sieve extends EventTarget {
  #queue;
  #read;
  #filter = new Filter();
  #found = new Map(); // by id, what was found for this filter, and what arrived since
  #left = new Map(); // by id, the versions of posts that no longer wait: one may be found that had just left
  #stale = false;
  #looked = 0;
  #last = null;
  #held = null; // id of a post that stays as long as it waits, though it fits no longer
  #fitting = null; // the posts that fit, until something differs

  constructor(queue, { read }) {
    super();
    this.#queue = queue;
    this.#read = read;
    queue.addEventListener("change", ({ detail }) => {
      detail.updates.forEach((update) => this.#hear(update));
      this.#tell(detail);
    });
  }

  // Actions

  get filter() {
    return this.#filter;
  }

  get counts() {
    return this.#queue.counts;
  }

  /** The posts that wait and fit, oldest first. */
  get posts() {
    if (this.#filter.empty) return this.#queue.posts;
    this.#fitting ??= this.#fit();
    return this.#fitting;
  }

  /** Whether posts wait that nobody looked at. */
  get more() {
    return this.#filter.empty ? this.#queue.more : this.#last !== null;
  }

  /** How many waiting posts were looked at, and the place to look on from, null at the end. */
  get reach() {
    return { looked: this.#looked, last: this.#last };
  }

  get(id) {
    const post = this.#queue.get(id);
    return this.#filter.empty ? post : (post ?? this.#found.get(id));
  }

  /** Keep this post in sight: it is under decision, and an edit must not take it away. */
  hold(id) {
    if (this.#held === id) return;
    this.#held = id;
    this.#fitting = null;
  }

  /** Other marks stand on posts that are here: see anew which fit. */
  reconsider() {
    this.#fitting = null;
  }

  /** Want other posts. */
  use(filter) {
    this.#filter = filter;
    this.#held = null;
    this.#found.clear();
    this.#looked = 0;
    this.#last = null;
    this.#tell();
  }

  /** Begin anew, for something may have been missed; what is here stays until something is found. */
  again() {
    this.#stale = true;
    this.#looked = 0;
    this.#last = null;
  }

  /** Take in what was found for the filter. */
  take({ posts, looked, last }) {
    if (this.#stale) for (const id of [...this.#found.keys()]) if (id !== this.#held) this.#found.delete(id);
    this.#stale = false;
    this.#looked += looked;
    this.#last = last;
    for (const post of posts) if (!(this.#left.get(post.id) >= post.version)) this.#keep(post);
    if (this.#found.size >= FOUND_AT_MOST) this.#last = null;
    this.#tell();
  }

  // Internal

  #hear({ id, status, version, card }) {
    if (status === "approved" && card) this.#known(this.#queue.get(id) ?? this.#read(card));
    if (status !== "waiting") {
      this.#found.delete(id);
      this.#left.delete(id);
      this.#left.set(id, version);
      if (this.#left.size > LEFT_AT_MOST) this.#left.delete(this.#left.keys().next().value);
    } else if (card && !this.#filter.empty) {
      const post = this.#queue.get(id) ?? this.#read(card);
      if (post?.status === "waiting") this.#keep(post);
      else this.#found.delete(id);
    }
  }

  #fit() {
    const posts = new Map(this.#queue.posts.map((post) => [post.id, post]));
    for (const post of this.#found.values()) {
      if (!(posts.get(post.id)?.version > post.version)) posts.set(post.id, post);
    }
    const wanted = [...posts.values()].filter((post) => post.id === this.#held || this.#filter.wants(post));
    return wanted.sort((one, other) => one.place - other.place);
  }

  #keep(post) {
    const there = this.#found.get(post.id);
    if (there ? there.version >= post.version : this.#found.size >= FOUND_AT_MOST) return;
    this.#found.set(post.id, post);
  }

  /** Who has a post on the wall is no newcomer any more. */
  #known(approved) {
    for (const post of [...this.#queue.posts, ...this.#found.values()]) {
      if (post.author === approved?.author) post.firstTime = false;
    }
  }

  #tell(detail = { updates: [], reset: false }) {
    this.#fitting = null;
    this.dispatchEvent(new CustomEvent("change", { detail }));
  }
}
