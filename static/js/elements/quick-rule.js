// A rule from a card: its author or a domain in it waits or is rejected from now on, by one press, and undone by one.

import { post } from "../helpers/ask.js";
import { _ } from "../models/gettext.js";
import { isolated } from "../models/language.js";

const NO_ANSWER = _("The server did not answer, so nothing was changed. Try again.");

/** What a rule looks for, and the buttons for what becomes of it. */
const AUTHOR = (name) => ({
  label: _("Posts by %(name)s", { name }),
  wait: _("Wait: Posts by %(name)s", { name }),
  reject: _("Reject: Posts by %(name)s", { name }),
});
const HOST = (host) => ({
  label: _("Links to %(host)s", { host }),
  wait: _("Wait: Links to %(host)s", { host }),
  reject: _("Reject: Links to %(host)s", { host }),
});
const SERVER = (host) => ({
  label: _("Everybody on %(host)s", { host }),
  wait: _("Wait: Everybody on %(host)s", { host }),
  reject: _("Reject: Everybody on %(host)s", { host }),
});

export class QuickRule {
  #dialog = document.querySelector("#quick-rule");
  #done = document.querySelector(".quick-rule-done");
  #last = null; // {rule, entry}
  #busy = false;

  // Lifecycle

  open() {
    document.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-rule-menu]");
      if (button) this.#offer(button.dataset);
    });
    this.#done.querySelector("[data-undo]").addEventListener("click", () => this.#undo());
    this.#done.querySelector("[data-hide]").addEventListener("click", () => (this.#done.hidden = true));
  }

  // Actions

  #offer({ author, name, hosts, server }) {
    const rows = [this.#row("authors", author, AUTHOR(isolated(name)))];
    for (const host of hosts.split(" ").filter(Boolean)) rows.push(this.#row("domains", host, HOST(host)));
    if (server) rows.push(this.#row("domains", server, SERVER(server)));
    this.#dialog.querySelector(".quick-rule__rows").replaceChildren(...rows);
    this.#complain("");
    this.#dialog.showModal();
  }

  async #make(kind, entry, effect, label) {
    if (this.#busy) return;
    this.#busy = true;
    const ends = this.#dialog.querySelector("[name=ends]").value;
    const { status, body } = await post(this.#dialog.dataset.url, { kind, entry, effect, ends });
    this.#busy = false;
    if (status !== 200) {
      this.#complain(body?.error?.message ?? NO_ANSWER);
      return;
    }
    this.#last = { rule: body.rule, entry: body.entry };
    this.#dialog.close();
    this.#say(_("%(what)s: %(effect)s.", { what: label, effect: body.words }), body.url);
  }

  async #undo() {
    if (!this.#last || this.#busy) return;
    this.#busy = true;
    const { status, body } = await post(`${this.#dialog.dataset.url}/undo`, this.#last);
    this.#busy = false;
    if (status === 200) {
      this.#last = null;
      this.#say(_("Taken back: this rule looks for it no longer."));
    } else {
      this.#done.querySelector("p").textContent = body?.error?.message ?? NO_ANSWER;
    }
  }

  // Internal

  #row(kind, entry, said) {
    const row = document.createElement("li");
    row.className = "quick-rule__row";
    const words = document.createElement("span");
    words.textContent = said.label;
    row.append(words, this.#button(_("Wait"), "", kind, entry, "wait", said));
    row.append(this.#button(_("Reject"), "button--bad", kind, entry, "reject", said));
    return row;
  }

  #button(words, variant, kind, entry, effect, said) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `button button--small ${variant}`;
    button.textContent = words;
    button.setAttribute("aria-label", said[effect]);
    button.addEventListener("click", () => this.#make(kind, entry, effect, said.label));
    return button;
  }

  #complain(words) {
    this.#dialog.querySelector(".quick-rule__trouble").textContent = words;
  }

  #say(words, url = "") {
    this.#done.querySelector("p").textContent = words;
    this.#done.querySelector("a").hidden = !url;
    this.#done.querySelector("a").href = url;
    this.#done.querySelector("[data-undo]").hidden = !this.#last;
    this.#done.hidden = false;
  }
}
