// The bar on top: how many posts stand where, and how the desk is connected.

import { connection, title } from "../models/words.js";

export class Bar {
  #name = document.title;
  #connection = document.querySelector(".connection");
  #words = document.querySelector(".connection__words");

  showCounts(counts) {
    for (const place of document.querySelectorAll("[data-tally]")) {
      const count = String(counts[place.dataset.tally] ?? 0);
      if (place.textContent !== count) place.textContent = count;
    }
    document.title = title(counts.waiting ?? 0, this.#name);
  }

  showConnection(state) {
    const { level, words } = connection(state);
    this.#connection.dataset.level = level;
    if (this.#words.textContent !== words) this.#words.textContent = words;
  }
}
