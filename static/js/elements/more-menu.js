// The “More” button of a post's card: a list of what else can be done with it, open one at a time, over the page.

const MARGIN_PX = 8;

export class MoreMenu {
  #open = null; // the <details>

  // Lifecycle

  listen() {
    document.addEventListener("click", (event) => this.#click(event), { capture: true });
    // Finding in the page opens one, too.
    document.addEventListener("toggle", ({ target }) => target.matches(".more") && this.#toggled(target), { capture: true });
    document.addEventListener("keydown", (event) => this.#press(event), { capture: true });
    document.addEventListener("focusin", ({ target }) => this.#open && !this.#open.contains(target) && this.#close());
    document.addEventListener("scroll", ({ target }) => this.#open && !this.#open.contains(target) && this.#place(), {
      capture: true,
      passive: true,
    });
    window.addEventListener("resize", () => this.#open && this.#place());
  }

  // Internal

  #toggled(menu) {
    if (!menu.open) {
      if (menu === this.#open) this.#open = null;
      return;
    }
    if (menu !== this.#open) this.#close();
    this.#open = menu;
    this.#place();
  }

  #close() {
    if (this.#open) this.#open.open = false;
    this.#open = null;
  }

  /** Close it, with the focus on its button, to which a dialog then gives it back. */
  #leave() {
    this.#button.focus({ preventScroll: true });
    this.#close();
  }

  #click(event) {
    const { target } = event;
    const menu = target.closest(".more__button")?.parentElement;
    if (menu) {
      event.preventDefault();
      menu.open = !menu.open;
      this.#toggled(menu);
    } else if (this.#present) this.#clickBeside(event);
  }

  /** A press outside only closes it on a phone; elsewhere it is also meant for what lies there. */
  #clickBeside(event) {
    if (event.target.closest(".more__row")) this.#leave();
    else if (!this.#open.contains(event.target)) {
      if (this.#isSheet) stop(event);
      this.#close();
    }
  }

  #press(event) {
    if (!this.#present || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const rows = [...this.#open.querySelectorAll(".more__row")].filter((row) => row.checkVisibility());
    const at = rows.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[key];
    if (next !== undefined) {
      stop(event);
      rows.at(next % rows.length).focus();
    } else if (key === "Escape") {
      stop(event);
      this.#leave();
    } else if (key.length === 1 && key !== " ") {
      // A key of the desk, which may take the card away.
      this.#leave();
    }
  }

  /** Below its button, or above it where that has more room; from its end inwards. */
  #place() {
    const { style } = this.#list;
    const [button, list] = [this.#button.getBoundingClientRect(), this.#list.getBoundingClientRect()];
    const below = window.innerHeight - button.bottom >= list.height + MARGIN_PX || button.top < window.innerHeight / 2;
    const top = below ? button.bottom + MARGIN_PX / 2 : button.top - MARGIN_PX / 2 - list.height;
    const left = getComputedStyle(this.#open).direction === "rtl" ? button.left : button.right - list.width;
    style.setProperty("--more-top", `${within(top, window.innerHeight - list.height)}px`);
    style.setProperty("--more-left", `${within(left, window.innerWidth - list.width)}px`);
  }

  get #button() {
    return this.#open.querySelector(".more__button");
  }

  get #list() {
    return this.#open.querySelector(".more__list");
  }

  get #isSheet() {
    return matchMedia("(width < 56rem)").matches;
  }

  /** Whether one is open, and its card still in the page. */
  get #present() {
    if (this.#open && !this.#open.checkVisibility()) this.#close();
    return Boolean(this.#open);
  }
}

function within(value, most) {
  return Math.max(MARGIN_PX, Math.min(value, most - MARGIN_PX));
}

function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}
