// Lets a live page be read without a network: a service worker keeps the posts that stand on it.

import { PageWorker } from "./page-worker.js";

const GATHER_MS = 5_000;
const CURSOR = /^[\w-]+:\d+$/;

export class LiveCopy {
  #worker;
  #timer = null;

  constructor(slug) {
    this.#worker = new PageWorker(`/${slug}`);
  }

  /** Resolves to whether there is something to keep it. The page has been painted by now. */
  start() {
    return this.#worker.start();
  }

  /** Keep what `page()` says stands on the page, {cursor, pinned, listed}: soon, or at once if something left it. */
  keep(page, { atOnce = false } = {}) {
    const tell = () => {
      clearTimeout(this.#timer);
      this.#timer = null;
      const now = page();
      if (CURSOR.test(now.cursor)) this.#worker.tell({ keep: { ...now, assets: assets() } });
    };
    if (atOnce) tell();
    else this.#timer ??= setTimeout(tell, GATHER_MS);
  }

  forget() {
    clearTimeout(this.#timer);
    this.#worker.tell({ forget: true });
  }
}

/** What the page is made of; its addresses change with it. */
function assets() {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  const ours = loaded.filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith("/static/"));
  return [...new Set(ours.map(({ pathname }) => pathname))];
}
