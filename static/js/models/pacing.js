// Which post a screen shows next. Pure: it is told the time and the dice, and touches no page.
//
// Those that wait are weighed: how fresh, how much its author has had, how like what is on the wall. The heaviest comes
// next. When nobody waits, a post comes again by lot: the longest not seen have the most tickets. The constants are
// explained in docs/pacing.md.

import { Crowding } from "./crowding.js";
import { Turns } from "./turns.js";

const MINUTE_MS = 60_000;
const FRESH_MS = 5 * MINUTE_MS; // half-life
const EXPIRES_MS = 15 * MINUTE_MS; // after this a post that nobody saw waits no longer
const AGAIN_MS = 5 * MINUTE_MS; // until a post may come again
const LONG_UNSEEN_MS = 60 * MINUTE_MS; // more counts no more
const NOT_AGAIN = 8; // posts that come before the same one, where there are so many
const WAITING_LIMIT = 300;
const KEPT_LIMIT = 60;
const STAYS = 20; // of those kept, the newest, which stay whatever they are
const LOOKED_AT = 24; // of those that wait, the heaviest, which are compared with what is on the wall
const PINNED = 4;
const STAFF = 0.5;
const CROWDED_MS = 60_000; // of waiting for the last in turn, from which on the wall says so
const RELAXED_MS = 20_000;

/**
 * A post here is {id, author, network, terms, dwell, weight, reposts, pinned, staff}: `terms` a Set of its words, `dwell`
 * in milliseconds, `weight` in short cards, `author` any key that tells people apart.
 *
 * A scene, which is asked about, is {present, leaving, pinned}: the ids that stay on the wall, those that would make room,
 * and which of those that stay is pinned; that one is there by somebody's choice, and takes no turn of its author's.
 */
export class Pacing {
  #waiting = new Map(); // id → {post, since}, first come first
  #kept = new Map(); // id → {post, since, seenAt}: all that was taken off the waiting list, oldest first
  #turns = new Turns();
  #crowding = new Crowding();
  #had = null; // authors who had a turn in this round of a crowded wall; null when it is not crowded
  #recent = []; // ids as they were shown, newest first
  #random;
  #againMs;

  constructor({ random = Math.random, againMs = AGAIN_MS } = {}) {
    this.#random = random;
    this.#againMs = againMs;
  }

  // Actions

  /** Tell whether a post waits, or was shown and may come again. */
  knows(id) {
    return this.#waiting.has(id) || this.#kept.has(id);
  }

  waits(id) {
    return this.#waiting.has(id);
  }

  find(id) {
    return (this.#waiting.get(id) ?? this.#kept.get(id))?.post;
  }

  get ids() {
    return [...this.#waiting.keys(), ...this.#kept.keys()];
  }

  get waiting() {
    return this.#waiting.size;
  }

  /** A post came in at `since`, and waits for its first turn. */
  post(post, since) {
    this.#kept.delete(post.id);
    this.#waiting.delete(post.id);
    this.#waiting.set(post.id, { post, since });
    if (this.#waiting.size > WAITING_LIMIT) this.#waiting.delete(this.#loudest());
  }

  /** A post was on the wall before this screen looked: it waits for nothing, and may be shown. */
  keep(post, since) {
    this.#waiting.delete(post.id);
    this.#kept.set(post.id, { post, since, seenAt: -Infinity });
  }

  /** A post takes another form. */
  change(post) {
    const entry = this.#waiting.get(post.id) ?? this.#kept.get(post.id);
    if (entry) entry.post = post;
  }

  /** A post comes in the place of another: it waits where that waited, and was seen when that was. */
  replace(id, post) {
    const swap = (some) => new Map([...some].map(([key, entry]) => (key === id ? [post.id, { ...entry, post }] : [key, entry])));
    this.#waiting = swap(this.#waiting);
    this.#kept = swap(this.#kept);
    this.#recent = this.#recent.map((other) => (other === id ? post.id : other));
  }

  remove(id) {
    this.#waiting.delete(id);
    this.#kept.delete(id);
    this.#recent = this.#recent.filter((other) => other !== id);
  }

  /** Those that wait, heaviest first, without authors who stay in the scene, unless one of theirs makes room there. */
  next(now, scene) {
    this.#expire(now);
    const { strangers, neighbours } = this.#sorted(this.#waiting, scene);
    const choice = strangers.length > 0 ? strangers : neighbours;
    if (choice.every(({ post }) => this.#had?.has(post.author))) this.#had?.clear(); // the next round
    return this.#ranked(choice, now, scene);
  }

  /** Whether a post may come into a scene, as far as its author is concerned. */
  allows(post, scene) {
    const { strangers, neighbours } = this.#sorted(new Map([[post.id, { post }]]), scene);
    return strangers.length + neighbours.length > 0;
  }

  /** Those for a place that is free anyhow: who waits before who was seen, and an author twice before an empty place. */
  spare(now, scene) {
    this.#expire(now);
    const [first, second] = [this.#waiting, this.#kept].map((some) => this.#sorted(some, scene, { all: true }));
    const choice = [first.strangers, second.strangers, first.neighbours, second.neighbours].find((some) => some.length > 0);
    return choice ? this.#ranked(choice, now, scene) : [];
  }

  /** A post that may come again, or null. Never one of the last few; by lot, with more tickets for who was unseen longest. */
  again(now, scene) {
    const unseen = this.#sorted(this.#kept, scene).strangers.filter(({ seenAt }) => now - seenAt >= this.#againMs);
    const last = this.#recent.slice(0, Math.min(NOT_AGAIN, Math.floor(this.#kept.size / 2)));
    const others = this.#others(scene);
    const lots = unseen
      .filter(({ post }) => !last.includes(post.id))
      .map((entry) => [entry.post, this.#tickets(entry, now, others)]);
    const all = lots.reduce((sum, [, tickets]) => sum + tickets, 0);
    let drawn = this.#random() * all;
    for (const [post, tickets] of lots) {
      drawn -= tickets;
      if (drawn < 0) return post;
    }
    return lots.at(-1)?.[0] ?? null;
  }

  /** A post is on the wall from now on. */
  shown(id, now) {
    const entry = this.#waiting.get(id) ?? this.#kept.get(id);
    if (!entry) return;
    this.#had?.add(entry.post.author);
    this.#turns.take(entry.post.author, now);
    this.#crowding.shown(entry.post, now);
    this.#recent = [id, ...this.#recent.filter((other) => other !== id)].slice(0, NOT_AGAIN);
    this.#waiting.delete(id);
    this.#kept.delete(id);
    this.#kept.set(id, { ...entry, seenAt: now });
  }

  /** A post left the wall: from now on it is unseen. */
  hidden(id, now) {
    const entry = this.#kept.get(id);
    if (entry) entry.seenAt = now;
  }

  /** Forget what is kept beyond the limit: of the older ones, what was reposted least. */
  trim(present) {
    while (this.#kept.size > KEPT_LIMIT) {
      const old = [...this.#kept.values()].slice(0, -STAYS).map(({ post }) => post);
      const [least] = old.filter((post) => !post.pinned && !present.includes(post.id)).sort((a, b) => a.reposts - b.reposts);
      if (!least) return;
      this.#kept.delete(least.id);
    }
  }

  /**
   * Whether more waits than the wall can show soon, as {waiting} or null: from a minute's worth on until there are twenty
   * seconds' left. Until then turns go round: one per person, and a second when nobody waits for a first.
   */
  overload(now, size) {
    this.#expire(now);
    const backlog = [...this.#waiting.values()].reduce((sum, { post }) => sum + post.dwell * post.weight, 0) / size;
    if (backlog >= CROWDED_MS) this.#had ??= new Set();
    if (backlog <= RELAXED_MS) this.#had = null;
    return this.#had ? { waiting: this.#waiting.size } : null;
  }

  // Internal

  /** What a post weighs by itself and by its author. */
  #weight(post, now) {
    const fair = (1 + this.#turns.had(post.author, now)) ** -2;
    return fair * (post.pinned ? PINNED : 1) * (post.staff ? STAFF : 1);
  }

  #tickets({ post, seenAt }, now, others) {
    const unseen = Math.min(LONG_UNSEEN_MS, now - seenAt) / MINUTE_MS;
    return unseen * (1 + Math.log2(1 + post.reposts)) * this.#weight(post, now) * this.#crowding.room(post, others, now);
  }

  #ranked(entries, now, scene) {
    const others = this.#others(scene);
    const isFirst = ({ author }) => (this.#had && !this.#had.has(author) ? 1 : 0);
    // As a power of two, so that days of age are still told apart.
    const merit = ({ post, since }) => Math.log2(this.#weight(post, now)) - (now - since) / FRESH_MS;
    return entries
      .map((entry) => ({ post: entry.post, first: isFirst(entry.post), merit: merit(entry) }))
      .sort(byMerit)
      .slice(0, LOOKED_AT)
      .map((one) => ({ ...one, merit: one.merit + Math.log2(this.#crowding.room(one.post, others, now)) }))
      .sort(byMerit)
      .map(({ post }) => post);
  }

  #others({ present }) {
    return present.map((id) => this.find(id)).filter(Boolean);
  }

  /** Split what is not in the scene by author: strangers have no other post there, neighbours had one that leaves. */
  #sorted(entries, { present, leaving = [], pinned = null }, { all = false } = {}) {
    const authors = new Set(present.filter((id) => id !== pinned).map((id) => this.find(id)?.author));
    const gone = new Set(leaving.map((id) => this.find(id)?.author));
    const out = [...entries.values()].filter(({ post }) => !present.includes(post.id) && !leaving.includes(post.id));
    return {
      strangers: out.filter(({ post }) => !authors.has(post.author)),
      neighbours: out.filter(({ post }) => authors.has(post.author) && (all || gone.has(post.author))),
    };
  }

  #expire(now) {
    for (const [id, entry] of this.#waiting) {
      if (now - entry.since < EXPIRES_MS) continue;
      this.#waiting.delete(id);
      this.#kept.set(id, { ...entry, seenAt: -Infinity });
    }
  }

  /** The oldest post of the author who has most waiting. */
  #loudest() {
    const counts = new Map();
    for (const { post } of this.#waiting.values()) counts.set(post.author, (counts.get(post.author) ?? 0) + 1);
    const most = Math.max(...counts.values());
    return [...this.#waiting.values()].find(({ post }) => counts.get(post.author) === most).post.id;
  }
}

function byMerit(a, b) {
  return b.first - a.first || b.merit - a.merit;
}
