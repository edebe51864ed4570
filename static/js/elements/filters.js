// Search and filters: the field, the panel behind it, and a chip for each filter in use. The address says the same.

import { Filter } from "../models/filter.js";
import { _ } from "../models/gettext.js";

const TYPING_MS = 250;
const QUOTED_AT_MOST = 24;

export class Filters {
  #form;
  #panel;
  #open;
  #chips;
  #changed;
  #labels = new Map(); // what "by" and "like" mean, in words
  #typing = null;
  #values = {}; // by the name of a list, what can be chosen there
  #offered = null;

  /** Calls `changed(filter)` when a person wants other posts. */
  constructor(form, { changed }) {
    this.#form = form;
    this.#panel = form.querySelector(".filters__panel");
    this.#open = form.querySelector(".filters__open");
    this.#chips = form.querySelector(".filters__chips");
    this.#changed = changed;
    this.#labels.set("by", form.elements.by.dataset.words);
    this.#labels.set("like", _("Says the same"));
    this.#labels.set("thread", _("One thread"));
    this.#nameLanguages();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#say();
      form.elements.words.blur();
    });
    form.addEventListener("input", ({ target }) => target.name === "words" && this.#type());
    form.addEventListener("change", ({ target }) => target.name !== "words" && this.#say());
    form.addEventListener("keydown", (event) => this.#press(event));
    this.#chips.addEventListener("click", ({ target }) => this.#drop(target.closest("button")));
    document.addEventListener("pointerdown", ({ target }) => form.contains(target) || this.toggle(false));
    this.#draw(this.filter);
  }

  // Actions

  /** The filter as the form says it. */
  get filter() {
    return Filter.read(new URLSearchParams(new FormData(this.#form)));
  }

  /** Want these posts, as an address or another button says; `label` is what a filter by author means. */
  show(filter, { label = null } = {}) {
    clearTimeout(this.#typing);
    if (label) this.#labels.set("by", label);
    for (const name of ["words", "source", "language", "pictures", "writer", "place", "by", "like", "thread"]) this.#set(name, filter[name]);
    for (const name of ["question", "reply"]) this.#form.elements[name].checked = Boolean(filter[name]);
    this.#draw(filter);
  }

  search() {
    this.#form.elements.words.select();
  }

  toggle(open = this.#panel.hidden) {
    if (open === !this.#panel.hidden) return;
    const focused = this.#panel.contains(document.activeElement);
    this.#panel.hidden = !open;
    this.#open.setAttribute("aria-expanded", String(open));
    if (open) {
      this.#form.elements.source.focus({ preventScroll: true });
      this.#panel.scrollIntoView({ block: "nearest" });
    } else if (focused) this.#open.focus();
  }

  /** Offer the languages and networks of these posts, too. */
  offer(posts) {
    if (posts === this.#offered) return;
    this.#offered = posts;
    for (const post of posts) {
      if (!this.#has("source", post.sourceKind)) this.#option("source", post.sourceKind, post.network);
      if (!this.#has("language", post.language)) this.#option("language", post.language, languageName(post.language));
    }
  }

  // Internal

  #type() {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#say(), TYPING_MS);
  }

  #say() {
    clearTimeout(this.#typing);
    const { filter } = this;
    this.#draw(filter);
    this.#changed(filter);
  }

  #press(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.#panel.hidden) this.toggle(false);
    else document.activeElement.blur();
  }

  #drop(chip) {
    if (!chip) return;
    this.show(this.filter.with({ [chip.dataset.name]: "" }));
    this.#say();
    (this.#chips.querySelector("button") ?? this.#open).focus();
  }

  #set(name, value) {
    if (this.#form.elements[name].matches("select")) this.#option(name, value, value);
    this.#form.elements[name].value = value;
  }

  #option(name, value, words) {
    if (this.#has(name, value)) return;
    this.#values[name].add(value);
    this.#form.elements[name].add(new Option(words || value, value));
  }

  /** Whether a list has this choice already; nothing is no choice. */
  #has(name, value) {
    this.#values[name] ??= new Set([...this.#form.elements[name].options].map((option) => option.value));
    return !value || this.#values[name].has(value);
  }

  #nameLanguages() {
    for (const option of this.#form.elements.language.options) {
      if (option.value && option.value !== "none") option.textContent = languageName(option.value);
    }
  }

  #draw(filter) {
    this.#form.toggleAttribute("data-any", !filter.empty);
    this.#chips.replaceChildren(...filter.names.map((name) => this.#chip(name, filter)));
  }

  #chip(name, filter) {
    const words = this.#words(name, filter[name]);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.dataset.name = name;
    button.setAttribute("aria-label", _("%(what)s: filter no more", { what: words }));
    const text = document.createElement("bdi");
    text.textContent = words;
    const cross = document.createElement("span");
    cross.setAttribute("aria-hidden", "true");
    cross.textContent = "×";
    button.append(text, cross);
    const place = document.createElement("li");
    place.append(button);
    return place;
  }

  #words(name, value) {
    if (name === "words") return _("“%(words)s”", { words: shortened(value) });
    if (name === "question") return _("Questions");
    if (name === "by") return _("By %(name)s", { name: this.#labels.get("by") });
    if (name === "reply") return _("Replies");
    if (name === "like" || name === "thread") return this.#labels.get(name);
    const chosen = [...this.#form.elements[name].options].find((option) => option.value === value)?.textContent ?? value;
    if (name === "language" && value === "none") return _("Language not said");
    return chosen;
  }
}

function languageName(language) {
  try {
    return new Intl.DisplayNames(document.documentElement.lang || "en", { type: "language" }).of(language);
  } catch {
    return language;
  }
}

function shortened(words) {
  return words.length > QUOTED_AT_MOST ? `${words.slice(0, QUOTED_AT_MOST)}…` : words;
}
