// Finding among the posts that wait: the filters, the address that says them, and the search behind what is here.

import { get } from "../helpers/ask.js";
import { Filter } from "../models/filter.js";
import { _ } from "../models/gettext.js";
import { reach } from "../models/words.js";
import { readCard } from "./card.js";
import { Filters } from "./filters.js";

const FEW = 20;
const ROUNDS = 4; // searches in a row before a person is asked

export class Finder {
  #root;
  #url;
  #desk;
  #changed;
  #filters;
  #turn = 0;
  #rounds = 0;
  #searching = false;

  /** `changed()` is called when a person has chosen other posts. */
  constructor(root, { desk, changed }) {
    this.#root = root;
    this.#url = root.dataset.findUrl;
    this.#desk = desk;
    this.#changed = changed;
    this.#filters = new Filters(root.querySelector(".filters"), { changed: (filter) => this.use(filter) });
    window.addEventListener("popstate", () => this.use(Filter.read(location.search), { push: false }));
  }

  // Lifecycle

  /** Begin with what the server found for the address. */
  open(posts) {
    const filter = Filter.read(location.search);
    if (filter.empty) return;
    const { looked, last } = this.#root.dataset;
    this.#desk.sieve.use(filter);
    this.#desk.sieve.take({ posts, looked: Number(looked), last: last ? Number(last) : null });
  }

  // Actions

  get filter() {
    return this.#desk.sieve.filter;
  }

  actions() {
    return {
      search: () => this.#filters.search(),
      filters: () => this.#filters.toggle(),
      "clear-filters": () => this.clear(),
      further: () => this.further({ asked: true }),
    };
  }

  clear() {
    this.use(new Filter());
  }

  /** Want other posts; resolves once `least` are here, or all. `label` says who an author is. */
  async use(filter, { push = true, label = null, least = FEW } = {}) {
    const before = this.filter;
    if (filter.query === before.query) {
      await this.further({ least });
      return;
    }
    this.#filters.show(filter, { label });
    if (push) this.#writeAddress(filter, before);
    this.#turn += 1;
    this.#rounds = 0;
    this.#searching = false;
    this.#desk.sieve.use(filter);
    this.#changed();
    if (filter.empty) return;
    await this.further({ least });
    this.#changed();
  }

  /** What is here may have been missed a change: find it again. */
  async again() {
    if (this.filter.empty) return;
    this.#turn += 1;
    this.#searching = false;
    this.#desk.sieve.again();
    await this.further();
  }

  /** Look further, until enough fit or a person should be asked. */
  async further({ asked = false, least = FEW } = {}) {
    if (this.filter.empty) return;
    if (asked) this.#rounds = 0;
    const turn = this.#turn;
    if (this.#searching || this.#rounds >= ROUNDS) return;
    this.#searching = true;
    let first = this.#desk.sieve.reach.looked === 0 || asked;
    while (this.#wanting(first, least) && this.#rounds < ROUNDS) {
      first = false;
      this.#rounds += 1;
      if (!(await this.#search(turn))) return;
    }
    this.#searching = false;
  }

  draw(posts) {
    this.#filters.offer(posts);
    const { looked, last } = this.#desk.sieve.reach;
    const line = this.#root.querySelector(".line__further");
    line.hidden = this.filter.empty || last === null;
    const waiting = this.#desk.expected.counts.waiting ?? 0;
    line.querySelector(".line__looked").textContent = line.hidden ? "" : reach({ looked, waiting, shown: posts.length });
  }

  // Internal

  #wanting(first, least) {
    const { last } = this.#desk.sieve.reach;
    return first || (last !== null && this.#desk.expected.posts.length < least);
  }

  async #search(turn) {
    const { last } = this.#desk.sieve.reach;
    const query = new URLSearchParams(this.filter.query);
    if (last !== null) query.set("after", last);
    const { status, body } = await get(`${this.#url}?${query}`);
    if (turn !== this.#turn) return false;
    if (status !== 200 || !Array.isArray(body?.cards)) {
      this.#searching = false;
      this.#desk.said.say(_("The search was not answered; shown is what is here. Try again."), "bad");
      return false;
    }
    this.#desk.sieve.take({ posts: body.cards.map(readCard).filter(Boolean), looked: body.looked, last: body.last });
    return true;
  }

  /** A step of the back button for each choice, and one for all the letters of a search. */
  #writeAddress(filter, before) {
    const typing = filter.words && before.words && filter.with({ words: "" }).query === before.with({ words: "" }).query;
    history[typing ? "replaceState" : "pushState"](null, "", `${location.pathname}${filter.query}`);
    for (const tab of document.querySelectorAll(".tab")) tab.search = filter.query;
  }
}
