// <poll-bars data-poll="id">: what came of a poll. One that follows on another of the same poll grows on from its bars.

const lengths = new Map(); // id of a poll → Map of choice → width, for as long as the page

export class PollBars extends HTMLElement {
  // Lifecycle

  connectedCallback() {
    const before = lengths.get(this.dataset.poll);
    const bars = [...this.querySelectorAll("[data-choice]")].map((row) => [row.dataset.choice, row.querySelector("rect")]);
    const after = bars.map(([choice, bar]) => [choice, bar.getAttribute("width")]);
    lengths.set(this.dataset.poll, new Map(after));
    if (!before) return;
    for (const [choice, bar] of bars) bar.setAttribute("width", before.get(choice) ?? "0");
    this.getBoundingClientRect(); // laid out as it was, so that what follows is seen to grow
    requestAnimationFrame(() => bars.forEach(([, bar], place) => bar.setAttribute("width", after[place][1])));
  }
}

customElements.define("poll-bars", PollBars);
