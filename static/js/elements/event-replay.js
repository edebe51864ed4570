// <event-replay>: goes through an event without loading the page anew. The address is that of the moment that is shown.

import { element } from "../helpers/fragment.js";
import { Playback } from "../models/playback.js";

const TICK_MS = 250;
const CALM_TICK_MS = 2_000; // for whoever wants no motion: fewer, larger steps
const ASK_MS = 150; // after somebody has slid
const PLAYING_ASK_MS = 1_000;
const TIMEOUT_MS = 10_000;
const FAR = 900; // seconds, by an arrow with Shift
const SIDES = { ArrowLeft: -1, ArrowRight: 1 };

export class EventReplay extends HTMLElement {
  #slider;
  #playback;
  #clock;
  #ticks = null;
  #asking = null;
  #wanted = false;

  // Lifecycle

  connectedCallback() {
    this.#slider = this.querySelector("[type=range]");
    const { min, max, value } = this.#slider;
    this.#playback = new Playback({ begins: Number(min), ends: Number(max), at: Number(value) });
    this.#clock = new Intl.DateTimeFormat(document.documentElement.lang, {
      dateStyle: "long",
      timeStyle: "short",
      timeZone: this.dataset.timezone,
      hourCycle: "h23",
    });
    this.querySelector("[data-without]").hidden = true;
    this.querySelector("[data-acts]").hidden = false;
    this.#slider.addEventListener("input", () => this.#go(Number(this.#slider.value)));
    this.#slider.addEventListener("keydown", (event) => this.#press(event));
    this.addEventListener("click", (event) => this.#click(event));
  }

  disconnectedCallback() {
    clearInterval(this.#ticks);
    clearTimeout(this.#asking);
  }

  // Actions

  #go(at) {
    this.#play(0);
    this.#playback.go(at);
    this.#show();
    this.#soon(ASK_MS);
  }

  #press(event) {
    const side = SIDES[event.key];
    if (!side || !event.shiftKey) return;
    event.preventDefault();
    this.#go(this.#playback.at + FAR * side * (this.matches(":dir(rtl)") ? -1 : 1));
  }

  #click(event) {
    const pressed = event.target.closest("[data-step], [data-speed], [data-pause]");
    if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (pressed.dataset.speed) this.#play(Number(pressed.dataset.speed));
    else if (pressed.dataset.step) {
      event.preventDefault();
      this.#go(this.#playback.at + Number(pressed.dataset.step));
    } else {
      this.#play(0);
      this.#soon(0);
    }
  }

  // Internal

  /** Play at a speed, or stand still: 0. */
  #play(speed) {
    const tick = matchMedia("(prefers-reduced-motion: reduce)").matches ? CALM_TICK_MS : TICK_MS;
    clearInterval(this.#ticks);
    if (speed) this.#playback.play(speed);
    else this.#playback.pause();
    this.#ticks = speed ? setInterval(() => this.#tick(tick / 1_000), tick) : null;
    this.#showSpeed();
  }

  #tick(seconds) {
    if (document.hidden) return;
    this.#playback.pass(seconds);
    if (!this.#playback.speed) this.#play(0);
    this.#show();
    this.#soon(PLAYING_ASK_MS);
  }

  #showSpeed() {
    const { speed } = this.#playback;
    for (const one of this.querySelectorAll("[data-speed]")) {
      one.ariaPressed = String(Number(one.dataset.speed) === speed);
    }
    this.querySelector("[data-pause]").disabled = !speed;
  }

  #show() {
    const { at } = this.#playback;
    this.#slider.value = at;
    this.#slider.setAttribute("aria-valuetext", this.#clock.format(at * 1_000));
  }

  /** Ask for the wall as it was, unless that is about to be asked; what changes meanwhile is asked for after it. */
  #soon(ms) {
    if (this.#asking !== null) this.#wanted = true;
    else this.#asking = setTimeout(() => this.#ask(), ms);
  }

  async #ask() {
    this.#wanted = false;
    try {
      const url = `${this.dataset.url}?at=${this.#playback.at}&part`;
      const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), cache: "no-store" });
      if (answer.ok) this.#take(element(await answer.text()));
    } catch {
      // No network just now; the next step asks again.
    }
    this.#asking = null;
    if (this.#wanted) this.#soon(ASK_MS);
  }

  /** Take another moment over: posts that are there already stay as they are. */
  #take(then) {
    if (!then?.matches("[data-then]")) return;
    const before = this.querySelector("[data-then]");
    for (const row of then.querySelectorAll("[data-posts] > li")) {
      const here = before.querySelector(`#${CSS.escape(row.id)}`);
      if (here) row.replaceWith(here);
      else row.classList.add("then__new");
    }
    const step = before.contains(document.activeElement) ? document.activeElement.dataset.step : null;
    before.replaceWith(then);
    if (step) then.querySelector(`[data-step="${CSS.escape(step)}"]`)?.focus();
    this.querySelector("[type=datetime-local]").value = then.dataset.at;
    history.replaceState(history.state, "", `?at=${then.dataset.at}`);
  }
}

customElements.define("event-replay", EventReplay);
