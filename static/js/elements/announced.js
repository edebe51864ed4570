// What is announced to everybody, above the posts: asked for anew when that changes, and moved only where it does.

const JITTER_MS = 2_000; // all viewers hear of it in the same moment
const AGAIN_MS = 3_000; // a cache on the way may be two seconds old

class Announced {
  #region;
  #timer = null;
  #again = null;

  /** `region` is the element with the announcements, or null on pages without. */
  constructor(region) {
    this.#region = region;
  }

  // Actions

  /** Ask soon what holds now, once for however many changes. */
  ask() {
    if (!this.#region) return;
    clearTimeout(this.#again);
    this.#timer ??= setTimeout(() => this.#look(), Math.random() * JITTER_MS);
  }

  // Internal

  async #look() {
    this.#timer = null;
    this.#again = setTimeout(() => this.#fetch(), AGAIN_MS);
    await this.#fetch();
  }

  async #fetch() {
    try {
      const response = await fetch(this.#region.dataset.announcementsUrl, { credentials: "same-origin", cache: "no-store" });
      if (response.ok) this.#settle((await response.json()).announcements);
    } catch {
      // What stands here stays; the next change asks again.
    }
  }

  /** What stands already is not touched, so that it is not read out again. */
  #settle(announcements) {
    const there = new Map([...this.#region.children].map((line) => [line.dataset.id, line]));
    const ids = new Set(announcements.map(({ id }) => id));
    for (const [id, line] of there) if (!ids.has(id)) line.remove();
    announcements.forEach((one, place) => {
      const line = there.get(one.id) ?? made(one);
      if (this.#region.children[place] !== line) this.#region.insertBefore(line, this.#region.children[place] ?? null);
    });
  }
}

/** Keep what is announced on this page as it is by what a feed tells. */
export function followAnnouncements(feed) {
  const announced = new Announced(document.querySelector("[data-announcements-url]"));
  feed.addEventListener("arranged", ({ detail }) => detail.what.includes("announcements") && announced.ask());
}

function made({ id, text, pinned }) {
  const line = document.createElement("p");
  line.className = "announced__one";
  line.dataset.id = id;
  line.toggleAttribute("data-pinned", pinned);
  line.dir = "auto";
  line.textContent = text;
  return line;
}
