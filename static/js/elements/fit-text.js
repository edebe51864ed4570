// <fit-text>: sets its one child as large as the box takes, and never smaller than the last row can read.

const STEPS = [15, 13, 11.5, 10, 9, 8, 7, 6.2, 5.5, 4.9, 4.4, 4, 3.6, 3.2]; // in hundredths of the picture's shorter side

export class FitText extends HTMLElement {
  #stops = null;

  // Lifecycle

  connectedCallback() {
    this.#stops = new AbortController();
    const { signal } = this.#stops;
    const resized = new ResizeObserver(() => this.#fit());
    resized.observe(this);
    signal.addEventListener("abort", () => resized.disconnect());
    document.fonts.addEventListener("loadingdone", () => this.#fit(), { signal });
    this.#fit();
  }

  disconnectedCallback() {
    this.#stops?.abort();
  }

  // Internal

  #fit() {
    const words = this.firstElementChild;
    for (const step of STEPS) {
      words.style.fontSize = `max(${step} * var(--unit), var(--type))`;
      if (this.scrollHeight <= this.clientHeight + 1 && this.scrollWidth <= this.clientWidth + 1) return;
    }
  }
}

customElements.define("fit-text", FitText);
