// Which sizes a post's text may have, the largest first. Pure; lengths in pixels.

const STEPS = [14, 13, 12, 11, 10, 9.2, 8.4, 7, 6.2, 5.5, 4.9, 4.4, 4, 3.7, 3.4, 3.2, 3]; // in units
const LARGEST_IN_A_CELL = 8.4;
const POSTER_FROM = 5.5;
const WHOLE_WORDS_FROM = 4; // above this a word is never broken
const IN_A_TALL_CARD = 0.75; // of that: more lines, which it has the room for
const CHARACTER = 0.46; // of the type's size, on average
const GLANCE = 90; // characters; what has no more is seen at a glance, and may have lines of any length
const LONG = 170; // characters; what has more is read line by line
const SHORTEST_LINE = { glance: 17, long: 30 }; // characters in a line that just goes beyond the one, and from the other on

/**
 * Return the sizes to try, at most `most`. None is below `least`, what the last row can read, which is always the last one.
 * A long text takes no size at which fewer than 30 characters stand in a line of `room`, where it has the choice; one
 * between a glance and long has shorter lines in proportion, so that neighbours of about the same length look alike, and
 * so has one in a `tall` card.
 */
export function sizes({ least, unit, room, length, wide = false, tall = false, most = Infinity }) {
  const largest = wide ? STEPS[0] : LARGEST_IN_A_CELL;
  const line = shortestLine(length) * (tall ? IN_A_TALL_CARD : 1);
  const widest = room / (line * CHARACTER);
  const fitting = STEPS.filter((step) => step <= largest).map((step) => step * unit);
  return [...fitting.filter((size) => size > least && size <= Math.min(widest, most)), least];
}

/** How many characters a line of a text should have at least; a fraction, or 0 where it does not matter. */
function shortestLine(length) {
  if (length <= GLANCE) return 0;
  const share = Math.min(1, (length - GLANCE) / (LONG - GLANCE));
  return SHORTEST_LINE.glance + share * (SHORTEST_LINE.long - SHORTEST_LINE.glance);
}

/**
 * Return the largest of these sizes that fits, or the last one where none does. What fits at one size fits at any smaller,
 * so that halving finds it: each question is a layout of the page.
 */
export function largestOf(sizes, fits) {
  let [from, to] = [0, sizes.length - 1];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (fits(sizes[middle])) to = middle;
    else from = middle + 1;
  }
  return sizes[to];
}

/** Tell how a size is set: as a poster, and without breaking words. The smallest may always break them. */
export function setting(size, { least, unit }) {
  return { poster: size >= POSTER_FROM * unit, whole: size > least && size >= WHOLE_WORDS_FROM * unit };
}
