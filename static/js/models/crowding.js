// How much of the same a wall would show: the same words, the same topic, the same network. Pure: it is told the time.

const APART_MS = 10 * 60_000;
const COPY = 0.3; // what is left of a post's weight when nearly the same was shown lately
const TOPIC = 0.5; // of it is lost at most for words that are on the wall just now
const NETWORK = 0.3; // of it is lost at most for a wall full of the same network
const LIKE = 0.6; // share of common words from which on two posts are nearly the same
const FEW_WORDS = 4; // of which everybody writes the same: "great talk"
const SHOWN_LIMIT = 100;

export class Crowding {
  #shown = []; // {id, terms, at}, newest first

  /** A post is on the wall from now on. */
  shown({ id, terms }, now) {
    const others = this.#shown.filter((other) => other.id !== id && now - other.at < APART_MS);
    this.#shown = [{ id, terms, at: now }, ...others].slice(0, SHOWN_LIMIT);
  }

  /** How much room there is for a post beside others: 1 where nothing is like it, less for more of the same. */
  room(post, others, now) {
    const lately = this.#shown.filter(({ id, at }) => id !== post.id && now - at < APART_MS);
    const copied = lately.some(({ terms }) => areCopies(post.terms, terms));
    const topic = Math.max(0, ...others.map(({ terms }) => common(post.terms, terms)));
    const network = others.filter((other) => other.network === post.network).length / Math.max(1, others.length);
    return (copied ? COPY : 1) * (1 - TOPIC * topic) * (1 - NETWORK * network);
  }
}

function areCopies(one, other) {
  const [fewest, most] = one.size < other.size ? [one.size, other.size] : [other.size, one.size];
  return fewest >= FEW_WORDS && fewest >= LIKE * most && common(one, other) >= LIKE;
}

/** The share of their words that two texts have in common (Jaccard). */
function common(one, other) {
  if (one.size === 0 || other.size === 0) return 0;
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  let both = 0;
  for (const word of small) if (large.has(word)) both += 1;
  return both / (one.size + other.size - both);
}
