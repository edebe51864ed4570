// The length of a text as people count it: a family emoji or an accented letter is one.

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Return the number of graphemes in a text. */
export function graphemes(text) {
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}
