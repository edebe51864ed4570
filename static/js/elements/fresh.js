// Keeps parts of a page as they are now: asks for a newer page every few seconds, and takes over what is different in it.
// A part is known by its data-fresh. What is open in it stays open, and what has the focus keeps it. One that is
// data-steady stays as it is while somebody is about to press something in it, or has typed there.

import { element } from "../helpers/fragment.js";

const EVERY_MS = 5_000;
const TIMEOUT_MS = 10_000;

export class Fresh {
  #root;
  #shown = new Map();

  constructor(root) {
    this.#root = root;
  }

  // Lifecycle

  open() {
    for (const part of parts(this.#root)) this.#shown.set(part.dataset.fresh, part.outerHTML);
    this.#next();
  }

  // Internal

  #next() {
    setTimeout(async () => {
      if (!document.hidden) await this.#refresh();
      this.#next();
    }, EVERY_MS);
  }

  /** Ask, and take over what is new; what cannot be asked for stays as it was said last. */
  async #refresh() {
    const text = await ask(this.#root.dataset.refresh);
    if (text === null) return;
    for (const part of parts(element(text))) {
      const name = part.dataset.fresh;
      if (this.#shown.get(name) === part.outerHTML) continue;
      const old = this.#root.querySelector(`[data-fresh="${CSS.escape(name)}"]`);
      if (!old || ("steady" in old.dataset && isInHand(old))) continue;
      this.#shown.set(name, part.outerHTML);
      replace(old, part);
    }
  }
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
