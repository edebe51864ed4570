// The desk's hand on the screens: a post that is on the wall is shown now, alone, on one of them or on all.

import { get, post } from "../helpers/ask.js";
import { _ } from "../models/gettext.js";
import { Presses } from "../models/presses.js";
import { pause } from "../models/panic.js";
import { allScreens, answer, sight, verdict } from "../models/remote.js";
import { quoted } from "../models/words.js";

const LOOK_MS = 2_000;
const PROMPT_MS = 10_000;

export class ShowNow {
  #root;
  #url;
  #dialog = document.querySelector("#show-now");
  #presses = new Presses((press) => post(this.#url, press));
  #post = null; // {id, hash}
  #state = null;
  #press = null; // {id, screens, at}
  #timer = null;

  constructor(root) {
    this.#root = root;
    this.#url = root.dataset.remoteUrl;
  }

  // Lifecycle

  open() {
    this.#root.addEventListener("show-now", ({ detail }) => this.#ask(detail));
    this.#dialog.addEventListener("click", ({ target }) => this.#click(target.closest(".sheet__row")));
    this.#dialog.addEventListener("close", () => clearTimeout(this.#timer));
    this.#presses.addEventListener("answered", ({ detail }) => this.#answered(detail));
  }

  // Actions

  async #ask({ id, hash, words }) {
    if (this.#dialog.open) return;
    this.#post = { id, hash };
    this.#press = null;
    this.#state = null;
    this.#find(".sheet__post").textContent = quoted(words);
    this.#say("", "");
    this.#draw();
    this.#dialog.showModal();
    await this.#look();
    this.#find(".sheet__row")?.focus();
  }

  #click(row) {
    if (!row) return;
    const { id, hash } = this.#post;
    this.#say("wait", _("Asked …"));
    this.#presses.press({ act: "show", post: id, hash, screens: row.dataset.screen ? [row.dataset.screen] : [] });
  }

  // Internal

  #answered({ press, status, body }) {
    if (press.post !== this.#post.id) return;
    if (status === 200) {
      const screens = press.screens.length ? press.screens : body.screens.map(({ id }) => id);
      this.#press = { id: press.id, screens, at: Date.now() };
      this.#take(body);
      this.#plan();
    } else {
      this.#say("bad", body?.error?.message ?? _("The server did not answer. Look at the screens, then try again."));
    }
  }

  async #look() {
    const { status, body } = await get(`${this.#url}/state`);
    if (!this.#dialog.open) return;
    if (status === 200 && body?.screens) this.#take(body);
    this.#plan();
  }

  #plan() {
    clearTimeout(this.#timer);
    const since = this.#press ? Date.now() - this.#press.at : Infinity;
    this.#timer = setTimeout(() => this.#look(), since < PROMPT_MS ? pause(since) : LOOK_MS);
  }

  #take(state) {
    this.#state = state;
    this.#draw();
    const now = Date.parse(state.now);
    if (!state.screens.length) this.#say("", _("No screen yet. An organiser opens one on the event’s page."));
    if (!this.#press) return;
    const screens = state.screens.filter(({ id }) => this.#press.screens.includes(id));
    const { level, words } = verdict(this.#press, screens, now);
    if (words) this.#say(level, words);
  }

  #draw() {
    const screens = this.#state?.screens ?? [];
    const rows = screens.map((screen) => [screen.id, screen.name, this.#shows(screen)]);
    if (rows.length > 1) rows.unshift(["", allScreens(rows.length), ""]);
    const place = this.#find(".sheet__screens");
    while (place.children.length > rows.length) place.lastElementChild.remove();
    rows.forEach(([id, title, words], at) => {
      const row = place.children[at] ?? place.appendChild(made());
      row.dataset.screen = id;
      write(row.children[0], title);
      write(row.children[1], words);
    });
  }

  /** What a screen shows now, in a line; or why nothing can be said of it. */
  #shows(screen) {
    const [device] = screen.devices;
    if (!device) return answer(screen, Date.parse(this.#state.now)).words;
    const { title, words } = sight(device, screen);
    return words ? `${title} – ${words}` : title;
  }

  #say(level, words) {
    const said = this.#find(".sheet__said");
    said.dataset.level = level;
    write(said, words);
  }

  #find(selector) {
    return this.#dialog.querySelector(selector);
  }
}

function made() {
  const row = document.createElement("button");
  row.type = "button";
  row.className = "sheet__row";
  for (const name of ["title", "words"]) {
    const part = document.createElement("bdi");
    part.className = `sheet__${name}`;
    row.append(part);
  }
  return row;
}

function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
