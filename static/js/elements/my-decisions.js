// The list of one's own newest decisions, from the server, each to be taken back while nobody changed the post since.

import { get } from "../helpers/ask.js";
import { keyName } from "../helpers/keys.js";
import { _ } from "../models/gettext.js";
import { MINE_KEYS } from "../models/keys.js";
import { ago, done, quoted, whyNot } from "../models/words.js";

export class MyDecisions {
  #dialog = document.querySelector("#mine");
  #list = document.querySelector(".mine__list");
  #words = document.querySelector(".mine__words");
  #url;
  #undo;

  /** `undo(decision)` is called with the one to take back, as the server told it. */
  constructor({ url, undo }) {
    this.#url = url;
    this.#undo = undo;
  }

  // Lifecycle

  listen() {
    const acts = {
      "mine-undo": () => document.activeElement.closest(".mine__one")?.querySelector("button")?.click(),
      "mine-next": () => this.#move(1),
      "mine-previous": () => this.#move(-1),
      "mine-close": () => this.#dialog.close(),
    };
    this.#dialog.addEventListener("keydown", (event) => {
      const bound = MINE_KEYS[keyName(event)];
      if (!bound || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      if (!event.repeat || bound.repeats) acts[bound.act]();
    });
  }

  // Actions

  async open() {
    if (this.#dialog.open) return;
    this.#list.replaceChildren();
    this.#say(_("Asking the server…"));
    this.#dialog.showModal();
    const { status, body } = await get(this.#url);
    if (!this.#dialog.open) return;
    if (status !== 200) {
      this.#say(_("The server does not answer. U on the desk takes back the newest one, also without it."));
      return;
    }
    const decisions = body.decisions.filter(({ kind }) => kind !== "undo");
    this.#say(decisions.length ? "" : _("You have decided nothing yet."));
    this.#list.replaceChildren(...decisions.map((decision) => this.#entry(decision)));
    this.#buttons[0]?.focus();
  }

  // Internal

  get #buttons() {
    return [...this.#list.querySelectorAll("button")];
  }

  #say(words) {
    this.#words.textContent = words;
    this.#words.hidden = !words;
  }

  #move(step) {
    const buttons = this.#buttons;
    const at = buttons.indexOf(document.activeElement);
    buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
  }

  #entry(decision) {
    const { kind, at, post, may_undo: mayUndo } = decision;
    const entry = document.createElement("li");
    entry.className = "mine__one";
    const words = document.createElement("p");
    words.className = "mine__post";
    words.textContent = done(kind, { ...post, status: decision.was });
    const who = document.createElement("small");
    who.textContent = _("%(name)s, %(ago)s", { name: post.name, ago: ago(Date.now() - Date.parse(at)) });
    words.append(who);
    entry.append(words, mayUndo ? this.#button(decision) : reason(decision));
    return entry;
  }

  #button(decision) {
    const button = document.createElement("button");
    button.className = "button button--small";
    button.type = "button";
    button.textContent = _("Undo");
    button.setAttribute("aria-label", _("Undo: %(post)s", { post: quoted(decision.post.words) }));
    button.addEventListener("click", () => {
      this.#undo(decision);
      this.#dialog.close();
    });
    return button;
  }
}

function reason(decision) {
  const words = document.createElement("p");
  words.className = "mine__reason quiet";
  words.textContent = whyNot(decision);
  return words;
}
