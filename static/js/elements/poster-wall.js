// <poster-wall>: hangs posts on the screen. Slots decide where and when; this draws their layout and sizes the type.

import { fitPost } from "../helpers/fit.js";
import { painted, poster } from "../helpers/poster.js";
import { Slots } from "../models/slots.js";

export class PosterWall extends HTMLElement {
  #slots = null;
  #now = null; // columns and rows
  #posters = new Map(); // id → {element, slot}
  #painting = new Set(); // ids whose pictures are on their way
  #cards = new Map(); // id → the card it hangs in
  #drawn = "";
  #timer = null;
  #transition = null;
  #hung = null; // stops the listeners of one turn on the stage
  #frozen = false;

  // Lifecycle

  connectedCallback() {
    this.classList.add("wall");
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#hung?.abort();
  }

  // Actions

  /** Begin with these posts, newest first, and this pinned one: each time that it is hung. */
  async begin(posts, pinnedId) {
    this.#posters.clear();
    this.#painting.clear();
    this.#cards.clear();
    delete this.dataset.ready;
    this.#now = this.#shape();
    this.#slots = new Slots(this.#now);
    this.replaceChildren();
    const first = this.#prepare(posts);
    this.#slots.reset(first.map((one) => one.slot));
    this.#pin(pinnedId);
    this.#slots.step(performance.now());
    const shown = this.#slots.layout.flat().map((card) => this.#posters.get(card.id).element);
    await Promise.all([document.fonts.ready, ...shown.map(painted)]);
    if (!this.isConnected) return;
    this.dataset.ready = "";
    this.#step({ fade: false });
    this.#listen();
  }

  /** Start over from a snapshot: keep in place what is still there. */
  reset(posts, pinnedId) {
    const ids = new Set(posts.map((post) => post.id));
    this.#painting.clear();
    for (const id of [...this.#posters.keys()]) if (!ids.has(id)) this.#take(id);
    posts.filter((post) => this.#posters.has(post.id)).forEach((post) => this.#renew(post));
    this.#prepare(posts.filter((post) => !this.#posters.has(post.id)));
    this.#slots.reset(posts.map((post) => this.#posters.get(post.id)?.slot).filter(Boolean));
    this.#pin(pinnedId);
    this.#step({ fade: false });
  }

  /** Take in what changed: new posts wait for their turn, removed ones go at once. */
  async change({ added, changed, removed }, pinnedId) {
    removed.forEach((id) => this.#take(id));
    changed.forEach((post) => this.#renew(post));
    if (removed.length > 0 || changed.length > 0) {
      this.#pin(pinnedId);
      this.#step({ fade: removed.length === 0 });
    }
    const fresh = this.#prepare(added);
    fresh.forEach((one) => this.#painting.add(one.slot.id));
    await Promise.all(fresh.map((one) => painted(one.element)));
    for (const { slot: { id } } of fresh) if (this.#painting.delete(id)) this.#slots.post(this.#posters.get(id).slot);
    this.#pin(pinnedId);
    this.#step();
  }

  /** Let nothing new be hung and nothing give way, though what is removed still goes. */
  set frozen(frozen) {
    if (frozen === this.#frozen) return;
    this.#frozen = frozen;
    this.#transition?.skipTransition();
  }

  /** The look has changed: hang and set everything by what it is now. */
  refit() {
    if (this.#now) this.#reshape();
  }

  get isEmpty() {
    return this.#slots === null || this.#slots.layout.length === 0;
  }

  // Internal: posts

  get #shows() {
    return { codes: "codes" in this.dataset };
  }

  #prepare(posts) {
    const prepared = [];
    for (const post of posts) {
      const one = poster(post, this.#shows);
      if (!one) continue;
      this.#posters.set(post.id, one);
      prepared.push(one);
    }
    return prepared;
  }

  #renew(post) {
    if (!this.#posters.has(post.id) && !post.pinned) return;
    const after = poster(post, this.#shows);
    if (!after) {
      this.#take(post.id); // nothing of it is left to show, and what stood there is no longer so
      return;
    }
    this.#posters.set(post.id, after);
    this.#slots.change(after.slot);
    const card = this.#cards.get(post.id);
    if (!card) return;
    card.replaceChildren(after.element);
    fitPost(card);
  }

  #take(id) {
    this.#transition?.skipTransition();
    this.#slots.remove(id);
    this.#painting.delete(id);
    this.#posters.delete(id);
    this.#cards.get(id)?.remove();
    this.#cards.delete(id);
  }

  #pin(id) {
    this.#slots.pin(this.#posters.get(id)?.slot ?? null);
  }

  // Internal: drawing

  #step({ fade = true } = {}) {
    clearTimeout(this.#timer);
    const wait = this.#frozen ? null : this.#slots.step(performance.now());
    this.#draw(fade);
    if (wait !== null) this.#timer = setTimeout(() => this.#step(), Math.max(wait, 50));
  }

  #draw(fade) {
    const layout = this.#slots.layout;
    const drawing = JSON.stringify(layout);
    if (drawing === this.#drawn && this.childElementCount > 0) return;
    this.#drawn = drawing;
    this.#forget(layout);
    const hang = () => this.#hang(this.#slots.layout);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (fade && !still && document.startViewTransition && document.visibilityState === "visible") {
      this.#transition = document.startViewTransition(hang);
      this.#transition.finished.catch(() => {});
      this.#transition.ready.catch(() => {});
    } else {
      this.#transition?.skipTransition();
      hang();
    }
    this.dispatchEvent(new CustomEvent("drawn"));
  }

  #hang(layout) {
    const columns = layout.map((cards) => {
      const column = document.createElement("div");
      column.className = "wall__column";
      column.append(...cards.map((card) => this.#card(card)));
      return column;
    });
    this.replaceChildren(...columns);
    this.#fit();
  }

  #card({ id, weight }) {
    const card = this.#cards.get(id) ?? document.createElement("div");
    card.className = "wall__card";
    card.style.setProperty("--weight", String(weight));
    const { element } = this.#posters.get(id);
    if (card.firstElementChild !== element) card.replaceChildren(element);
    this.#cards.set(id, card);
    return card;
  }

  #fit() {
    for (const card of this.#cards.values()) if (card.isConnected) fitPost(card);
  }

  /** Keep no element that the wall could not show again. */
  #forget(layout) {
    const shown = new Set(layout.flat().map((card) => card.id));
    for (const id of [...this.#cards.keys()]) if (!shown.has(id)) this.#cards.delete(id);
    for (const id of [...this.#posters.keys()]) {
      if (!this.#slots.knows(id) && !this.#painting.has(id)) this.#posters.delete(id);
    }
  }

  #listen() {
    this.#hung?.abort();
    this.#hung = new AbortController();
    const { signal } = this.#hung;
    const resized = new ResizeObserver(() => this.#reshape());
    resized.observe(this);
    signal.addEventListener("abort", () => resized.disconnect());
    document.fonts.addEventListener("loadingdone", () => this.#fit(), { signal });
  }

  #shape() {
    const style = getComputedStyle(this);
    return { columns: Number(style.getPropertyValue("--columns")), rows: Number(style.getPropertyValue("--rows")) };
  }

  #reshape() {
    const shape = this.#shape();
    if (shape.columns === this.#now.columns && shape.rows === this.#now.rows) {
      this.#fit();
      return;
    }
    this.#now = shape;
    this.#slots.resize(shape);
    this.#step({ fade: false });
  }
}

customElements.define("poster-wall", PosterWall);
