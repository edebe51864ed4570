// <conversation-map>: the picture of who talked with whom, explored. Somebody chosen is lit with those they talk with, and
// told as the table tells of them. The page draws it twice, for a desk and a phone: both follow what is chosen.

import { CloseUp } from "../models/close-up.js";
import { Network } from "../models/network.js";

const STEP = 1.5; // times closer, by a button or key
const WHEEL = 0.002; // of a doubling, for each pixel that a wheel turns
const MOVE = 0.2; // of what is seen, by a key
const REACH_PX = 28; // from a pointer to whom it chooses
const STILL_PX = 6; // that a pointer may tremble while it presses
const ARROWS = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export class ConversationMap extends HTMLElement {
  #view;
  #told;
  #drawings;
  #chosen = null;
  #pointers = new Map();
  #moved = 0;

  // Lifecycle

  connectedCallback() {
    this.#view = this.querySelector("[data-view]");
    this.#told = this.querySelector("[data-chosen]");
    this.#drawings = [...this.querySelectorAll("svg.chart")].map(drawing);
    this.querySelector("[data-bar]").hidden = false;
    this.#view.tabIndex = 0;
    this.#view.role = "application";
    this.#view.ariaLabel = this.#view.dataset.label;
    this.#view.setAttribute("aria-describedby", "network-keys");
    this.addEventListener("click", (event) => this.#act(event.target.closest("[data-do]")?.dataset.do));
    this.#view.addEventListener("keydown", (event) => this.#press(event));
    this.#view.addEventListener("wheel", (event) => this.#turn(event), { passive: false });
    for (const kind of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) {
      this.#view.addEventListener(kind, (event) => this.#point(event));
    }
  }

  // Actions

  /** Choose somebody by number, or nobody: null. */
  choose(number) {
    this.#chosen = number;
    for (const one of this.#drawings) light(one, number);
    this.#told.hidden = number === null;
    this.#told.replaceChildren(...(number === null ? [] : this.#facts(number)));
    if (number !== null) {
      this.#shown.closeUp.show(this.#shown.points[number]);
      this.#draw();
    }
  }

  #act(what) {
    if (what === "closer") this.#shown.closeUp.zoom(STEP);
    else if (what === "farther") this.#shown.closeUp.zoom(1 / STEP);
    else if (what === "whole") this.#shown.closeUp.whole();
    else return false;
    this.#draw();
    return true;
  }

  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { network, closeUp } = this.#shown;
    const arrow = ARROWS[event.key];
    const zoom = { "+": "closer", "=": "closer", "-": "farther", "−": "farther", 0: "whole" }[event.key];
    if (arrow && event.shiftKey) {
      closeUp.move(MOVE * arrow.x, MOVE * arrow.y);
      this.#draw();
    } else if (arrow && this.#chosen !== null) this.choose(network.next(this.#chosen, arrow));
    else if (arrow || event.key === "Home") this.choose(network.ranked[0]);
    else if (event.key === "Escape") this.choose(null);
    else if (!this.#act(zoom)) return;
    event.preventDefault();
  }

  /** Zoom where the pointer is; a page is scrolled as ever until somebody has come into the picture. */
  #turn(event) {
    if (!event.ctrlKey && !this.#view.contains(document.activeElement)) return;
    event.preventDefault();
    this.#shown.closeUp.zoom(2 ** (-event.deltaY * WHEEL), this.#share(event));
    this.#draw();
  }

  #point(event) {
    const before = this.#pointers.get(event.pointerId);
    if (event.type === "pointerdown") {
      if (!this.#pointers.size) this.#moved = 0;
      this.#pointers.set(event.pointerId, spot(event));
    } else if (event.type === "pointermove" && before) this.#drag(event, before);
    else if (before) {
      this.#pointers.delete(event.pointerId);
      if (event.type === "pointerup" && this.#moved < STILL_PX) this.choose(this.#at(event));
    }
  }

  // Internal

  /** The drawing that fits the page. */
  get #shown() {
    return this.#drawings.find(({ svg }) => svg.checkVisibility()) ?? this.#drawings[0];
  }

  /** Move with one pointer, come closer or farther with two. */
  #drag(event, before) {
    const { svg, closeUp } = this.#shown;
    const { width, height } = svg.getBoundingClientRect();
    const now = spot(event);
    const [other] = [...this.#pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    this.#moved += Math.hypot(now.x - before.x, now.y - before.y);
    if (other) closeUp.zoom(apart(now, other) / Math.max(1, apart(before, other)), this.#share(event));
    else if (closeUp.times > 1) closeUp.move((before.x - now.x) / width, (before.y - now.y) / height);
    this.#pointers.set(event.pointerId, now);
    if (this.#moved >= STILL_PX && closeUp.times > 1) this.#view.setPointerCapture(event.pointerId);
    this.#draw();
  }

  #draw() {
    const { svg, closeUp } = this.#shown;
    const { x, y, width, height } = closeUp.box;
    svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    this.#view.classList.toggle("network__view--close", closeUp.times > 1);
  }

  /** Where a pointer is in the drawing that is seen, in shares of it. */
  #share(event) {
    const { left, top, width, height } = this.#shown.svg.getBoundingClientRect();
    return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
  }

  /** Whom a pointer is at. */
  #at(event) {
    const { svg, network, closeUp } = this.#shown;
    const { x, y, width, height } = closeUp.box;
    const share = this.#share(event);
    const within = (REACH_PX * width) / svg.getBoundingClientRect().width;
    return network.at({ x: x + share.x * width, y: y + share.y * height }, within);
  }

  /** What the table says of somebody, each cell below the head of its column. */
  #facts(number) {
    const row = document.querySelector(`[data-row="${number}"]`);
    const heads = [...row.closest("table").tHead.rows[0].cells].map((cell) => cell.textContent);
    const [name, ...cells] = [...row.cells];
    const title = made("p", "network__who", name.cloneNode(true).childNodes);
    const facts = cells.flatMap((cell, place) => [
      made("dt", "quiet", [heads[place + 1]]),
      made("dd", "", cell.cloneNode(true).childNodes),
    ]);
    return [title, made("dl", "network__facts", facts)];
  }
}

function drawing(svg) {
  const people = [...svg.querySelectorAll("[data-person]")].sort((one, other) => one.dataset.person - other.dataset.person);
  const points = people.map(({ dataset }) => {
    const [x, y] = dataset.at.split(" ").map(Number);
    return { x, y };
  });
  const names = [...svg.querySelectorAll("[data-name]")];
  const strands = [...svg.querySelectorAll("[data-ends]")].map((line) => ({ line, ends: line.dataset.ends.split(" ").map(Number) }));
  const ranked = [...document.querySelectorAll("[data-row]")].map(({ dataset }) => Number(dataset.row));
  const network = new Network(points, strands.map(({ ends }) => ends), ranked);
  const { width, height } = svg.viewBox.baseVal;
  return { svg, people, names, points, strands, network, closeUp: new CloseUp({ width, height }) };
}

function light({ svg, people, names, strands, network }, number) {
  const around = network.around(number);
  svg.classList.toggle("network--lit", number !== null);
  people.forEach((one, other) => {
    one.classList.toggle("network__person--chosen", other === number);
    one.classList.toggle("network__person--lit", other === number || around.has(other));
  });
  for (const one of names) {
    const other = Number(one.dataset.name);
    one.classList.toggle("network__label--lit", other === number || around.has(other));
  }
  for (const { line, ends } of strands) line.classList.toggle("network__tie--lit", ends.includes(number));
}

function spot({ clientX, clientY }) {
  return { x: clientX, y: clientY };
}

function apart(one, other) {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

function made(tag, kind, children) {
  const found = document.createElement(tag);
  if (kind) found.className = kind;
  found.append(...children);
  return found;
}

customElements.define("conversation-map", ConversationMap);
