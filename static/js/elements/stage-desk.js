// The desk's word to the stage: messages, whether they are before the speakers, and the time that is left.

import { get, post } from "../helpers/ask.js";
import { ago } from "../helpers/times.js";
import { randomId } from "../models/decision.js";
import { _ } from "../models/gettext.js";
import { clock, counts } from "../models/stage-clock.js";

const TICK_MS = 1_000;
const RETRY_MS = 2_000;
const LOOK_MS = 20_000; // while it is open: the programme goes on by itself

export class StageDesk {
  #root;
  #url;
  #dialog = document.querySelector("#onstage");
  #button = document.querySelector("[data-stage]");
  #state = null;
  #skew = 0; // ms that this clock is ahead of the server's
  #timer = null;

  constructor(root) {
    this.#root = root;
    this.#url = root.dataset.stageUrl;
  }

  // Lifecycle

  open() {
    this.#button.addEventListener("click", () => this.#show());
    this.#dialog.addEventListener("click", ({ target }) => this.#click(target.closest("button")));
    this.#find(".onstage__tell").addEventListener("submit", (event) => this.#submit(event, () => this.#tellTyped()));
    this.#find(".onstage__time").addEventListener("submit", (event) => this.#submit(event, () => this.#endTyped()));
    this.#root.addEventListener("told", ({ detail: { updates, reset } }) => {
      if (reset || updates.some(({ kind, what }) => kind === "arranged" && !what)) this.#look();
    });
    setInterval(() => this.#dialog.open && this.#draw(), TICK_MS);
    this.#look();
  }

  // Actions

  #show() {
    if (!this.#state?.stages) return;
    this.#draw();
    this.#dialog.showModal();
    this.#look();
    this.#find("#onstage-text").focus();
  }

  #click(button) {
    if (button?.dataset.tell) this.#send({ act: "tell", id: randomId(), text: button.dataset.tell });
    else if (button?.dataset.clear) this.#send({ act: "clear", id: button.dataset.clear });
    else if (button?.dataset.end) this.#send({ act: "end", minutes: null });
  }

  #submit(event, act) {
    event.preventDefault();
    act();
  }

  async #tellTyped() {
    const input = this.#find("#onstage-text");
    const text = input.value.trim();
    if (text && (await this.#send({ act: "tell", id: randomId(), text }))) input.value = "";
  }

  async #endTyped() {
    const input = this.#find("#onstage-minutes");
    if (input.value !== "" && (await this.#send({ act: "end", minutes: Number(input.value) }))) input.value = "";
  }

  // Internal

  async #send(act) {
    const { status, body } = await post(this.#url, act);
    const good = status === 200;
    this.#find(".onstage__trouble").textContent = good ? "" : (body?.error?.message ?? _("The server did not answer. Try again."));
    if (good) this.#take(body);
    return good;
  }

  async #look() {
    clearTimeout(this.#timer);
    const { status, body } = await get(this.#url);
    if (status === 200 && body) this.#take(body);
    clearTimeout(this.#timer);
    const away = status === 0 || status >= 500;
    if (away || this.#dialog.open) this.#timer = setTimeout(() => this.#look(), away ? RETRY_MS : LOOK_MS);
  }

  #take(state) {
    if (this.#state && state.version < this.#state.version) return;
    const same = JSON.stringify(state.messages) === JSON.stringify(this.#state?.messages);
    this.#state = state;
    this.#skew = Date.now() - Date.parse(state.now);
    this.#button.hidden = state.stages === 0;
    if (!same) this.#find(".onstage__messages").replaceChildren(...state.messages.map((one) => message(one)));
    this.#draw();
  }

  #draw() {
    const now = Date.now() - this.#skew;
    const { rooms, messages } = this.#state;
    const words = counts(rooms);
    const lines = this.#find(".onstage__counts");
    while (lines.children.length > rooms.length) lines.lastElementChild.remove();
    rooms.forEach(({ ends_at: endsAt }, place) => {
      const line = lines.children[place] ?? lines.appendChild(document.createElement("li"));
      const { phase, figures } = clock(endsAt ? Date.parse(endsAt) : null, now);
      const said = [words[place], phase === "over" ? _("time is up, %(time)s", { time: figures }) : figures && _("now %(time)s", { time: figures })].filter(Boolean).join(" · ");
      if (line.textContent !== said) line.textContent = said;
    });
    const back = this.#find("[data-end]");
    const wanted = rooms.some(({ title }) => title) ? _("By the programme") : _("No end");
    if (back.textContent !== wanted) back.textContent = wanted;
    for (const one of messages) {
      const line = this.#find(`[data-message="${one.id}"] .onstage__seen`);
      const said = one.seen_at ? _("Seen on the stage %(ago)s", { ago: ago(Date.parse(one.seen_at), now) }) : _("Not on the stage yet");
      if (line.textContent !== said) line.textContent = said;
    }
  }

  #find(selector) {
    return this.#dialog.querySelector(selector);
  }
}

function message({ id, text, seen_at: seenAt }) {
  const line = document.createElement("li");
  line.className = "onstage__message";
  line.dataset.message = id;
  line.toggleAttribute("data-seen", Boolean(seenAt));
  const words = document.createElement("bdi");
  words.textContent = text;
  const seen = document.createElement("span");
  seen.className = "onstage__seen";
  const button = document.createElement("button");
  button.className = "button button--small";
  button.type = "button";
  button.dataset.clear = id;
  button.textContent = _("Clear");
  line.append(words, seen, button);
  return line;
}
