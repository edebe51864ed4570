// The cards on a page of decided posts: which of them one is on, which are held until the server tells, and what became
// of each.

import { tellTimes } from "../helpers/times.js";
import { overtaken } from "../models/words.js";
import { readCard } from "./card.js";

export class DecidedCards {
  #posts;
  #status; // that of the page
  #current = null; // id

  /** `posts` is the page's `Decided`. */
  constructor(posts, status) {
    this.#posts = posts;
    this.#status = status;
  }

  // Lifecycle

  open(list) {
    list?.addEventListener("focusin", ({ target }) => this.take(target.closest(".card")?.dataset.post));
    for (const { element } of this.#posts.values()) element.tabIndex = -1;
    this.take(this.#posts.values()[0]?.id);
  }

  // Actions

  /** The post that one is on. */
  get post() {
    return this.#posts.get(this.#current);
  }

  get id() {
    return this.#current;
  }

  /** What is offered for the current post by this selector, whether or not it is in sight. */
  offer(selector) {
    return this.post?.element.querySelector(selector) ?? null;
  }

  take(id) {
    if (!id || id === this.#current) return;
    this.post?.element.removeAttribute("data-current");
    this.#current = id;
    this.post?.element.setAttribute("data-current", "");
  }

  move(step) {
    const next = this.post && this.#posts.beside(this.post, step);
    if (!next) return;
    this.take(next.id);
    next.element.focus({ preventScroll: true });
    next.element.scrollIntoView({ block: "nearest" });
  }

  /** Until the server has told how the post stands now, nothing else is decided about it here. */
  hold(post, words) {
    for (const button of post.element.querySelectorAll("[data-kind]")) button.setAttribute("aria-disabled", "true");
    this.#posts.hold(post.id);
    note(post, words);
  }

  free(id) {
    this.#posts.free(id);
    const post = this.#posts.get(id);
    if (!post) return;
    for (const button of post.element.querySelectorAll("[data-kind]")) button.removeAttribute("aria-disabled");
    post.element.querySelector(".card__note")?.remove();
  }

  /** Take in what the server tells; `wanted(post)` says whether the page's filter lets it in. */
  follow(update, wanted) {
    const now = update.card ? readCard(update.card) : null;
    const change = this.#posts.follow(update, now, wanted);
    if (!change) return;
    const hadFocus = change.before.element.contains(document.activeElement);
    change.before.element.replaceWith(now.element);
    tellTimes(now.element, Date.now());
    now.element.tabIndex = -1;
    now.element.toggleAttribute("data-current", now.id === this.#current);
    if (hadFocus) now.element.focus({ preventScroll: true });
    if (update.status !== this.#status && !change.mine) note(now, overtaken(update, Date.now()));
  }
}

function note(post, words) {
  let line = post.element.querySelector(".card__note");
  if (!line) {
    line = document.createElement("p");
    line.className = "card__note";
    post.element.append(line);
  }
  line.textContent = words;
}
