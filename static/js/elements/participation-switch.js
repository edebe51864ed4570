// The desk's hand on what people write here: a lock and slow mode, and what is said when very many come.

import { post } from "../helpers/ask.js";
import { _, ngettext } from "../models/gettext.js";

export class ParticipationSwitch {
  #form;
  #say;
  #lock;
  #state = null; // as the server told it last
  #asking = 0;

  /** Calls `say(words, level)` with what became of it. */
  constructor(form, { say }) {
    this.#form = form;
    this.#say = say;
    this.#lock = form.querySelector(".joining__lock");
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", () => this.#send({ slow: Number(form.elements.slow_seconds.value) }));
    this.#lock.addEventListener("click", () => this.#send({ locked: !this.#locked }));
  }

  // Actions

  /** Show how people take part, whoever changed it. */
  hear(frame) {
    if (this.#asking) return;
    if (frame.attacked && this.#state && !this.#state.attacked) {
      const words = frame.checked
        ? _("Very many newcomers: %(num)s in ten minutes. They pass a check first.", { num: frame.newcomers })
        : _("Very many newcomers: %(num)s in ten minutes.", { num: frame.newcomers });
      this.#say(words, "bad");
    }
    this.#show(frame);
  }

  // Internal

  get #locked() {
    return !this.#part("locked").hidden;
  }

  async #send({ locked = this.#locked, slow = Number(this.#form.elements.slow_seconds.value) }) {
    const before = this.#locked;
    this.#asking += 1;
    const { status, body } = await post(this.#form.dataset.url, { locked, slow_seconds: slow });
    this.#asking -= 1;
    if (status !== 200) {
      this.#say(body?.error?.message ?? _("Nothing was changed: the server did not answer. Try again."), "bad");
      if (this.#state) this.#show(this.#state);
      return;
    }
    this.#show(body);
    if (locked !== before) this.#say(locked ? _("Locked: nobody writes here now. Posts from networks come as before.") : _("Unlocked: people may write again."), "note");
    else this.#say(slow ? ngettext("Slow mode: one post in %(num)s second each.", "Slow mode: one post in %(num)s seconds each.", slow) : _("Slow mode is off."), "note");
  }

  #show(frame) {
    this.#state = frame;
    this.#form.hidden = !frame.open;
    this.#lock.textContent = frame.locked ? _("Unlock") : _("Lock");
    this.#part("locked").hidden = !frame.locked;
    this.#offer(frame);
    this.#part("attack").hidden = !frame.attacked;
    this.#part("newcomers").textContent = frame.newcomers;
    this.#part("checked").hidden = !frame.checked;
    this.#part("away").hidden = !frame.turned_away;
    this.#part("count").textContent = frame.turned_away;
  }

  #offer({ slow, slow_seconds: chosen }) {
    const field = this.#form.elements.slow_seconds;
    const there = [...field.options].map((option) => Number(option.value));
    for (const seconds of slow) if (!there.includes(seconds)) field.add(new Option(_("%(num)s s between posts", { num: seconds }), seconds));
    if (document.activeElement !== field) field.value = chosen;
  }

  #part(name) {
    return this.#form.querySelector(`.joining__${name}`);
  }
}
