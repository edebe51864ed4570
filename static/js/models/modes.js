// The modes in words. Pure: values in, sentences out.

/** Until when a mode holds, and who chose it or the session it is for; empty when nothing of it is known. */
export function holdingWords({ until_words: until, by, session }) {
  const chosen = by ? `chosen by \u2068${by}\u2069` : session ? `for \u201c\u2068${session}\u2069\u201d` : "";
  const ends = until ? `until ${until}, then as planned` : "";
  return [chosen, ends].filter(Boolean).join(", ");
}

/** What becomes of a delayed post, `left` milliseconds before its time; `open` says whether the mode still lets it go. */
export function dueWords(left, open) {
  if (!open) return "Stopped: it waits for you";
  if (left <= 0) return "Going on the wall";
  return `On the wall in ${Math.ceil(left / 1_000)} s`;
}
