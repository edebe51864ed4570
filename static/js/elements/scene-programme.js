// <scene-programme>: now and next in each room. The server wrote every session of these days with its times in words;
// this shows those whose hour it is, by the server's clock, and goes on doing so without a server.

import { clock } from "../helpers/clock.js";
import { ngettext } from "../models/gettext.js";
import { alikeSizes, board, label, wait } from "../models/programme.js";

const MOST = 8; // rooms, where the style does not say
const SIZES = [1, 0.9, 0.8, 0.71, 0.63, 0.56, 0.5]; // of a title; what is longer still is cut by its style
const INK = 0.3; // of a line may stand out of its box: marks above and below letters

export class SceneProgramme extends HTMLElement {
  #rooms = [];
  #timer = null;
  #stops = null;

  // Lifecycle

  connectedCallback() {
    this.#stops = new AbortController();
    const { signal } = this.#stops;
    this.#rooms = [...this.querySelectorAll(".programme__room")].map(readRoom);
    const resized = new ResizeObserver(() => this.#fit());
    resized.observe(this);
    signal.addEventListener("abort", () => resized.disconnect());
    document.fonts.addEventListener("loadingdone", () => this.#fit(), { signal });
    this.#tick();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#stops?.abort();
  }

  // Internal

  #tick() {
    const now = clock.now();
    const most = Number(getComputedStyle(this).getPropertyValue("--most")) || MOST;
    const { rooms, over, more } = board(this.#rooms, now, { most });
    const changed = rooms.map((room, place) => show(this.#rooms[place], room, now));
    const seen = rooms.filter((room) => room.seen && !room.house);
    this.dataset.count = String(seen.length);
    this.toggleAttribute("data-has-house", rooms.some((room) => room.seen && room.house));
    this.style.setProperty("--others", Math.max(seen.length - 1, 1));
    this.toggleAttribute("data-has-own", seen.length > 1 && seen.some(({ own }) => own));
    this.querySelector(".programme__end").hidden = !over;
    this.querySelector(".programme__more").textContent = more > 0 ? ngettext("and %(num)s more room", "and %(num)s more rooms", more) : "";
    if (changed.includes(true)) this.#fit();
    this.#timer = setTimeout(() => this.#tick(), wait(this.#rooms, now));
  }

  #fit() {
    const seen = this.#rooms.filter(({ element }) => !element.hidden);
    const sizes = seen.map(fitRoom);
    const small = seen.map((room, place) => ({ room, size: sizes[place] })).filter(({ room }) => !room.own && !room.house);
    const alike = alikeSizes(small.map(({ size }) => size));
    small.forEach(({ room }, place) => room.element.style.setProperty("--size", alike[place]));
  }
}

function readRoom(element) {
  const elements = [...element.querySelectorAll(".slot")];
  const slots = elements.map(({ dataset: { starts, ends, midnight, from, to, weekday } }) => ({
    starts: Date.parse(starts),
    ends: Date.parse(ends),
    midnight: Date.parse(midnight),
    from,
    to,
    weekday,
  }));
  return { element, elements, slots, own: "own" in element.dataset, house: "house" in element.dataset };
}

/** Show a room as it is now; returns whether other sessions than before are seen. */
function show({ element, elements, slots }, { seen, state, now: running, next, beside }, now) {
  element.hidden = !seen;
  element.dataset.state = state;
  element.querySelector(".programme__beside").textContent = beside > 0 ? ngettext("and %(num)s more now", "and %(num)s more now", beside) : "";
  let changed = false;
  elements.forEach((slot, place) => {
    const part = place === running ? "now" : place === next ? "next" : "";
    changed ||= slot.dataset.part !== part;
    slot.dataset.part = part;
    slot.hidden = !part;
    if (part) slot.querySelector(".slot__when").textContent = label(slots[place], now, { brief: place === next && running !== null });
  });
  return changed;
}

/**
 * Set a room's titles as large as it holds them; if even the smallest is too large, then without the speakers, and so on.
 * Returns the size.
 */
function fitRoom(room) {
  for (const tight of ["no", "yes", "very"]) {
    room.element.dataset.tight = tight;
    for (const size of SIZES) {
      room.element.style.setProperty("--size", size);
      if (!overflows(room)) return size;
    }
  }
  return SIZES.at(-1);
}

/** Whether a room does not hold what it shows, or its first title had to be cut. */
function overflows({ element, elements }) {
  const { bottom } = element.getBoundingClientRect();
  const shown = elements.filter((slot) => !slot.hidden);
  return shown.some((slot) => slot.getBoundingClientRect().bottom > bottom + 1) || (shown.length > 0 && isCut(shown[0]));
}

function isCut(slot) {
  const title = slot.querySelector(".slot__title");
  return title.scrollHeight - title.clientHeight > INK * parseFloat(getComputedStyle(title).lineHeight);
}

customElements.define("scene-programme", SceneProgramme);
