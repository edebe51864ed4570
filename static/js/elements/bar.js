// The bar on top: how many posts stand where, and how the desk is connected.

import { connection, leaveRequests, title } from "../models/words.js";

export class Bar {
  #name = document.title;
  #tallies = document.querySelectorAll("[data-tally]");
  #leaveRequests = document.querySelectorAll("[data-leave-requests]");
  #connection = document.querySelector(".connection");
  #words = document.querySelector(".connection__words");

  showCounts(counts) {
    for (const place of this.#tallies) {
      const count = String(counts[place.dataset.tally] ?? 0);
      if (place.textContent !== count) place.textContent = count;
    }
    const words = title(counts.waiting ?? 0, this.#name);
    if (document.title !== words) document.title = words;
  }

  /** Say how many ask to be left out; of none, nothing is said. */
  showLeaveRequests(count) {
    for (const link of this.#leaveRequests) {
      link.hidden = !count;
      link.textContent = leaveRequests(count);
    }
  }

  showConnection(state) {
    const { level, words } = connection(state);
    if (this.#connection.dataset.level !== level) this.#connection.dataset.level = level;
    if (this.#words.textContent !== words) this.#words.textContent = words;
  }
}
