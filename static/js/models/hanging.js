// What hangs on a wall, and when it changes: pacing says which post, slots say where. Pure: it is told the time.

import { Pacing } from "./pacing.js";
import { Slots } from "./slots.js";
import { Sponsors, isSponsor } from "./sponsors.js";

const BETWEEN_CHANGES_MS = 2_000;
const QUIET_CARD_MS = 30_000; // how long a card stays at least when nobody waits for its place
const BETWEEN_REPEATS_MS = 12_000;
const LOOK_AGAIN_MS = 5_000;
const SNAPSHOT_STEP_MS = 30_000; // how much older than the next newer post one is taken for, without times

export class Hanging {
  #slots;
  #pacing;
  #quietMs;
  #sponsors;
  #pinned = null;
  #overload = null;
  #changedAt = -Infinity;
  #hasHole = true; // a place that was taken is free: it is filled at once

  /**
   * `quietMs` is how long a card stays at least when nobody waits for its place, `againMs` until a post may come again;
   * `pacing` may be another one, to be held against ours; `sponsors` says whose card comes between the posts.
   */
  constructor({
    columns = 2,
    rows = 2,
    random = Math.random,
    quietMs = QUIET_CARD_MS,
    againMs,
    pacing = new Pacing({ random, againMs }),
    sponsors = new Sponsors(),
  } = {}) {
    this.#slots = new Slots({ columns, rows });
    this.#pacing = pacing;
    this.#quietMs = quietMs;
    this.#sponsors = sponsors;
  }

  // Actions

  /** The wall as columns of {id, weight}. */
  get layout() {
    return this.#slots.layout;
  }

  /** Tell whether a post is shown or may be. */
  knows(id) {
    return this.#pacing.knows(id);
  }

  /** Whether at the last step more waited than the wall can show soon: {waiting} or null. */
  get overload() {
    return this.#overload;
  }

  /**
   * Start over from these posts, newest first. What is shown and still among them keeps its place, and what this wall did
   * not know waits, unless it knew nothing; `approvedAt` of a post, in milliseconds of any clock, says how long it has.
   */
  reset(posts, now) {
    const isFirst = this.#pacing.ids.length === 0;
    const ids = new Set(posts.map((post) => post.id));
    this.#pacing.ids.filter((id) => !ids.has(id)).forEach((id) => this.remove(id));
    this.#slots.ids.filter(isSponsor).forEach((id) => this.remove(id));
    const newest = Math.max(...posts.map((post) => post.approvedAt ?? -Infinity));
    posts.map((post, place) => [post, now - age(post, place, newest)]).reverse().forEach(([post, since]) => {
      if (this.#pacing.knows(post.id)) this.change(post, now);
      else if (isFirst) this.#pacing.keep(post, since);
      else this.#pacing.post(post, since);
    });
  }

  /** A new post has come in. */
  post(post, now) {
    if (this.#slots.shows(post.id)) this.change(post, now);
    else this.#pacing.post(post, now);
  }

  /** A post takes another form; where it stands it keeps its place. */
  change(post, now) {
    this.#pacing.change(post);
    this.#slots.change(post, now);
  }

  /** A post comes in the place of another, which is the same one told by somebody else. */
  replace(id, post, now) {
    this.#pacing.replace(id, post);
    this.#slots.replace(id, post);
    this.#slots.change(post, now);
    if (this.#pinned === id) this.#pinned = post.id;
  }

  /** A post has to go. What stands free is filled by the next step. */
  remove(id) {
    this.#hasHole ||= this.#slots.shows(id);
    this.#slots.remove(id);
    this.#pacing.remove(id);
  }

  /** The post that keeps a card until another is pinned; null for none. */
  pin(post, now) {
    this.#pinned = post?.id ?? null;
    this.#slots.pin(this.#pinned);
    if (post && !this.#pacing.knows(post.id)) this.#pacing.keep(post, now);
  }

  /** The wall has another shape. */
  resize(shape) {
    this.#slots.resize(shape);
    this.#hasHole = true;
  }

  /** A card could be seen only now, since its picture took its time. */
  seen(id, now) {
    this.#slots.seen(id, now);
    this.#changedAt = Math.max(this.#changedAt, now);
  }

  /** Make the change that is due, if any. Returns how long until the next could be, or null when none can. */
  step(now) {
    this.#overload = this.#pacing.overload(now, this.#slots.size);
    this.#endSponsor(now);
    this.#placePinned(now);
    this.#fill(now);
    const calm = this.#changedAt + BETWEEN_CHANGES_MS - now;
    if (calm > 0) return this.#pacing.ids.length > this.#slots.ids.length ? calm : null;
    const changed = this.#hangSponsor(now) || this.#change(now) || this.#repeat(now);
    this.#pacing.trim(this.#slots.ids);
    return this.#wait(now, changed);
  }

  // Internal

  #placePinned(now) {
    if (!this.#pinned || this.#slots.shows(this.#pinned)) return;
    const [place] = [...this.#slots.free, ...this.#slots.openings(1)];
    this.#put(this.#pacing.find(this.#pinned), place, now);
  }

  /** Fill what is free: a bare wall and what became free at once, what was never taken a card at a time. */
  #fill(now) {
    const atOnce = this.#hasHole || this.#slots.ids.length === 0;
    while (atOnce || now >= this.#changedAt + BETWEEN_CHANGES_MS) {
      const [choice] = this.#slots.free.map((place) => [place, this.#spare(place, now)]).filter(([, post]) => post);
      if (!choice) break;
      this.#put(choice[1], choice[0], now);
    }
    this.#hasHole &&= this.#slots.ids.length === 0;
  }

  /** The next post for a free place. A tall one among the next few may have an empty column before the others. */
  #spare({ weight, isEmpty }, now) {
    const inTurn = this.#pacing.spare(now, this.#scene([]));
    const soon = isEmpty && weight > 1 ? inTurn.slice(0, weight) : [];
    return soon.find((post) => this.#slots.weight(post) > 1) ?? inTurn.find((post) => this.#slots.weight(post) <= weight);
  }

  /** Let a sponsor have a card that has been read, where it is due: one at a time. */
  #hangSponsor(now) {
    if (!this.#sponsors.isDue || this.#sponsorEnds() !== null) return false;
    const [place] = this.#slots.openings(1).filter(({ readAt }) => readAt <= now);
    if (!place) return false;
    place.evict.forEach((id) => this.#pacing.hidden(id, now));
    this.#slots.put(this.#sponsors.next(), place, now);
    this.#hasHole ||= this.#slots.free.length > 0; // a short card took a tall one's place
    this.#changedAt = now;
    return true;
  }

  /** Take a sponsor's card off once its time is over: what waits has the place, or what was seen before. */
  #endSponsor(now) {
    const ends = this.#sponsorEnds();
    if (ends !== null && ends <= now) this.#slots.ids.filter(isSponsor).forEach((id) => this.remove(id));
  }

  /** When the sponsor's card on the wall has had its time; null while there is none. */
  #sponsorEnds() {
    const place = this.#slots.openings(1).find(({ evict }) => evict.some(isSponsor));
    return place?.readAt ?? null;
  }

  /** Let one that waits have a card that has been read. For a tall one, a whole column is kept until it has been. */
  #change(now) {
    let keptFor = null;
    for (const place of this.#slots.openings(1)) {
      if (place.readAt > now || place.column === keptFor) continue;
      const inTurn = this.#pacing.next(now, this.#scene(place.evict));
      let [post] = inTurn;
      if (post && this.#slots.weight(post) > 1) {
        const column = this.#columnFor(post);
        if (column && column.readAt <= now) return this.#put(post, column, now);
        keptFor = column?.column ?? null;
        post = place.column === keptFor ? null : inTurn.find((other) => this.#slots.weight(other) === 1);
      }
      if (post) return this.#put(post, place, now);
    }
    return false;
  }

  /** Where a tall post may go: into the column that is read first, of those that leave no other post of its author. */
  #columnFor(post) {
    const places = this.#slots.openings(this.#slots.weight(post)).sort((a, b) => a.readAt - b.readAt);
    return places.find((place) => this.#pacing.allows(post, this.#scene(place.evict)));
  }

  /** When it is quiet, let what was not seen for long come again. */
  #repeat(now) {
    if (this.#pacing.waiting > 0 || now < this.#changedAt + BETWEEN_REPEATS_MS) return false;
    const [place] = this.#slots.openings(1).filter((one) => this.#isStale(one, now));
    const post = place && this.#pacing.again(now, this.#scene(place.evict));
    if (!post) return false;
    if (this.#slots.weight(post) === 1) return this.#put(post, place, now);
    const column = this.#slots.openings(this.#slots.weight(post)).find((one) => one.column === place.column);
    return column && this.#isStale(column, now) ? this.#put(post, column, now) : false;
  }

  #isStale({ since, readAt }, now) {
    return readAt <= now && now - since >= this.#quietMs;
  }

  #put(post, place, now) {
    place.evict.forEach((id) => this.#pacing.hidden(id, now));
    this.#slots.put(post, place, now);
    this.#pacing.shown(post.id, now);
    this.#sponsors.posted();
    this.#changedAt = now;
    if (place.evict.length > 0 && this.#slots.free.length > 0) {
      this.#hasHole = true; // a short card took a tall one's place
      this.#fill(now);
    }
    return true;
  }

  #scene(leaving) {
    return { present: this.#slots.ids.filter((id) => !leaving.includes(id)), leaving, pinned: this.#pinned };
  }

  #wait(now, changed) {
    const ends = this.#sponsorEnds();
    if (ends !== null) return Math.max(0, Math.min(ends - now, this.#untilNext(now, changed) ?? LOOK_AGAIN_MS));
    return this.#untilNext(now, changed);
  }

  #untilNext(now, changed) {
    if (this.#pacing.ids.length <= this.#slots.ids.length) return null;
    if (changed) return BETWEEN_CHANGES_MS;
    if (this.#pacing.waiting === 0) return LOOK_AGAIN_MS;
    const later = this.#slots.openings(1).map((place) => place.readAt - now).filter((wait) => wait > 0);
    return Math.min(LOOK_AGAIN_MS, ...later);
  }
}

function age({ approvedAt }, place, newest) {
  return Number.isFinite(approvedAt) ? newest - approvedAt : place * SNAPSHOT_STEP_MS;
}
