// The selection of a desk: boxes on the cards, and the bar that decides about all that are selected.

import { _ } from "../models/gettext.js";
import { Marked } from "../models/marked.js";
import { willDo } from "../models/words.js";
import { sure } from "./dialogs.js";

const ASKED_ABOVE = 20;

export class BulkBar {
  #root;
  #bar;
  #posts;
  #free;
  #decide;
  #changed;
  #marked = new Marked();
  #drawn = []; // the posts that are drawn as selected

  /**
   * `posts()` are those shown, `free()` those that nobody else has; `decide(posts, kind, why)` is called for those selected,
   * `changed()` when the selection differs.
   */
  constructor(root, { posts, free = posts, decide, changed }) {
    this.#root = root;
    this.#free = free;
    this.#bar = root.querySelector(".bulk");
    this.#posts = posts;
    this.#decide = decide;
    this.#changed = changed;
    // Before the row or the card takes the press for itself.
    root.addEventListener("click", (event) => this.#click(event), { capture: true });
    this.#bar.addEventListener("click", ({ target }) => this.press(target.closest("[data-bulk]")?.dataset.bulk));
  }

  // Actions

  get any() {
    return this.#marked.size > 0;
  }

  has(id) {
    return this.#marked.has(id);
  }

  toggle(id, marked) {
    if (!id) return;
    this.#marked.toggle(id, marked);
    this.#changed();
  }

  reach(id) {
    if (!id) return;
    this.#marked.reach(this.#posts(), id);
    this.#changed();
  }

  all() {
    this.#marked.all(this.#free());
    this.#changed();
  }

  clear() {
    this.#marked.clear();
    this.#changed();
  }

  /** Decide about all that are selected, if this can be decided here. Returns whether anything is selected. */
  press(kind, why = {}) {
    if (!this.any) return false;
    if (kind && this.#bar.querySelector(`[data-bulk="${kind}"]`)) this.#ask(kind, why);
    return true;
  }

  draw() {
    if (!this.any && !this.#drawn.length) return;
    const posts = this.#posts();
    this.#marked.keep(posts);
    const { size } = this.#marked;
    for (const post of this.#drawn) if (!this.has(post.id)) post.marked = false;
    this.#drawn = this.#marked.among(posts);
    for (const post of this.#drawn) post.marked = true;
    this.#root.toggleAttribute("data-bulk", this.any);
    this.#bar.hidden = !this.any;
    write(this.#bar.querySelector(".bulk__count"), size ? _("%(num)s of %(total)s selected", { num: size, total: posts.length }) : "");
    for (const number of this.#bar.querySelectorAll(".bulk__number")) write(number, String(size));
  }

  // Internal

  async #ask(kind, why) {
    const chosen = this.#marked.among(this.#posts());
    if (chosen.length > ASKED_ABOVE && !(await sure(willDo(kind, chosen.length)))) return;
    // Some may have gone, or changed, while the question stood.
    const posts = new Map(this.#posts().map((post) => [post.id, post]));
    const meant = chosen.filter(({ id, hash }) => posts.get(id)?.hash === hash);
    this.#marked.clear();
    this.#decide(meant, kind, why);
    this.#changed();
  }

  #click(event) {
    const pick = event.target.closest(".pick");
    if (!pick) return;
    event.stopPropagation();
    if (!event.target.matches(".pick__box")) return;
    const { post } = pick.closest(".card").dataset;
    if (event.shiftKey) this.reach(post);
    else this.toggle(post, event.target.checked);
  }
}

function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
