// The line in which the desk says what was done or went wrong, on the page and to a screen reader.

export class Said {
  #line;
  #spoken = document.querySelector("#spoken");
  #undo;

  constructor(root) {
    this.#line = root.querySelector(".decide__said");
    this.#undo = root.querySelector(".decide__undo");
  }

  /** Say it; `level` is "done", "note" or "bad". `more` is for those alone who cannot see what happened. */
  say(words, level = "done", more = "") {
    this.#line.textContent = words;
    this.#line.dataset.level = level;
    this.speak(`${words} ${more}`.trim());
  }

  speak(words) {
    this.#spoken.textContent = words;
  }

  offerUndo(possible) {
    // A button that is disabled under the focus would lose it.
    this.#undo.disabled = !possible && document.activeElement !== this.#undo;
  }
}
