// Where a reader was when they went, so that coming back shows what is new since. Pure: articles are {id, at}, newest first.

const KEPT_MS = 3 * 24 * 3_600_000;
const SHORT_MS = 60_000; // who is back so soon needs no mark

export class LeftOff {
  #kept;

  constructor(kept) {
    this.#kept = kept;
  }

  /** Where the mark goes: {before: id of the newest post that was seen, missed: how many are newer}; null for none. */
  mark(articles, now) {
    const last = this.#kept.value;
    const away = now - last?.left;
    if (typeof last?.at !== "string" || !(away >= SHORT_MS) || away > KEPT_MS) return null;
    const seen = articles.findIndex(({ id, at }) => id === last.id || at <= last.at);
    if (seen === 0 || articles.length === 0) return null;
    return { before: articles[seen]?.id ?? null, missed: seen === -1 ? articles.length : seen, all: seen !== -1 };
  }

  /** Keep the newest post that is seen, unless a newer one was seen before. */
  leave(newest, now) {
    const last = this.#kept.value;
    const newer = newest && !(typeof last?.at === "string" && last.at > newest.at);
    if (newer) this.#kept.value = { id: newest.id, at: newest.at, left: now };
    else if (last) this.#kept.value = { ...last, left: now };
  }
}
