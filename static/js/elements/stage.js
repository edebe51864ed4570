// The stage: the one post under decision, large. Its body is lent by its card and given back.

import { tellTimes } from "../helpers/times.js";
import { reveal } from "./card.js";

export class Stage {
  #root;
  #holder;
  #post = null;
  #note = null;
  #scrolled = false; // asking the page itself would have it laid out at once
  #narrow = matchMedia("(width < 56rem)");

  constructor(root) {
    this.#root = root;
    this.#holder = root.querySelector(".stage__post");
    this.#holder.addEventListener("click", (event) => this.#uncover(event));
    this.#holder.addEventListener("scroll", () => (this.#scrolled = true), { passive: true });
  }

  // Actions

  /** Show a post, or none, and above it a note on what happened to it meanwhile. */
  show(post, { note = null, gone = false } = {}) {
    if (post?.body !== this.#post?.body) this.#put(post);
    this.#post = post;
    this.#holder.hidden = !post;
    this.#cover(Boolean(post?.covered));
    this.#holder.toggleAttribute("data-gone", gone);
    this.#write(note);
  }

  /** Say how old it is by now. */
  tellTimes() {
    tellTimes(this.#holder, Date.now());
  }

  get covered() {
    return this.#holder.hasAttribute("data-covered");
  }

  focus() {
    this.#holder.focus({ preventScroll: true });
  }

  reveal() {
    if (this.covered) reveal(this.#holder);
  }

  // Internal

  #put(post) {
    if (this.#post) this.#post.element.append(this.#post.body);
    this.#holder.replaceChildren(...(post ? [post.body] : []));
    this.#holder.dataset.size = post?.element.dataset.size ?? "";
    this.#note = null;
    this.tellTimes();
    // The same words and pictures in a newer card: what was revealed stays so.
    if (post && post.id === this.#post?.id && post.hash === this.#post.hash) {
      reveal(this.#holder, "revealed" in this.#holder.dataset);
      return;
    }
    reveal(this.#holder, false);
    if (this.#scrolled) this.#holder.scrollTop = 0;
    this.#scrolled = false;
    // On a phone, where the page scrolls, the next post begins at its beginning.
    if (this.#narrow.matches && this.#root.getBoundingClientRect().top < 0) this.#root.scrollIntoView();
  }

  /** What was revealed is covered again once there is a new reason to. */
  #cover(covered) {
    if (covered === this.covered) return;
    this.#holder.toggleAttribute("data-covered", covered);
    if (!covered) reveal(this.#holder, false);
  }

  #write(note) {
    if (!note) {
      this.#note?.remove();
      this.#note = null;
      return;
    }
    if (!this.#note) {
      this.#note = document.createElement("p");
      this.#note.className = "stage__note";
      this.#holder.prepend(this.#note);
    }
    if (this.#note.textContent !== note) this.#note.textContent = note;
  }

  /** The first press on a covered picture shows it, and only the next one opens it. */
  #uncover(event) {
    if (!this.covered || "revealed" in this.#holder.dataset || !event.target.closest(".post__picture")) return;
    event.preventDefault();
    this.reveal();
  }
}
