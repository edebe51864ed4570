// <overload-line>: says when more posts wait than the wall can show soon, and where all of them are. Otherwise silent.

import { _ } from "../models/gettext.js";

const CALM_MS = 2_000; // a number that changes with every post is not read, and each change draws the screen
const MOST = 300; // which is as many as a wall lets wait

export class OverloadLine extends HTMLElement {
  #waiting = null;
  #timer = null;

  // Lifecycle

  connectedCallback() {
    document.addEventListener("paced", this.#paced);
  }

  disconnectedCallback() {
    document.removeEventListener("paced", this.#paced);
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  // Internal

  #paced = ({ detail }) => {
    const turns = (detail === null) !== (this.#waiting === null);
    this.#waiting = detail;
    if (turns) this.#say();
    else this.#timer ??= setTimeout(() => this.#say(), CALM_MS);
  };

  /** The words stay while the line fades out. */
  #say() {
    clearTimeout(this.#timer);
    this.#timer = null;
    const isShown = this.#waiting !== null;
    const words = isShown && (this.#waiting.waiting < MOST ? String(this.#waiting.waiting) : _("over %(num)s", { num: MOST - 1 }));
    const count = this.querySelector(".overload__count");
    if (isShown && count.textContent !== words) count.textContent = words;
    this.toggleAttribute("data-waiting", isShown);
    this.setAttribute("aria-hidden", String(!isShown));
  }
}

customElements.define("overload-line", OverloadLine);
