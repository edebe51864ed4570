// <overload-line>: says when more posts wait than the wall can show soon, and where all of them are. Otherwise silent.

const MOST = 300; // which is as many as a wall lets wait

export class OverloadLine extends HTMLElement {
  // Lifecycle

  connectedCallback() {
    document.addEventListener("paced", this.#paced);
  }

  disconnectedCallback() {
    document.removeEventListener("paced", this.#paced);
  }

  // Internal

  /** The words stay while the line fades out. */
  #paced = ({ detail }) => {
    if (detail) this.querySelector(".overload__count").textContent = detail.waiting < MOST ? detail.waiting : `over ${MOST - 1}`;
    this.toggleAttribute("data-waiting", detail !== null);
    this.setAttribute("aria-hidden", String(detail === null));
  };
}

customElements.define("overload-line", OverloadLine);
