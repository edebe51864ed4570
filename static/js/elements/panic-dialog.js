// The dialog of panic: first what, then whether. No key and no touch that chooses can also confirm.

import { _, ngettext } from "../models/gettext.js";
import { question } from "../models/panic.js";

const GLANCE_MS = 400; // before a question is read, nothing answers it
const KEYS = { f: "frozen", b: "blank", p: "pinned", w: "wait", a: "authors" };

export class PanicDialog {
  #dialog;
  #carryOut;
  #state = { curtain: { kind: "open" }, authors: [], screens: 0 };
  #asked = null; // {choice, author, at}

  /** Calls `carryOut({choice, author})`, which returns whether it was done, when a moderator is sure. */
  constructor(dialog, carryOut) {
    this.#dialog = dialog;
    this.#carryOut = carryOut;
    dialog.addEventListener("click", ({ target }) => this.#click(target.closest("button")));
    dialog.addEventListener("keydown", (event) => this.#key(event));
    dialog.addEventListener("cancel", (event) => this.#cancel(event));
  }

  // Actions

  open(state) {
    this.tell(state);
    if (this.#dialog.open) return;
    this.#turn("choose");
    this.#dialog.showModal();
    this.#dialog.focus();
  }

  /** Take in what holds now, also while the dialog is open. */
  tell(state) {
    this.#state = { ...this.#state, ...state };
    const kind = this.#state.curtain.kind;
    for (const choice of this.#dialog.querySelectorAll("[data-choice]")) {
      choice.toggleAttribute("data-holds", choice.dataset.choice === kind);
      choice.querySelector("strong").dataset.held = _("holds now");
    }
    const place = this.#dialog.querySelector(".panic__authors");
    if (this.#step !== "authors" || !place.childElementCount) this.#list(place);
  }

  // Internal: steps

  get #step() {
    return this.#dialog.dataset.step;
  }

  #turn(step) {
    this.#dialog.dataset.step = step;
    this.#dialog.querySelector(".panic__trouble").textContent = "";
    for (const part of this.#dialog.querySelectorAll(".panic__step")) part.hidden = part.dataset.step !== step;
    this.#dialog.querySelector(".panic__close").hidden = step === "ask";
    this.#dialog.querySelector(".panic__yes").hidden = step !== "ask";
    this.#dialog.setAttribute("aria-labelledby", `panic-${step}`);
  }

  #choose(choice, author = null) {
    if (choice === "authors") {
      this.#turn("authors");
      this.#dialog.focus();
      return;
    }
    this.#asked = { choice, author, at: Date.now() };
    const { screens, curtain } = this.#state;
    const { title, words, yes } = question(choice, { screens, author, curtain: curtain.kind });
    this.#dialog.querySelector("#panic-ask").textContent = title;
    this.#dialog.querySelector(".panic__words").textContent = words;
    this.#dialog.querySelector(".panic__yes span").textContent = yes;
    this.#turn("ask");
    this.#dialog.querySelector(".panic__step:not([hidden]) .panic__no").focus();
  }

  async #confirm() {
    if (!this.#asked || Date.now() - this.#asked.at < GLANCE_MS) return;
    const { choice, author } = this.#asked;
    this.#asked = null;
    const trouble = await this.#carryOut({ choice, author });
    if (!trouble) {
      this.#dialog.close();
      return;
    }
    this.#asked = { choice, author, at: 0 };
    this.#dialog.querySelector(".panic__trouble").textContent = trouble;
  }

  // Internal: what people do

  #click(button) {
    if (!button) return;
    if (button.dataset.choice) this.#choose(button.dataset.choice);
    else if (button.dataset.author) this.#choose("author", { uid: button.dataset.author, name: button.dataset.name });
    else if (button.matches(".panic__no")) this.#back();
    else if (button.matches(".panic__yes")) this.#confirm();
    else if (button.matches(".panic__close")) this.#dialog.close();
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (this.#step === "choose" && KEYS[key] && !event.repeat) {
      event.preventDefault();
      this.#choose(KEYS[key]);
    } else if (this.#step === "ask" && key === "y" && !event.repeat) {
      event.preventDefault();
      this.#confirm();
    }
  }

  #cancel(event) {
    if (this.#step === "choose") return;
    event.preventDefault();
    this.#back();
  }

  #back() {
    const step = this.#asked?.choice === "author" && this.#step === "ask" ? "authors" : "choose";
    this.#asked = null;
    this.#turn(step);
    this.#dialog.focus();
  }

  // Internal: drawing

  #list(place) {
    const rows = this.#state.authors.map(({ author, name, handle, posts, words, here }) => {
      const row = document.createElement("button");
      row.type = "button";
      row.className = "panic__author";
      row.dataset.author = author;
      row.dataset.name = name;
      const count = here ? _("under decision") : ngettext("%(num)s post on the wall", "%(num)s posts on the wall", posts);
      row.append(part("bdi", "panic__name", name), part("span", "panic__count", count));
      row.append(part("bdi", "panic__handle", handle ?? ""), part("span", "panic__said", words ?? ""));
      return row;
    });
    place.replaceChildren(...(rows.length ? rows : [part("p", "quiet", _("Nobody’s posts are on the wall."))]));
  }
}

function part(name, className, words) {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = words;
  return element;
}
