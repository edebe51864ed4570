// <private-news data-slug="…">: in the list of pages, how many of one's private threads have something new. Browsers that
// are in none ask for nothing.

import { ngettext } from "../models/gettext.js";
import { pause } from "../models/patches.js";

const LEAST_MS = 15_000;
const MOST_MS = 60_000;

export class PrivateNews extends HTMLElement {
  #timer = null;
  #quiet = 0;

  // Lifecycle

  connectedCallback() {
    if (inThreads(this.dataset.slug)) this.#ask();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  // Internal

  #ask = async () => {
    this.#quiet += 1;
    try {
      const response = await fetch(`/${this.dataset.slug}/back-channels/unread`, { cache: "no-store" });
      if (response.ok) this.#tell((await response.json()).unread);
    } catch {
      // No network just now; the next time will do.
    }
    this.#timer = setTimeout(this.#ask, pause(this.#quiet, { least: LEAST_MS, most: MOST_MS, random: Math.random }));
  };

  #tell(unread) {
    this.className = unread > 0 ? "live__news" : "";
    this.textContent = unread > 0 ? ngettext("%(num)s new", "%(num)s new", unread) : "";
  }
}

function inThreads(slug) {
  try {
    return localStorage.getItem(`back-channels:${slug}`) !== null;
  } catch {
    return false;
  }
}

customElements.define("private-news", PrivateNews);
