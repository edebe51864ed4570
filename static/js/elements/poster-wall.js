// <poster-wall>: hangs posts on the screen. Which, where and when is decided in models; this draws it and sizes the type.

import { differInCount, recount } from "../helpers/counted.js";
import { Posters } from "../helpers/posters.js";
import { Hanging } from "../models/hanging.js";
import { Sponsors } from "../models/sponsors.js";
import { WallShape } from "./wall-shape.js";

/** Fires "drawn" when it hangs otherwise, and "paced" (it bubbles) with {waiting} or null when more waits than fits. */
export class PosterWall extends WallShape {
  #hanging = null;
  #now = null; // columns and rows
  #data = null;
  #sponsors = new Sponsors();
  #posters = new Posters({
    shows: () => ({ codes: "codes" in this.dataset }),
    facts: (facts) => this.facts(facts),
    besides: (id) => this.#sponsors.html(id),
    prepare: (article) => this.prepare(article),
  });
  #cards = new Map(); // id → the card it hangs in
  #drawn = "";
  #waiting = 0;
  #timer = null;
  #turn = 0; // of drawing; one that waits for pictures is overtaken by the next
  #isPainting = false;
  #transition = null;
  #hung = null; // stops the listeners of one turn on the stage
  #frozen = false;
  #pinnedId; // the post that stays, or came first, because it is pinned

  // Lifecycle

  connectedCallback() {
    this.classList.add("wall");
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#hung?.abort();
    this.#waiting = 0;
    this.#clear(); // what is out of sight holds no pictures
    document.dispatchEvent(new CustomEvent("paced", { detail: null }));
  }

  // Actions

  /** Begin with these posts, newest first, and this pinned one: each time that it is hung. */
  async begin(posts, pinnedId) {
    this.#clear();
    delete this.dataset.ready;
    this.#now = this.shape();
    // From turn to turn, it remembers who was seen.
    this.#hanging ??= new Hanging({ ...this.#now, ...this.pace, sponsors: this.#sponsors });
    this.#hanging.resize(this.#now);
    this.#hanging.reset(this.#posters.learn(posts.filter((post) => this.wants(post))), performance.now());
    this.#pinnedId = undefined;
    this.#pin(pinnedId);
    this.#hanging.step(performance.now());
    await Promise.all([document.fonts.ready, ...this.ids.map((id) => this.#posters.poster(id).painted)]);
    if (!this.isConnected) return;
    this.dataset.ready = "";
    this.#step({ fade: false });
    this.#listen();
  }

  /** Start over from a snapshot: keep in place what is still there. */
  reset(posts, pinnedId) {
    const wanted = posts.filter((post) => this.wants(post));
    const ids = new Set(wanted.map((post) => post.id));
    for (const id of this.#posters.ids) if (!ids.has(id)) this.#take(id);
    wanted.filter((post) => this.#posters.knows(post.id)).forEach((post) => this.#renew(post));
    this.#posters.learn(wanted.filter((post) => !this.#posters.knows(post.id)));
    const facts = wanted.map((post) => this.#posters.facts(post.id)).filter(Boolean);
    this.#hanging.reset(facts, performance.now());
    this.#pin(pinnedId);
    this.#step({ fade: false });
  }

  /** Take in what changed: new posts wait for their turn, removed ones go at once. */
  change({ added, changed, removed }, pinnedId) {
    const [here, others] = parted(added, (post) => this.#hanging.knows(post.instead_of));
    here.forEach((post) => this.#replace(post));
    removed.forEach((id) => this.#take(id));
    changed.forEach((post) => this.#renew(post));
    const wanted = others.filter((post) => this.wants(post));
    this.#posters.learn(wanted).forEach((facts) => this.#hanging.post(facts, performance.now()));
    this.#pin(pinnedId);
    this.#step({ fade: removed.length === 0 });
  }

  /** What the plan says besides posts: {sponsors, …} or null. */
  get data() {
    return this.#data;
  }

  set data(data) {
    this.#data = data;
    this.#sponsors.take(data?.sponsors);
  }

  /** Let nothing new be hung and nothing give way, though what is removed still goes. */
  set frozen(frozen) {
    if (frozen === this.#frozen) return;
    this.#frozen = frozen;
    if (frozen && this.#isPainting) this.#draw({ fade: false }); // it was its turn before that
    this.#transition?.skipTransition();
  }

  /** The look has changed: hang and set everything by what it is now. */
  refit() {
    if (this.#now) this.#reshape();
  }

  get isEmpty() {
    return this.#hanging === null || this.#hanging.layout.length === 0;
  }

  /** The ids of the posts that hang. */
  get ids() {
    return this.#hanging?.layout.flat().map((card) => card.id) ?? [];
  }

  /** The id of the post that stays or came first because it is pinned, if any. */
  get pinnedId() {
    return this.#pinnedId;
  }

  // Internal: posts

  #renew(post) {
    const [before, shown] = [this.#posters.html(post.id), this.#posters.hanging(post.id)];
    if (!this.wants(post)) {
      if (before !== undefined) this.#take(post.id);
      return;
    }
    if (before === undefined && !post.pinned) return;
    const after = this.#posters.read(post);
    if (!after) {
      this.#take(post.id); // nothing of it is left to show, and what stood there is no longer so
      return;
    }
    this.#hanging.change(after.facts, performance.now());
    if (!shown || before === post.html) return;
    if (differInCount(before, post.html)) {
      recount(shown.element, after);
      this.#fit(); // an answer below leaves the words less room
      return;
    }
    this.#posters.renew(post.id);
    const card = this.#cards.get(post.id);
    if (!card) return;
    card.replaceChildren(this.#posters.poster(post.id).element);
    this.#fit();
  }

  /** What was shown as a copy is shown as its original from now on, on the same card. */
  #replace(post) {
    const id = post.instead_of;
    const [read] = this.wants(post) ? this.#posters.learn([post]) : [];
    if (!read) return;
    this.#hanging.replace(id, read, performance.now());
    this.#posters.forget(id);
    const card = this.#cards.get(id);
    if (!card) return;
    this.#cards.delete(id);
    this.#cards.set(post.id, card);
    card.replaceChildren(this.#posters.poster(post.id).element);
    this.#drawn = "";
    this.#fit();
  }

  /** Take a post off at once. Its card stays bare until the next one is painted, so that nothing around it jumps. */
  #take(id) {
    this.#transition?.skipTransition();
    this.#hanging.remove(id);
    this.#posters.forget(id);
    this.#cards.get(id)?.replaceChildren();
    if (this.#cards.delete(id)) this.#drawn = "";
  }

  #pin(id) {
    const [pinned, now] = [this.#posters.facts(id), performance.now()];
    const comes = this.pinned === "first" && !this.#frozen && id !== this.#pinnedId;
    if (!comes && this.pinned !== "stays") return;
    this.#pinnedId = id;
    this.#hanging.pin(pinned, now);
    if (!comes) return;
    this.#hanging.step(now);
    this.#hanging.pin(null, now); // it has come, and gives way when it has been read
  }

  #clear() {
    this.#cards.forEach(release);
    this.#cards.clear();
    this.#posters.clear();
    this.replaceChildren();
    this.#drawn = "";
  }

  // Internal: drawing

  #step({ fade = true } = {}) {
    clearTimeout(this.#timer);
    const wait = this.#frozen ? null : this.#hanging.step(performance.now());
    this.#posters.trim({ mayCome: (id) => this.#hanging.knows(id), hang: new Set(this.ids) });
    this.#tell();
    this.#drawWhenPainted(fade);
    if (wait !== null) this.#timer = setTimeout(() => this.#step(), Math.max(wait, 50));
  }

  /** Draw at once where all is painted, else as soon as it is. */
  #drawWhenPainted(fade) {
    const turn = (this.#turn += 1);
    const unpainted = this.ids.map((id) => this.#posters.poster(id)).filter((one) => !one.isPainted);
    this.#isPainting = unpainted.length > 0;
    if (!this.#isPainting) this.#draw({ fade });
    else Promise.all(unpainted.map((one) => one.painted)).then(() => turn === this.#turn && this.#draw({ fade }));
  }

  #draw({ fade }) {
    this.#turn += 1;
    this.#isPainting = false;
    const layout = this.#hanging.layout;
    const drawing = JSON.stringify([layout, this.#pinnedId]);
    if (drawing === this.#drawn && this.childElementCount > 0) return;
    this.#drawn = drawing;
    const now = performance.now();
    this.ids.filter((id) => !this.#cards.has(id)).forEach((id) => this.#hanging.seen(id, now));
    const hang = () => this.isConnected && this.#hang(this.#hanging.layout); // a transition may begin when it is gone
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
    const drawn = new Set();
    const cards = this.draw(layout, (place) => {
      drawn.add(place.id);
      return this.#card(place);
    });
    for (const [id, card] of [...this.#cards]) {
      if (drawn.has(id)) continue;
      release(card);
      this.#cards.delete(id);
    }
    this.replaceChildren(...cards);
    this.#fit();
  }

  #card({ id, weight }) {
    const card = this.#cards.get(id) ?? document.createElement("div");
    card.className = "wall__card";
    card.style.setProperty("--weight", String(weight));
    const { element } = this.#posters.poster(id);
    if (card.firstElementChild !== element) card.replaceChildren(element);
    this.#cards.set(id, card);
    return card;
  }

  /** Size what hangs; `anew` also what is as it was, since what it goes by may be otherwise. */
  #fit({ anew = false } = {}) {
    this.fit(this.#cards, { anew });
  }

  #tell() {
    const waiting = this.#hanging.overload?.waiting ?? 0;
    if (waiting === this.#waiting) return;
    this.#waiting = waiting;
    this.dispatchEvent(new CustomEvent("paced", { bubbles: true, detail: waiting ? { waiting } : null }));
  }

  #listen() {
    this.#hung?.abort();
    this.#hung = new AbortController();
    const { signal } = this.#hung;
    const resized = new ResizeObserver(() => this.#reshape());
    resized.observe(this);
    signal.addEventListener("abort", () => resized.disconnect());
    document.fonts.addEventListener("loadingdone", () => this.#fit({ anew: true }), { signal });
  }

  #reshape() {
    const shape = this.shape();
    if (shape.columns === this.#now.columns && shape.rows === this.#now.rows) {
      this.#fit({ anew: true });
      return;
    }
    this.#now = shape;
    this.#hanging.resize(shape);
    this.#step({ fade: false });
  }
}

/** A list as two: what passes, and what does not. */
function parted(list, passes) {
  return [list.filter(passes), list.filter((one) => !passes(one))];
}

/** Let go of the pictures of a card that is about to leave: decoded, one of a hall's is thirty megabytes. */
function release(card) {
  // Chromium holds for ever an image that loses its source once it has left.
  for (const image of card.querySelectorAll("img")) image.removeAttribute("src");
}

customElements.define("poster-wall", PosterWall);
