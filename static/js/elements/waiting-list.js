// The list of waiting posts. Cards come and go without the others being touched, so nothing jumps or loses focus. Only
// its beginning is drawn, as far as somebody scrolls and a little further.

import { ngettext } from "../models/gettext.js";

const DRAWN = 60;
const AHEAD = 20; // rows below the post under decision

export class WaitingList {
  #list;
  #rest = document.createElement("li");
  #limit = DRAWN;
  #shown = []; // the posts that are drawn
  #current = null;

  /** Calls `choose(id)` when a person picks a post, and `more()` when they have scrolled to where more is to be drawn. */
  constructor(list, { choose, more }) {
    this.#list = list;
    this.#rest.className = "line__rest quiet";
    list.addEventListener("click", ({ target }) => {
      const card = target.closest(".row")?.closest(".card");
      if (card) choose(card.dataset.post);
    });
    new IntersectionObserver((seen) => {
      if (!seen.at(-1).isIntersecting || this.#rest.hidden) return;
      this.#limit += DRAWN;
      more();
    }).observe(this.#rest);
  }

  // Actions

  /** The posts that are drawn. */
  get shown() {
    return this.#shown;
  }

  /** Show these posts, oldest first, the one under decision marked. */
  show(posts, current) {
    const at = posts.findIndex(({ id }) => id === current);
    const shown = posts.slice(0, Math.max(this.#limit, at + AHEAD));
    const hadFocus = this.#list.contains(document.activeElement);
    this.#put(shown);
    this.#tellRest(posts.length - shown.length);
    this.#mark(shown[at] ?? null);
    if (hadFocus && !this.#list.contains(document.activeElement)) {
      this.#current?.row.focus({ preventScroll: true });
    }
  }

  /**
   * Bring the post under decision into view. The list alone is scrolled, and only where it has a scroll of its own: on a
   * phone the page must stay.
   */
  follow() {
    const card = this.#current?.element;
    if (!card) return;
    const [top, bottom] = [card.offsetTop - this.#list.offsetTop, card.offsetTop - this.#list.offsetTop + card.offsetHeight];
    const { scrollTop, clientHeight } = this.#list;
    if (top < scrollTop) this.#list.scrollTop = top;
    else if (bottom > scrollTop + clientHeight) this.#list.scrollTop = bottom - clientHeight;
    if (this.#list.scrollTop === 0) this.#limit = DRAWN;
  }

  // Internal

  #put(shown) {
    const same = shown.length === this.#shown.length && shown.every((post, place) => post === this.#shown[place]);
    if (same && this.#rest.parentNode) return;
    this.#shown = shown;
    const wanted = new Set(shown.map(({ element }) => element)).add(this.#rest);
    for (const card of [...this.#list.children]) if (!wanted.has(card)) card.remove();
    let place = this.#list.firstElementChild;
    for (const element of wanted) {
      if (element === place) place = place.nextElementSibling;
      else this.#list.insertBefore(element, place);
    }
  }

  #tellRest(count) {
    this.#rest.hidden = count === 0;
    const words = count ? ngettext("%(num)s more below", "%(num)s more below", count) : "";
    if (this.#rest.textContent !== words) this.#rest.textContent = words;
  }

  /** Only the current line is a stop of the Tab key; J, K and the arrows go through the others. */
  #mark(current) {
    if (this.#current && this.#current !== current) this.#current.current = false;
    this.#current = current;
    if (current) current.current = true;
  }
}
