// A rule from a card: its author or a domain in it waits or is rejected from now on, by one press, and undone by one.

import { post } from "../helpers/ask.js";

const NO_ANSWER = "The server did not answer, so nothing was changed. Try again.";

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
    const rows = [this.#row("authors", author, `Posts by ${isolated(name)}`)];
    for (const host of hosts.split(" ").filter(Boolean)) rows.push(this.#row("domains", host, `Links to ${host}`));
    if (server) rows.push(this.#row("domains", server, `Everybody on ${server}`));
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
    this.#say(`${label}: ${body.words[0].toLowerCase()}${body.words.slice(1)}.`, body.url);
  }

  async #undo() {
    if (!this.#last || this.#busy) return;
    this.#busy = true;
    const { status, body } = await post(`${this.#dialog.dataset.url}/undo`, this.#last);
    this.#busy = false;
    if (status === 200) {
      this.#last = null;
      this.#say("Taken back: this rule looks for it no longer.");
    } else {
      this.#done.querySelector("p").textContent = body?.error?.message ?? NO_ANSWER;
    }
  }

  // Internal

  #row(kind, entry, label) {
    const row = document.createElement("li");
    row.className = "quick-rule__row";
    const words = document.createElement("span");
    words.textContent = label;
    row.append(words, this.#button("Wait", "", kind, entry, "wait", label));
    row.append(this.#button("Reject", "button--bad", kind, entry, "reject", label));
    return row;
  }

  #button(words, variant, kind, entry, effect, label) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `button button--small ${variant}`;
    button.textContent = words;
    button.setAttribute("aria-label", `${words}: ${label}`);
    button.addEventListener("click", () => this.#make(kind, entry, effect, label));
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

/** A name in its own direction of writing, whatever stands around it. */
function isolated(name) {
  return `\u2068${name}\u2069`;
}
