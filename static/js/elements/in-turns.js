// <in-turns data-turns="name">: shows as many of its children as --at-once says, and others the next time that it comes.
// A child has a `data-key`; one with `data-always` is always shown. Posts among them are set as large as there is room.

import { fitPost } from "../helpers/fit.js";
import { Rounds } from "../models/rounds.js";

const rounds = new Map(); // name → Rounds, for as long as the page
const here = new Map(); // name → the keys that are in their turn, while such an element is in the page

export class InTurns extends HTMLElement {
  #stops = null;
  #shown = [];

  // Lifecycle

  connectedCallback() {
    this.#stops = new AbortController();
    const { signal } = this.#stops;
    const changed = new MutationObserver(() => this.#choose());
    changed.observe(this, { childList: true });
    const resized = new ResizeObserver(() => this.#choose());
    resized.observe(this);
    signal.addEventListener("abort", () => [changed, resized].forEach((one) => one.disconnect()));
    document.fonts.addEventListener("loadingdone", () => this.#fit(), { signal });
    this.#choose(here.get(this.#name)); // one that follows on itself goes on with whom it shows
  }

  disconnectedCallback() {
    this.#stops?.abort();
    if (here.get(this.#name) === this.#shown) here.delete(this.#name);
  }

  // Internal

  get #name() {
    return this.dataset.turns;
  }

  #choose(stay = this.#shown) {
    if (!rounds.has(this.#name)) rounds.set(this.#name, new Rounds());
    const children = [...this.children];
    const keys = children.map((child) => child.dataset.key);
    const always = children.filter((child) => "always" in child.dataset).map((child) => child.dataset.key);
    const room = Number(getComputedStyle(this).getPropertyValue("--at-once")) || keys.length;
    this.#shown = rounds.get(this.#name).choose(keys, room, { always, stay });
    here.set(this.#name, this.#shown);
    for (const child of children) child.hidden = !this.#shown.includes(child.dataset.key);
    this.#fit();
  }

  #fit() {
    for (const child of this.children) if (!child.hidden) fitPost(child);
  }
}

customElements.define("in-turns", InTurns);
