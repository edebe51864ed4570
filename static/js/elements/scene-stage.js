// The stage of scenes: hangs the scene whose turn it is, prepares the next out of sight, and fades from one to the other.
// To who hangs posts on it, it is what a single wall is: begin, reset, change, frozen, isEmpty, "drawn".

import { clock } from "../helpers/clock.js";
import { element } from "../helpers/fragment.js";
import { painted } from "../helpers/poster.js";
import { hung } from "../models/curtain.js";
import { WHOLE, hangsHere } from "../models/part.js";
import { Scenes } from "../models/scenes.js";
import "./big-post.js";
import "./poster-wall.js";

const LONGEST_TIMER_MS = 3_600_000;
const SHORTEST_TIMER_MS = 50;

/** Fires "drawn" when what is to be seen is another. */
export class SceneStage extends EventTarget {
  #root;
  #feed;
  #scenes = new Scenes();
  #current = null; // {scene, key, element}
  #coming = null; // the same, being prepared out of sight
  #made = new Map(); // key → the element that draws the posts of a scene, from turn to turn
  #pinnedId;
  #part = WHOLE; // of the wall, where several screens show one
  #frozen = false;
  #bare = false;
  #timer = null;
  #transition = null;
  #told = ""; // the id of the direction that is followed, once what it asks for is to be seen

  /** `place` is where an earlier page was among its turns. */
  constructor(root, { feed, place = null }) {
    super();
    this.#root = root;
    this.#feed = feed;
    if (place) this.#scenes.resume(place);
    clock.addEventListener("set", () => this.#current && this.#step());
  }

  // Lifecycle

  /** Begin with the scene whose turn it is; resolves once it is to be seen. */
  async begin(posts, pinnedId) {
    this.#pinnedId = pinnedId;
    const first = this.#root.querySelector("poster-wall");
    const { scene } = this.#next();
    if (first && scene.element === first.localName) this.#keep(keyOf(scene), first);
    else first?.remove();
    await this.#bring(scene, { fade: false });
    this.#step();
  }

  // Actions

  set plan(plan) {
    const stood = this.#stands;
    this.#scenes.take(plan);
    const parted = JSON.stringify(plan.screen?.part ?? WHOLE) !== JSON.stringify(this.#part);
    this.#part = plan.screen?.part ?? WHOLE;
    const keys = new Set((plan.scenes ?? []).map(keyOf));
    for (const key of [...this.#made.keys()]) if (!keys.has(key) && !this.#isUsed(key)) this.#made.delete(key);
    if (!this.#current) return;
    this.#freeze();
    if (parted || (stood && !this.#stands)) this.reset(hung(this.#feed), this.#pinnedId);
    else this.#step();
    this.#settle();
    this.#tell();
  }

  /** Start over from other posts: what is no longer among them is gone when this returns. */
  reset(posts, pinnedId) {
    this.#pinnedId = pinnedId;
    this.#transition?.skipTransition();
    const ids = new Set(posts.map(({ id }) => id));
    for (const { scene, element } of this.#elements) {
      if (scene.element) element.reset(postsOf(scene, this.#here(posts)), pinnedId);
      else for (const article of element.querySelectorAll("article.post")) if (!ids.has(article.dataset.id)) article.remove();
    }
    this.#step();
  }

  /** Take in a change of the feed: what was removed is gone when this returns. */
  change(change, pinnedId) {
    const moves = this.#part.of > 1 && pinnedId !== this.#pinnedId; // from screen to screen
    this.#pinnedId = pinnedId;
    if (change.removed.length > 0) this.#transition?.skipTransition();
    const here = { ...change, added: this.#here(change.added), changed: this.#here(change.changed) };
    for (const { scene, element } of this.#elements) {
      if (scene.element) element.change(scene.posts ? { ...change, added: [] } : here, pinnedId);
      else change.removed.forEach((id) => withoutPost(element, id));
    }
    if (moves) this.reset(hung(this.#feed), pinnedId);
    else this.#step();
  }

  /** Let nothing new be hung and no other scene come, though what is removed still goes. */
  set frozen(frozen) {
    this.#frozen = frozen;
    this.#freeze();
  }

  /** Whether posts alone may be seen, since moderators drew a curtain: the wall then, whoever's turn it is. */
  set bare(bare) {
    this.#bare = bare;
  }

  get isEmpty() {
    return !this.#current || Boolean(this.#current.scene.element && this.#current.element.isEmpty);
  }

  /** Whether a remote control, or a session of the programme, wants nothing but the event's title here. */
  get isBlank() {
    return this.#scenes.direction.blank || (this.#scenes.silent && !this.#bare);
  }

  /** What is shown, as the server is told it: the scene's id, and the post's if it shows one alone. */
  get showing() {
    const { scene, element } = this.#current ?? {};
    return { scene: scene?.id ?? "", post: scene?.posts?.[0].id ?? element?.shownPost ?? "", told: this.#told };
  }

  get place() {
    return this.#scenes.place;
  }

  /** Whether somebody wants just this to be seen now. */
  get isDirected() {
    const { show, held, frozen } = this.#scenes.direction;
    return Boolean(held || frozen || (show && this.#current?.scene.id === (show.scene ?? `post ${show.post?.id}`)));
  }

  // Internal: whose turn it is

  /** Those of some posts that hang on this screen and on no other beside it. */
  #here(posts) {
    return posts.filter(({ id }) => hangsHere(id, this.#part, this.#pinnedId));
  }

  get #elements() {
    return [this.#current, this.#coming].filter(Boolean);
  }

  get #stands() {
    return this.#frozen || this.#scenes.direction.frozen;
  }

  #next() {
    if (this.#bare) return { scene: this.#scenes.wall, until: Infinity };
    return this.#scenes.step(clock.now(), (scene) => this.#news(scene));
  }

  /** What a scene has to show, for the model: null for nothing. */
  #news(scene) {
    if (scene.until && Date.parse(scene.until) <= clock.now()) return null;
    if (!scene.element) return scene.html === null ? null : (scene.news ?? "");
    const drawing = customElements.get(scene.element);
    if (!drawing) return null;
    const posts = this.#here(hung(this.#feed));
    if (drawing.news) return drawing.news(posts, this.#pinnedId, scene.data);
    return posts.length > 0 ? "" : null;
  }

  #step() {
    clearTimeout(this.#timer);
    if (this.#stands && this.#current && !this.#bare) return;
    const silent = this.#scenes.silent;
    const { scene, until } = this.#next();
    if (silent !== this.#scenes.silent) this.#tell();
    const key = keyOf(scene);
    if (key === this.#current?.key) {
      this.#drop(this.#coming);
      this.#settle();
    } else if (key !== this.#coming?.key) {
      this.#bring(scene);
    }
    if (until === Infinity) return;
    const wait = Math.min(Math.max(until - clock.now(), SHORTEST_TIMER_MS), LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => this.#step(), wait);
  }

  #freeze() {
    for (const { scene, element } of this.#elements) if (scene.element) element.frozen = this.#stands;
  }

  // Internal: drawing

  /** Prepare a scene out of sight, then show it. Under a curtain what was there goes first. */
  async #bring(scene, { fade = scene.transition !== "cut" } = {}) {
    this.#drop(this.#coming);
    const brought = { scene, key: keyOf(scene), element: this.#make(scene) };
    this.#coming = brought;
    brought.element.dataset.coming = "";
    if (!brought.element.isConnected) this.#root.prepend(brought.element);
    if (this.#bare) this.#hang(brought);
    if (scene.element) await brought.element.begin(postsOf(scene, this.#here(hung(this.#feed))), this.#pinnedId);
    else await Promise.all([document.fonts.ready, painted(brought.element)]);
    if (this.#coming !== brought) return; // another one came first, or it hangs already
    this.#show(brought, fade);
  }

  #make(scene) {
    const key = keyOf(scene);
    if (scene.element && !this.#made.has(key)) this.#keep(key, document.createElement(scene.element));
    const made = this.#made.get(key) ?? element(scene.html) ?? document.createElement("section");
    made.classList.add("scene");
    if (!scene.element) {
      // One that is out of sight would never load, and who waits for it would wait, and hold all of this, for ever.
      for (const image of made.querySelectorAll("img")) image.loading = "eager";
      return made;
    }
    made.toggleAttribute("data-codes", "codes" in this.#root.dataset);
    made.data = scene.data;
    made.frozen = this.#stands;
    return made;
  }

  #keep(key, made) {
    made.addEventListener("drawn", () => this.#tell());
    this.#made.set(key, made);
  }

  #show(brought, fade) {
    this.#transition?.skipTransition();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const seen = this.#current && fade && !still && !goesOn(this.#current, brought) && document.visibilityState === "visible";
    if (!seen || !document.startViewTransition) {
      this.#hang(brought);
      return;
    }
    document.documentElement.dataset.fades = "scene";
    this.#transition = document.startViewTransition(() => this.#coming === brought && this.#hang(brought));
    this.#transition.ready.catch(() => {});
    const over = this.#transition;
    over.finished.catch(() => {}).then(() => this.#transition === over && delete document.documentElement.dataset.fades);
  }

  #hang(brought) {
    this.#current?.element.remove();
    this.#current = brought;
    this.#coming = null;
    const { scene } = brought;
    delete brought.element.dataset.coming;
    this.#root.dataset.scene = scene.kind;
    this.#root.toggleAttribute("data-whole", !scene.rail);
    this.#settle();
    this.#tell();
  }

  /** What the direction asks for is to be seen, unless something is still being prepared. */
  #settle() {
    if (!this.#coming) this.#told = this.#scenes.direction.id ?? "";
  }

  #drop(coming) {
    if (!coming) return;
    if (coming.element !== this.#current?.element) coming.element.remove();
    this.#coming = null;
  }

  #isUsed(key) {
    return this.#elements.some((one) => one.key === key);
  }

  #tell() {
    this.dispatchEvent(new Event("drawn"));
  }
}

/** What makes a scene another one: its id, and what it draws. */
function keyOf({ id, html, data, posts }) {
  return JSON.stringify([id, html, data, posts?.map((post) => [post.id, post.html])]);
}

/** Whether a scene is the one that hangs with other numbers, and moves them by itself. */
function goesOn(current, brought) {
  return current.scene.id === brought.scene.id && "calm" in brought.element.dataset;
}

/** The posts a scene is about: those of the wall, or its own. */
function postsOf({ posts }, all) {
  return posts ?? all;
}

function withoutPost(root, id) {
  for (const one of root.querySelectorAll(`#post-${CSS.escape(id)}, [data-post="${CSS.escape(id)}"], [data-posts~="${CSS.escape(id)}"]`)) one.remove();
}
