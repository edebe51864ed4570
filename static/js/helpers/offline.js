// Lets a screen outlive its server: a service worker that keeps the page and its parts.

import { element } from "./fragment.js";
import { PageWorker } from "./page-worker.js";

const GATHER_MS = 5_000;
const LIVE = /\/(feed|state|stream|screen\/plan)$/;

/** Fires "room" with detail {room}: whether this browser had room for all that was to be kept. */
export class OfflineCopy extends EventTarget {
  #worker;
  #timer = null;
  #parts = [];
  #scenes = [];

  constructor(slug, kind = "screen") {
    super();
    this.#worker = new PageWorker(slug ? `/${slug}/${kind}` : `/${kind}`);
  }

  // Lifecycle

  /** Begin to keep the page, and `more` with it. */
  async start(more = []) {
    navigator.serviceWorker?.addEventListener("message", ({ data }) => {
      if (typeof data?.room === "boolean") this.dispatchEvent(new CustomEvent("room", { detail: data }));
    });
    if (!(await this.#worker.start())) return;
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    this.#parts = [...loaded, ...more].filter(isPart);
    performance.setResourceTimingBufferSize(0);
    this.keep();
  }

  // Actions

  /** Keep the page as it is now, and what its scenes need: soon, and once for a burst of changes. */
  keep(scenes = this.#scenes) {
    this.#scenes = scenes;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      const shown = [...document.images].map((image) => image.currentSrc).filter(Boolean);
      const pictures = [...shown, ...picturesOf(this.#scenes)].filter(isPart);
      const parts = this.#parts.filter((part) => !isPicture(part));
      this.#worker.tell({ keep: [location.href, ...new Set([...parts, ...pictures])], script: pageScript() });
    }, GATHER_MS);
  }

  forget() {
    clearTimeout(this.#timer);
    this.#worker.tell({ forget: true });
  }
}

/** The address of the script that runs this page, by which its edition is known. */
function pageScript() {
  return document.querySelector("script[type=module][src]")?.getAttribute("src") ?? "";
}

/** The pictures of scenes whose turn is yet to come. */
function picturesOf(scenes) {
  const fragments = scenes.flatMap(({ html, data }) => [html, ...(data?.sponsors?.cards ?? []).map((card) => card.html)]);
  const images = fragments.filter(Boolean).flatMap((html) => [...(element(html)?.querySelectorAll("img[src]") ?? [])]);
  return images.map((image) => new URL(image.getAttribute("src"), location.href).href);
}

function isPart(address) {
  const url = new URL(address, location.href);
  return url.origin === location.origin && url.pathname !== "/screen/code" && !LIVE.test(url.pathname);
}

function isPicture(address) {
  return new URL(address).pathname.includes("/media/");
}
