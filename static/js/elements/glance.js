// A moment in which no key decides: what came under decision by itself is looked at first.

const GLANCE_MS = 700;

export class Glance {
  #root;
  #until = 0;

  constructor(root) {
    this.#root = root;
  }

  // Actions

  get on() {
    return Date.now() < this.#until;
  }

  begin() {
    this.#until = Date.now() + GLANCE_MS;
    this.#root.toggleAttribute("data-glance", true);
    setTimeout(() => this.#show(), GLANCE_MS);
  }

  end() {
    this.#until = 0;
    this.#show();
  }

  // Internal

  #show() {
    if (!this.on) this.#root.toggleAttribute("data-glance", false);
  }
}
