// <my-posts data-url="…">: shows their author what became of the posts sent from this phone.

import { _ } from "../models/gettext.js";

const ASK_EVERY_MS = 4_000;
const ASK_SELDOM_MS = 30_000; // when nothing waits, a moderator may still take a post off
const WORDS = { approved: _("On the wall"), rejected: _("Not shown"), withdrawn: _("Taken off by you") };
const WAITING = _("Waiting for a moderator");

export class MyPosts extends HTMLElement {
  #timer = null;

  // Lifecycle

  connectedCallback() {
    document.addEventListener("visibilitychange", this.#ask);
    this.#later();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#ask);
  }

  // Internal

  #later() {
    clearTimeout(this.#timer);
    const waits = [...this.querySelectorAll(".mine__post")].some((post) => !(post.dataset.status in WORDS));
    this.#timer = setTimeout(this.#ask, waits ? ASK_EVERY_MS : ASK_SELDOM_MS);
  }

  #ask = async () => {
    if (document.visibilityState === "hidden") return;
    try {
      const response = await fetch(this.dataset.url, { headers: { accept: "application/json" }, cache: "no-store" });
      if (response.ok) for (const post of await response.json()) this.#tell(post);
    } catch {
      // No network in the hall just now; the next time will do.
    }
    this.#later();
  };

  #tell({ id, status, reason }) {
    const shown = this.querySelector(`.mine__post[data-id="${CSS.escape(id)}"]`);
    if (!shown) return;
    const why = shown.querySelector(".mine__reason");
    why.querySelector("q").textContent = reason ?? "";
    why.hidden = !reason;
    if (shown.dataset.status === status) return;
    shown.dataset.status = status;
    if (status === "withdrawn") shown.querySelector(".mine__remove")?.remove();
    shown.querySelector(".mine__status").textContent = WORDS[status] ?? WAITING;
  }
}

customElements.define("my-posts", MyPosts);
