// <private-list data-url="…" data-unread="…">: says when something is new in one of somebody's threads, in the title too.

import { pause } from "../models/patches.js";

const LEAST_MS = 10_000;
const MOST_MS = 40_000;

export class PrivateList extends HTMLElement {
  #timer = null;
  #quiet = 0;
  #title = document.title.replace(/^\(\d+\) /, "");

  // Lifecycle

  connectedCallback() {
    remember(this.dataset.slug, "any" in this.dataset);
    this.#later();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  // Internal

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#ask, pause(this.#quiet, { least: LEAST_MS, most: MOST_MS, random: Math.random }));
  }

  #ask = async () => {
    this.#quiet += 1;
    try {
      const response = await fetch(this.dataset.url, { cache: "no-store" });
      if (response.ok) this.#tell((await response.json()).unread);
    } catch {
      // No network just now; the next time will do.
    }
    this.#later();
  };

  #tell(unread) {
    document.title = unread > 0 ? `(${unread}) ${this.#title}` : this.#title;
    this.querySelector("[data-news]").hidden = unread <= Number(this.dataset.unread);
  }
}

/** Other pages of the event ask for news only in browsers that are in a thread. */
function remember(slug, any) {
  try {
    if (any) localStorage.setItem(`back-channels:${slug}`, "yes");
    else localStorage.removeItem(`back-channels:${slug}`);
  } catch {
    // No storage: then the news are told here alone.
  }
}

customElements.define("private-list", PrivateList);
