// A crowd as at a conference, and a wall that plays it by any rule. What is drawn has the shape of recorded ones:
// three in four are reposts, ten people write a fifth of the rest, talks end in bursts, and a few write and write.

import { Hanging } from "../../static/js/models/hanging.js";
import { dwell } from "../../static/js/models/reading.js";

const SECOND_MS = 1_000;
const REPOSTS = 0.74;
const PEOPLE = 480;
const STEP_MS = 500;

/** A row of numbers from 0 to 1 that is the same for the same seed. */
export function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Return what is sent in a day, oldest first: {at (ms), author, isRepost, post}; `squeeze` plays it so much faster. */
export function day({ seed = 1, count = 3_000, hours = 10, squeeze = 1 } = {}) {
  const random = dice(seed);
  const sent = Array.from({ length: count }, (_, number) => {
    const isRepost = random() < REPOSTS;
    const author = `u${person(random)}`;
    const at = Math.round((moment(random, hours) * SECOND_MS) / squeeze);
    return { at, author, isRepost, post: isRepost ? null : aPost(`p${number}`, author, random) };
  });
  return sent.sort((a, b) => a.at - b.at);
}

/** Half of what is sent belongs to the end of a talk. */
function moment(random, hours) {
  const second = random() * hours * 3_600;
  if (random() < 0.5) return second;
  return Math.floor(second / 2_700) * 2_700 + 2_600 - 300 * Math.log(1 - random());
}

/** Ten write a fifth of all, the others fewer and fewer. */
function person(random) {
  return random() < 0.16 ? Math.floor(10 * random() ** 1.4) : Math.floor(PEOPLE * random() ** 1.6);
}

export function aPost(id, author, random) {
  const count = Math.max(2, Math.min(48, Math.round(18 + 9 * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(6.28 * random()))));
  const terms = new Set(Array.from({ length: count }, () => `w${Math.floor(900 * random() ** 2)}`));
  const pictures = random() < 0.2 ? 1 : 0;
  return { id, author, network: "mastodon", terms, dwell: dwell({ words: count, pictures }), weight: 1, reposts: 0, pinned: false, staff: false };
}

/** Play posts {at, post} on a wall by a rule; returns every showing as {id, author, at, until, need, wait or null}. */
export function play(posts, { pacing, columns = 3, rows = 1, tailMs = 20 * 60 * SECOND_MS }) {
  const hanging = new Hanging({ columns, rows, pacing });
  const known = new Map(posts.map((one) => [one.post.id, one]));
  const showings = [];
  const open = new Map();
  const end = (posts.at(-1)?.at ?? 0) + tailMs;
  let [next, due, now] = [0, 0, 0];
  while (now <= end) {
    for (; next < posts.length && posts[next].at <= now; next += 1) hanging.post(posts[next].post, posts[next].at);
    due = now + (hanging.step(now) ?? Infinity);
    const shown = new Set(hanging.layout.flat().map((card) => card.id));
    for (const [id, showing] of open) if (!shown.has(id)) open.delete(id) && (showing.until = now);
    for (const id of shown) {
      if (open.has(id)) continue;
      const { post, at } = known.get(id);
      const showing = { id, author: post.author, at: now, until: null, need: post.dwell, wait: now - at };
      open.set(id, showing);
      showings.push(showing);
    }
    now = Math.max(now + STEP_MS, Math.min(due, posts[next]?.at ?? Infinity, end + 1));
  }
  return showings;
}

/** What a room has of it, of the first showings of posts that came to the wall within `timelyMs`. */
export function judge(posts, showings, { timelyMs = 15 * 60 * SECOND_MS + STEP_MS } = {}) {
  const seen = new Set();
  const first = showings.filter(({ id }) => !seen.has(id) && seen.add(id)).filter(({ wait }) => wait <= timelyMs);
  const turns = new Map(posts.map(({ post }) => [post.author, 0]));
  for (const { author } of first) turns.set(author, turns.get(author) + 1);
  const counts = [...turns.values()].sort((a, b) => b - a);
  const waits = first.map(({ wait }) => wait / SECOND_MS).sort((a, b) => a - b);
  return {
    shown: first.length,
    again: showings.length - seen.size,
    late: seen.size - first.length,
    topTen: sum(counts.slice(0, 10)) / first.length,
    people: counts.filter((count) => count > 0).length,
    of: counts.length,
    gini: gini(counts),
    waitHalf: at(waits, 0.5),
    waitMost: at(waits, 0.95),
    backToBack: first.filter(({ author }, place) => author === first[place - 1]?.author).length,
    unreadable: showings.filter(({ at: from, until, need }) => until !== null && until - from < need).length,
  };
}

/** The rule to be held against: whoever waits, by arrival, and nothing comes twice. */
export class ByArrival {
  #waiting = new Map();
  #gone = new Map();
  #isNewestFirst;

  constructor({ isNewestFirst = false, expiresMs = 15 * 60 * SECOND_MS } = {}) {
    this.#isNewestFirst = isNewestFirst;
    this.expiresMs = expiresMs;
  }

  get ids() {
    return [...this.#waiting.keys(), ...this.#gone.keys()];
  }

  get waiting() {
    return this.#waiting.size;
  }

  knows(id) {
    return this.#waiting.has(id) || this.#gone.has(id);
  }

  find(id) {
    return (this.#waiting.get(id) ?? this.#gone.get(id))?.post;
  }

  post(post, since) {
    this.#waiting.set(post.id, { post, since });
  }

  next(now) {
    for (const [id, { since }] of this.#waiting) if (now - since >= this.expiresMs) this.#waiting.delete(id);
    const inTurn = [...this.#waiting.values()].map(({ post }) => post);
    return this.#isNewestFirst ? inTurn.reverse() : inTurn;
  }

  allows() {
    return true;
  }

  spare(now) {
    return this.next(now);
  }

  again() {
    return null;
  }

  shown(id) {
    this.#gone.set(id, this.#waiting.get(id));
    this.#waiting.delete(id);
  }

  hidden(id) {
    this.#gone.delete(id);
  }

  trim() {}

  overload() {
    return null;
  }
}

function gini(counts) {
  const rising = [...counts].sort((a, b) => a - b);
  const weighted = sum(rising.map((count, place) => (place + 1) * count));
  return (2 * weighted) / (rising.length * sum(rising)) - (rising.length + 1) / rising.length;
}

function at(sorted, share) {
  return sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] : 0;
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
