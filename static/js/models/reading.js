// What words a text has and how long it takes to read, in whatever script. Pure.

const READING = { startMs: 2_000, perWordMs: 400, shortestMs: 6_000, longestMs: 20_000 }; // 150 words a minute
const PICTURE_MS = 3_000;
const TWO_LANGUAGES = 1.3;
const LONG_WORD = 12; // letters; what is longer counts as several words
const LETTERS_A_WORD = 2; // of scripts without blanks, where the browser cannot tell words
const MIXED = 0.4; // share of each of two scripts from which on a text is taken for two languages
const NO_BLANKS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const LATIN = /\p{Script=Latin}/gu;
const LETTER = /\p{L}/gu;

const segmenter = typeof Intl.Segmenter === "function" ? new Intl.Segmenter(undefined, { granularity: "word" }) : null;

/** Return the words of a text, small. Chinese, Japanese, Thai and their like have words without blanks between them. */
export function words(text) {
  const small = text.toLowerCase();
  if (!NO_BLANKS.test(small)) return small.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*/gu) ?? [];
  if (!segmenter) return (small.match(/[\p{L}\p{N}]+/gu) ?? []).flatMap(pieces);
  return [...segmenter.segment(small)].filter((part) => part.isWordLike).map((part) => part.segment);
}

/** How many words there are to read; one of 200 letters is no single word. */
export function wordCount(text) {
  return words(text).reduce((count, word) => count + Math.ceil(word.length / LONG_WORD), 0);
}

/** Whether a text seems to say it in two languages: much of it in one script, and much in another. */
export function isMixed(text) {
  const [latin, all] = [LATIN, LETTER].map((letters) => text.match(letters)?.length ?? 0);
  return Math.min(latin, all - latin) > MIXED * all;
}

/** Return how many milliseconds a post is shown at least: at the pace of people who look up late. */
export function dwell({ words: count = 0, pictures = 0, languages = 1 }) {
  const reading = READING.startMs + count * READING.perWordMs;
  const bounded = Math.min(READING.longestMs, Math.max(READING.shortestMs, reading));
  return (bounded + (pictures ? PICTURE_MS : 0)) * (languages > 1 ? TWO_LANGUAGES : 1);
}

function pieces(run) {
  const letters = [...run];
  if (!NO_BLANKS.test(run)) return [run];
  const count = Math.ceil(letters.length / LETTERS_A_WORD);
  return Array.from({ length: count }, (_, place) => letters.slice(place * LETTERS_A_WORD, (place + 1) * LETTERS_A_WORD).join(""));
}
