// <question-list data-url="…" data-sort="top">: keeps counts, states and words as they are now. Rows keep their places
// until somebody asks for the new order, so that nothing moves away from under a finger.

import { get } from "../helpers/ask.js";
import { element } from "../helpers/fragment.js";
import { tellTimes } from "../helpers/times.js";
import { QuestionFeed } from "../models/question-feed.js";
import { compare, ordered, words } from "../models/question-order.js";
import { Stream } from "../models/stream.js";
import { followAnnouncements } from "./announced.js";
import { QuestionRow } from "./question-row.js";

const SPREAD_MS = 2_000; // those who hear of the same change do not ask all at once
const AGAIN_MS = 5_000;
const ANNOUNCE_AFTER_MS = 4_000;

class QuestionList extends HTMLElement {
  #rows = new Map(); // id → QuestionRow, in the order of the page
  #wanted = []; // what the server told last, in the order to show it
  #asking = null;
  #announcing = null;
  #feed;

  // Lifecycle

  connectedCallback() {
    if (this.#feed) return;
    for (const item of this.#list.children) this.#add(new QuestionRow(item));
    const { cursor, streamUrl, feedUrl } = this.dataset;
    this.#feed = new QuestionFeed({ cursor, shown: (id) => this.#rows.has(id) });
    this.#feed.addEventListener("left", ({ detail }) => detail.ids.forEach((id) => this.#rows.get(id).leave()));
    this.#feed.addEventListener("stirred", () => this.#askSoon(Math.random() * SPREAD_MS));
    followAnnouncements(this.#feed);
    this.addEventListener("submit", (event) => this.#vote(event));
    this.#button.addEventListener("click", () => this.#arrange());
    new Stream({ streamUrl, feedUrl, feed: this.#feed, view: "json" }).open();
  }

  // Actions

  async #vote(event) {
    const row = this.#rows.get(event.target.closest(".ask")?.dataset.id);
    if (!row) return;
    event.preventDefault();
    const refusal = await row.vote();
    if (refusal) this.#say(refusal);
  }

  /** Bring the rows into the order they have by now, with those that are new. What has the focus keeps it. */
  #arrange() {
    const focused = document.activeElement;
    const before = this.#rows;
    this.#rows = new Map();
    for (const one of this.#wanted) {
      const row = before.get(one.id);
      this.#add(row && !row.gone ? row : new QuestionRow(element(one.html)));
    }
    const items = [...this.#rows.values()].map(({ item }) => item);
    this.#list.replaceChildren(...items);
    tellTimes(this, Date.now());
    this.#offer();
    if (focused === this.#button) items[0]?.querySelector("button")?.focus({ preventScroll: true });
    else if (this.contains(focused)) focused.focus({ preventScroll: true });
  }

  // Internal

  #add(row) {
    this.#rows.set(row.id, row);
  }

  #askSoon(ms) {
    this.#asking ??= setTimeout(() => this.#ask(), ms);
  }

  async #ask() {
    const { status, body } = await get(this.dataset.url);
    this.#asking = null;
    if (status === 200) this.#show(ordered(body.questions, this.dataset.sort));
    else if (status === 0 || status >= 500) this.#askSoon(AGAIN_MS * (1 + Math.random()));
  }

  #show(questions) {
    this.#wanted = questions;
    for (const one of questions) this.#rows.get(one.id)?.tell(one);
    const { gone } = compare(
      [...this.#rows.keys()],
      questions.map(({ id }) => id),
    );
    for (const id of gone) this.#rows.get(id).leave();
    tellTimes(this, Date.now());
    this.#offer();
  }

  #offer() {
    const change = compare(
      [...this.#rows.values()].filter(({ gone }) => !gone).map(({ id }) => id),
      this.#wanted.map(({ id }) => id),
    );
    const nothingHere = this.#rows.size === 0;
    this.querySelector(".empty").hidden = !nothingHere || this.#wanted.length > 0;
    if (nothingHere && this.#wanted.length) {
      this.#arrange();
      return;
    }
    this.#button.textContent = words(change);
    this.#button.hidden = this.#button.textContent === "";
    if (change.fresh.length) this.#announce(words(change));
  }

  #announce(text) {
    clearTimeout(this.#announcing);
    this.#announcing = setTimeout(() => this.#tell(text), ANNOUNCE_AFTER_MS);
  }

  #tell(text) {
    this.querySelector("[data-announce]").textContent = text;
  }

  #say(refusal) {
    const said = this.querySelector("[data-said]");
    said.textContent = refusal;
    said.hidden = false;
  }

  get #list() {
    return this.querySelector(".asks");
  }

  get #button() {
    return this.querySelector("[data-arrange]");
  }
}

customElements.define("question-list", QuestionList);
