// <private-thread data-url="…">: brings what is said up to date, piece by piece, so that nothing that is being read,
// ticked or written moves or is lost.

import { element } from "../helpers/fragment.js";
import { ngettext } from "../models/gettext.js";
import { patches, pause } from "../models/patches.js";

const LEAST_MS = 3_000;
const MOST_MS = 20_000;

export class PrivateThread extends HTMLElement {
  #timer = null;
  #quiet = 0;
  #written = new Map(); // each piece as the server wrote it, by its id

  // Lifecycle

  connectedCallback() {
    for (const piece of pieces(this)) this.#written.set(piece.id, piece.outerHTML);
    document.addEventListener("visibilitychange", this.#wake);
    this.#later();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#wake);
  }

  // Internal

  get #said() {
    return this.querySelector(".said");
  }

  #wake = () => {
    this.#quiet = 0;
    if (document.visibilityState === "visible") this.#ask();
  };

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#ask, pause(this.#quiet, { least: LEAST_MS, most: MOST_MS, random: Math.random }));
  }

  #ask = async () => {
    clearTimeout(this.#timer);
    if (document.visibilityState === "hidden") return;
    this.#quiet += 1;
    try {
      const response = await fetch(`${this.dataset.url}?version=${this.#said.dataset.version}`, { cache: "no-store" });
      if (response.status === 404) return location.reload(); // left, erased, or no member any more
      if (response.status === 200) this.#show(element(await response.text()));
    } catch {
      // No network just now; the next time will do.
    }
    this.#later();
  };

  #show(fresh) {
    if (!fresh) return;
    this.#quiet = 0;
    const found = new Map(pieces(fresh).map((piece) => [piece.id, piece]));
    const after = [...found].map(([key, piece]) => ({ key, html: piece.outerHTML }));
    const { changed, added, removed } = patches(this.#written, after);
    this.#written = new Map(after.map(({ key, html }) => [key, html]));
    for (const key of removed) document.getElementById(key)?.remove();
    for (const { key } of changed) this.#renew(document.getElementById(key), found.get(key));
    for (const { key } of added) {
      const piece = found.get(key);
      const list = piece.matches(".proposal") ? ".said__proposals" : ".said__list";
      piece.classList.add("appears");
      this.querySelector(list).append(piece);
    }
    this.#said.dataset.version = fresh.dataset.version;
    if (this.#said.dataset.people !== fresh.dataset.people) return this.#begin(fresh.dataset.people);
    this.#announce(added.filter(({ key }) => key.startsWith("message-")).length);
  }

  /** What somebody is writing in, or has ticked, stays as it is until they are done. */
  #renew(before, after) {
    if (!before) return;
    const ticked = before.querySelector("input:checked");
    if (before.contains(document.activeElement) && before.querySelector("details[open]")) return;
    before.replaceWith(after);
    const box = after.querySelector("input[type=checkbox]");
    if (ticked && box) box.checked = true;
  }

  /** Who is here decides what else is in the page; it is fetched anew, unless somebody is writing or choosing. */
  #begin(people) {
    const busy = document.querySelector("#text")?.value || document.querySelector("[form=chosen]:checked, .private__fold[open]");
    if (busy) this.#said.dataset.people = people;
    else location.reload();
  }

  #announce(count) {
    if (count === 0) return;
    document.querySelector("[data-announce]").textContent = ngettext("A new message", "%(num)s new messages", count);
  }
}

function pieces(root) {
  return [...root.querySelectorAll(".said__one, .proposal")];
}

customElements.define("private-thread", PrivateThread);
