// Lets a live page be read without a network: a service worker keeps the posts that stand on it.

import { scriptAddress } from "./fragment.js";

const GATHER_MS = 5_000;
const CURSOR = /^[\w-]+:\d+$/;

export class LiveCopy {
  #scope;
  #timer = null;

  constructor(slug) {
    this.#scope = `/${slug}`;
  }

  /** Browsers allow workers only over https and on this machine. The page has been painted by now. */
  async start() {
    if (!navigator.serviceWorker) return;
    try {
      await navigator.serviceWorker.register(scriptAddress(`${this.#scope}/worker.js`), { scope: this.#scope });
      await navigator.serviceWorker.ready;
    } catch {
      // Without a worker a reload needs the network; everything else goes on.
    }
  }

  /** Keep what `page()` says stands on the page, {cursor, pinned, listed}: soon, or at once if something left it. */
  keep(page, { atOnce = false } = {}) {
    const tell = () => {
      clearTimeout(this.#timer);
      this.#timer = null;
      const now = page();
      if (CURSOR.test(now.cursor)) this.#tell({ keep: { ...now, assets: assets() } });
    };
    if (atOnce) tell();
    else this.#timer ??= setTimeout(tell, GATHER_MS);
  }

  forget() {
    clearTimeout(this.#timer);
    this.#tell({ forget: true });
  }

  async #tell(message) {
    const registration = await navigator.serviceWorker?.getRegistration(this.#scope);
    registration?.active?.postMessage(message);
  }
}

/** What the page is made of; its addresses change with it. */
function assets() {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  const ours = loaded.filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith("/static/"));
  return [...new Set(ours.map(({ pathname }) => pathname))];
}
