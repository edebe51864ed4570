// The sheet to choose from what a screen is to show now: a scene of its list, or a post that is on the wall.

import { _ } from "../models/gettext.js";
import { isolated, listed } from "../models/language.js";
import { scenesOf } from "../models/remote.js";

export class ShowSheet {
  #dialog;
  #chosen;

  /** Calls `chosen({scene})` or `chosen({post, hash})`. */
  constructor(dialog, chosen) {
    this.#dialog = dialog;
    this.#chosen = chosen;
    dialog.addEventListener("click", ({ target }) => this.#click(target.closest("button")));
    dialog.addEventListener("close", () => this.follow([]));
  }

  // Actions

  open(screens, posts) {
    if (!screens.length || this.#dialog.open) return;
    const scenes = scenesOf(screens).map(({ id, words, missing }) => {
      const rest = missing.length ? _("Not on %(screens)s", { screens: listed(missing.map(isolated)) }) : "";
      return row({ scene: id }, words, rest);
    });
    const found = posts.map(({ id, hash, name, words }) => row({ post: id, hash }, name, words));
    this.#dialog.querySelector(".sheet__scenes").replaceChildren(...scenes);
    this.#dialog.querySelector(".sheet__posts").replaceChildren(...found);
    this.#dialog.querySelector(".sheet__no-posts").hidden = posts.length > 0;
    this.#dialog.showModal();
    this.#dialog.querySelector(".sheet__row")?.focus();
  }

  /** What has left the wall leaves the sheet. */
  follow(posts) {
    const ids = new Set(posts.map(({ id }) => id));
    for (const row of this.#dialog.querySelectorAll("[data-post]")) if (!ids.has(row.dataset.post)) row.remove();
  }

  // Internal

  #click(button) {
    if (!button?.matches(".sheet__row")) return;
    this.#dialog.close();
    this.#chosen({ ...button.dataset });
  }
}

function row(data, title, words) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "sheet__row";
  Object.assign(made.dataset, data);
  for (const [name, text] of [["title", title], ["words", words]]) {
    const part = document.createElement("bdi");
    part.className = `sheet__${name}`;
    part.textContent = text;
    made.append(part);
  }
  return made;
}
