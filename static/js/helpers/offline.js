// Lets a screen outlive its server: a service worker that keeps the page and its parts.

import { element, scriptAddress } from "./fragment.js";

const GATHER_MS = 5_000;
const LIVE = /\/(feed|state|stream|screen\/plan)$/;

/** Fires "room" with detail {room}: whether this browser had room for all that was to be kept. */
export class OfflineCopy extends EventTarget {
  #scope;
  #timer = null;
  #parts = [];
  #scenes = [];

  constructor(slug, kind = "screen") {
    super();
    this.#scope = slug ? `/${slug}/${kind}` : `/${kind}`;
  }

  // Lifecycle

  /** Browsers allow workers only over https and on this machine; elsewhere the page itself has to last. `more` is kept, too. */
  async start(more = []) {
    if (!navigator.serviceWorker) return;
    navigator.serviceWorker.addEventListener("message", ({ data }) => {
      if (typeof data?.room === "boolean") this.dispatchEvent(new CustomEvent("room", { detail: data }));
    });
    try {
      await navigator.serviceWorker.register(scriptAddress(`${this.#scope}/worker.js`), { scope: this.#scope });
      await navigator.serviceWorker.ready;
      const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
      this.#parts = [...loaded, ...more].filter(isPart);
      performance.setResourceTimingBufferSize(0);
      this.keep();
    } catch {
      // Without a worker a reload needs the server; everything else goes on.
    }
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
      this.#tell({ keep: [location.href, ...new Set([...parts, ...pictures])], script: pageScript() });
    }, GATHER_MS);
  }

  forget() {
    clearTimeout(this.#timer);
    this.#tell({ forget: true });
  }

  // Internal

  async #tell(message) {
    const registration = await navigator.serviceWorker?.getRegistration(this.#scope);
    registration?.active?.postMessage(message);
  }
}

/** The address of the script that runs this page, by which its edition is known. */
function pageScript() {
  return document.querySelector("script[type=module][src]")?.getAttribute("src") ?? "";
}

/** The pictures of scenes whose turn is yet to come. */
function picturesOf(scenes) {
  const images = scenes.flatMap(({ html }) => [...(html ? (element(html)?.querySelectorAll("img[src]") ?? []) : [])]);
  return images.map((image) => new URL(image.getAttribute("src"), location.href).href);
}

function isPart(address) {
  const url = new URL(address, location.href);
  return url.origin === location.origin && url.pathname !== "/screen/code" && !LIVE.test(url.pathname);
}

function isPicture(address) {
  return new URL(address).pathname.includes("/media/");
}
