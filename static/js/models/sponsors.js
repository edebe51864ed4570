// When a sponsor has a card on the wall, and whose turn it is. Pure.

const MARK = "sponsor-";

/** `every` is after how many posts, `seconds` for how long, `cards` are {id, html}, in their order. */
export class Sponsors {
  #every = 0;
  #seconds = 0;
  #cards = [];
  #posts = 0; // hung since the last sponsor
  #next = 0;

  // Actions

  /** Take in what is set; null for no sponsors. What was counted is kept. */
  take(settings) {
    const { every = 0, seconds = 0, cards = [] } = settings ?? {};
    [this.#every, this.#seconds, this.#cards] = [every, seconds, cards];
  }

  /** A post was hung. */
  posted() {
    this.#posts += 1;
  }

  get isDue() {
    return this.#cards.length > 0 && this.#every > 0 && this.#posts >= this.#every;
  }

  /** Return the card whose turn it is, as slots know posts; the next one's is after it. */
  next() {
    this.#posts = 0;
    this.#next %= this.#cards.length;
    const { id } = this.#cards[this.#next];
    this.#next += 1;
    return { id, weight: 1, dwell: this.#seconds * 1000 };
  }

  html(id) {
    return this.#cards.find((card) => card.id === id)?.html;
  }
}

/** Tell a sponsor's card from a post's. */
export function isSponsor(id) {
  return id.startsWith(MARK);
}
