// The list of waiting posts. Cards come and go without the others being touched, so nothing jumps or loses focus.

export class WaitingList {
  #list;

  /** Calls `choose(id)` when a person picks a post. */
  constructor(list, choose) {
    this.#list = list;
    list.addEventListener("click", ({ target }) => {
      const card = target.closest(".row")?.closest(".card");
      if (card) choose(card.dataset.post);
    });
  }

  // Actions

  /** Show these posts, oldest first, the one under decision marked; `follow` brings that one into view. */
  show(posts, current, { follow = false } = {}) {
    const hadFocus = this.#list.contains(document.activeElement);
    const wanted = new Set(posts.map((post) => post.element));
    for (const card of [...this.#list.children]) if (!wanted.has(card)) card.remove();
    let place = this.#list.firstElementChild;
    for (const { element } of posts) {
      if (element === place) place = place.nextElementSibling;
      else this.#list.insertBefore(element, place);
    }
    for (const { id, element } of posts) this.#mark(element, id === current);
    const card = this.#list.querySelector(".card[data-current]");
    if (follow && card) this.#bring(card);
    if (hadFocus && !this.#list.contains(document.activeElement)) {
      card?.querySelector(".row").focus({ preventScroll: true });
    }
  }

  // Internal

  /** Scroll the list alone, and only where it has a scroll of its own: on a phone the page must stay. */
  #bring(card) {
    const [top, bottom] = [card.offsetTop - this.#list.offsetTop, card.offsetTop - this.#list.offsetTop + card.offsetHeight];
    if (top < this.#list.scrollTop) this.#list.scrollTop = top;
    else if (bottom > this.#list.scrollTop + this.#list.clientHeight) this.#list.scrollTop = bottom - this.#list.clientHeight;
  }

  /** Only the current line is a stop of the Tab key; J, K and the arrows go through the others. */
  #mark(card, current) {
    const row = card.querySelector(".row");
    const marked = row.tabIndex === (current ? 0 : -1) && card.hasAttribute("data-current") === current;
    if (marked) return;
    card.toggleAttribute("data-current", current);
    row.tabIndex = current ? 0 : -1;
    if (current) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}
