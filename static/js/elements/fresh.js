// Keeps parts of a page as they are now: asks for a newer page every few seconds, or as soon as it hears of what its
// data-hears names, and takes over what is different in it. A part is known by its data-fresh. What is open in it stays
// open, and what has the focus keeps it. One that is data-steady stays as it is while somebody is about to press
// something in it, or has typed there. Rows of a list that is data-fresh-rows come and go.

import { element } from "../helpers/fragment.js";
import { Feed } from "../models/feed.js";
import { Stream } from "../models/stream.js";

const EVERY_MS = 5_000;
const SOON_MS = 500; // on average, so that not all who hear ask at once
const TIMEOUT_MS = 10_000;

export class Fresh {
  #root;
  #shown = new Map();
  #timer = null;
  #asking = false;
  #again = false;

  constructor(root) {
    this.#root = root;
  }

  // Lifecycle

  open() {
    for (const part of parts(this.#root)) this.#shown.set(part.dataset.fresh, part.outerHTML);
    if (this.#root.dataset.hears) this.#listen();
    else this.#next();
  }

  // Internal

  #next() {
    setTimeout(async () => {
      if (!document.hidden) await this.#refresh();
      this.#next();
    }, EVERY_MS);
  }

  #listen() {
    const { hears, cursor, streamUrl, feedUrl } = this.#root.dataset;
    const feed = new Feed({ cursor, limit: 1 });
    feed.addEventListener("arranged", ({ detail }) => detail.what.includes(hears) && this.#soon());
    feed.addEventListener("change", ({ detail }) => detail.reset && this.#soon());
    document.addEventListener("visibilitychange", () => this.#soon());
    new Stream({ streamUrl, feedUrl, feed }).open();
  }

  /** Ask in a moment; what could not be taken over then is asked for again. */
  #soon(ms = Math.random() * 2 * SOON_MS) {
    if (this.#asking) this.#again = true;
    else this.#timer ??= setTimeout(() => this.#hear(), ms);
  }

  async #hear() {
    this.#timer = null;
    if (document.hidden) return;
    this.#asking = true;
    const whole = await this.#refresh();
    this.#asking = false;
    if (this.#again) this.#soon();
    else if (!whole) this.#soon(EVERY_MS);
    this.#again = false;
  }

  /** Ask, and take over what is new. Returns false where something stays as it was: nobody answered, or it is in hand. */
  async #refresh() {
    const text = await ask(this.#root.dataset.refresh);
    if (text === null) return false;
    const fresh = element(`<div>${text}</div>`);
    let whole = true;
    for (const part of parts(fresh)) {
      const name = part.dataset.fresh;
      if (this.#shown.get(name) === part.outerHTML) continue;
      const old = this.#root.querySelector(`[data-fresh="${CSS.escape(name)}"]`);
      const steady = old && "steady" in old.dataset && isInHand(old);
      if (steady) whole = false;
      if (!old || steady) continue;
      this.#shown.set(name, part.outerHTML);
      replace(old, part);
    }
    return this.#takeRows(fresh) && whole;
  }

  /** Bring in the rows that are new and take out those that are gone, unless one of them is in hand. */
  #takeRows(fresh) {
    const [here, there] = [this.#root, fresh].map((root) => root.querySelector("[data-fresh-rows]"));
    if (!here || !there) return true;
    const ids = new Set([...there.children].map(({ id }) => id));
    const gone = [...here.children].filter(({ id }) => !ids.has(id));
    for (const row of gone) if (!isInHand(row)) row.remove();
    for (const row of [...there.children].reverse()) {
      if (this.#root.querySelector(`#${CSS.escape(row.id)}`)) continue;
      const next = here.querySelector(`#${CSS.escape(nextHere(row, here))}`);
      here.insertBefore(row, next);
    }
    return gone.every((row) => !row.isConnected);
  }
}

/** The id of the first row after this one that stands in the page, too; else one that nothing has. */
function nextHere(row, here) {
  for (let next = row.nextElementSibling; next; next = next.nextElementSibling) {
    if (here.querySelector(`#${CSS.escape(next.id)}`)) return next.id;
  }
  return "none";
}

function parts(root) {
  return root.querySelectorAll("[data-fresh]");
}

async function ask(url) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

/** Tell whether a pointer that hovers is over it, the focus in it, or something typed there that is not sent. */
function isInHand(part) {
  if (part.matches(":focus-within") || (matchMedia("(hover: hover)").matches && part.matches(":hover"))) return true;
  return [...part.querySelectorAll("textarea, input:not([type=hidden])")].some((one) => one.value !== one.defaultValue);
}

function replace(old, newer) {
  for (const opened of old.querySelectorAll("details[open][id]")) {
    newer.querySelector(`#${CSS.escape(opened.id)}`)?.setAttribute("open", "");
  }
  const focused = old.contains(document.activeElement) ? document.activeElement.closest("[id]")?.id : null;
  old.replaceWith(newer);
  if (focused) document.getElementById(focused)?.focus();
}
