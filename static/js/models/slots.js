// Where posts stand on a screen, and which card could give way. Pure: it is told the time and touches no page.
//
// A screen has columns of equal height, each with room for `rows` cards; a tall card takes two. Which post comes next is
// no business of these (pacing.js); that none gives way before it could be read is.

/** A post here is {id, weight, dwell}: weight 2 asks for a tall card, dwell is in milliseconds. */
export class Slots {
  #columns;
  #rows;
  #pinned = null;
  #count = 0;

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

  /** The ids of the posts on the wall. */
  get ids() {
    return this.#columns.flat().map((card) => card.id);
  }

  /** How many short cards the wall has room for. */
  get size() {
    return this.#rows * this.#columns.length;
  }

  shows(id) {
    return this.#columns.some((column) => column.some((card) => card.id === id));
  }

  /** The weight a post can have on this wall, beside the pinned one. */
  weight(post) {
    if (post.id === this.#pinned) return 1;
    const rooms = this.#columns.map((column) => this.#rows - (column.some((card) => card.id === this.#pinned) ? 1 : 0));
    return Math.max(1, Math.min(post.weight, Math.max(...rooms)));
  }

  /** The columns with free room as places {column, evict, weight: what fits, isEmpty}, the fullest first. */
  get free() {
    return this.#columns
      .map((column) => ({ column, evict: [], weight: this.#room(column), isEmpty: column.length === 0, readAt: -Infinity }))
      .filter((place) => place.weight > 0)
      .sort((a, b) => a.weight - b.weight);
  }

  /**
   * Places where cards could give way to one of a weight: {column, evict, weight, since, readAt}, shown longest first.
   * `evict` are the ids that would go, `since` when the last of them came, and `readAt` when it will have been read.
   */
  openings(weight) {
    const places = this.#columns.flatMap((column) => (weight > 1 ? [this.#tall(column, weight)] : this.#short(column)));
    return places.filter(Boolean).sort((a, b) => a.since - b.since || b.order - a.order);
  }

  /** Hang a post in a place, in place of what has to give way there. */
  put(post, { column, evict }, now) {
    const at = evict.length > 0 ? Math.min(...column.flatMap((card, place) => (evict.includes(card.id) ? [place] : []))) : column.length;
    const kept = column.filter((card) => !evict.includes(card.id));
    kept.splice(at, 0, { id: post.id, weight: this.weight(post), since: now, dwell: post.dwell, order: (this.#count += 1) });
    this.#columns[this.#columns.indexOf(column)] = kept;
  }

  /** A card could be seen only now, since its picture took its time. */
  seen(id, now) {
    for (const card of this.#columns.flat()) if (card.id === id) card.since = now;
  }

  /** A post takes another form; it keeps its place, and its readers the time that this form takes. */
  change(post, now) {
    for (const card of this.#columns.flat()) {
      if (card.id !== post.id || card.dwell === post.dwell) continue;
      Object.assign(card, { dwell: post.dwell, since: now });
    }
  }

  /** A post stands in the place of another, which is the same one: its readers go on reading. */
  replace(id, post) {
    for (const card of this.#columns.flat()) if (card.id === id) card.id = post.id;
    if (this.#pinned === id) this.#pinned = post.id;
  }

  remove(id) {
    this.#columns = this.#columns.map((column) => column.filter((card) => card.id !== id));
  }

  /** The post whose card never gives way; null for none. */
  pin(id) {
    this.#pinned = id;
  }

  /** The wall has another shape. What was shown longest gives way first. */
  resize({ columns, rows }) {
    const cards = this.#columns.flat().sort((a, b) => b.since - a.since);
    this.#rows = rows;
    this.#columns = emptyColumns(columns);
    for (const card of cards) {
      const weight = Math.min(card.weight, rows);
      const roomiest = [...this.#columns].sort((a, b) => this.#room(b) - this.#room(a))[0];
      if (this.#room(roomiest) >= weight) roomiest.push({ ...card, weight });
    }
  }

  // Internal

  #short(column) {
    return column.filter((card) => card.id !== this.#pinned).map((card) => this.#place(column, [card], 1));
  }

  /** The one place for a tall card in a column: what has been shown longest there goes. */
  #tall(column, weight) {
    const evict = [];
    let room = this.#room(column);
    const inTurn = column.filter((card) => card.id !== this.#pinned).sort((a, b) => a.since - b.since);
    for (const card of inTurn) {
      if (room >= weight) break;
      evict.push(card);
      room += card.weight;
    }
    return room >= weight && evict.length > 0 ? this.#place(column, evict, weight) : null;
  }

  #place(column, cards, weight) {
    return {
      column,
      evict: cards.map((card) => card.id),
      weight,
      since: Math.max(...cards.map((card) => card.since)),
      order: Math.max(...cards.map((card) => card.order)),
      readAt: Math.max(...cards.map((card) => card.since + card.dwell)),
    };
  }

  #room(column) {
    return this.#rows - column.reduce((sum, card) => sum + card.weight, 0);
  }
}

function emptyColumns(count) {
  return Array.from({ length: count }, () => []);
}
