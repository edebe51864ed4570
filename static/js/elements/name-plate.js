// The screen's name, large, so that people in the room see which one it is.

const SHOWN_MS = 10_000;

export class NamePlate {
  #root;
  #plate = null;
  #timer = null;

  constructor(root) {
    this.#root = root;
  }

  // Actions

  show({ name = "", room = "" } = {}) {
    this.hide();
    this.#plate = document.createElement("p");
    this.#plate.className = "name-plate";
    this.#plate.append(part("name-plate__name", name), part("name-plate__room", room));
    this.#root.append(this.#plate);
    this.#timer = setTimeout(() => this.hide(), SHOWN_MS);
  }

  /** At once: what is to be seen now is another thing. */
  hide() {
    clearTimeout(this.#timer);
    this.#plate?.remove();
    this.#plate = null;
  }
}

function part(className, words) {
  const element = document.createElement("bdi");
  element.className = className;
  element.textContent = words;
  return element;
}
