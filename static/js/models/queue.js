// The posts that wait for a moderator, as the server tells it, and how many posts stand where.
// Pure: frames in, one "change" out. What this desk itself has just decided is in expected.js.

import { Place } from "./place.js";

const KEPT_AT_MOST = 300;

/**
 * A post here is what `read(card)` makes of the server's fragment: at least {id, version, status, place}, its place
 * being the one in the order of arrival. Fires "change" with detail {updates, reset}.
 */
export class Queue extends EventTarget {
  #place;
  #read;
  #posts = new Map(); // by id
  #sorted = null; // the same, oldest first, until something differs
  #counts = {};
  #more = false; // more wait than are kept here

  /** `given` is how many cards the server gave, whether or not each could be read. */
  constructor({ cursor = null, posts = [], given = posts.length, counts = {}, read }) {
    super();
    this.#read = read;
    this.#take(cursor, posts, given, counts);
  }

  // Actions

  get cursor() {
    return this.#place.cursor;
  }

  /** The posts that wait, oldest first: the same list as long as nothing of it differs. */
  get posts() {
    this.#sorted ??= [...this.#posts.values()].sort((one, other) => one.place - other.place);
    return this.#sorted;
  }

  get counts() {
    return { ...this.#counts };
  }

  /** Whether posts wait behind the last one here; the next snapshot brings them. */
  get more() {
    return this.#more;
  }

  get(id) {
    return this.#posts.get(id);
  }

  /** Take in one frame of the stream, and say what its reader owes us. */
  receive(frame) {
    const updates = [];
    const verdict = this.#place.follow(frame, (update) => {
      this.#apply(update);
      updates.push(update);
    });
    if (updates.length) this.#tell({ updates, reset: false });
    return verdict;
  }

  /** Start over from a snapshot. Returns false, and keeps what is here, when the snapshot is older than that. */
  replace({ cursor, cards, counts }) {
    if (this.#place.isPast(cursor)) return false;
    const posts = cards.map(({ card }) => this.#read(card)).filter(Boolean);
    this.#take(cursor, posts.map((post) => this.#known(post)), cards.length, counts);
    this.#tell({ updates: [], reset: true });
    return true;
  }

  // Internal

  #take(cursor, posts, given, counts) {
    this.#place = new Place(cursor);
    this.#posts = new Map(posts.map((post) => [post.id, post]));
    this.#sorted = null;
    this.#counts = { ...counts };
    this.#more = (counts.waiting ?? 0) > given;
  }

  #apply({ id, was, status, card }) {
    this.#count(was, status);
    if (status !== "waiting") {
      this.#drop(id);
      return;
    }
    const post = card ? this.#read(card) : null;
    if (post?.status === "waiting") this.#keep(post);
    // The card is of the post as it stands now, which may be further on than the update.
    else if (post) this.#drop(id);
  }

  #drop(id) {
    if (this.#posts.delete(id)) this.#sorted = null;
  }

  #keep(post) {
    const joins = !this.#posts.has(post.id);
    if (joins && this.#posts.size >= KEPT_AT_MOST) this.#more = true;
    if (joins && this.#more && !(post.place <= this.posts.at(-1)?.place)) return;
    this.#posts.set(post.id, this.#known(post));
    this.#sorted = null;
  }

  /** The same version of a post, with the same copies and answering the same, stays the same object: nobody draws it anew. */
  #known(post) {
    const known = this.#posts.get(post.id);
    const isSame = known?.version === post.version && known.copies === post.copies && known.tie === post.tie;
    return isSame ? known : post;
  }

  #count(was, status) {
    if (was === status) return;
    if (was) this.#counts[was] = Math.max(0, (this.#counts[was] ?? 0) - 1);
    if (status) this.#counts[status] = (this.#counts[status] ?? 0) + 1;
  }

  #tell(detail) {
    this.dispatchEvent(new CustomEvent("change", { detail }));
  }
}
