// Which posts stand where on a screen, and when one gives way to the next. Pure: it is told the time and touches no page.
//
// A screen has columns of equal height, each with room for `rows` cards; a tall card takes two. One card changes at a
// time, and none before it could be read, unless there is room or it has to go.

const BETWEEN_CHANGES_MS = 2_000;
const KEPT_LIMIT = 40;
const WAITING_LIMIT = 12; // more than that and the wall would lag behind the room
const READING = { start: 2_000, perCharacter: 70, picture: 3_000, shortest: 6_000, longest: 20_000 };

/** Return how long a post is shown at least: 150 words a minute, since people look up late. */
export function dwell({ length = 0, pictures = 0 }) {
  const reading = READING.start + length * READING.perCharacter;
  return Math.min(READING.longest, Math.max(READING.shortest, reading)) + (pictures ? READING.picture : 0);
}

/** A post here is {id, weight, dwell}: weight 2 asks for a tall card, dwell is in milliseconds. */
export class Slots {
  #columns;
  #rows;
  #posts = []; // everything that may be shown, newest first
  #waiting = []; // ids that have come in and not been shown, oldest first
  #pinned = null;
  #changedAt = -Infinity;

  constructor({ columns = 2, rows = 2 } = {}) {
    this.#rows = rows;
    this.#columns = emptyColumns(columns);
  }

  // Actions

  /** The wall as columns of {id, weight}; a column without cards takes no room. */
  get layout() {
    return this.#columns
      .filter((column) => column.length > 0)
      .map((column) => column.map(({ id, weight }) => ({ id, weight })));
  }

  /** Tell whether a post is shown or may be. */
  knows(id) {
    return this.#find(id) !== undefined;
  }

  /** Start over from these posts, newest first. What is shown and still among them stays where it is. */
  reset(posts) {
    const known = new Set(this.#posts.map((post) => post.id));
    const first = known.size === 0;
    this.#posts = [...posts];
    const now = new Set(posts.map((post) => post.id));
    this.#columns = this.#columns.map((column) => column.filter((card) => now.has(card.id)));
    const fresh = first ? [] : posts.filter((post) => !known.has(post.id)).map((post) => post.id);
    this.#waiting = [...this.#waiting.filter((id) => now.has(id)), ...fresh.reverse()].slice(-WAITING_LIMIT);
  }

  /** A new post has come in. */
  post(post) {
    const others = this.#posts.filter((other) => other.id !== post.id);
    this.#posts = [post, ...others.filter((other, place) => place < KEPT_LIMIT - 1 || this.#shows(other.id))];
    this.#waiting = [...this.#waiting.filter((id) => id !== post.id), post.id].slice(-WAITING_LIMIT);
  }

  /** A post takes another form; where it stands it keeps its place. */
  change(post) {
    this.#posts = this.#posts.map((other) => (other.id === post.id ? post : other));
  }

  /** A post has to go. What stands free is filled by the next step. */
  remove(id) {
    this.#posts = this.#posts.filter((post) => post.id !== id);
    this.#waiting = this.#waiting.filter((other) => other !== id);
    this.#columns = this.#columns.map((column) => column.filter((card) => card.id !== id));
  }

  /** The post that keeps a card until another is pinned; null for none. */
  pin(post) {
    this.#pinned = post?.id ?? null;
    if (post && !this.#find(post.id)) this.#posts.push(post);
  }

  /** The wall has another shape. What was shown longest gives way first. */
  resize({ columns, rows }) {
    const cards = this.#columns.flat().sort((a, b) => b.since - a.since);
    this.#rows = rows;
    this.#columns = emptyColumns(columns);
    for (const card of cards) {
      const weight = Math.min(card.weight, rows);
      this.#roomiest(weight)?.push({ ...card, weight });
    }
  }

  /** Make the change that is due, if any. Returns how long until the next could be, or null when none is waiting. */
  step(now) {
    this.#placePinned(now);
    this.#fill(now);
    if (this.#waiting.length === 0) return null;
    const post = this.#find(this.#waiting[0]);
    const place = this.#placeFor(post);
    if (!place) return null;
    const due = Math.max(this.#changedAt + BETWEEN_CHANGES_MS, place.readAt);
    if (due > now) return due - now;
    this.#put(post, place, now);
    this.#fill(now);
    return this.#waiting.length > 0 ? BETWEEN_CHANGES_MS : null;
  }

  // Internal

  #placePinned(now) {
    if (!this.#pinned || this.#shows(this.#pinned)) return;
    const post = { ...this.#find(this.#pinned), weight: 1 };
    this.#put(post, this.#placeFor(post), now);
  }

  /** Fill what is free: first with those waiting, then with the newest that are not shown. */
  #fill(now) {
    for (;;) {
      const free = this.#columns.filter((column) => this.#free(column) > 0).sort((a, b) => this.#free(a) - this.#free(b));
      const next = free.map((column) => [column, this.#nextFor(column)]).find(([, post]) => post);
      if (!next) return;
      const [column, post] = next;
      this.#put(post, { column, evict: [], weight: this.#weight(post) }, now);
    }
  }

  /** The next post for a column with room. A tall one among the next few may have an empty column before the others. */
  #nextFor(column) {
    const hidden = this.#posts.map((post) => post.id).filter((id) => !this.#shows(id) && !this.#waiting.includes(id));
    const inTurn = [...this.#waiting, ...hidden].map((id) => this.#find(id));
    const fitting = inTurn.filter((post) => this.#weight(post) <= this.#free(column));
    const soon = inTurn.slice(0, this.#rows);
    const tall = column.length === 0 ? fitting.find((post) => soon.includes(post) && this.#weight(post) > 1) : null;
    return tall ?? fitting[0];
  }

  #put(post, { column, evict, weight }, now) {
    const at = evict.length > 0 ? Math.min(...evict.map((other) => column.indexOf(other))) : column.length;
    const card = { id: post.id, weight, since: now, dwell: post.dwell };
    const kept = column.filter((other) => !evict.includes(other));
    kept.splice(at, 0, card);
    this.#columns[this.#columns.indexOf(column)] = kept;
    this.#waiting = this.#waiting.filter((id) => id !== post.id);
    this.#changedAt = now;
  }

  /** Where a post would go: into free room, else in place of what has been shown longest. */
  #placeFor(post) {
    const weight = this.#weight(post);
    const roomy = this.#roomiest(weight);
    if (roomy) return { column: roomy, evict: [], weight, readAt: -Infinity };
    const places = this.#columns.map((column) => this.#evictions(column, weight)).filter(Boolean);
    places.sort((a, b) => this.#byAge(a.evict.at(-1), b.evict.at(-1)));
    return places[0] ?? null;
  }

  #evictions(column, weight) {
    const evict = [];
    let free = this.#free(column);
    const inTurn = column.filter((card) => card.id !== this.#pinned).sort((a, b) => this.#byAge(a, b));
    for (const card of inTurn) {
      if (free >= weight) break;
      evict.push(card);
      free += card.weight;
    }
    if (free < weight) return null;
    return { column, evict, weight, readAt: Math.max(...evict.map((card) => card.since + card.dwell)) };
  }

  /** The weight a post can have on this wall, beside the pinned one. */
  #weight(post) {
    if (post.id === this.#pinned) return 1;
    const rooms = this.#columns.map((column) => this.#rows - (column.some((card) => card.id === this.#pinned) ? 1 : 0));
    return Math.max(1, Math.min(post.weight, Math.max(...rooms)));
  }

  #roomiest(weight) {
    const roomy = this.#columns.filter((column) => this.#free(column) >= weight);
    return roomy.sort((a, b) => this.#free(b) - this.#free(a))[0] ?? null;
  }

  #free(column) {
    return this.#rows - column.reduce((sum, card) => sum + card.weight, 0);
  }

  /** Which card has been shown longer; of those that came together, the older post. */
  #byAge(a, b) {
    return a.since - b.since || this.#place(b.id) - this.#place(a.id);
  }

  #place(id) {
    return this.#posts.findIndex((post) => post.id === id);
  }

  #shows(id) {
    return this.#columns.some((column) => column.some((card) => card.id === id));
  }

  #find(id) {
    return this.#posts.find((post) => post.id === id);
  }
}

function emptyColumns(count) {
  return Array.from({ length: count }, () => []);
}
