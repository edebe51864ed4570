// The buttons below the post under decision: whether they can be pressed, and whether its author is trusted.

const DECIDING = ["approve", "reject", "pin", "stash"];

export class DecideButtons {
  #root;
  #deciding;
  #trust;
  #next;

  constructor(root) {
    const button = (name) => root.querySelector(`.decide__${name}`);
    this.#root = root;
    this.#deciding = DECIDING.map(button);
    this.#trust = button("trust");
    this.#next = button("next");
  }

  // Actions

  /** Show them for what is under decision. */
  show({ post, decidable, gone }) {
    for (const button of this.#deciding) put(button, "aria-disabled", !decidable);
    put(this.#trust, "aria-pressed", Boolean(post?.trusted));
    this.#next.hidden = !gone;
    this.#root.toggleAttribute("data-gone", gone);
  }
}

function put(button, name, value) {
  if (button.getAttribute(name) !== String(value)) button.setAttribute(name, String(value));
}
