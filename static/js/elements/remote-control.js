// The remote control: every screen with what it shows, and the buttons that tell one of them, or all, what to do.

import { get, post } from "../helpers/ask.js";
import { listen } from "../helpers/keys.js";
import { _ } from "../models/gettext.js";
import { REMOTE_KEYS } from "../models/keys.js";
import { OutputFeed } from "../models/output-feed.js";
import { pause } from "../models/panic.js";
import { Presses } from "../models/presses.js";
import { choices, curtained, verdict } from "../models/remote.js";
import { Stream } from "../models/stream.js";
import { RemotePad, TOGGLES } from "./remote-pad.js";
import { ScreenCard } from "./screen-card.js";
import { ShowSheet } from "./show-sheet.js";

const LOOK_MS = 2_000;
const DRAW_MS = 1_000;
const PROMPT_MS = 10_000; // so long after a press it looks more often

const AWAY = {
  0: _("The server does not answer. What is here may be old."),
  401: _("Signed out – load this page anew."),
  403: _("You may not do this any more."),
};

export class RemoteControl {
  #root;
  #url;
  #state;
  #skew = 0; // ms that this clock is ahead of the server's
  #chosen = ""; // the id of a choice: a screen, the screens of a room, "" for all
  #cards = new Map();
  #presses = new Presses((press) => post(this.#url, press));
  #pad;
  #sheet;
  #press = null; // the newest: {id, screens, at}
  #trouble = "";
  #away = "";
  #looking = false;
  #again = false;
  #timer = null;
  #stream;

  constructor(root) {
    const { remoteUrl, cursor, streamUrl, feedUrl } = root.dataset;
    this.#root = root;
    this.#url = remoteUrl;
    this.#pad = new RemotePad(root.querySelector(".pad"));
    this.#sheet = new ShowSheet(document.querySelector("#show"), (what) => this.#tell({ act: "show", ...what }));
    const feed = new OutputFeed({ cursor, concerned: () => false });
    for (const name of ["stirred", "left"]) feed.addEventListener(name, () => this.#look());
    this.#stream = new Stream({ streamUrl, feedUrl, feed });
  }

  // Lifecycle

  open() {
    const actions = this.#actions;
    document.addEventListener("click", ({ target }) => {
      const screen = target.closest("[data-screen]")?.dataset.screen;
      if (screen !== undefined) this.#choose(screen === this.#chosen ? "" : screen);
      actions[target.closest("[data-act]")?.dataset.act]?.();
    });
    listen((key, repeated) => {
      const { act, repeats = false } = REMOTE_KEYS[key] ?? {};
      if (act && (!repeated || repeats)) actions[act]();
      return Boolean(act);
    });
    this.#presses.addEventListener("answered", ({ detail }) => this.#answered(detail));
    this.#stream.addEventListener("hello", () => this.#look());
    this.#stream.addEventListener("refused", () => this.#look());
    document.addEventListener("visibilitychange", () => this.#look());
    this.#take(JSON.parse(document.querySelector("#remote-state").textContent));
    this.#stream.open();
    setInterval(() => this.#draw(), DRAW_MS);
    this.#plan();
  }

  // Actions

  get #actions() {
    return {
      next: () => this.#tell({ act: "turn", turns: 1 }),
      back: () => this.#tell({ act: "turn", turns: -1 }),
      hold: () => this.#toggle("hold"),
      freeze: () => this.#toggle("freeze"),
      blank: () => this.#toggle("blank"),
      normal: () => this.#tell({ act: "normal" }),
      identify: () => this.#tell({ act: "identify" }),
      reload: () => this.#tell({ act: "reload" }),
      show: () => this.#sheet.open(this.#targets, this.#state.posts),
      all: () => this.#choose(""),
      "screen-next": () => this.#move(1),
      "screen-previous": () => this.#move(-1),
      help: () => document.querySelector("#help").showModal(),
    };
  }

  #tell(press) {
    if (!this.#targets.length) return;
    this.#trouble = "";
    this.#presses.press({ screens: this.#chosen ? this.#targets.map(({ id }) => id) : [], ...press });
  }

  #toggle(name) {
    const { of, on, off } = TOGGLES[name];
    const isOn = this.#targets.every(({ direction }) => direction[of]);
    this.#tell({ act: isOn ? off : on });
    // Who presses twice at once means the second press, too.
    for (const { direction } of this.#targets) direction[of] = !isOn;
    this.#pad.draw(this.#choice);
  }

  #choose(id) {
    this.#chosen = id;
    this.#draw();
  }

  #move(step) {
    const ids = choices(this.#state.screens).map(({ id }) => id);
    this.#choose(ids[(ids.indexOf(this.#chosen) + step + ids.length) % ids.length]);
    this.#cards.get(this.#chosen)?.element.scrollIntoView({ block: "nearest" });
  }

  // Internal: asking

  /** What is chosen; all screens, once that is gone. */
  get #choice() {
    const [all, ...others] = choices(this.#state.screens);
    return others.find(({ id }) => id === this.#chosen) ?? all;
  }

  get #targets() {
    return this.#choice.screens;
  }

  get #now() {
    return Date.now() - this.#skew;
  }

  #answered({ press, status, body }) {
    if (status === 200) {
      const passed = body.passed_over ?? [];
      const meant = body.screens.filter(({ id, name }) => (!press.screens.length || press.screens.includes(id)) && !passed.includes(name));
      this.#press = { id: press.id, screens: meant.map(({ id }) => id), at: Date.now() };
      this.#take(body);
      this.#plan();
    } else {
      this.#press = null;
      this.#trouble = body?.error?.message ?? _("The server did not answer. Look at the screens, then press again.");
      this.#look();
    }
    this.#draw();
  }

  async #look() {
    this.#again = this.#looking;
    if (this.#looking || document.visibilityState === "hidden") return;
    this.#looking = true;
    const { status, body } = await get(`${this.#url}/state`);
    this.#looking = false;
    if (status === 200 && body?.screens) this.#take(body);
    this.#away = AWAY[status] ?? (status === 200 ? "" : AWAY[0]);
    this.#draw();
    if (this.#again) this.#look();
    else this.#plan();
  }

  #plan() {
    clearTimeout(this.#timer);
    const since = this.#press ? Date.now() - this.#press.at : Infinity;
    this.#timer = setTimeout(() => this.#look(), since < PROMPT_MS ? Math.min(pause(since), LOOK_MS) : LOOK_MS);
  }

  #take(state) {
    if (this.#state && Date.parse(state.now) < Date.parse(this.#state.now)) return; // an older answer that came late
    this.#state = state;
    this.#skew = Date.now() - Date.parse(state.now);
    this.#sheet.follow(state.posts);
    this.#chosen = this.#choice.id;
    this.#draw();
  }

  // Internal: drawing

  #draw() {
    const { screens, curtain, version } = this.#state;
    const place = this.#root.querySelector(".remote__list");
    const template = this.#root.querySelector("template");
    for (const [id, { element }] of this.#cards) {
      if (screens.some((one) => one.id === id)) continue;
      element.remove();
      this.#cards.delete(id);
    }
    for (const screen of screens) {
      if (!this.#cards.has(screen.id)) this.#cards.set(screen.id, new ScreenCard(screen.id, template));
      const card = this.#cards.get(screen.id);
      if (!card.element.isConnected) place.append(card.element);
      card.show(screen, { now: this.#now, version, chosen: screen.id === this.#chosen });
    }
    this.#find(".remote__none").hidden = screens.length > 0;
    this.#drawGroups();
    const drawn = curtained(curtain, this.#now);
    this.#find(".remote__curtain").hidden = !drawn;
    write(this.#find(".remote__curtain"), drawn);
    this.#pad.draw(this.#choice);
    this.#pad.say(this.#said);
  }

  /** All screens, and all of a room: a press for each. */
  #drawGroups() {
    const place = this.#find(".remote__groups");
    const groups = choices(this.#state.screens).filter(({ screens }) => screens.length > 1);
    const ids = groups.map(({ id }) => id);
    place.hidden = groups.length === 0;
    for (const button of [...place.children]) if (!ids.includes(button.dataset.screen)) button.remove();
    for (const { id, words } of groups) {
      const button = [...place.children].find(({ dataset }) => dataset.screen === id) ?? place.appendChild(group(id));
      write(button, id ? words : _("All screens"));
      button.setAttribute("aria-pressed", String(id === this.#chosen));
    }
  }

  get #said() {
    if (this.#trouble) return { level: "bad", words: this.#trouble };
    if (this.#away) return { level: "bad", words: this.#away };
    if (!this.#press) return { level: "", words: "" };
    const screens = this.#state.screens.filter(({ id }) => this.#press.screens.includes(id));
    return verdict(this.#press, screens, this.#now);
  }

  #find(selector) {
    return this.#root.querySelector(selector);
  }
}

function group(id) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "remote__group";
  button.dataset.screen = id;
  return button;
}

function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
