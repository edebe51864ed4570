// The desk's hand on the overlay: what lies over the video now, who sent it, and a post sent there or taken off.

import { get, post } from "../helpers/ask.js";
import { ago } from "../helpers/times.js";
import { _ } from "../models/gettext.js";
import { quoted } from "../models/words.js";

const TICK_MS = 15_000;
const RETRY_MS = 2_000;

export class OverlayDesk {
  #root;
  #url;
  #strip = document.querySelector(".overlaid");
  #spoken = document.querySelector("#spoken");
  #state = null;
  #timer = null;

  constructor(root) {
    this.#root = root;
    this.#url = root.dataset.overlayUrl;
  }

  // Lifecycle

  open() {
    this.#root.addEventListener("overlay", ({ detail }) => this.#turn(detail));
    this.#root.addEventListener("told", ({ detail: { updates, reset } }) => {
      if (reset || updates.some((update) => this.#concerns(update))) this.#look();
      this.#mark();
    });
    this.#strip.addEventListener("click", ({ target }) => this.#click(target.closest("button")));
    setInterval(() => this.#draw(), TICK_MS);
    this.#look();
  }

  // Actions

  /** Send a post over the video, or take it off when it lies there. */
  #turn({ id, hash }) {
    if (!this.#state?.overlays) return;
    if (this.#state.shown?.post === id) this.#send({ act: "off", post: id });
    else this.#send({ act: "show", post: id, hash });
  }

  #click(button) {
    if (button?.dataset.overlaid === "off") this.#send({ act: "off", post: this.#state.shown?.post });
    else if (button?.dataset.form) this.#send({ act: "form", form: button.dataset.form });
  }

  // Internal

  #concerns({ kind, what, id }) {
    return (kind === "arranged" && !what) || kind === "curtained" || (id && id === this.#state?.shown?.post);
  }

  async #send(act) {
    const { status, body } = await post(this.#url, act);
    if (status === 200) {
      this.#take(body);
      return;
    }
    this.#complain(body?.error?.message ?? _("The server did not answer. Look at the overlay, then try again."));
    this.#look();
  }

  async #look() {
    clearTimeout(this.#timer);
    const { status, body } = await get(this.#url);
    if (status === 200 && body) this.#take(body);
    else if (status === 0 || status >= 500) this.#timer = setTimeout(() => this.#look(), RETRY_MS);
  }

  #take(state) {
    if (this.#state && state.version < this.#state.version) return;
    const before = this.#state?.shown?.post;
    this.#state = state;
    if (state.shown && state.shown.post !== before) this.#spoken.textContent = _("On the overlay: %(post)s", { post: quoted(state.shown.words) });
    this.#find(".overlaid__trouble").textContent = "";
    this.#mark();
    this.#draw();
  }

  #complain(words) {
    this.#strip.hidden = false;
    this.#find(".overlaid__trouble").textContent = words;
  }

  #draw() {
    if (!this.#state) return;
    const { shown, form } = this.#state;
    this.#strip.hidden = !shown && !this.#find(".overlaid__trouble").textContent;
    if (!shown) return;
    this.#find(".overlaid__what").textContent = shown.hidden ? _("Behind the curtain, for the overlay") : _("On the overlay");
    this.#find(".overlaid__words").textContent = shown.words || _("A picture");
    const by = _("%(author)s · sent by %(name)s, %(ago)s", { author: shown.name, name: shown.by, ago: ago(Date.parse(shown.since), Date.now()) });
    if (this.#find(".overlaid__by").textContent !== by) this.#find(".overlaid__by").textContent = by;
    for (const button of this.#strip.querySelectorAll("[data-form]")) {
      button.setAttribute("aria-pressed", String(button.dataset.form === form));
    }
  }

  /** The cards say which of them lies there; where no overlay was opened, none offers it. */
  #mark() {
    if (!this.#state) return;
    this.#root.toggleAttribute("data-overlay", this.#state.overlays > 0);
    for (const button of this.#root.querySelectorAll("button[data-act=overlay]")) {
      const there = button.closest(".card").dataset.post === this.#state.shown?.post;
      button.setAttribute("aria-pressed", String(there));
      button.querySelector("span").textContent = there ? _("Off the overlay") : _("To the overlay");
    }
  }

  #find(selector) {
    return this.#strip.querySelector(selector);
  }
}
